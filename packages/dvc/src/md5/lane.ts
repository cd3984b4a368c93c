import { BLOCK, LANES, STATE } from './program.ts'
import type { LoadedProgram } from './program.wire.ts'

/** A file that is hashed. What was not hashed yet lies in the memory of the program, between `from` and `to`. */
export interface Lane {
  readonly start: number
  /** What the blocks so far have come to. */
  readonly state: Uint32Array
  from: number
  to: number
  /** Bytes so far. */
  size: number
}

/** Blocks for which it is worth it to call the program. */
const WORTH = 128
/** RFC 1321, 3.3. */
const START = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476] as const

export function newLane(start: number): Lane {
  return { start, state: Uint32Array.from(START), from: start, to: start, size: 0 }
}

/** Hashes all blocks of a lane, and of others as many as come along. */
export function empty(program: LoadedProgram, lanes: ReadonlySet<Lane>, lane: Lane): void {
  for (let left = blocksOf(lane); left > 0; left = blocksOf(lane)) {
    const others = [...lanes].filter((other) => other !== lane && blocksOf(other) >= WORTH)
    const fullest = others.sort((a, b) => blocksOf(b) - blocksOf(a)).slice(0, LANES - 1)
    hashBlocks(program, [lane, ...fullest], Math.min(left, ...fullest.map(blocksOf)))
  }
}

function blocksOf({ from, to }: Lane): number {
  return Math.floor((to - from) / BLOCK)
}

function hashBlocks(program: LoadedProgram, lanes: readonly Lane[], blocks: number): void {
  const states = new Uint32Array(program.memory, STATE, 4 * LANES)
  for (const [at, { state }] of lanes.entries())
    for (let word = 0; word < 4; word++) states[LANES * word + at] = state[word] ?? 0
  const [first] = lanes
  if (first === undefined) return
  if (lanes.length === 1) program.one(first.from, blocks)
  else {
    // What is computed for a place that nobody has is thrown away.
    const places = Array.from({ length: LANES }, (_, at) => (lanes[at] ?? first).from)
    program.all(...places, blocks)
  }
  for (const [at, lane] of lanes.entries()) {
    for (let word = 0; word < 4; word++) lane.state[word] = states[LANES * word + at] ?? 0
    lane.from += blocks * BLOCK
    if (lane.from === lane.to) {
      lane.from = lane.start
      lane.to = lane.start
    }
  }
}

/**
 * The digest, after all of whose blocks are hashed (RFC 1321, 3.1 and 3.2): a one, zeros, and the number of bits follow.
 * @param padding address of two blocks of memory for that
 */
export function digestOf(program: LoadedProgram, { state, from, to, size }: Lane, padding: number): string {
  const rest = to - from
  const blocks = rest < BLOCK - 8 ? 1 : 2
  const padded = Buffer.from(program.memory, padding, blocks * BLOCK).fill(0)
  padded.set(new Uint8Array(program.memory, from, rest))
  padded[rest] = 0x80
  padded.writeBigUInt64LE(BigInt(size) * 8n, padded.length - 8)
  const last: Lane = {
    start: padding,
    state: state.slice(),
    from: padding,
    to: padding + padded.length,
    size,
  }
  hashBlocks(program, [last], blocks)
  const digest = Buffer.alloc(16)
  for (const [word, value] of last.state.entries()) digest.writeUInt32LE(value, 4 * word)
  return digest.toString('hex')
}
