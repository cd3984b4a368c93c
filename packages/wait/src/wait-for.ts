import { Failure, type World } from '@mlops-actions/diagnostics'
import { spread } from './backoff.ts'
import { failedLook, type Seen, timeoutFailure } from './ending.ts'
import { createFeed, type Feed } from './feed.ts'
import { createLooker, intervalAt } from './look.ts'
import { OVERDUE } from './overdue.ts'
import { createProgress } from './progress.ts'
import { createTrouble } from './trouble.ts'
import type { Verdict } from './verdict.ts'

export interface WaitOptions<State, T> {
  /** What is waited for, as the end of "Waiting for …" and the start of a timeout: "Application churn to be live". */
  readonly what: string
  /** The thing, for a failure's second part: `churn-prod on argocd.example.com`. */
  readonly on: string
  /**
   * One look at the world. May throw; an error that can pass is tolerated for a while. It ends by deadlines of its own:
   * requests have them. One that does not is left behind when the step is cancelled, or when the time is over.
   */
  readonly observe: () => Promise<State>
  /** Pure: the state seen, and the milliseconds waited so far. */
  readonly evaluate: (state: State, waited: number) => Verdict<T>
  /** Milliseconds between two looks; a function gets the milliseconds waited so far. Jitter is added. */
  readonly interval: number | ((waited: number) => number)
  /** The longest interval while nothing is pushed, because the stream of events is broken or silent. Default: none of its own. */
  readonly intervalWithoutEvents?: number
  /** Milliseconds after which a look is due whatever the interval, to the millisecond; undefined: none is. */
  readonly dueIn?: () => number | undefined
  /** Milliseconds until it is over. */
  readonly timeout: number
  /** States that a server pushes between the looks: they only make the verdict come sooner. It is opened again when it ends. */
  readonly events?: (signal: AbortSignal) => AsyncIterable<State>
  /** How long observing may fail in a row before that is the failure, in milliseconds. Default 2 min. */
  readonly tolerate?: number
  /** What to advise when the time is over. */
  readonly next: string
  readonly progressEvery?: number
  /** How long after the deadline a look that is under way may still come back, in milliseconds. Default 5 s. */
  readonly lookGrace?: number
}

export interface Waited<T> {
  readonly value: T
  /** Milliseconds from start to verdict. */
  readonly waited: number
  readonly looks: number
}

const DEFAULT_TOLERANCE_MS = 120_000
const DEFAULT_PROGRESS_MS = 10_000

/**
 * The one loop of everything that waits: look (or be told), judge, say how it stands, sleep, until a verdict,
 * the deadline or a cancel. Polling is the truth; events only lower the latency.
 * @throws the verdict's Failure; Failure `timeout` with the last reason; the observer's Failure when it cannot pass
 */
export async function waitFor<State, T>(world: World, options: WaitOptions<State, T>): Promise<Waited<T>> {
  const started = world.now()
  const waited = () => world.now() - started
  const feed = createFeed(world, options.events)
  const progress = createProgress(world, options.progressEvery ?? DEFAULT_PROGRESS_MS)
  const trouble = createTrouble(options.tolerate ?? DEFAULT_TOLERANCE_MS, waited)
  const looker = createLooker(world, options, feed, trouble, waited)
  let seen: Seen = { looks: 0, reason: 'nothing was seen yet' }
  try {
    for (;;) {
      world.signal.throwIfAborted()
      const state = await looker()
      if (state !== undefined) {
        const looks = seen.looks + 1
        const verdict = options.evaluate(state.value, waited())
        if (verdict.status === 'done') return { value: verdict.value, waited: waited(), looks }
        if (verdict.status === 'failed') throw verdict.failure
        seen = { looks, reason: verdict.reason }
      }
      // Judged first: what is good at the last moment is good.
      if (waited() >= options.timeout) throw timeoutFailure(options, seen, trouble.last(), waited())
      progress.say(
        options.what,
        trouble.last() === undefined ? seen.reason : failedLook(trouble.last()),
        waited(),
      )
      await pause(world, options, feed, waited())
    }
  } catch (thrown) {
    if (thrown === OVERDUE)
      throw timeoutFailure(
        options,
        { ...seen, reason: `${seen.reason}; the last look did not come back` },
        trouble.last(),
        waited(),
      )
    const overtaken = thrown === world.signal.reason && thrown instanceof Failure && thrown.kind === 'timeout'
    throw overtaken ? timeoutFailure(options, seen, trouble.last(), waited()) : thrown
  } finally {
    feed.close()
  }
}

async function pause<State, T>(
  world: World,
  options: WaitOptions<State, T>,
  feed: Feed<State>,
  waited: number,
): Promise<void> {
  const rest = Math.max(0, options.timeout - waited)
  const regular = spread(intervalAt(options, waited, feed), world.random)
  await feed.next(Math.min(regular, options.dueIn?.() ?? Infinity, rest))
}
