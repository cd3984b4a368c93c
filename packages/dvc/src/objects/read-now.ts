import { createHash, hash as hashAtOnce } from 'node:crypto'
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs'
import { dos2unix, PIECE } from './dos2unix.ts'
import type { FileToHash, HashAnswer } from './hash-job.ts'

/** Bytes of a regular file; undefined for whatever else is there, and for nothing. */
export function fileSize(path: string): number | undefined {
  try {
    const found = lstatSync(path, { throwIfNoEntry: false })
    return found?.isFile() === true ? found.size : undefined
  } catch {
    return undefined
  }
}

/** Without waiting for the other end of a pipe; whatever is no regular file has no content to hash. */
export function openFile(path: string): { readonly fd: number; readonly size: number } {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  const found = fstatSync(fd)
  if (found.isFile()) return { fd, size: found.size }
  closeSync(fd)
  throw Object.assign(new Error(`${path} is no regular file`), { code: 'EINVAL' })
}

/** Fills the buffer as far as the file goes, so that pieces end where DVC's end. */
export function fill(fd: number, buffer: Buffer): number {
  let filled = 0
  while (filled < buffer.length) {
    const read = readSync(fd, buffer, filled, buffer.length - filled, null)
    if (read === 0) break
    filled += read
  }
  return filled
}

/** Reads a whole file: its hash, and the MD5 of its bytes as they are. `size` is more than `length` where it does not fit. */
export function loadFile(file: FileToHash, bytes: ArrayBuffer): HashAnswer {
  const { fd } = openFile(file.path)
  try {
    const buffer = Buffer.from(bytes)
    const length = fill(fd, buffer)
    const more = readSync(fd, Buffer.allocUnsafe(1), 0, 1, null)
    const whole = buffer.subarray(0, length)
    const sum = hashAtOnce('md5', whole)
    return { bytes, length, sum, md5: file.name === 'md5' ? sum : hashWhole(whole), size: length + more }
  } finally {
    closeSync(fd)
  }
}

function hashWhole(bytes: Buffer): string {
  const hash = createHash('md5')
  for (let at = 0; at < bytes.length; at += PIECE) hash.update(dos2unix(bytes.subarray(at, at + PIECE)))
  return hash.digest('hex')
}
