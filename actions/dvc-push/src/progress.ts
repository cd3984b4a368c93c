import type { World } from '@mlops-actions/diagnostics'
import type { PushOptions, TrackedObject } from '@mlops-actions/dvc'
import { formatCount, formatDuration, formatSize } from '@mlops-actions/text'

/** Milliseconds between two lines. */
const EVERY = 5_000

/**
 * Says every few seconds how far the upload is: objects and bytes of all, the rate, and the time that is left; and once what the
 * role lacks for going on with what interrupted runs have sent.
 */
export function createProgress(
  { log, now }: Pick<World, 'log' | 'now'>,
  objects: readonly TrackedObject[],
): Required<Pick<PushOptions, 'onSent' | 'onBytes' | 'onDenied'>> {
  const total = objects.reduce((sum, { place, bytes }) => sum + (place?.size ?? bytes?.length ?? 0), 0)
  const started = now()
  let said = started
  let [count, sent] = [0, 0]
  const lacking = new Set<string>()
  return {
    onSent: () => {
      count += 1
    },
    onBytes: (bytes) => {
      sent += bytes
      if (now() - said < EVERY) return
      said = now()
      const spent = said - started
      const rate = formatSize(Math.round((sent / spent) * 1_000))
      const left = formatDuration(
        Math.round(timeLeft({ spent, sent, total, count, objects: objects.length })),
      )
      const of = `${count.toLocaleString('en-US')} of ${formatCount(objects.length, 'object')}`
      log.info(`sent ${of}, ${formatSize(sent)} of ${formatSize(total)} at ${rate}/s, about ${left} left`)
    },
    onDenied: ({ action, resource }) => {
      if (lacking.has(action)) return
      lacking.add(action)
      log.info(
        `Large files are sent from their beginning, whatever an interrupted run has sent of them: the role may not ${action} on ${resource}; give it that right to have them gone on with`,
      )
    },
  }
}

interface Progress {
  readonly spent: number
  readonly sent: number
  readonly total: number
  readonly count: number
  readonly objects: number
}

/** A request costs about as much as 64 KiB: many small objects are measured by their number, large ones by their bytes. */
const REQUEST = 64 * 1024

function timeLeft({ spent, sent, total, count, objects }: Progress): number {
  const done = sent + count * REQUEST
  return (spent / done) * (total + objects * REQUEST - done)
}
