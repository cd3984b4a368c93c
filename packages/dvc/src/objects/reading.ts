import { fileFailure } from '../invalid.ts'
import type { FileHash } from './hash.ts'
import type { FileToHash, FileTrouble, HashAnswer, HashJob, PartSum } from './hash-job.ts'
import type { HashThread } from './hash-thread.ts'

/** A file that one thread reads; its jobs are done one after the other, in the order in which they were asked for. */
export interface Reading {
  /** Bytes of the file when it was opened. */
  readonly size: number
  /** The next bytes of the file, as many as the buffer holds unless `length` says fewer, and their sum. */
  read(bytes: ArrayBuffer, sum: PartSum, length?: number): Promise<PartRead>
  /** Hashes on as far as `to` without handing out the bytes. Returns how far the file went. */
  skip(to: number): Promise<number>
  /** The hash of everything read so far. */
  finish(): Promise<FileHash>
  close(): void
}

export interface PartRead {
  /** The buffer that was taken away. */
  readonly bytes: ArrayBuffer
  /** Fewer than asked for only at the end of the file. */
  readonly length: number
  /** MD5 as hex, or CRC32 as Base64; '' where none was asked for. */
  readonly sum: string
}

/** One job for a thread. @throws Failure for what the file system refuses */
export async function ask(
  thread: HashThread,
  file: Pick<FileToHash, 'path'>,
  job: HashJob,
): Promise<HashAnswer> {
  const answer = await thread.send(job)
  if (answer.trouble !== undefined) throw fileFailure(file.path, errorOf({ trouble: answer.trouble }))
  return answer
}

/** @param reading the number by which the thread knows it */
export async function openReading(thread: HashThread, reading: number, file: FileToHash): Promise<Reading> {
  const { size } = await ask(thread, file, { kind: 'open', reading, file })
  thread.readings += 1
  return {
    size: known(size),
    read: async (bytes, sum, length = bytes.byteLength) => {
      const answer = await ask(thread, file, { kind: 'read', reading, bytes, length, sum })
      return { bytes: known(answer.bytes), length: known(answer.length), sum: answer.sum ?? '' }
    },
    skip: async (to) => known((await ask(thread, file, { kind: 'skip', reading, to })).size),
    finish: async () => {
      const answer = await ask(thread, file, { kind: 'finish', reading })
      return { md5: known(answer.md5), size: known(answer.size) }
    },
    close: () => {
      thread.readings -= 1
      // Nobody waits for it, and a thread that has ended has closed its files.
      thread.send({ kind: 'close', reading }).catch(() => undefined)
    },
  }
}

/** An Error as the file system of the thread threw it. */
export function errorOf({ trouble: { code, syscall, message } }: FileTrouble): Error {
  return Object.assign(new Error(message), { code }, syscall === undefined ? {} : { syscall })
}

/** What an answer must have. */
export function known<T>(value: T | undefined): T {
  if (value !== undefined) return value
  throw new Error('a thread that hashes files gave half an answer')
}
