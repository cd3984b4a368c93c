import type { World } from '@mlops-actions/diagnostics'

export interface Progress {
  say(what: string, reason: string, waited: number): void
}

/** A line when the reason changes, but never more often than every few seconds, and now and then when nothing changes. */
export function createProgress(world: World, every: number): Progress {
  let lastReason = ''
  let lastAt = -Infinity
  return {
    say(what, reason, waited) {
      const changed = reason !== lastReason
      const quiet = world.now() - lastAt
      if (!(changed && quiet >= Math.min(every, 2_000)) && quiet < every * (changed ? 1 : 3)) return
      lastReason = reason
      lastAt = world.now()
      world.log.info(`${String(Math.round(waited / 1_000)).padStart(5)} s  waiting for ${what}: ${reason}`)
    },
  }
}
