import type { World } from '@mlops-actions/diagnostics'
import { formatDuration, formatSize } from '@mlops-actions/text'

/** Milliseconds between two lines. */
const EVERY = 5_000

/** Says every few seconds how far the download is: bytes, rate, and the time that is left. */
export function createProgress({ log, now }: Pick<World, 'log' | 'now'>, total: number) {
  const started = now()
  let said = started
  let came = 0
  return (bytes: number): void => {
    came += bytes
    if (now() - said < EVERY) return
    said = now()
    const spent = said - started
    const left = (spent / came) * Math.max(0, total - came)
    const rate = formatSize(Math.round((came / spent) * 1_000))
    log.info(
      `downloaded ${formatSize(came)} of ${formatSize(total)} at ${rate}/s, about ${formatDuration(left)} left`,
    )
  }
}
