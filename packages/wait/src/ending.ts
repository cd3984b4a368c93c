import { Failure, withDetails } from '@mlops-actions/diagnostics'

/** What the looks so far have given. */
export interface Seen {
  readonly looks: number
  /** Of the last one that did not fail. */
  readonly reason: string
}

/** What a wait says while it cannot see. */
export function failedLook(failure: Failure | undefined): string {
  return `the last look failed: ${failure?.details.what ?? ''}: ${failure?.details.seen ?? ''}`
}

/** What was seen last, or, where nothing ever was, the trouble that kept it from being seen: that one has the advice. */
export function timeoutFailure(
  { what, on, next }: { readonly what: string; readonly on: string; readonly next: string },
  { looks, reason }: Seen,
  trouble: Failure | undefined,
  waited: number,
): Failure {
  const seconds = Math.round(waited / 1_000)
  if (trouble !== undefined && looks === 0)
    return withDetails(trouble, { seen: `${trouble.details.seen}, for all of ${seconds} s` })
  return new Failure({
    kind: 'timeout',
    code: 'WAIT_TIMEOUT',
    what: `Waited in vain for ${what}`,
    on,
    seen: `after ${seconds} s: ${reason}${trouble === undefined ? '' : `; ${failedLook(trouble)}`}`,
    next,
  })
}
