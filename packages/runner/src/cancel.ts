import { cancelled, Failure, timerOf } from '@mlops-actions/diagnostics'

/** The runner waits 7.5 s after SIGINT and 2.5 s after SIGTERM (actions/runner ProcessInvoker.cs); we are done before the first is over. */
export const CANCEL_GRACE_MS = 4_500

/** How long after the step's own deadline a wait may still say what it was waiting for. */
const DEADLINE_GRACE_MS = 2_000

export interface Cancellation {
  readonly signal: AbortSignal
  /** Ends the step when it has taken longer than `ms`. */
  setDeadline(ms: number): void
  dispose(): void
}

/**
 * Turns SIGINT and SIGTERM into an abort whose reason is the failure to end with.
 * What does not stop within the grace is left behind: `onGraceOver` has to end the process.
 * A second signal ends it at once.
 */
export function listenForCancel(onGraceOver: (failure: Failure) => void): Cancellation {
  const controller = new AbortController()
  const timers: NodeJS.Timeout[] = []
  const abort = (failure: Failure) => {
    if (controller.signal.aborted) return
    controller.abort(failure)
    timers.push(setTimeout(() => onGraceOver(failure), CANCEL_GRACE_MS))
  }
  const onSignal = () => (controller.signal.aborted ? onGraceOver(cancelled()) : abort(cancelled()))
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return {
    signal: controller.signal,
    setDeadline(ms) {
      // Not a reason to live on: a step without work left has no verdict, and must say that at once.
      timers.push(setTimeout(() => abort(deadlineFailure(ms)), timerOf(ms + DEADLINE_GRACE_MS)).unref())
    },
    dispose() {
      for (const timer of timers) clearTimeout(timer)
      process.off('SIGINT', onSignal)
      process.off('SIGTERM', onSignal)
    },
  }
}

function deadlineFailure(ms: number): Failure {
  return new Failure({
    kind: 'timeout',
    code: 'STEP_TIMEOUT',
    what: 'The step took too long',
    on: 'this step',
    seen: `its timeout of ${Math.round(ms / 1000)} s was over before its work was done`,
    next: 'Look at the last lines of the log for what it was doing, or give it more with the input `timeout`',
  })
}
