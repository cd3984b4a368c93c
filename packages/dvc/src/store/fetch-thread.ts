import { Worker } from 'node:worker_threads'
import type { DirectLine } from '@mlops-actions/http'
import { ALONE, driveThread, type Thread } from '../objects/thread.ts'
import type { FetchAnswer, FetchJob, FetchWorkerData } from './fetch/job.ts'

export type FetchThread = Thread<FetchJob, FetchAnswer>

export function startFetchThread({ ca }: DirectLine): FetchThread {
  const data: FetchWorkerData = { ca }
  const worker = new Worker(new URL('./fetch-worker.ts', import.meta.url), { workerData: data, ...ALONE })
  return driveThread(worker, 'fetch objects')
}
