import { createReadStream } from 'node:fs'

/** The bytes of an object: a Buffer where they are in memory, else something that gives them piece by piece. */
export type ObjectBody = Buffer | StreamedBody

/** Bytes that are not in memory. */
export abstract class StreamedBody {
  readonly length: number
  constructor(length: number) {
    this.length = length
  }
  /** The bytes from `first` up to, and without, `end`. */
  abstract read(first: number, end: number): AsyncIterable<Buffer>
  /** @throws Error always: who wants the text of such an object has to read it */
  toString(_encoding?: BufferEncoding): string {
    throw new Error(`a body of ${this.length} bytes is not in memory: read it with bytesOf`)
  }
}

/** A file on disk. */
export class FileBody extends StreamedBody {
  readonly path: string
  constructor(path: string, length: number) {
    super(length)
    this.path = path
  }
  async *read(first: number, end: number): AsyncGenerator<Buffer> {
    if (end <= first) return
    for await (const piece of createReadStream(this.path, {
      start: first,
      end: end - 1,
      highWaterMark: PIECE,
    }))
      yield piece
  }
}

/** Bytes that are made when somebody asks for them: an object of any size that takes no room. */
export class GeneratedBody extends StreamedBody {
  readonly #fill: (piece: Buffer, offset: number) => void
  /** @param fill writes the bytes that stand at `offset` into a piece; default: zeros */
  constructor(length: number, fill: (piece: Buffer, offset: number) => void = (piece) => piece.fill(0)) {
    super(length)
    this.#fill = fill
  }
  async *read(first: number, end: number): AsyncGenerator<Buffer> {
    for (let at = first; at < end; at += PIECE) {
      const piece = Buffer.allocUnsafe(Math.min(PIECE, end - at))
      this.#fill(piece, at)
      yield piece
    }
  }
}

/** Several bodies one after the other: the parts of an upload. */
export class ComposedBody extends StreamedBody {
  readonly parts: readonly ObjectBody[]
  constructor(parts: readonly ObjectBody[]) {
    super(parts.reduce((sum, part) => sum + part.length, 0))
    this.parts = parts
  }
  async *read(first: number, end: number): AsyncGenerator<Buffer> {
    let start = 0
    for (const part of this.parts) {
      const from = Math.max(first - start, 0)
      const to = Math.min(end - start, part.length)
      if (from < to) yield* readBody(part, from, to)
      start += part.length
    }
  }
}

/** A piece of another body. */
class SlicedBody extends StreamedBody {
  readonly #whole: StreamedBody
  readonly #start: number
  constructor(whole: StreamedBody, start: number, end: number) {
    super(end - start)
    this.#whole = whole
    this.#start = start
  }
  read(first: number, end: number): AsyncIterable<Buffer> {
    return this.#whole.read(this.#start + first, this.#start + end)
  }
}

/** Bytes that were counted and thrown away. */
export class DiscardedBody extends StreamedBody {
  /** @throws Error */
  // biome-ignore lint/correctness/useYield: there is nothing to give
  async *read(): AsyncGenerator<Buffer> {
    throw new Error('this server throws bodies away: nothing can be read from it')
  }
}

const PIECE = 1024 * 1024
const LARGEST_IN_MEMORY = 64 * PIECE

export async function* readBody(body: ObjectBody, first = 0, end = body.length): AsyncGenerator<Buffer> {
  if (Buffer.isBuffer(body)) yield body.subarray(first, end)
  else yield* body.read(first, end)
}

export function sliceBody(body: ObjectBody, first: number, end: number): ObjectBody {
  return Buffer.isBuffer(body) ? body.subarray(first, end) : new SlicedBody(body, first, end)
}

/** What is small and in memory is joined there. */
export function joinBodies(parts: readonly ObjectBody[]): ObjectBody {
  const size = parts.reduce((sum, part) => sum + part.length, 0)
  const buffers = parts.filter((part) => Buffer.isBuffer(part))
  if (buffers.length === parts.length && size <= LARGEST_IN_MEMORY) return Buffer.concat(buffers)
  return new ComposedBody(parts)
}

/** The whole body in memory. @throws Error for a body that was thrown away */
export async function bytesOf(body: ObjectBody): Promise<Buffer> {
  if (Buffer.isBuffer(body)) return body
  const pieces: Buffer[] = []
  for await (const piece of readBody(body)) pieces.push(piece)
  return Buffer.concat(pieces)
}
