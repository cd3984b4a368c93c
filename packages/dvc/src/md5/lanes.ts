import { createHash } from 'node:crypto'
import { digestOf, empty, type Lane, newLane } from './lane.ts'
import { BLOCK, FREE, SINES } from './program.ts'
import { type LoadedProgram, loadProgram } from './program.wire.ts'
import { sines } from './steps.ts'

export { LANES } from './program.ts'

/** A sum that is taken of bytes as they come. */
export interface RunningSum {
  update(bytes: Uint8Array): void
  /** Of everything so far, as lower-case hex; more may follow. */
  digest(): string
  /** Gives its place to another one. */
  close(): void
}

/** The MD5 of several files at once: their bytes wait until there are enough of each to be hashed side by side. */
export interface Md5Lanes {
  /** Files that are open. */
  readonly count: number
  open(): RunningSum
}

/** Bytes of a file that wait: who hands in so many at a time, and lets others have their turn, keeps the lanes full. */
export const QUEUE = 128 * 1024
/** Files that have a queue; what is opened beyond that is hashed by itself. */
const MOST = 64
/** The MD5 of no bytes. */
const NOTHING = createHash('md5').digest('hex')
const FIRST_QUEUE = Math.ceil(FREE / BLOCK) * BLOCK
const PADDING = FIRST_QUEUE + MOST * QUEUE

/**
 * A file is hashed side by side with others where there are others when its first bytes come; one that is alone does not need
 * the program, which is loaded when it is first needed.
 * @param load undefined is what it gives where there is no such program; then each file is hashed by itself
 */
export function createMd5Lanes(load: () => LoadedProgram | undefined = loadWithTable): Md5Lanes {
  const opened = new Set<object>()
  let openBeside: (() => RunningSum) | undefined
  const begin = (): RunningSum => {
    if (opened.size < 2) return openAlone()
    if (openBeside === undefined) {
      const program = load()
      openBeside = program === undefined ? openAlone : openerOf(program)
    }
    return openBeside()
  }
  return {
    get count() {
      return opened.size
    },
    open: () => {
      let begun: RunningSum | undefined
      const md5: RunningSum = {
        update: (bytes) => {
          begun ??= begin()
          begun.update(bytes)
        },
        digest: () => begun?.digest() ?? NOTHING,
        close: () => {
          if (opened.delete(md5)) begun?.close()
        },
      }
      opened.add(md5)
      return md5
    },
  }
}

function loadWithTable(): LoadedProgram | undefined {
  const program = loadProgram(PADDING + 2 * BLOCK)
  if (program !== undefined) new Uint32Array(program.memory, SINES, 64).set(sines())
  return program
}

function openAlone(): RunningSum {
  const hash = createHash('md5')
  return {
    update: (bytes) => void hash.update(bytes),
    digest: () => hash.copy().digest('hex'),
    close: () => {},
  }
}

/** Opens files that share a program. */
function openerOf(program: LoadedProgram): () => RunningSum {
  const bytes = new Uint8Array(program.memory)
  const free = Array.from({ length: MOST }, (_, at) => FIRST_QUEUE + at * QUEUE)
  const lanes = new Set<Lane>()
  return () => {
    const start = free.pop()
    if (start === undefined) return openAlone()
    const end = start + QUEUE
    const lane = newLane(start)
    lanes.add(lane)
    return {
      update: (piece) => {
        for (let at = 0; at < piece.length; ) {
          if (lane.to === end) empty(program, lanes, lane)
          const part = piece.subarray(at, at + end - lane.to)
          bytes.set(part, lane.to)
          lane.to += part.length
          at += part.length
        }
        lane.size += piece.length
      },
      digest: () => {
        empty(program, lanes, lane)
        return digestOf(program, lane, PADDING)
      },
      close: () => {
        lanes.delete(lane)
        free.push(start)
      },
    }
  }
}
