import { readFileSync } from 'node:fs'
import { connect, type OutgoingHttpHeaders } from 'node:http2'
import { afterEach, expect, test } from '@jest/globals'
import { type BuildkitServer, startBuildkit } from '../src/buildkit/index.ts'
import { createIdentity } from '../src/faults/index.ts'

// Held to what a real one has answered (packages/ecr/test/fixtures/record-buildkit.ts).
const RECORDED = new URL('../../ecr/test/fixtures/buildkit.json', import.meta.url)
const { cases } = JSON.parse(readFileSync(RECORDED, 'utf8'))
const GRPC = { ':method': 'POST', 'content-type': 'application/grpc' }
const EMPTY = Buffer.alloc(5)

let server: BuildkitServer
afterEach(() => server.close())

async function ask(headers: OutgoingHttpHeaders, message: Buffer) {
  const { cert, key } = createIdentity({ hosts: ['job'] }, server.authority)
  const url = server.address.replace('tcp:', 'https:')
  const session = connect(url, { ca: server.authority.certificate, cert, key })
  const stream = session.request({ ':path': '/moby.buildkit.v1.Control/Info', ...headers })
  const seen: Record<string, unknown> = {}
  for (const event of ['response', 'trailers']) stream.on(event, (given) => Object.assign(seen, given))
  // A GET has ended with its headers.
  if (!stream.writableEnded) stream.end(message)
  const body = Buffer.concat(await stream.toArray())
  session.destroy()
  const { ':status': http, 'grpc-status': status, 'grpc-message': said } = seen
  return { http, status, message: said, body: body.toString('hex') }
}

test.each([
  ['answers', 'v0.0.0+unknown'],
  ['older than 0.11', undefined],
])('a buildkitd says byte for byte what a real one says: %s', async (name, version) => {
  server = await startBuildkit({ version })
  const { kind: _, ...recorded } = cases[name]
  expect(await ask(GRPC, EMPTY)).toEqual({ http: 200, ...recorded })
})

// BuildKit v0.25.2, asked in the same ways.
test.each([
  ['another type', { ...GRPC, 'content-type': 'application/json' }, EMPTY, [415, '3', 'invalid gRPC request content-type "application/json"']],
  ['a GET', { ...GRPC, ':method': 'GET' }, EMPTY, [405, '13', 'Received a HEADERS frame with :method "GET" which should be POST']],
  ['no message', GRPC, Buffer.alloc(0), [200, '2', 'EOF']],
  ['another call', { ...GRPC, ':path': '/moby.buildkit.v1.Control/Nope' }, EMPTY, [200, '12', 'unknown method Nope for service moby.buildkit.v1.Control']],
])('a buildkitd refuses what a real one refuses: %s', async (_, headers, message, [http, status, says]) => {
  server = await startBuildkit()
  expect(await ask(headers, message)).toEqual({ http, status, message: says, body: '' })
}) // biome-ignore format: a table
