import { Failure, withDetails } from '@mlops-actions/diagnostics'
import { TRAILER } from './trailers.ts'

/** A commit that was offered and of which nobody knows whether the server took it. */
export interface Uncertain {
  readonly changeId: string
  /** Undefined where the server itself would have made it. */
  readonly commit: string | undefined
}

/**
 * What was thrown, with the commit that may be on the branch in spite of it: in its words, and as the output
 * `commit-sha` where the SHA is known.
 */
export function mayHaveLanded(thrown: unknown, { changeId, commit }: Uncertain): unknown {
  if (!(thrown instanceof Failure)) return thrown
  const { seen, next } = thrown.details
  const name = commit === undefined ? '' : ` (${commit.slice(0, 12)})`
  return withDetails(thrown, {
    seen: `${seen}; before that a commit was pushed, it may be on the branch${name}`,
    next: `Look for "${TRAILER.changeId}: ${changeId}" on the branch. ${next}`,
    ...(commit === undefined ? {} : { outputs: { 'commit-sha': commit } }),
  })
}
