// A worker thread of its own. Bundles ship this file as it is (docs/adr/0005-worker-files.md), so it may import
// nothing but what Node itself brings.
import { createHash, type Hash, hash as hashAtOnce } from 'node:crypto'
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { crc32 } from 'node:zlib'

/** What a worker of the hash pool is started with: the file does nothing where it is only imported. */
export const HASH_WORKER = 'mlops-actions hash worker'

/** DVC reads in pieces of this size, and the old hash depends on where they end (dvc_data/hashfile/hash.py). */
export const PIECE = 1024 * 1024

/** A job, told apart by its kind; the answer has the same `id`. Buffers travel to the worker and back, uncopied. */
export type HashJob =
  | { readonly kind: 'files'; readonly files: readonly FileToHash[] }
  | { readonly kind: 'sizes'; readonly paths: readonly string[] }
  | { readonly kind: 'bytes'; readonly bytes: ArrayBuffer; readonly length: number }
  | { readonly kind: 'open'; readonly reading: number; readonly file: FileToHash }
  | {
      readonly kind: 'read'
      readonly reading: number
      readonly bytes: ArrayBuffer
      readonly length: number
      readonly sum: PartSum
    }
  | { readonly kind: 'load'; readonly file: FileToHash; readonly bytes: ArrayBuffer }
  | { readonly kind: 'skip'; readonly reading: number; readonly to: number }
  | { readonly kind: 'finish'; readonly reading: number }
  | { readonly kind: 'close'; readonly reading: number }
  | { readonly kind: 'write'; readonly path: string; readonly bytes: ArrayBuffer }

export interface FileToHash {
  readonly path: string
  readonly name: 'md5' | 'md5-dos2unix'
}

/** Which sum of a part is wanted beside the hash of the whole file. */
export type PartSum = 'md5' | 'crc32' | 'none'

/** The answer to a job; `trouble` is what the file system said. */
export interface HashAnswer {
  readonly files?: readonly (HashedFile | FileTrouble)[]
  readonly sizes?: readonly (number | undefined)[]
  readonly trouble?: FileTrouble['trouble']
  readonly bytes?: ArrayBuffer
  /** Bytes that are in the buffer: fewer than it holds only at the end of the file. */
  readonly length?: number
  /** Lower-case hex for MD5; Base64 of the big-endian value for CRC32, as S3 writes it. */
  readonly sum?: string
  readonly md5?: string
  readonly size?: number
}

export interface HashedFile {
  readonly md5: string
  /** Bytes read. */
  readonly size: number
}

export interface FileTrouble {
  readonly trouble: { readonly code: string; readonly syscall: string | undefined; readonly message: string }
}

interface Reading {
  readonly fd: number
  readonly name: FileToHash['name']
  readonly hash: Hash
  offset: number
}

// Not from the pool that Buffer shares: it is as large as this thread ever needs, and used again for every file.
const piece = Buffer.allocUnsafeSlow(workerData === HASH_WORKER ? PIECE : 0)
const readings = new Map<number, Reading>()

if (workerData === HASH_WORKER) {
  parentPort?.on('message', ({ id, job }: { readonly id: number; readonly job: HashJob }) => {
    const answer = answerOf(job)
    parentPort?.postMessage({ id, answer }, answer.bytes === undefined ? [] : [answer.bytes])
  })
}

function answerOf(job: HashJob): HashAnswer {
  try {
    return run(job)
  } catch (error) {
    return 'bytes' in job ? { ...troubleOf(error), bytes: job.bytes } : troubleOf(error)
  }
}

function run(job: HashJob): HashAnswer {
  switch (job.kind) {
    case 'files':
      return { files: job.files.map(hashOrTrouble) }
    case 'sizes':
      return { sizes: job.paths.map(fileSize) }
    case 'bytes':
      return { bytes: job.bytes, md5: hashAtOnce('md5', Buffer.from(job.bytes, 0, job.length)) }
    case 'open':
      return openReading(job.reading, job.file)
    case 'read':
      return readPart(readingOf(job.reading), job)
    case 'load':
      return loadFile(job.file, job.bytes)
    case 'skip':
      return skipTo(readingOf(job.reading), job.to)
    case 'finish':
      return { md5: readingOf(job.reading).hash.copy().digest('hex'), size: readingOf(job.reading).offset }
    case 'close':
      return closeReading(job.reading)
    case 'write':
      return writeWhole(job.path, job.bytes)
  }
}

