import { type Application, type Argocd, childrenNamed } from '@mlops-actions/argocd'
import type { Failure, World } from '@mlops-actions/diagnostics'
import { done, failed, pending, type Verdict } from '@mlops-actions/wait'
import type { Inputs } from '../inputs.ts'
import { createBell } from './bell.ts'
import { AT_ONCE, createLimit } from './limit.ts'
import { failureOf, judge, type Member, offer } from './member.ts'
import { worstFailure } from './outcome.ts'
import { createRefresher } from './refresher.ts'
import { isOf, read, see, takeAll } from './see.ts'
import { queryFor } from './select.ts'

/** All Applications of a step: one request and one stream for all of them, one judge for each. */
export interface Fleet {
  readonly members: readonly Member[]
  /** One look at all that have not ended. */
  look(): Promise<void>
  /** Yields whenever something that the server has pushed has been looked into. */
  events(signal: AbortSignal): AsyncIterable<void>
  evaluate(): Verdict<void>
  /** Milliseconds after which a look can bring a verdict, where that is sooner than the next regular one. */
  dueIn(): number | undefined
}

export interface FleetOptions {
  readonly argocd: Argocd
  readonly inputs: Pick<Inputs, 'children' | 'failFast' | 'selector'>
  readonly members: readonly Member[]
  /** When the step began to wait, in milliseconds since the epoch. */
  readonly started: number
  /** The children of one that is live; undefined where they cannot all be seen yet. */
  readonly expand: (parent: Member) => Promise<readonly Member[] | undefined>
  /** What is done beside looking, a sync that is needed; the failure where that is refused. */
  readonly act: (member: Member) => Promise<Failure | undefined>
}

const LOOK_FOR_CHILDREN_MS = 1_000
const MOST_NAMED = 5

export function createFleet(world: World, options: FleetOptions): Fleet {
  const { argocd, inputs, expand, act, started } = options
  const members = [...options.members]
  const limit = createLimit(AT_ONCE)
  let restart = new AbortController()
  const open = () => members.filter(({ ending }) => ending === undefined)
  const toExpand = () => (inputs.children === 'none' ? [] : members.filter(hasChildren))
  const query = () => {
    const names = members.map(({ name }) => name)
    return queryFor(names, members.some(({ parent }) => parent !== undefined) ? undefined : inputs.selector)
  }
  const take = (member: Member, application: Application) => limit(() => offer(member, application))
  const refresher = createRefresher(take)
  const join = async () => {
    const before = members.length
    for (const parent of toExpand()) {
      const children = await expand(parent)
      parent.isExpanded = children !== undefined
      members.push(...(children ?? []).filter((child) => !members.some((one) => isSame(one, child))))
    }
    // The stream was opened for those that were known.
    if (members.length > before) restart.abort()
  }
  const actOn = async (member: Member) => {
    const failure = await act(member)
    if (failure !== undefined) member.ending = { kind: 'failed', failure, waited: world.now() - started }
  }
  return {
    members,
    async look() {
      await join()
      const answered = await refresher(open())
      const stale = open().filter((member) => !answered.has(member))
      if (stale.length > 0) await takeAll(stale, await see(argocd, members, query), take, world.now())
      await Promise.all(open().map(actOn))
    },
    async *events(signal) {
      restart = new AbortController()
      const both = AbortSignal.any([signal, restart.signal])
      const bell = createBell()
      const found = (application: Application) => open().find((one) => isOf(one, application))
      void read(argocd.stream(query(), both), found, (member, application) => {
        take(member, application).then(bell.ring, bell.end)
      }).then(
        () => bell.end(),
        (thrown: unknown) => bell.end(both.aborted ? undefined : thrown),
      )
      while (await bell.next()) yield
    },
    evaluate() {
      for (const member of members) judge(member, started, world.now())
      const rest = open()
      const worst = worstFailure(members.flatMap(failureOf))
      if (worst !== undefined && (inputs.failFast || rest.length === 0)) return failed(worst)
      if (rest.length > 0) return pending(describe(members, rest))
      const [parent] = toExpand()
      return parent === undefined ? done(undefined) : pending(describeChildren(parent))
    },
    dueIn() {
      const due = open().flatMap(({ eyes }) => eyes.subject.judge.dueIn(world.now()) ?? [])
      if (toExpand().length > 0) due.push(LOOK_FOR_CHILDREN_MS)
      return due.length === 0 ? undefined : Math.min(...due)
    },
  }
}

function isSame(one: Member, other: Member): boolean {
  return one.name.name === other.name.name && one.namespace === other.namespace
}

function hasChildren({ ending, isExpanded, state }: Member): boolean {
  const isLive = ending?.kind === 'live' && !isExpanded
  return isLive && state !== undefined && childrenNamed(state.application).length > 0
}

function describeChildren({ name, state }: Member): string {
  const names = state === undefined ? [] : childrenNamed(state.application).map((child) => child.name)
  const some = `${names.slice(0, MOST_NAMED).join(', ')}${names.length > MOST_NAMED ? ', …' : ''}`
  return `${name.name} is live, and not all of its children have been seen yet: ${some}`
}

function describe(members: readonly Member[], [first, ...others]: readonly Member[]): string {
  if (first === undefined || members.length === 1) return first?.reason ?? ''
  const ended = members.length - others.length - 1
  return `${ended} of ${members.length} Applications are through; ${first.name.name}: ${first.reason}`
}
