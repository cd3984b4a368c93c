/** One workflow run or job that wants to be alone in its group. */
export interface GroupMember {
  /** Those around it, which cannot end before it does. */
  readonly ancestors: readonly GroupMember[]
  /** Called when a newcomer with `cancel-in-progress` takes its place. */
  readonly cancel: () => void
}

export interface GroupRequest {
  readonly group: string
  readonly cancelInProgress: boolean
  /** `single`: a newcomer replaces the one that waits; `max`: all wait, in order. */
  readonly queue: 'single' | 'max'
}

export type Entry = 'entered' | 'replaced' | 'deadlock'

/** The `concurrency:` groups of one repository. Names are compared without case. */
export interface ConcurrencyGroups {
  /** Resolves when the member may run, or never will. */
  enter(request: GroupRequest, member: GroupMember): Promise<Entry>
  leave(group: string, member: GroupMember): void
}

interface Waiting {
  readonly member: GroupMember
  readonly decide: (entry: Entry) => void
}

interface Group {
  running: GroupMember | undefined
  readonly waiting: Waiting[]
}

export function createConcurrencyGroups(): ConcurrencyGroups {
  const groups = new Map<string, Group>()
  const groupOf = (name: string): Group => {
    const key = name.toLowerCase()
    const group = groups.get(key) ?? { running: undefined, waiting: [] }
    groups.set(key, group)
    return group
  }
  return {
    async enter(request, member) {
      const group = groupOf(request.group)
      if (group.running === undefined) {
        group.running = member
        return 'entered'
      }
      if (member.ancestors.includes(group.running)) return 'deadlock'
      if (request.queue === 'single') for (const { decide } of group.waiting.splice(0)) decide('replaced')
      const entry = new Promise<Entry>((decide) => group.waiting.push({ member, decide }))
      if (request.cancelInProgress) group.running.cancel()
      return entry
    },
    leave(name, member) {
      const group = groupOf(name)
      if (group.running !== member) return
      const next = group.waiting.shift()
      group.running = next?.member
      next?.decide('entered')
    },
  }
}
