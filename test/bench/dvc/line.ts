import { Agent, request } from 'node:https'
import type { BenchServer } from './servers.ts'

const PART = 8 * 2 ** 20
const AT_ONCE = 12

/** Seconds that the line alone takes: the same number of bytes from memory, without reading, hashing or signing them. */
export async function measureLine({ url, ca }: BenchServer, bytes: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, ca })
  const body = Buffer.alloc(PART, 'x')
  const count = Math.ceil(bytes / PART)
  let next = 0
  const lane = async () => {
    while (next < count) await put(agent, `${url}/line/${next++}`, body)
  }
  const start = performance.now()
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  agent.destroy()
  return (performance.now() - start) / 1_000
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
