import { type Code, op } from './wasm.ts'

/** How the words of one lane, or of several at once, are computed with, and where they come from. */
export interface Kind {
  readonly add: Code
  readonly and: Code
  readonly or: Code
  readonly xor: Code
  readonly not: Code
  /** x & ~y */
  readonly andnot: Code
  /** To the left, what `value` leaves. */
  rotate(value: Code, by: number): Code
  /** Of the block, from 0 to 15. */
  word(number: number): Code
  /** Of the table T, from 0 to 63. */
  sine(number: number): Code
}

/** The locals that hold a, b, c and d. */
export type State = readonly [a: number, b: number, c: number, d: number]

/** One step: a = b + ((a + f(b, c, d) + word + sine) <<< rotation). */
interface Step {
  readonly round: number
  readonly sine: number
  readonly word: number
  readonly rotation: number
}

const { get, set } = op

/** RFC 1321, 3.4: which word each step of a round takes, and how far it rotates. */
const ROUNDS = [
  { word: (at: number) => at, rotations: [7, 12, 17, 22] },
  { word: (at: number) => 5 * at + 1, rotations: [5, 9, 14, 20] },
  { word: (at: number) => 3 * at + 5, rotations: [4, 11, 16, 23] },
  { word: (at: number) => 7 * at, rotations: [6, 10, 15, 21] },
] as const

const STEPS: readonly Step[] = ROUNDS.flatMap(({ word, rotations }, round) =>
  Array.from({ length: 16 }, (_, at) => ({
    round,
    sine: 16 * round + at,
    word: word(at) % 16,
    rotation: rotations[at % 4] ?? 0,
  })),
)

export function sines(): readonly number[] {
  return STEPS.map(({ sine }) => Math.floor(Math.abs(Math.sin(sine + 1)) * 2 ** 32))
}

/** The four rounds; each step for all lanes before the next one, since it waits for the one before it. */
export function rounds(lanes: readonly { readonly kind: Kind; readonly state: State }[]): Code {
  return STEPS.map((step, at) => lanes.map(({ kind, state }) => stepCode(kind, step, turned(state, at))))
}

/** After each step a, b, c and d change their parts. */
function turned([a, b, c, d]: State, steps: number): State {
  const turns: readonly State[] = [
    [a, b, c, d],
    [d, a, b, c],
    [c, d, a, b],
    [b, c, d, a],
  ]
  return turns[steps % 4] ?? [a, b, c, d]
}

function stepCode(kind: Kind, { round, sine, word, rotation }: Step, [a, b, c, d]: State): Code {
  const sum = [get(a), kind.word(word), kind.add, kind.sine(sine), kind.add]
  const whole = [sum, addMixed(kind, round, [get(b), get(c), get(d)])]
  return [kind.rotate(whole, rotation), get(b), kind.add, set(a)]
}

/** Adds F, G, H or I of b, c and d; b is the youngest of them, and used as late as can be. */
function addMixed(
  { add, and, or, xor, not, andnot }: Kind,
  round: number,
  [b, c, d]: readonly [Code, Code, Code],
): Code {
  switch (round) {
    case 0:
      return [d, b, c, d, xor, and, xor, add]
    case 1:
      return [c, d, andnot, add, b, d, and, add]
    case 2:
      return [c, d, xor, b, xor, add]
    default:
      return [c, d, not, b, or, xor, add]
  }
}
