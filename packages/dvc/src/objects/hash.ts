import { createHash, hash as hashAtOnce } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { fileFailure } from '../invalid.ts'
import type { HashName } from '../repository/output.ts'
import { dos2unix, PIECE } from './dos2unix.ts'

export { dos2unix } from './dos2unix.ts'

/** Lower-case hex. */
export function md5Hex(bytes: Buffer | string): string {
  return hashAtOnce('md5', bytes)
}

/** The hash of a whole file that is in memory, as lower-case hex. */
export function hashBytes(bytes: Buffer, name: HashName): string {
  if (name === 'md5') return md5Hex(bytes)
  const hash = createHash('md5')
  for (let at = 0; at < bytes.length; at += PIECE) hash.update(dos2unix(bytes.subarray(at, at + PIECE)))
  return hash.digest('hex')
}

/** The same as the header Content-MD5 wants it. */
export function md5Base64(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64')
}

export interface FileHash {
  readonly md5: string
  /** Bytes read. */
  readonly size: number
}

/**
 * Hashes one file in this thread, in pieces; many files, or large ones, are for a hash pool.
 * @throws Failure `config` where it cannot be read; the signal's reason
 */
export async function hashFile(path: string, name: HashName, signal: AbortSignal): Promise<FileHash> {
  try {
    const file = await open(path, 'r')
    return await hashPieces(file, name, signal).finally(() => file.close())
  } catch (error) {
    signal.throwIfAborted()
    throw fileFailure(path, error)
  }
}

async function hashPieces(file: FileHandle, name: HashName, signal: AbortSignal): Promise<FileHash> {
  const hash = createHash('md5')
  const buffer = Buffer.allocUnsafe(PIECE)
  let size = 0
  for (;;) {
    signal.throwIfAborted()
    const read = await readFully(file, buffer)
    if (read === 0) return { md5: hash.digest('hex'), size }
    size += read
    const piece = buffer.subarray(0, read)
    hash.update(name === 'md5' ? piece : dos2unix(piece))
  }
}

/** Fills the buffer as far as the file goes, so that pieces end where DVC's end. */
async function readFully(file: FileHandle, buffer: Buffer): Promise<number> {
  let filled = 0
  while (filled < buffer.length) {
    const { bytesRead } = await file.read(buffer, filled, buffer.length - filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return filled
}
