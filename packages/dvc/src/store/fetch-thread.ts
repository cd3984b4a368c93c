import { Worker } from 'node:worker_threads'
import type { DirectLine } from '@mlops-actions/http'
import { ALONE, driveThread, type Thread } from '../objects/thread.ts'
import { FETCH_WORKER, type FetchAnswer, type FetchJob } from './fetch-worker.ts'

export type FetchThread = Thread<FetchJob, FetchAnswer>

export function startFetchThread({ ca }: DirectLine): FetchThread {
  const worker = new Worker(new URL('./fetch-worker.ts', import.meta.url), {
    workerData: { name: FETCH_WORKER, ca },
    ...ALONE,
  })
  return driveThread(worker, 'fetch objects')
}
