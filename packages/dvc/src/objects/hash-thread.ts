import { Worker } from 'node:worker_threads'
import { HASH_WORKER, type HashAnswer, type HashJob } from './hash-worker.ts'
import { ALONE, driveThread, type Thread } from './thread.ts'

export type HashThread = Thread<HashJob, HashAnswer>

export function startHashThread(): HashThread {
  const worker = new Worker(new URL('./hash-worker.ts', import.meta.url), {
    workerData: HASH_WORKER,
    ...ALONE,
  })
  return driveThread(worker, 'hash files')
}
