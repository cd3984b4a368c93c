import type { World } from '@mlops-actions/diagnostics'
import { formatDuration, formatSize } from '@mlops-actions/text'

/** Milliseconds between two lines. */
const EVERY = 5_000

/** Says every few seconds how far the upload is: objects and bytes sent, rate, and the time that is left. */
export function createProgress({ log, now }: Pick<World, 'log' | 'now'>, objects: number) {
  const started = now()
  let said = started
  let [count, total] = [0, 0]
  return (bytes: number): void => {
    count += 1
    total += bytes
    if (now() - said < EVERY) return
    said = now()
    const spent = said - started
    const left = (spent / count) * (objects - count)
    const rate = formatSize(Math.round((total / spent) * 1_000))
    log.info(
      `sent ${count} of ${objects} objects, ${formatSize(total)} at ${rate}/s, about ${formatDuration(left)} left`,
    )
  }
}
