import type { FileHandle } from 'node:fs/promises'
import { fileFailure } from '../invalid.ts'

/** Bytes that are written at once: chunks of TLS are a hundred times smaller. */
const WRITE = 256 * 1024

/**
 * Collects small pieces, so that the disk sees few large writes; they are not copied together for that.
 * @param on the file that they become, for sentences
 */
export function createPieceWriter(
  file: FileHandle,
  start: number,
  on: string,
  onBytes: ((bytes: number) => void) | undefined,
) {
  let pieces: Uint8Array[] = []
  let [collected, position] = [0, start]
  const flush = async () => {
    const bytes = collected
    let left = pieces
    pieces = []
    collected = 0
    while (left.length > 0) {
      const { bytesWritten } = await file.writev(left, position).catch((error: unknown) => {
        throw fileFailure(on, error)
      })
      position += bytesWritten
      left = withoutFirst(left, bytesWritten)
    }
    if (bytes > 0) onBytes?.(bytes)
  }
  const take = async (bytes: Uint8Array) => {
    pieces.push(bytes)
    collected += bytes.length
    if (collected >= WRITE) await flush()
  }
  return { take, flush }
}

/** Pure: what is left to write of some pieces when so many bytes of them are written. */
export function withoutFirst(pieces: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let done = bytes
  return pieces.flatMap((piece) => {
    const rest = piece.subarray(Math.min(done, piece.length))
    done -= piece.length - rest.length
    return rest.length === 0 ? [] : [rest]
  })
}
