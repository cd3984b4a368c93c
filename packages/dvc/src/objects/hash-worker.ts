// The entry of a worker thread; bundles have it as a file of its own (docs/adr/0005-worker-files.md).
import { hash as hashAtOnce } from 'node:crypto'
import { parentPort } from 'node:worker_threads'
import { PIECE } from './dos2unix.ts'
import type { FileToHash, FileTrouble, HashAnswer, HashedFile, HashJob } from './hash-job.ts'
import { forEachLimited } from './limit.ts'
import { hashWholeFile, loadLarge, type OpenFile, openHashed } from './open-file.ts'
import { fileSize, loadFile } from './read-now.ts'
import { troubleOf } from './trouble.ts'
import { writeWhole } from './write-whole.ts'

/** Jobs of one file are done one after the other; those of others go on meanwhile. */
interface Reading {
  readonly file: OpenFile
  /** The end of the last job. */
  done: Promise<unknown>
}

/** Files of a job that are hashed at once. */
const AT_ONCE = 8

const readings = new Map<number, Reading>()

parentPort?.on('message', async ({ id, job }: { readonly id: number; readonly job: HashJob }) => {
  const answer = await answerOf(job)
  parentPort?.postMessage({ id, answer }, answer.bytes === undefined ? [] : [answer.bytes])
})

async function answerOf(job: HashJob): Promise<HashAnswer> {
  try {
    return await run(job)
  } catch (error) {
    return 'bytes' in job ? { ...troubleOf(error), bytes: job.bytes } : troubleOf(error)
  }
}

function run(job: HashJob): HashAnswer | Promise<HashAnswer> {
  switch (job.kind) {
    case 'files':
      return hashAll(job.files)
    case 'sizes':
      return { sizes: job.paths.map(fileSize) }
    case 'bytes':
      return { bytes: job.bytes, md5: hashAtOnce('md5', Buffer.from(job.bytes, 0, job.length)) }
    case 'open':
      return open(job.reading, job.file)
    case 'read':
      return inTurn(job.reading, async (file) => ({
        bytes: job.bytes,
        ...(await file.read(Buffer.from(job.bytes, 0, job.length), job.sum)),
      }))
    case 'load':
      return job.file.name === 'md5' && job.bytes.byteLength >= PIECE
        ? loadLarge(job.file, job.bytes)
        : loadFile(job.file, job.bytes)
    case 'skip':
      return inTurn(job.reading, async (file) => {
        await file.skip(job.to)
        return { size: file.size }
      })
    case 'finish':
      return inTurn(job.reading, ({ md5, size }) => ({ md5, size }))
    case 'close':
      return close(job.reading)
    case 'write':
      writeWhole(job.path, Buffer.from(job.bytes))
      return { bytes: job.bytes }
  }
}

async function hashAll(files: readonly FileToHash[]): Promise<HashAnswer> {
  const hashed: (HashedFile | FileTrouble)[] = new Array(files.length)
  await forEachLimited([...files.entries()], AT_ONCE, async ([at, file]) => {
    hashed[at] = await hashWholeFile(file).catch(troubleOf)
  })
  return { files: hashed }
}

function open(reading: number, file: FileToHash): HashAnswer {
  const opened = openHashed(file)
  readings.set(reading, { file: opened, done: Promise.resolve() })
  return { size: opened.length }
}

async function inTurn(
  number: number,
  work: (file: OpenFile) => HashAnswer | Promise<HashAnswer>,
): Promise<HashAnswer> {
  const reading = readings.get(number)
  if (reading === undefined) throw Object.assign(new Error('the file is not open'), { code: 'EBADF' })
  const answer = reading.done.then(() => work(reading.file))
  reading.done = answer.catch(() => undefined)
  return answer
}

async function close(number: number): Promise<HashAnswer> {
  const reading = readings.get(number)
  readings.delete(number)
  await reading?.done
  reading?.file.close()
  return {}
}
