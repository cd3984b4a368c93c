import { availableParallelism } from 'node:os'
import type { DirectGets } from '@mlops-actions/aws/s3'
import { timerOf, type World } from '@mlops-actions/diagnostics'
import type { DirectLine } from '@mlops-actions/http'
import { createThreads } from '../objects/threads.ts'
import type { Store } from './connection.ts'
import { askThread, type DirectFile, openDirectFile } from './direct-file.ts'
import { type FetchAnswer, type FetchRequest, MOST_SMALL, type SmallFile } from './fetch/job.ts'
import { type FetchThread, startFetchThread } from './fetch-thread.ts'

/** Threads that fetch objects over sockets of their own, write and hash them (docs/adr/0008). */
export interface Direct {
  readonly gets: DirectGets
  /** Milliseconds until a connection stands, and until an answer begins. */
  readonly deadlines: { readonly connect: number; readonly answer: number }
  open(file: FileToFetch): Promise<DirectFile>
  /** Makes a file of a small object, and its folder where there is none. @param on what the file becomes */
  fetchSmall(small: SmallFile, on: string, request: FetchRequest): Promise<FetchAnswer>
  close(): void
}

export interface FileToFetch {
  readonly path: string
  /** The file that it becomes, for sentences. */
  readonly on: string
  /** Whether it comes in several parts. */
  readonly isParted: boolean
}

export interface DirectOptions {
  readonly gets: DirectGets
  readonly line: DirectLine
  /** Milliseconds. */
  readonly requestTimeout: number
  readonly threads?: number
}

/** As for hashing: more of them only wait for the disk. */
const MOST_THREADS = 4
const LONGEST_CONNECT = 10_000
/** Small objects that a thread fetches at once before another one is started, which costs as much as a hundred of them. */
const SMALL_LANES = 8

/** Nothing starts before the first file is opened; the threads end with the signal or with `close`. */
export function createDirect({ signal }: Pick<World, 'signal'>, options: DirectOptions): Direct {
  const { gets, line, requestTimeout } = options
  const most = options.threads ?? Math.min(MOST_THREADS, availableParallelism())
  const threads = createThreads(
    { signal },
    { start: () => startFetchThread(line), most, what: 'fetch objects' },
  )
  let next = 0
  /** The hash of a large file is more than enough for its thread: one that has no file of its own fetches its parts. */
  const helper = () => threads.takeAmong(jobsOf, ({ readings }) => readings === 0)
  return {
    gets,
    deadlines: { connect: Math.min(LONGEST_CONNECT, requestTimeout), answer: timerOf(requestTimeout) },
    open: async ({ path, on, isParted }) =>
      openDirectFile({
        number: next++,
        path,
        on,
        home: threads.take(filesOf),
        helper: isParted ? helper : () => undefined,
      }),
    fetchSmall: async (small, on, request) =>
      askThread(threads.take(smallsOf), on, { kind: 'small', small, request }),
    close: threads.close,
  }
}

function jobsOf({ waiting }: FetchThread): number {
  return waiting
}

function smallsOf({ waiting }: FetchThread): number {
  return Math.floor(waiting / SMALL_LANES)
}

function filesOf({ readings }: FetchThread): number {
  return readings
}

/** Which bytes of which version of an object go to the same place in a file. */
export interface FileRange {
  readonly bucket: string
  readonly key: string
  readonly start: number
  readonly length: number
  /** Of the whole object. */
  readonly size: number
  /** Without quotes. */
  readonly etag: string
}

/**
 * Has a range fetched by the thread of the file, once.
 * @returns bytes from the start of the range on that are in the file; the rest has to be read in the usual way, which also
 * says what is wrong
 */
export async function fetchRange(
  store: Store,
  file: DirectFile,
  range: FileRange,
  onBytes: ((bytes: number) => void) | undefined,
): Promise<number> {
  const answer = await ask(store, range, (request) => file.fetch(request, onBytes))
  return answer?.got ?? 0
}

/**
 * Has a thread make a file of a small object.
 * @param on what the file becomes, for sentences
 * @returns whether it has; otherwise there is no file, and the object has to be read in the usual way
 */
export async function fetchSmall(
  store: Store,
  object: Omit<FileRange, 'start' | 'length'>,
  small: SmallFile,
  on: string,
): Promise<boolean> {
  const { direct } = store
  if (direct === undefined || object.size === 0 || object.size > MOST_SMALL || !isDirect(store)) return false
  const range = { ...object, start: 0, length: object.size }
  const turn = await store.pace.take()
  let got = 0
  try {
    const answer = await ask(store, range, (request) => direct.fetchSmall(small, on, request))
    got = answer?.got ?? 0
  } finally {
    turn.end(got)
  }
  return got === object.size
}

/** Whether threads may fetch from this remote now. */
export function isDirect({ direct, remote }: Store): boolean {
  return direct?.gets.isOpen(remote.bucket) === true
}

/** One request; undefined where threads cannot make it. */
async function ask(
  { direct, idle, remote, signal }: Store,
  { bucket, key, ...wanted }: FileRange,
  send: (request: FetchRequest) => Promise<FetchAnswer>,
): Promise<FetchAnswer | undefined> {
  if (direct?.gets.isOpen(bucket) !== true) return undefined
  const { gets, deadlines } = direct
  const range = `bytes=${wanted.start}-${wanted.start + wanted.length - 1}`
  const version = { Range: range, IfMatch: `"${wanted.etag}"` }
  const input = { Bucket: bucket, Key: key, ...version, ...remote.customerKey }
  // What is wrong with credentials is said by the client.
  const signed = await gets.sign(input).catch(() => undefined)
  if (signed === undefined) return undefined
  const limits = { ...deadlines, idle: Math.min(idle, deadlines.answer) }
  const answer = await send({ ...signed, wanted, deadlines: limits })
  signal.throwIfAborted()
  await gets.settle(bucket, answer.refused)
  return answer
}
