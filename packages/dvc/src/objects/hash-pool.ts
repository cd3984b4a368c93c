import { availableParallelism } from 'node:os'
import type { World } from '@mlops-actions/diagnostics'
import { fileFailure } from '../invalid.ts'
import { LANES } from '../md5/lanes.ts'
import { type FileHash, hashFile } from './hash.ts'
import type { FileToHash, HashAnswer } from './hash-job.ts'
import { type HashThread, startHashThread } from './hash-thread.ts'
import { forEachLimited } from './limit.ts'
import { fileSize, loadFile } from './read-now.ts'
import { ask, errorOf, known, openReading, type Reading } from './reading.ts'
import { createThreads } from './threads.ts'

export type { FileToHash, PartSum } from './hash-job.ts'
export type { PartRead, Reading } from './reading.ts'

/**
 * Threads that read and hash files. They start when there is enough to do, hold the process only while they do it, and
 * end with the signal or with `close`.
 */
export interface HashPool {
  /** The hash of every file, in their order. @throws Failure `config` for the first that cannot be read */
  hashFiles(files: readonly FileToHash[], onHashed?: (hashed: FileHash) => void): Promise<readonly FileHash[]>
  /** The size of every regular file, in their order; undefined where there is none. Links are not followed. */
  fileSizes(paths: readonly string[]): Promise<readonly (number | undefined)[]>
  /** The MD5 of bytes in memory. The buffer is taken away and comes back with the answer. */
  hashBytes(
    bytes: ArrayBuffer,
    length: number,
  ): Promise<{ readonly bytes: ArrayBuffer; readonly md5: string }>
  /** Reads a whole file into a buffer, which is taken away and comes back. */
  loadFile(file: FileToHash, bytes: ArrayBuffer): Promise<LoadedFile>
  /**
   * Makes a file of these bytes, whose buffer is taken away; its folder too, where there is none.
   * @param on the file that it becomes, for sentences
   */
  writeFile(path: string, bytes: ArrayBuffer, on?: string): Promise<void>
  /** Opens a file that is read once, from start to end, and hashed on the way. */
  openReading(file: FileToHash): Promise<Reading>
  /** Gives back the memory of threads that have nothing to do: the names of ten thousand files are megabytes in each. */
  rest(): void
  close(): void
}

export interface LoadedFile {
  readonly bytes: ArrayBuffer
  readonly length: number
  /** The hash that names the file. */
  readonly md5: string
  /** The MD5 of the bytes as they are: another one where DVC 2's hash names the file. */
  readonly rawMd5: string
  /** Whether the buffer was too small for all of it. */
  readonly isCut: boolean
}

/** More threads than this only wait for the disk. */
const MOST_THREADS = 4
/** A message to a thread costs as much as a small file, so several go together: up to so many files and bytes. */
const BATCH_FILES = 256
const BATCH_BYTES = 16 * 2 ** 20
/** Files of the first jobs, whose sizes nobody knows. */
const FIRST_BATCH = 8
/** Files whose size is looked up in one job. */
const SIZES = 4096
/** Up to so many files and bytes, hashing here is over before a thread has started. */
const FEW_FILES = 256
const FEW_BYTES = 8 * 2 ** 20
/** Reading so little takes less time than asking a thread to do it. */
const TINY = 64 * 1024

