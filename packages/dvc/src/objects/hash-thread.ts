import { Worker } from 'node:worker_threads'
import type { HashAnswer, HashJob } from './hash-job.ts'
import { ALONE, driveThread, type Thread } from './thread.ts'

export type HashThread = Thread<HashJob, HashAnswer>

export function startHashThread(): HashThread {
  const worker = new Worker(new URL('./hash-worker.ts', import.meta.url), ALONE)
  return driveThread(worker, 'hash files')
}
