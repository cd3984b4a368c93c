import { createHash, type Hash } from 'node:crypto'
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'

/** A file into which ranges come. */
export interface OpenFile {
  readonly fd: number
  /** Undefined where another thread hashes it. */
  readonly hash: Hash | undefined
  /** Bytes that the hash has seen. */
  hashed: number
}

/** Bytes that are hashed at once. */
const PIECE = 128 * 1024
/** Bytes that are hashed before others have their turn. */
const SKIP = 4 * 2 ** 20

export function openFile(path: string, isHashed: boolean): OpenFile {
  const fd = openSync(path, constants.O_RDWR | constants.O_NOFOLLOW)
  return { fd, hash: isHashed ? createHash('md5') : undefined, hashed: 0 }
}

export function closeFile({ fd }: OpenFile): void {
  closeSync(fd)
}

/** Hashes what is in the file already, as far as `to`. */
export async function skipTo(file: OpenFile, to: number, isOpen: () => boolean): Promise<number> {
  const piece = file.hashed < to ? Buffer.allocUnsafeSlow(PIECE) : Buffer.of()
  for (let since = 0; file.hashed < to && isOpen(); ) {
    const read = readSync(file.fd, piece, 0, Math.min(PIECE, to - file.hashed), file.hashed)
    if (read === 0) break
    file.hash?.update(piece.subarray(0, read))
    file.hashed += read
    since += read
    if (since >= SKIP) {
      since = 0
      await setImmediate()
    }
  }
  return file.hashed
}

/** Writes bytes where they belong; the hash takes them where it has seen everything before. */
export function writeAt(file: OpenFile, position: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; )
    done += writeSync(file.fd, bytes, done, bytes.length - done, position + done)
  if (file.hashed !== position) return
  file.hash?.update(bytes)
  file.hashed += bytes.length
}
