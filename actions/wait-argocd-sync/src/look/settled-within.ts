import { timerOf } from '@mlops-actions/diagnostics'

/**
 * Waits for all of the promises, but no longer than `ms` milliseconds. By a real timer: a peer that hangs does so in real
 * time, whatever the clock of the wait. What they fail with is left to whoever holds them.
 */
export async function settledWithin(ms: number, promises: readonly Promise<unknown>[]): Promise<void> {
  if (promises.length === 0) return
  const over = Promise.withResolvers<void>()
  const timer = setTimeout(over.resolve, timerOf(ms))
  await Promise.race([Promise.allSettled(promises), over.promise])
  clearTimeout(timer)
}
