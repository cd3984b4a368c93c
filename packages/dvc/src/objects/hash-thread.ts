import { Worker } from 'node:worker_threads'
import { HASH_WORKER, type HashAnswer, type HashJob } from './hash-worker.ts'

/** One worker thread and the jobs that it has not answered yet. */
export interface HashThread {
  /** Jobs under way. */
  readonly waiting: number
  /** Files that it holds open; who opens and closes them counts. */
  readings: number
  /** Buffers in the job belong to the thread until they come back with the answer. */
  send(job: HashJob): Promise<HashAnswer>
  /** Ends the thread at once, in the middle of a job too; what was under way rejects with the reason. */
  end(reason: unknown): void
}

interface Waiting {
  readonly resolve: (answer: HashAnswer) => void
  readonly reject: (reason: unknown) => void
}

/** Starts a thread. It holds the process only while it has something to do. */
export function startHashThread(): HashThread {
  const worker = new Worker(new URL('./hash-worker.ts', import.meta.url), {
    workerData: HASH_WORKER,
    // It needs neither the environment nor the options of the process, and may not write to its stdout.
    env: {},
    execArgv: [],
    stdout: true,
    stderr: true,
  })
  const waiting = new Map<number, Waiting>()
  let [nextId, ended] = [0, false]
  const settle = (id: number): Waiting | undefined => {
    const found = waiting.get(id)
    waiting.delete(id)
    if (waiting.size === 0) worker.unref()
    return found
  }
  const end = (reason: unknown): void => {
    ended = true
    for (const { reject } of waiting.values()) reject(reason)
    waiting.clear()
    worker.unref()
    void worker.terminate()
  }
  worker.unref()
  worker.on('message', ({ id, answer }: { readonly id: number; readonly answer: HashAnswer }) =>
    settle(id)?.resolve(answer),
  )
  worker.on('error', end)
  worker.on('exit', (code) => {
    if (!ended) end(new Error(`a thread that hashes files ended with status ${code}`))
  })
  return {
    readings: 0,
    get waiting() {
      return waiting.size
    },
    send: (job) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(new Error('the threads that hash files have been closed'))
        const id = nextId++
        waiting.set(id, { resolve, reject })
        worker.ref()
        worker.postMessage({ id, job }, 'bytes' in job ? [job.bytes] : [])
      }),
    end,
  }
}