/** @param threads at most; by default as many as the machine has processors for, up to 4 */
export function createHashPool({ signal }: Pick<World, 'signal'>, threads?: number): HashPool {
  const most = threads ?? Math.min(MOST_THREADS, availableParallelism())
  const running = createThreads({ signal }, { start: startHashThread, most, what: 'hash files' })
  const pick = () => running.take(loadOf)
  let nextReading = 0
  return {
    hashFiles: async (files, onHashed) => {
      if (running.count === 0 && isLittle(files)) return hashHere(files, signal, onHashed)
      // So many jobs for each thread, since large files are hashed side by side.
      return hashInThreads(files, { pick, lanes: most * LANES, onHashed })
    },
    fileSizes: async (paths) => {
      if (running.count === 0 && paths.length <= FEW_FILES) return paths.map(fileSize)
      const batches = Array.from({ length: Math.ceil(paths.length / SIZES) }, (_, at) =>
        paths.slice(at * SIZES, (at + 1) * SIZES),
      )
      const answers = await Promise.all(batches.map((batch) => pick().send({ kind: 'sizes', paths: batch })))
      return answers.flatMap((answer) => known(answer.sizes))
    },
    hashBytes: async (bytes, length) => {
      const answer = await pick().send({ kind: 'bytes', bytes, length })
      return { bytes: known(answer.bytes), md5: known(answer.md5) }
    },
    loadFile: async (file, bytes) => {
      const answer =
        bytes.byteLength <= TINY
          ? loadHere(file, bytes)
          : await ask(pick(), file, { kind: 'load', file, bytes })
      const [length, size] = [known(answer.length), known(answer.size)]
      const sums = { md5: known(answer.md5), rawMd5: known(answer.sum) }
      return { bytes: known(answer.bytes), length, ...sums, isCut: size > length }
    },
    writeFile: async (path, bytes, on = path) => {
      await ask(pick(), { path: on }, { kind: 'write', path, bytes })
    },
    openReading: async (file) => openReading(running.take(lanesOf), nextReading++, file),
    rest: running.rest,
    close: running.close,
  }
}

function loadHere(file: FileToHash, bytes: ArrayBuffer): HashAnswer {
  try {
    return loadFile(file, bytes)
  } catch (error) {
    throw fileFailure(file.path, error)
  }
}

/** Files that are hashed side by side by one thread cost a fraction of what they cost several. */
function lanesOf({ readings }: HashThread): number {
  return Math.floor(readings / LANES)
}

/** An open file will want its thread again and again. */
function loadOf({ waiting, readings }: HashThread): number {
  return waiting + readings
}

function isLittle(files: readonly FileToHash[]): boolean {
  if (files.length > FEW_FILES) return false
  return files.reduce((sum, { path }) => sum + (fileSize(path) ?? 0), 0) <= FEW_BYTES
}

async function hashHere(
  files: readonly FileToHash[],
  signal: AbortSignal,
  onHashed: ((hashed: FileHash) => void) | undefined,
): Promise<readonly FileHash[]> {
  const hashes = new Map<FileToHash, FileHash>()
  await forEachLimited(files, 8, async (file) => {
    const hashed = await hashFile(file.path, file.name, signal)
    hashes.set(file, hashed)
    onHashed?.(hashed)
  })
  return files.map((file) => known(hashes.get(file)))
}

interface Lanes {
  readonly pick: () => HashThread
  readonly lanes: number
  readonly onHashed: ((hashed: FileHash) => void) | undefined
}

async function hashInThreads(
  files: readonly FileToHash[],
  { pick, lanes, onHashed }: Lanes,
): Promise<readonly FileHash[]> {
  const hashes: FileHash[] = new Array(files.length)
  let [next, done, bytes] = [0, 0, 0]
  const lane = async () => {
    while (next < files.length) {
      const start = next
      next = Math.min(files.length, start + batchSize(done, bytes))
      const batch = files.slice(start, next)
      const answer = await pick().send({ kind: 'files', files: batch })
      for (const [at, result] of known(answer.files).entries()) {
        if ('trouble' in result) throw fileFailure(known(batch[at]).path, errorOf(result))
        hashes[start + at] = result
        done += 1
        bytes += result.size
        onHashed?.(result)
      }
    }
  }
  const results = await Promise.allSettled(Array.from({ length: lanes }, lane))
  for (const result of results) if (result.status === 'rejected') throw result.reason
  return hashes
}

/** Pure: how many files make a job that is neither lost in messages nor keeps one thread busy to the end alone. */
export function batchSize(done: number, bytes: number): number {
  if (done === 0) return FIRST_BATCH
  const average = Math.max(bytes / done, BATCH_BYTES / BATCH_FILES)
  return Math.max(1, Math.floor(BATCH_BYTES / average))
}
