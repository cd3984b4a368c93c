import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { fileFailure } from '../invalid.ts'
import type { HashName } from '../repository/output.ts'

/** DVC reads in pieces of this size, and the old hash depends on where they end (dvc_data/hashfile/hash.py). */
const PIECE = 1024 * 1024

/** Lower-case hex. */
export function md5Hex(bytes: Buffer | string): string {
  return createHash('md5').update(bytes).digest('hex')
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

/** Hashes a file in pieces. @throws Failure `config` where it cannot be read; the signal's reason */
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

/**
 * DVC 2 hashed text as if its lines ended in LF: in a piece whose first 512 bytes look like text,
 * CRLF becomes LF (dvc_data/hashfile/istextfile.py).
 */
export function dos2unix(piece: Buffer): Buffer {
  if (!looksLikeText(piece.subarray(0, 512))) return piece
  const kept = Buffer.allocUnsafe(piece.length)
  let length = 0
  for (let at = 0; at < piece.length; at++) {
    if (piece[at] === 0x0d && piece[at + 1] === 0x0a) continue
    kept[length++] = piece[at] ?? 0
  }
  return kept.subarray(0, length)
}

const TEXT_CONTROLS = new Set([0x08, 0x09, 0x0a, 0x0c, 0x0d])

function looksLikeText(start: Buffer): boolean {
  if (start.includes(0)) return false
  const strange = start.filter((byte) => !TEXT_CONTROLS.has(byte) && (byte < 0x20 || byte > 0x7e)).length
  return strange <= start.length * 0.3
}
