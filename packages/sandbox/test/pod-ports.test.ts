import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test } from '@jest/globals'
import { allocatePorts } from '../src/kserve/pod-ports.ts'

test('ports of a pod are its own, and none that the kernel gives to other servers meanwhile', async () => {
  const wanted = new Set(Array.from({ length: 40 }, (_, index) => 8_000 + index))
  const ports = [...(await allocatePorts(wanted)).values()]
  expect(new Set(ports).size).toBe(40)
  // Linux gives 32768 and above, macOS 49152 and above, to who asks for any port.
  expect(Math.max(...ports)).toBeLessThan(32_768)
  for (const port of ports) {
    const server = createServer().listen(port, '127.0.0.1')
    await once(server, 'listening')
    await new Promise((resolve) => server.close(resolve))
  }
})
