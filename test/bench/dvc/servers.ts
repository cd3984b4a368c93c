import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Endpoint } from './step.ts'

/** What stands on the other side of a bench. */
export interface ServerWish {
  /** `store`: the sandbox's S3, which keeps everything; `discard`: one that answers like S3 and keeps nothing. */
  readonly kind: 'store' | 'discard'
  readonly tls: boolean
  /** Milliseconds before each answer. */
  readonly latency: number
}

export interface BenchServer extends Endpoint {
  /** Requests so far. */
  requests(): Promise<number>
  close(): Promise<void>
}

/** Starts a server in a process of its own, so that it does not share a thread with what is measured. */
export async function startBenchServer(wish: ServerWish): Promise<BenchServer> {
  const main = join(import.meta.dirname, 'server-main.ts')
  const child = spawn(process.execPath, [main, JSON.stringify(wish)], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })
  const waiting: ((line: string) => void)[] = []
  lines.on('line', (line) => waiting.shift()?.(line))
  const nextLine = (): Promise<string> => new Promise((resolve) => waiting.push(resolve))
  const { url, ca } = JSON.parse(await nextLine())
  return {
    url,
    ca,
    requests: async () => {
      const line = nextLine()
      child.stdin.write('?\n')
      return JSON.parse(await line).requests
    },
    close: () => ended(child),
  }
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.on('close', () => resolve())
    child.stdin?.end()
  })
}
