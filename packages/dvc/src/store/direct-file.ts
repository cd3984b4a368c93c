import { fileFailure } from '../invalid.ts'
import { errorOf, known, type Reading } from '../objects/reading.ts'
import type { FetchAnswer, FetchJob, FetchRequest } from './fetch/job.ts'
import type { FetchThread } from './fetch-thread.ts'

/** A file that exists, into which threads fetch, and which one of them hashes from start to end. */
export interface DirectFile extends Pick<Reading, 'skip' | 'finish' | 'close'> {
  fetch(request: FetchRequest, onBytes: ((bytes: number) => void) | undefined): Promise<FetchAnswer>
}

export interface DirectFileOptions {
  /** By which the threads know it. */
  readonly number: number
  readonly path: string
  /** The file that it becomes, for sentences. */
  readonly on: string
  /** Hashes it, and fetches where nobody else has time. */
  readonly home: FetchThread
  /** A thread that has nothing to do with any file, where there is one. */
  readonly helper: () => FetchThread | undefined
}

/** @throws Failure for what the file system refuses about `on` */
export async function askThread(
  thread: FetchThread,
  on: string,
  job: FetchJob,
  onBytes?: (bytes: number) => void,
): Promise<FetchAnswer> {
  const answer = await thread.send(job, onBytes)
  if (answer.trouble !== undefined) throw fileFailure(on, errorOf({ trouble: answer.trouble }))
  return answer
}

/** @throws Failure for what the file system refuses */
export async function openDirectFile(options: DirectFileOptions): Promise<DirectFile> {
  const { number: file, path, on, home, helper } = options
  const opened = new Map<FetchThread, Promise<FetchAnswer>>()
  const ask = (thread: FetchThread, job: FetchJob, onBytes?: (bytes: number) => void) =>
    askThread(thread, on, job, onBytes)
  const openOn = (thread: FetchThread): Promise<FetchAnswer> => {
    const opening = opened.get(thread) ?? ask(thread, { kind: 'open', file, path, isHashed: thread === home })
    opened.set(thread, opening)
    return opening
  }
  // Counted at once: others look for the idlest thread meanwhile.
  home.readings += 1
  await openOn(home).catch((error: unknown) => {
    home.readings -= 1
    throw error
  })
  return {
    fetch: async (request, onBytes) => {
      const thread = helper() ?? home
      await openOn(thread)
      return ask(thread, { kind: 'fetch', file, request }, onBytes)
    },
    skip: async (to) => known((await ask(home, { kind: 'skip', file, to })).size),
    finish: async () => {
      const { md5, size } = await ask(home, { kind: 'finish', file })
      return { md5: known(md5), size: known(size) }
    },
    close: () => {
      home.readings -= 1
      // Nobody waits for it, and a thread that has ended has closed its files.
      for (const thread of opened.keys()) thread.send({ kind: 'close', file }).catch(() => undefined)
    },
  }
}
