import { toFailure, type World } from '@mlops-actions/diagnostics'
import type { Feed } from './feed.ts'
import { OVERDUE, unlessOver } from './overdue.ts'
import type { Trouble } from './trouble.ts'
import type { WaitOptions } from './wait-for.ts'

const DEFAULT_LOOK_GRACE_MS = 5_000

/**
 * The next state: what was pushed, unless a poll is due (a chatty stream must not replace the truth);
 * undefined when the poll failed in a way that can pass.
 */
export function createLooker<State, T>(
  world: World,
  options: WaitOptions<State, T>,
  feed: Feed<State>,
  trouble: Trouble,
  waited: () => number,
) {
  let pollDue = -Infinity
  return async (): Promise<{ readonly value: State } | undefined> => {
    const pushed = feed.take()
    if (pushed !== undefined && world.now() < pollDue) return pushed
    const rest = Math.max(0, options.timeout - waited()) + (options.lookGrace ?? DEFAULT_LOOK_GRACE_MS)
    try {
      const value = await unlessOver(world.signal, rest, options.observe())
      trouble.passed()
      return { value }
    } catch (thrown) {
      if (world.signal.aborted) throw world.signal.reason
      if (thrown === OVERDUE) throw thrown
      trouble.add(toFailure(thrown))
      return undefined
    } finally {
      pollDue = world.now() + intervalAt(options, waited(), feed)
    }
  }
}

/** Until the next look: sooner where states should be pushed and are not. */
export function intervalAt<State, T>(
  { interval, intervalWithoutEvents = Infinity }: WaitOptions<State, T>,
  waited: number,
  { isLive }: Feed<State>,
): number {
  const regular = typeof interval === 'number' ? interval : interval(waited)
  return isLive ? regular : Math.min(regular, intervalWithoutEvents)
}
