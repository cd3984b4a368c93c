import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import { type FaultServer, type FaultServerOptions, startFaultServer } from '@mlops-actions/sandbox/faults'
import { createHttp, type HttpOptions, record } from '../src/index.ts'
import { createTestWorld, failureOf } from './world.ts'

const closing: { close(): unknown }[] = []

afterEach(async () => {
  for (const thing of closing.splice(0)) await thing.close()
})

async function faultServer(modes: NonNullable<FaultServerOptions['modes']>): Promise<FaultServer> {
  const server = await startFaultServer({ modes })
  closing.push(server)
  return server
}

function client(options: HttpOptions) {
  const http = createHttp(createTestWorld().world, { retries: 0, ...options })
  closing.push(http)
  return http
}

describe('a page that hides what it is', () => {
  const pages = [
    '<!-- sso --><html>login</html>',
    '<!-- one -->\n<!-- two -->\n<!DOCTYPE html>',
    '<form action="/login">',
    '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">',
    '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">',
    '\ufeff <body onload="x()">',
    '<meta http-equiv="refresh" content="0">',
  ]
  describe.each(['text/plain', undefined])('as %s', (type) => {
    test.each(pages)('is a login, whoever asks: %j', async (body) => {
      const headers = type === undefined ? {} : { 'content-type': type }
      const server = await faultServer([{ status: 200, headers, body }])
      const http = client({ trustedOrigins: [server.url] })
      const asked = { url: server.url, what: 'Cannot read' }
      expect(await failureOf(http.json(asked, record({})))).toMatchObject({ kind: 'auth' })
      expect(await failureOf(http.request(asked))).toMatchObject({ kind: 'auth' })
    })
  })

  test.each([
    '<?xml version="1.0"?><ListBucketResult/>',
    '<formula>',
    'text with <html> in it',
    '<!-- only a comment -->',
  ])('is not %j', async (body) => {
    const server = await faultServer([{ status: 200, headers: { 'content-type': 'text/plain' }, body }])
    const answer = await client({ trustedOrigins: [server.url] }).request({ url: server.url, what: 'X' })
    expect(answer.body.toString()).toBe(body)
  })
})

describe('a tolerated status', () => {
  const ask = async (type: string, body: string) => {
    const server = await faultServer([{ status: 404, headers: { 'content-type': type }, body }])
    const http = client({ trustedOrigins: [server.url] })
    return http.json({ url: server.url, tolerate: [404], what: 'Cannot read' }, record({}))
  }

  test.each([
    ['text/plain', 'no such route'],
    ['text/plain', '<pre>Cannot GET /thing</pre>'],
    ['application/xml', '<Error/>'],
    ['application/json', '{"cut'],
  ])('of a proxy, which answers in %s %j, is no answer of the API', async (type, body) => {
    expect(await failureOf(ask(type, body))).toMatchObject({ kind: 'not-found', code: 'HTTP_404' })
  })

  test.each([
    ['application/json', '{"code":404}'],
    ['text/plain', '{"code":404}'],
    ['text/plain', ''],
  ])('in %s %j is the answer of the API', async (type, body) => {
    expect(await ask(type, body)).toBeUndefined()
  })
})

test.each([301, 302, 303, 307, 308])('a %i that does not say where to is no success', async (status) => {
  const headers = { 'content-type': 'application/json' }
  const server = await faultServer([{ status, headers, body: '{}' }])
  const http = client({ trustedOrigins: [server.url] })
  const asked = { url: server.url, what: 'Cannot read' }
  for (const answer of [http.request(asked), http.json(asked, record({})), http.stream(asked)])
    expect((await failureOf(answer)).details.seen).toContain(`HTTP ${status} without a Location`)
})

describe('a server that does not read the request', () => {
  /** Takes the connection and as much of a request as fits into the buffers of the system. */
  async function deaf(): Promise<string> {
    const sockets: { destroy(): void }[] = []
    const server = createServer({ pauseOnConnect: true }, (socket) => {
      socket.on('error', () => {})
      sockets.push(socket)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    closing.push({
      close() {
        for (const socket of sockets) socket.destroy()
        server.close()
      },
    })
    const address = server.address()
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  }

  test.each(['stream', 'request'] as const)('ends a %s with a large body in a timeout', async (way) => {
    const url = await deaf()
    const http = client({ trustedOrigins: [url], idleTimeout: 100 })
    const asked = { method: 'POST', url, body: Buffer.alloc(50_000_000), what: 'Cannot send' } as const
    expect(await failureOf(http[way](asked))).toMatchObject({ kind: 'timeout', code: 'HTTP_SEND_TIMEOUT' })
  })
})

test('a large body arrives whole', async () => {
  const server = await faultServer(['ok'])
  const body = Buffer.from(Array.from({ length: 700_001 }, (_, index) => index % 251))
  const http = client({ trustedOrigins: [server.url] })
  await http.request({ method: 'POST', url: server.url, body, what: 'Cannot send' })
  expect(server.requests[0]?.body.equals(body)).toBe(true)
})

test('a duration beyond what a timer holds is very long, not nothing', async () => {
  const server = await faultServer(['ok'])
  const long = 2 ** 31
  const http = client({
    trustedOrigins: [server.url],
    connectTimeout: long,
    headersTimeout: long,
    idleTimeout: long,
    requestTimeout: long,
  })
  expect((await http.request({ url: server.url, what: 'Cannot read' })).status).toBe(200)
})
