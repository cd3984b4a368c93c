import type { Clock } from '../kubernetes/clock.ts'

/** Runs a round of reconciliation after something has changed: many changes at once make one round. */
export interface ReconcileLoop {
  start(round: () => void): void
  wake(): void
  /** Asks for a round after so many milliseconds; a round that is due earlier serves as well. */
  wakeAfter(milliseconds: number): void
}

export function createReconcileLoop(clock: Clock, signal: AbortSignal): ReconcileLoop {
  let round: () => void = () => {}
  let pending = false
  let due = Number.POSITIVE_INFINITY
  const wake = (): void => {
    if (pending || signal.aborted) return
    pending = true
    setImmediate(() => {
      pending = false
      if (!signal.aborted) round()
    })
  }
  return {
    start: (work) => {
      round = work
      wake()
    },
    wake,
    wakeAfter: (milliseconds) => {
      const at = clock.now() + milliseconds
      if (at >= due) return
      due = at
      clock.sleep(milliseconds, signal).then(() => {
        due = Number.POSITIVE_INFINITY
        wake()
      })
    },
  }
}
