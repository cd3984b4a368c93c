import type { JobState } from './job-state.ts'

export interface StepTimer {
  readonly signal: AbortSignal
  readonly timedOut: () => boolean
  readonly stop: () => void
}

/**
 * The signal that stops one step: its own timeout, the end of what is around it, or the cancelling of
 * the job, unless its condition still holds then (`always()`, `cancelled()`).
 */
export function startStepTimer(
  job: JobState,
  enclosing: AbortSignal,
  minutes: number,
  recheck: () => boolean,
): StepTimer {
  const controller = new AbortController()
  let timedOut = false
  const expire = () => {
    timedOut = !controller.signal.aborted
    controller.abort()
  }
  const stop = () => controller.abort()
  const onCancel = () => {
    if (!holds(recheck)) stop()
  }
  const timer = minutes > 0 ? setTimeout(expire, minutes * job.run.timing.minute) : undefined
  if (enclosing.aborted) stop()
  enclosing.addEventListener('abort', stop)
  // A step that starts in a cancelled job does so because its condition asked for it.
  if (!job.signal.aborted) job.signal.addEventListener('abort', onCancel)
  return {
    signal: controller.signal,
    timedOut: () => timedOut,
    stop() {
      clearTimeout(timer)
      enclosing.removeEventListener('abort', stop)
      job.signal.removeEventListener('abort', onCancel)
    },
  }
}

function holds(recheck: () => boolean): boolean {
  try {
    return recheck()
  } catch {
    return false
  }
}
