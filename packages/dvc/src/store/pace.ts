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
  /** Waits, first come first served, until one more may go; the turn has to be ended. */
  take(): Promise<Turn>
  /** The server has said that there are too many, or did not answer in time. */
  slowDown(): void
}

export interface Turn {
  /** @param bytes of bodies that went or came */
  end(bytes: number): void
}

export const DEFAULT_PACE: PaceBounds = { start: 16, max: 128 }

/** Complaints about requests that went out before the last cut say nothing about the requests after it. */
const SETTLING = 1_000
/** A shorter window measures chance. */
const SHORTEST_WINDOW = 20

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
  const waiting: (() => void)[] = []
  const serve = () => {
    while (under < state.limit) {
      const next = waiting.shift()
      if (next === undefined) return
      under += 1
      next()
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
        count(bytes)
        serve()
      },
    }
  }
  return {
    get limit() {
      return state.limit
    },
    max: bounds.max,
    take: () =>
      new Promise((resolve) => {
        waiting.push(() => resolve(turn()))
        serve()
      }),
    slowDown: () => {
      if (now() - cutAt < SETTLING) return
      cutAt = now()
      state = afterThrottle(state)
      window = undefined
    },
  }
}
