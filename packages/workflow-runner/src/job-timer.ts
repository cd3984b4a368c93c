import type { RunContext } from './run-context.ts'

export interface JobTimer {
  /** Aborted when the job is cancelled. */
  readonly signal: AbortSignal
  /** Aborted when a cancelled job has used up its time for cleaning up. */
  readonly abandoned: AbortSignal
  readonly timedOut: () => boolean
  readonly stop: () => void
}

/**
 * The signals of one job: its own time limit, whatever stops it for sure, and the cancelling of the run,
 * unless its `if` still holds then (`always()`): GitHub asks it again at that moment.
 */
export function startJobTimer(
  run: RunContext,
  stopped: AbortSignal,
  wanted: () => boolean,
  minutes: number,
): JobTimer {
  const cancel = new AbortController()
  const abandon = new AbortController()
  const timers: NodeJS.Timeout[] = []
  let timedOut = false
  cancel.signal.addEventListener('abort', () => {
    timers.push(setTimeout(() => abandon.abort(), run.timing.jobCancel))
  })
  const expire = () => {
    timedOut = true
    cancel.abort()
  }
  const stop = () => cancel.abort()
  const onRunCancelled = () => {
    if (!wanted()) stop()
  }
  timers.push(setTimeout(expire, minutes * run.timing.minute))
  run.cancelled.addEventListener('abort', onRunCancelled)
  stopped.addEventListener('abort', stop)
  if (run.cancelled.aborted) onRunCancelled()
  if (stopped.aborted) stop()
  return {
    signal: cancel.signal,
    abandoned: abandon.signal,
    timedOut: () => timedOut,
    stop() {
      for (const timer of timers) clearTimeout(timer)
      run.cancelled.removeEventListener('abort', onRunCancelled)
      stopped.removeEventListener('abort', stop)
    },
  }
}
