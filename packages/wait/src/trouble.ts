import type { Failure } from '@mlops-actions/diagnostics'

export interface Trouble {
  add(failure: Failure): void
  passed(): void
  /** Why the last look failed; undefined where it did not. */
  last(): Failure | undefined
}

/** Remembers since when looking has failed, and gives up when it has for too long or can never pass. */
export function createTrouble(tolerance: number, waited: () => number): Trouble {
  let since: number | undefined
  let last: Failure | undefined
  return {
    add(failure) {
      since ??= waited()
      last = failure
      if (!failure.retryable || waited() - since >= tolerance) throw failure
    },
    passed() {
      since = undefined
      last = undefined
    },
    last: () => last,
  }
}
