import type { Pace, Turn } from './pace.ts'

/** Parts of an object, one after the other, that one request asks for. */
export interface Run {
  /** The number of the first one. */
  readonly first: number
  readonly count: number
  /** @param bytes that a thread has brought */
  end(bytes: number): void
}

export interface Runs {
  /**
   * Waits for a turn where a thread makes the request; the client takes its own.
   * @returns undefined where nothing is left to ask for
   */
  next(isByThread: boolean): Promise<Run | undefined>
  /** Nobody gets a turn any more: what is under way has failed. */
  stop(): void
}

/** Who goes first: an object that is under way, then one that begins, then more requests for the same (`Pace.take`). */
const RANKS = { goesOn: 0, begins: 1, ahead: 2 } as const
/** Parts of one request. */
const MOST = 4

/**
 * Gives the parts of one object their turns in their order. While others wait to begin, an object goes by one request after the
 * other, of several parts each: its hash takes the bytes as they come. Otherwise every part is a request.
 */
export function createRuns(pace: Pace, parts: readonly number[]): Runs {
  let [at, under] = [0, 0]
  const rank = () => (under > 0 ? RANKS.ahead : at > 0 ? RANKS.goesOn : RANKS.begins)
  const take = (most: number, turn?: Turn): Run | undefined => {
    const first = parts[at]
    if (first === undefined) return undefined
    let count = 1
    while (count < most && parts[at + count] === first + count) count += 1
    at += count
    under += 1
    const end = (bytes: number) => {
      under -= 1
      turn?.end(bytes)
    }
    return { first, count, end }
  }
  const takeInTurn = async (): Promise<Run | undefined> => {
    if (at === parts.length) return undefined
    const turn = await pace.take(rank)
    const run = take(pace.isWanted(RANKS.begins) ? MOST : 1, turn)
    if (run === undefined) turn.end(undefined)
    return run
  }
  let last: Promise<unknown> = Promise.resolve()
  return {
    next: async (isByThread) => {
      if (!isByThread) return take(1)
      const next = last.then(takeInTurn)
      last = next
      return next
    },
    stop: () => {
      at = parts.length
    },
  }
}
