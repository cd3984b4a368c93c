import { type Failure, messageOf } from '@mlops-actions/diagnostics'

export interface Trouble {
  add(failure: Failure): void
  passed(): void
  reason(): string
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
    },
    reason: () => `the last look failed: ${messageOf(last)}`,
  }
}
