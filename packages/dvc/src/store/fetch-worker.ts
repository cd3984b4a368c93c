// The entry of a worker thread; bundles have it as a file of its own (docs/adr/0005-worker-files.md).
import { createSecureContext } from 'node:tls'
import { parentPort, workerData } from 'node:worker_threads'
import { troubleOf } from '../objects/trouble.ts'
import { closeFile, type OpenFile, openFile, skipTo } from './fetch/file.ts'
import type { FetchAnswer, FetchJob, FetchRequest, FetchWorkerData } from './fetch/job.ts'
import { begin, type Lines } from './fetch/line.ts'
import type { Transfer } from './fetch/transfer.ts'

const { ca }: FetchWorkerData = workerData
const files = new Map<number, OpenFile>()
const lines: Lines = { idle: [], trust: ca && createSecureContext({ ca: [...ca] }) }

parentPort?.on('message', ({ id, job }: { readonly id: number; readonly job: FetchJob }) => {
  answerOf(id, job).then(
    (answer) => parentPort?.postMessage({ id, answer }),
    (error: unknown) => parentPort?.postMessage({ id, answer: troubleOf(error) }),
  )
})

async function answerOf(id: number, job: FetchJob): Promise<FetchAnswer> {
  if (job.kind === 'small') return transfer(id, job.small, job.request)
  if (job.kind === 'open') {
    files.set(job.file, openFile(job.path, job.isHashed))
    return {}
  }
  const file = files.get(job.file)
  if (file === undefined) throw new Error(`there is no open file ${job.file}`)
  switch (job.kind) {
    case 'fetch':
      return transfer(id, file, job.request)
    case 'skip':
      return { size: await skipTo(file, job.to, () => files.get(job.file) === file) }
    case 'finish':
      return { md5: file.hash?.digest(), size: file.hashed }
    case 'close':
      files.delete(job.file)
      closeFile(file)
      return {}
  }
}

function transfer(id: number, to: Transfer['to'], request: FetchRequest): Promise<FetchAnswer> {
  const onBytes = (bytes: number) => parentPort?.postMessage({ id, bytes })
  const state = { head: undefined, got: 0, told: 0, deadline: undefined }
  return new Promise((resolve) => begin(lines, { to, request, resolve, onBytes, ...state }))
}
