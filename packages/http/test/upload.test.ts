import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import { createHttp } from '../src/index.ts'
import { createTestWorld, failureOf } from './world.ts'

const closing: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function serverOf(listener: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(
    () => server.close(),
    () => server.closeAllConnections(),
  )
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server }
}

function client(url: string, options: { idleTimeout?: number } = {}) {
  const made = createTestWorld()
  const http = createHttp(made.world, { trustedOrigins: [url], ...options })
  closing.push(() => http.close())
  return { ...made, http }
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function* piecesOf(count: number, size = 1024, made: { count: number } = { count: 0 }) {
  for (let piece = 0; piece < count; piece++) {
    made.count++
    yield Buffer.alloc(size, piece)
  }
}

const PATCH = { method: 'PATCH', what: 'Cannot send' } as const

describe('a body that is streamed', () => {
  test('arrives whole, under the length that was announced', async () => {
    let seen: { length: string | undefined; bytes: number } | undefined
    const { url } = await serverOf(async (request, response) => {
      const bytes = await bytesOf(request)
      seen = { length: request.headers['content-length'], bytes: bytes.length }
      response.writeHead(202).end()
    })
    const body = { pieces: piecesOf(50, 64 * 1024), length: 50 * 64 * 1024 }
    expect((await client(url).http.request({ ...PATCH, url, body })).status).toBe(202)
    expect(seen).toEqual({ length: String(50 * 64 * 1024), bytes: 50 * 64 * 1024 })
  })

  test('of no bytes at all is a body', async () => {
    const { url } = await serverOf((request, response) => {
      response.writeHead(request.headers['content-length'] === '0' ? 202 : 411).end()
    })
    const body = { pieces: piecesOf(0), length: 0 }
    expect((await client(url).http.request({ ...PATCH, url, body })).status).toBe(202)
  })

  test('goes out once: what broke is not sent again', async () => {
    let requests = 0
    const { url } = await serverOf((_request, response) => {
      requests++
      response.writeHead(503).end()
    })
    const body = { pieces: piecesOf(2), length: 2048 }
    const failure = await failureOf(client(url).http.request({ ...PATCH, url, body, idempotent: true }))
    expect({ code: failure.code, requests }).toEqual({ code: 'HTTP_503', requests: 1 })
  })

  test('is not made further when the server has refused it', async () => {
    const { url } = await serverOf((request, response) => {
      request.once('data', () => {
        request.pause()
        response.writeHead(403, { 'content-type': 'application/json' }).end('{"errors":[]}')
      })
    })
    const made = { count: 0 }
    const size = 1024 * 1024
    const body = { pieces: piecesOf(10_000, size, made), length: 10_000 * size }
    const failure = await failureOf(client(url).http.request({ ...PATCH, url, body }))
    expect(failure.code).toBe('HTTP_403')
    expect(made.count).toBeLessThan(100)
  })

  test('that cannot be made to its end fails with the reason, and never looks whole', async () => {
    const ended = Promise.withResolvers<boolean>()
    const { url } = await serverOf((request) => {
      request.resume()
      request.once('close', () => ended.resolve(request.complete))
    })
    async function* broken() {
      yield* piecesOf(2)
      throw new Error('the source is gone')
    }
    const body = { pieces: broken(), length: 3072 }
    await expect(client(url).http.request({ ...PATCH, url, body })).rejects.toThrow('the source is gone')
    expect(await ended.promise).toBe(false)
  })

  test.each([
    ['shorter', 2, 'only 2048 came'],
    ['longer', 4, 'more than that came'],
  ])('that is %s than was announced never looks whole', async (_name, pieces, words) => {
    const ended = Promise.withResolvers<boolean>()
    const { url } = await serverOf((request) => {
      request.resume()
      request.once('close', () => ended.resolve(request.complete))
    })
    const body = { pieces: piecesOf(pieces), length: 3072 }
    const failure = await failureOf(client(url).http.request({ ...PATCH, url, body }))
    expect(failure).toMatchObject({ code: 'HTTP_BODY_LENGTH', message: expect.stringContaining(words) })
    expect(await ended.promise).toBe(false)
  })

  test('is ended when the step is cancelled, and so is what makes it', async () => {
    const { url } = await serverOf((request) => request.resume())
    const { http, controller } = client(url)
    const closed = Promise.withResolvers<void>()
    async function* endless() {
      try {
        yield Buffer.alloc(1024)
        controller.abort()
        for (;;) yield Buffer.alloc(1024)
      } finally {
        closed.resolve()
      }
    }
    const failure = await failureOf(
      http.request({ ...PATCH, url, body: { pieces: endless(), length: 2 ** 40 } }),
    )
    expect(failure.kind).toBe('cancelled')
    await closed.promise
  })

  test('may wait for its source longer than the server may be silent', async () => {
    const { url } = await serverOf(async (request, response) => {
      await bytesOf(request)
      response.writeHead(202).end()
    })
    async function* slow() {
      yield Buffer.alloc(1024)
      await new Promise((resolve) => setTimeout(resolve, 300))
      yield Buffer.alloc(1024)
    }
    const { http } = client(url, { idleTimeout: 150 })
    expect((await http.request({ ...PATCH, url, body: { pieces: slow(), length: 2048 } })).status).toBe(202)
  })

  test('is not sent on to where a redirect leads', async () => {
    const { url } = await serverOf(async (request, response) => {
      await bytesOf(request)
      response.writeHead(307, { location: '/elsewhere' }).end()
    })
    const body = { pieces: piecesOf(1), length: 1024 }
    const failure = await failureOf(client(url).http.request({ ...PATCH, url, body }))
    expect(failure.message).toContain('cannot be sent again')
  })
})

describe('a stream from behind a redirect', () => {
  test('comes from the other host, which gets no credentials, only where that is allowed', async () => {
    const seen: (string | undefined)[] = []
    const storage = await serverOf((request, response) => {
      seen.push(request.headers.authorization)
      response.end('layer')
    })
    const { url } = await serverOf((_request, response) => {
      response.writeHead(307, { location: `${storage.url}/layer` }).end()
    })
    const { http } = client(url)
    const headers = { authorization: 'Basic c2VjcmV0' }
    const refused = await failureOf(http.stream({ url, headers, what: 'Cannot read' }))
    expect(refused.code).toBe('HTTP_LOGIN_REDIRECT')
    const { chunks } = await http.stream({ url, headers, anyHost: true, what: 'Cannot read' })
    const read: Buffer[] = []
    for await (const chunk of chunks) read.push(chunk)
    expect(Buffer.concat(read).toString()).toBe('layer')
    expect(seen).toEqual([undefined])
  })
})
