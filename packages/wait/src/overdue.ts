import { timerOf } from '@mlops-actions/diagnostics'

/** What a look that did not come back ends with. */
export const OVERDUE = Symbol('overdue')

/**
 * The promise; or the reason of the abort, or {@link OVERDUE} after `ms` milliseconds, if that comes first. By a real
 * timer: a peer that hangs does so in real time, whatever the clock of the wait.
 */
export async function unlessOver<T>(signal: AbortSignal, ms: number, promise: Promise<T>): Promise<T> {
  const over = Promise.withResolvers<never>()
  const onAbort = () => over.reject(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  const timer = setTimeout(() => over.reject(OVERDUE), timerOf(ms))
  try {
    return await Promise.race([promise, over.promise])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}
