import { Agent, request } from 'node:https'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Endpoint } from './step.ts'

const PART = 8 * 2 ** 20
const AT_ONCE = 12

/** Seconds that nobody can be below on this machine. */
export interface Limits {
  /** The same number of bytes from memory over TLS, by bare node. */
  readonly line: number
  /** Reading the files and their MD5, one thread for each processor. */
  readonly hash: number
  /** Both at once, as a push that hashes while it sends has to do: client and server share the processors here. */
  readonly together: number
}

export async function measureLimits(
  server: Endpoint,
  { files, bytes }: { readonly files: readonly string[]; readonly bytes: number },
): Promise<Limits> {
  const sendAll = () => send(server, bytes)
  const hashAll = () => hash(files)
  return {
    line: await secondsOf(sendAll),
    hash: await secondsOf(hashAll),
    together: await secondsOf(() => Promise.all([sendAll(), hashAll()])),
  }
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return (performance.now() - start) / 1_000
}

async function hash(files: readonly string[]): Promise<void> {
  const threads = Math.min(files.length, availableParallelism())
  const shares = Array.from({ length: threads }, (_, thread) =>
    files.filter((_file, at) => at % threads === thread),
  )
  await Promise.all(shares.map(hashShare))
}

function hashShare(workerData: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./hash-files.ts', import.meta.url), { workerData })
    worker.on('error', reject)
    worker.on('exit', () => resolve())
  })
}

async function send({ url, ca }: Endpoint, bytes: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, ca })
  const body = Buffer.alloc(PART, 'x')
  const count = Math.ceil(bytes / PART)
  let next = 0
  const lane = async () => {
    while (next < count) await put(agent, `${url}/line/${next++}`, body)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  agent.destroy()
}

function put(agent: Agent, url: string, body: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'PUT', agent }, (incoming) =>
      incoming.resume().on('end', resolve),
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}
