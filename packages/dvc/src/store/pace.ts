import type { World } from '@mlops-actions/diagnostics'
import {
  afterThrottle,
  afterWindow,
  type PaceBounds,
  type PaceState,
  startPace,
  workOf,
} from './pace-control.ts'

/** Lets as many requests go at once as the server and the line are good for. */
export interface Pace {
  /** Requests that may be under way at the moment. */
  readonly limit: number
  /** The most that it would ever be. */
  readonly max: number
  /**
   * Waits until one more may go: first come first served among those of the same rank, the lowest before all others. The turn
   * has to be ended.
   * @param rank from 0, asked again whenever somebody may go; 1 where nothing is said
   */
  take(rank?: () => number): Promise<Turn>
  /** Whether somebody of this rank or a lower one waits. */
  isWanted(rank: number): boolean
  /** The server has said that there are too many, or did not answer in time. */
  slowDown(): void
}

export interface Turn {
  /** @param bytes of bodies that went or came; undefined where no request was made after all */
  end(bytes: number | undefined): void
}

export const DEFAULT_PACE: PaceBounds = { start: 16, max: 128 }

/** Complaints about requests that went out before the last cut say nothing about the requests after it. */
const SETTLING = 1_000
/** A shorter window measures chance. */
const SHORTEST_WINDOW = 20

interface Waiting {
  readonly rank: () => number
  readonly go: () => void
}

interface Window {
  readonly started: number
  /** Requests that have to end before it is over. */
  left: number
  work: number
  isFull: boolean
}

/** @param bounds `max` is the user's `jobs` where there is such a wish */
export function createPace({ now }: Pick<World, 'now'>, bounds: PaceBounds = DEFAULT_PACE): Pace {
  let state: PaceState = startPace(bounds)
  let [under, cutAt] = [0, Number.NEGATIVE_INFINITY]
  let window: Window | undefined
  const waiting: Waiting[] = []
  const serve = () => {
    while (under < state.limit) {
      const next = takeLowest(waiting)
      if (next === undefined) return
      under += 1
      next.go()
    }
  }
  const count = (bytes: number) => {
    if (window === undefined) return
    window.left -= 1
    window.work += workOf(bytes)
    // Somebody is waiting, or the last one has just come to its end: then the limit is what holds the work back.
    window.isFull &&= waiting.length > 0
    const milliseconds = now() - window.started
    if (window.left > 0 || milliseconds < SHORTEST_WINDOW) return
    state = afterWindow(state, { milliseconds, work: window.work, isFull: window.isFull }, bounds.max)
    window = undefined
  }
  const turn = (): Turn => {
    window ??= { started: now(), left: state.limit, work: 0, isFull: true }
    let ended = false
    return {
      end: (bytes) => {
        if (ended) return
        ended = true
        under -= 1
        if (bytes !== undefined) count(bytes)
        serve()
      },
    }
  }
  return {
    get limit() {
      return state.limit
    },
    max: bounds.max,
    take: (rank = () => 1) =>
      new Promise((resolve) => {
        waiting.push({ rank, go: () => resolve(turn()) })
        serve()
      }),
    isWanted: (most) => waiting.some(({ rank }) => rank() <= most),
    slowDown: () => {
      if (now() - cutAt < SETTLING) return
      cutAt = now()
      state = afterThrottle(state)
      window = undefined
    },
  }
}

/** Takes the first of those that nobody is before. */
function takeLowest(waiting: Waiting[]): Waiting | undefined {
  let [first, lowest] = [0, Number.POSITIVE_INFINITY]
  for (const [at, { rank }] of waiting.entries()) {
    const own = rank()
    if (own < lowest) [first, lowest] = [at, own]
    if (lowest === 0) break
  }
  return waiting.splice(first, 1)[0]
}
