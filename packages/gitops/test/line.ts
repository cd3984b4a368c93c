import type { BranchState, Decision, LoggedCommit } from '../src/index.ts'

/** A branch in memory, for decisions: each one sees what the ones before it have written. */
export interface Line {
  /** The branch as it is now. */
  state(): BranchState
  text(path: string): string
  /** Commits what was decided; the result of the decision. */
  land<Result>(decision: Decision<Result>): Result
  /** A commit without trailers. Returns its SHA. */
  write(files: Readonly<Record<string, string>>, message?: string): string
  /** The newest commit gets another message, as by a merge that rewrites it. */
  reword(change: (message: string) => string): void
}

export function createLine(start: Readonly<Record<string, string>>): Line {
  const files = new Map(Object.entries(start))
  const history: LoggedCommit[] = [{ oid: oidOf(0), message: 'Start' }]
  const commit = (message: string): string => {
    history.unshift({ oid: oidOf(history.length), message })
    return history[0]?.oid ?? ''
  }
  return {
    state: () => ({
      head: history[0]?.oid ?? '',
      history: [...history],
      files: [...files].map(([path, text]) => ({ path, mode: '100644', bytes: Buffer.from(text) })),
    }),
    text: (path) => files.get(path) ?? '',
    land(decision) {
      if (decision === 'look-further-back') throw new Error('the whole history is there')
      if ('learn' in decision) throw new Error('there is more to be learned')
      const { draft, result } = decision
      for (const { path, bytes } of draft?.files ?? []) files.set(path, bytes.toString())
      if (draft !== undefined) commit(draft.message)
      return result
    },
    write(more, message = 'By hand') {
      for (const [path, text] of Object.entries(more)) files.set(path, text)
      return commit(message)
    },
    reword(change) {
      history.splice(0, 1, { oid: history[0]?.oid ?? '', message: change(history[0]?.message ?? '') })
    },
  }
}

function oidOf(index: number): string {
  return String(index).padStart(40, '0')
}
