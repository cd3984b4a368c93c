import type { World } from '@mlops-actions/diagnostics'
import { formatDuration, formatSize } from '@mlops-actions/text'

/** Milliseconds between two lines. */
const EVERY = 5_000

export interface Progress {
  /** More bytes have gone out, or, with a negative count, have to go out again. */
  readonly add: (bytes: number) => void
  readonly bytes: () => number
}

/** Says every few seconds how far the copy is: bytes, rate, and the time that is left. */
export function createProgress({ log, now }: Pick<World, 'log' | 'now'>, total: number): Progress {
  const started = now()
  let said = started
  let sent = 0
  return {
    bytes: () => sent,
    add(bytes) {
      sent += bytes
      if (now() - said < EVERY || sent <= 0) return
      said = now()
      const spent = said - started
      const left = (spent / sent) * Math.max(0, total - sent)
      const rate = formatSize(Math.round((sent / spent) * 1_000))
      log.info(
        `copied ${formatSize(sent)} of ${formatSize(total)} at ${rate}/s, about ${formatDuration(left)} left`,
      )
    },
  }
}
