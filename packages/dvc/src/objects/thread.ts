import type { Worker } from 'node:worker_threads'

/** One worker thread and the jobs that it has not answered yet. */
export interface Thread<Job, Answer> {
  /** Jobs under way. */
  readonly waiting: number
  /** Whether it has died or was ended. */
  readonly isEnded: boolean
  /** Files that it holds open; who opens and closes them counts. */
  readings: number
  /**
   * Buffers in the job belong to the thread until they come back with the answer.
   * @param onBytes told of bytes that are done before the job is
   */
  send(job: Job, onBytes?: (bytes: number) => void): Promise<Answer>
  /** Ends the thread at once, in the middle of a job too; what was under way rejects with the reason. */
  end(reason: unknown): void
}

/** What a worker says of the job with this number: so many bytes more, or the answer. */
export type ThreadMessage<Answer> =
  | { readonly id: number; readonly answer: Answer }
  | { readonly id: number; readonly bytes: number }

/**
 * A worker has no use for the options of the process, and may not write to its stdout. Little of what it makes lives longer than a
 * job: a young generation of megabytes (V8 takes 48) would only hold more of what is done with.
 */
export const ALONE = {
  execArgv: [],
  stdout: true,
  stderr: true,
  resourceLimits: { maxYoungGenerationSizeMb: 6 },
}

interface Waiting<Answer> {
  readonly resolve: (answer: Answer) => void
  readonly reject: (reason: unknown) => void
  readonly onBytes: ((bytes: number) => void) | undefined
}

/**
 * A worker that answers jobs. It holds the process only while it has something to do.
 * @param what what it does, for sentences: `hash files`
 */
export function driveThread<Job extends object, Answer>(worker: Worker, what: string): Thread<Job, Answer> {
  const waiting = new Map<number, Waiting<Answer>>()
  let nextId = 0
  let ended: { readonly reason: unknown } | undefined
  const settle = (id: number): Waiting<Answer> | undefined => {
    const found = waiting.get(id)
    waiting.delete(id)
    if (waiting.size === 0) worker.unref()
    return found
  }
  const end = (reason: unknown): void => {
    ended ??= { reason }
    for (const { reject } of waiting.values()) reject(reason)
    waiting.clear()
    worker.unref()
    void worker.terminate()
  }
  worker.unref()
  worker.on('message', (message: ThreadMessage<Answer>) => {
    if ('bytes' in message) waiting.get(message.id)?.onBytes?.(message.bytes)
    else settle(message.id)?.resolve(message.answer)
  })
  worker.on('error', end)
  worker.on('exit', (code) => {
    if (ended === undefined) end(new Error(`a thread that should ${what} ended with status ${code}`))
  })
  return {
    readings: 0,
    get isEnded() {
      return ended !== undefined
    },
    get waiting() {
      return waiting.size
    },
    send: (job, onBytes) =>
      new Promise((resolve, reject) => {
        if (ended !== undefined) return reject(ended.reason)
        const id = nextId++
        waiting.set(id, { resolve, reject, onBytes })
        worker.ref()
        worker.postMessage({ id, job }, 'bytes' in job && job.bytes instanceof ArrayBuffer ? [job.bytes] : [])
      }),
    end,
  }
}
