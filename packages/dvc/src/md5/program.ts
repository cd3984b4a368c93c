import { type Kind, rounds, type State } from './steps.ts'
import { assemble, type Code, I32, op, type Routine, V128 } from './wasm.ts'

/** Files that are hashed side by side: two registers of four, so that one works while the other waits. */
export const LANES = 8
/** Bytes that MD5 takes at once. */
export const BLOCK = 64
/** Where the state of the lanes lies: word after word, in each of them lane after lane. */
export const STATE = 0
/** Where the program finds the table T (RFC 1321, 3.4), which whoever loads it writes there. */
export const SINES = STATE + 4 * 4 * LANES
const WORDS = SINES + 4 * 64
/** The rest of the memory belongs to whoever loads the program. */
export const FREE = WORDS + 4 * 16 * LANES

const { get, set, tee, i32, v128 } = op
const BASE = i32.const(0)

/**
 * A WebAssembly module with two functions, both for at least one block: `one(bytes, blocks)` goes on with the first lane,
 * `all(bytes of lane 0, …, bytes of lane 7, blocks)` with each of them. A step of MD5 waits for the one before it, so that one
 * file leaves most of a processor idle; eight of them cost little more than one.
 */
export function md5Program(pages: number): Uint8Array<ArrayBuffer> {
  return assemble([oneLane(), allLanes()], pages)
}

/** A local, and where its value lies in the memory. */
interface Kept {
  readonly local: number
  readonly place: number
}

function oneLane(): Routine {
  const [bytes, blocks, ...locals] = [0, 1, 2, 3, 4, 5] as const
  const not = [i32.const(-1), i32.xor]
  const kind: Kind = {
    ...i32,
    not,
    andnot: [not, i32.and],
    rotate: (value, by) => [value, i32.const(by), i32.rotl],
    word: (number) => [get(bytes), i32.load(4 * number)],
    sine: (number) => [BASE, i32.load(SINES + 4 * number)],
  }
  const state = locals.map((local, word) => ({ local, place: placeOf(word) }))
  const block = [rounds([{ kind, state: locals }]), keep(state, i32), advance([bytes], blocks)]
  const body = [begin(state, i32), op.loop, block, op.end]
  return { name: 'one', parameters: 2, locals: locals.length, type: I32, body }
}

function allLanes(): Routine {
  const addresses = Array.from({ length: LANES }, (_, lane) => lane)
  const blocks = LANES
  const local = (number: number) => LANES + 1 + number
  const scratch = local(0)
  const rows = [local(1), local(2), local(3), local(4)]
  const vectors = Array.from({ length: LANES / 4 }, (_, vector) => {
    const state: State = [
      local(5 + 4 * vector),
      local(6 + 4 * vector),
      local(7 + 4 * vector),
      local(8 + 4 * vector),
    ]
    return { state, first: 4 * vector, kind: vectorKind(scratch, 4 * vector) }
  })
  const state = vectors.flatMap((vector) =>
    vector.state.map((local, word) => ({ local, place: placeOf(word, vector.first) })),
  )
  const gathered = vectors.map(({ first }) => gather(addresses.slice(first, first + 4), first, rows))
  const block = [gathered, rounds(vectors), keep(state, v128), advance(addresses, blocks)]
  const body = [begin(state, v128), op.loop, block, op.end]
  return { name: 'all', parameters: LANES + 1, locals: 5 + state.length, type: V128, body }
}

/** @param scratch a local, since there is no instruction that rotates */
function vectorKind(scratch: number, first: number): Kind {
  return {
    ...v128,
    rotate: (value, by) => [
      ...[value, tee(scratch), i32.const(by), v128.shl],
      ...[get(scratch), i32.const(32 - by), v128.shr, v128.or],
    ],
    word: (number) => [BASE, v128.load(placeOf(number, first, WORDS))],
    sine: (number) => [BASE, v128.loadSplat(SINES + 4 * number)],
  }
}

function placeOf(word: number, lane = 0, table = STATE): number {
  return table + 4 * (LANES * word + lane)
}

function begin(state: readonly Kept[], { load }: Pick<typeof v128, 'load'>): Code {
  return state.map(({ local, place }) => [BASE, load(place), set(local)])
}

/** RFC 1321, 3.4: what the block has come to is added to what was there before. */
function keep(
  state: readonly Kept[],
  { load, add, store }: { readonly add: Code } & Pick<typeof v128, 'load' | 'store'>,
): Code {
  return state.map(({ local, place }) => [BASE, BASE, load(place), get(local), add, tee(local), store(place)])
}

/** To the next block, as long as there is one. */
function advance(addresses: readonly number[], blocks: number): Code {
  const next = addresses.map((address) => [get(address), i32.const(BLOCK), i32.add, set(address)])
  return [next, get(blocks), i32.const(-1), i32.add, tee(blocks), op.repeat]
}

/** Puts the words of four lanes together: of each lane comes a row of four words, of which columns are made. */
function gather(addresses: readonly number[], first: number, rows: readonly number[]): Code {
  return [0, 4, 8, 12].map((word) => {
    const loaded = rows.map((row, at) => [get(addresses[at] ?? 0), v128.load(4 * word), set(row)])
    const [p = 0, q = 0, r = 0, s = 0] = rows
    const columns = [0, 1, 2, 3].map((column) => {
      const half = column < 2 ? 0 : 2
      const pair = (one: number, other: number) => [
        ...[get(one), get(other), v128.shuffle(bytesOf(half, half + 4, half + 1, half + 5))],
      ]
      const isFirst = column % 2 === 0
      const joined = v128.shuffle(isFirst ? bytesOf(0, 1, 4, 5) : bytesOf(2, 3, 6, 7))
      return [BASE, pair(p, q), pair(r, s), joined, v128.store(placeOf(word + column, first, WORDS))]
    })
    return [loaded, columns]
  })
}

/** The bytes of words of two registers, which are counted from 0 to 7. */
function bytesOf(...words: readonly number[]): Code {
  return words.map((word) => [0, 1, 2, 3].map((byte) => 4 * word + byte))
}
