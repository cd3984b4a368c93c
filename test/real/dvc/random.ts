/** Everything that is random about one repository, from its seed alone. */
export interface Random {
  /** From `min` to `max`, both included. */
  integer(min: number, max: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly [T, ...T[]]): T
  /** So many different ones, in the order of the list; all where there are no more. */
  some<T>(list: readonly T[], count: number): T[]
  bytes(length: number): Buffer
}

/** mulberry32: 32 bits of state, enough to be different a few thousand times. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const integer = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  return {
    integer,
    chance: (probability) => next() < probability,
    pick: (list) => list[integer(0, list.length - 1)] ?? list[0],
    some: (list, count) => {
      const left = list.map((_, at) => at)
      while (left.length > count) left.splice(integer(0, left.length - 1), 1)
      return left.flatMap((at) => list.slice(at, at + 1))
    },
    bytes: (length) => Buffer.from(Array.from({ length }, () => integer(0, 255))),
  }
}
