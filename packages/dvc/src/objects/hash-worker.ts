// The entry of a worker thread; bundles have it as a file of its own (docs/adr/0005-worker-files.md).
import { createHash, type Hash, hash as hashAtOnce } from 'node:crypto'
import { closeSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import { crc32 } from 'node:zlib'
import { asHashed, PIECE } from './dos2unix.ts'
import type { FileToHash, FileTrouble, HashAnswer, HashedFile, HashJob } from './hash-job.ts'
import { fileSize, fill, loadFile, openFile } from './read-now.ts'
import { troubleOf } from './trouble.ts'
import { writeWhole } from './write-whole.ts'

interface Reading {
  readonly fd: number
  readonly name: FileToHash['name']
  readonly hash: Hash
  offset: number
}

// Not from the pool that Buffer shares: it is as large as this thread ever needs, and used again for every file.
const piece = Buffer.allocUnsafeSlow(PIECE)
const readings = new Map<number, Reading>()

parentPort?.on('message', ({ id, job }: { readonly id: number; readonly job: HashJob }) => {
  const answer = answerOf(job)
  parentPort?.postMessage({ id, answer }, answer.bytes === undefined ? [] : [answer.bytes])
})

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
      writeWhole(job.path, Buffer.from(job.bytes))
      return { bytes: job.bytes }
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
