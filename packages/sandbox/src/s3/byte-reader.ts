/** Takes lines and counted bytes off a stream. */
export interface ByteReader {
  /** The text up to CRLF, which is taken too; undefined when the stream ends first or the line is longer than a line can be. */
  line(): Promise<string | undefined>
  /** So many bytes, as they come; fewer when the stream ends. */
  bytes(count: number): AsyncGenerator<Buffer>
  /** What is left, up to a limit. */
  rest(limit: number): Promise<Buffer>
}

const LONGEST_LINE = 4096

export function createByteReader(source: AsyncIterable<Buffer>): ByteReader {
  const iterator = source[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)
  const more = async (): Promise<boolean> => {
    const next = await iterator.next()
    if (next.done === true) return false
    held = held.length === 0 ? next.value : Buffer.concat([held, next.value])
    return true
  }
  return {
    line: async () => {
      for (;;) {
        const end = held.indexOf('\r\n')
        if (end !== -1) {
          const text = held.toString('latin1', 0, end)
          held = held.subarray(end + 2)
          return text
        }
        if (held.length > LONGEST_LINE || !(await more())) return undefined
      }
    },
    bytes: async function* (count) {
      for (let left = count; left > 0; ) {
        if (held.length === 0 && !(await more())) return
        const piece = held.subarray(0, left)
        held = held.subarray(piece.length)
        left -= piece.length
        yield piece
      }
    },
    rest: async (limit) => {
      while (held.length <= limit && (await more()));
      return held
    },
  }
}