function hashOrTrouble(file: FileToHash): HashedFile | FileTrouble {
  try {
    return hashFileNow(file)
  } catch (error) {
    return troubleOf(error)
  }
}

function hashFileNow({ path, name }: FileToHash): HashedFile {
  const { fd } = openFile(path)
  try {
    const first = fill(fd, piece)
    if (first < PIECE)
      return { md5: hashAtOnce('md5', asHashed(piece.subarray(0, first), name)), size: first }
    const reading = { fd, name, hash: createHash('md5').update(asHashed(piece, name)), offset: first }
    skipTo(reading, Number.POSITIVE_INFINITY)
    return { md5: reading.hash.digest('hex'), size: reading.offset }
  } finally {
    closeSync(fd)
  }
}

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
function openFile(path: string): { readonly fd: number; readonly size: number } {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  const found = fstatSync(fd)
  if (found.isFile()) return { fd, size: found.size }
  closeSync(fd)
  throw Object.assign(new Error(`${path} is no regular file`), { code: 'EINVAL' })
}

/** Fills the buffer as far as the file goes, so that pieces end where DVC's end. */
function fill(fd: number, buffer: Buffer): number {
  let filled = 0
  while (filled < buffer.length) {
    const read = readSync(fd, buffer, filled, buffer.length - filled, null)
    if (read === 0) break
    filled += read
  }
  return filled
}

function openReading(reading: number, { path, name }: FileToHash): HashAnswer {
  const { fd, size } = openFile(path)
  readings.set(reading, { fd, name, hash: createHash('md5'), offset: 0 })
  return { size }
}

function readingOf(reading: number): Reading {
  const found = readings.get(reading)
  if (found === undefined) throw Object.assign(new Error('the file is not open'), { code: 'EBADF' })
  return found
}

function readPart(
  reading: Reading,
  { bytes, length: most, sum }: Extract<HashJob, { kind: 'read' }>,
): HashAnswer {
  const buffer = Buffer.from(bytes, 0, most)
  const length = fill(reading.fd, buffer)
  const part = buffer.subarray(0, length)
  for (let at = 0; at < length; at += PIECE) take(reading, part.subarray(at, at + PIECE))
  return { bytes, length, ...(sum === 'none' ? {} : { sum: sumOf(part, sum) }) }
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

function sumOf(part: Buffer, sum: 'md5' | 'crc32'): string {
  if (sum === 'md5') return hashAtOnce('md5', part)
  const value = Buffer.allocUnsafe(4)
  value.writeUInt32BE(crc32(part))
  return value.toString('base64')
}

/** Hashes on without giving the bytes away, as far as `to` or the end of the file. */
function skipTo(reading: Reading, to: number): HashAnswer {
  while (reading.offset < to) {
    const read = fill(reading.fd, piece.subarray(0, Math.min(PIECE, to - reading.offset)))
    if (read === 0) break
    take(reading, piece.subarray(0, read))
  }
  return { size: reading.offset }
}

function take(reading: Reading, bytes: Buffer): void {
  reading.hash.update(asHashed(bytes, reading.name))
  reading.offset += bytes.length
}

function closeReading(reading: number): HashAnswer {
  const found = readings.get(reading)
  if (found !== undefined) closeSync(found.fd)
  readings.delete(reading)
  return {}
}

function writeWhole(path: string, bytes: ArrayBuffer): HashAnswer {
  mkdirSync(dirname(path), { recursive: true })
  // What a killed run left there may be a link, or not writable.
  rmSync(path, { force: true })
  writeFileSync(path, Buffer.from(bytes), { flag: 'wx' })
  return { bytes }
}

/** An Error would lose its code on the way to the other thread, and by its syscall the system's are known. */
function troubleOf(error: unknown): FileTrouble {
  const message = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const syscall = error instanceof Error && 'syscall' in error ? String(error.syscall) : undefined
  return { trouble: { code, syscall, message } }
}

function asHashed(bytes: Buffer, name: FileToHash['name']): Buffer {
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
