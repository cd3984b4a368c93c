import type { FileToHash } from './hash-job.ts'

/** DVC reads in pieces of this size, and the old hash depends on where they end (dvc_data/hashfile/hash.py). */
export const PIECE = 1024 * 1024

/** Pure: a piece of a file as DVC hashes it under that name. */
export function asHashed(bytes: Buffer, name: FileToHash['name']): Buffer {
  return name === 'md5' ? bytes : dos2unix(bytes)
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
