import { request as httpRequest } from 'node:http'
import { afterEach, describe, expect, test } from '@jest/globals'
import { type Handler, type SandboxServer, serve } from '../src/server.ts'

const servers: SandboxServer[] = []

async function start(handler: Handler): Promise<SandboxServer> {
  const server = await serve(handler)
  servers.push(server)
  return server
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

/** Status and body, or the code of the error that the socket died of. */
function ask(
  url: string,
  options: { method?: string; body?: string; signal?: AbortSignal } = {},
): Promise<string> {
  return new Promise((resolve) => {
    const outgoing = httpRequest(url, {
      method: options.method ?? 'GET',
      agent: false,
      ...(options.signal && { signal: options.signal }),
    })
    const fail = (error: Error): void => resolve('code' in error ? String(error.code) : error.message)
    outgoing.on('error', fail)
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('end', () => resolve(`${incoming.statusCode} ${Buffer.concat(chunks).toString()}`))
      incoming.on('error', (error) =>
        resolve(`${incoming.statusCode} ${Buffer.concat(chunks).toString()} then ${error.message}`),
      )
    })
    outgoing.end(options.body)
  })
}

describe('serve', () => {
  test('hands the handler the path both decoded and as sent, the query, headers and body', async () => {
    const server = await start((request) => ({
      status: 201,
      body: JSON.stringify([
        request.path,
        request.rawPath,
        request.query.get('q'),
        request.rawQuery,
        request.body.toString(),
      ]),
    }))
    const answer = await ask(`${server.url}/a%2Fb%20c?q=1%202`, { method: 'POST', body: 'hello' })
    expect(answer).toBe(`201 ${JSON.stringify(['/a/b c', '/a%2Fb%20c', '1 2', 'q=1%202', 'hello'])}`)
  })

  test('records every request with its status and size, never its body', async () => {
    const server = await start(() => ({ status: 404 }))
    await ask(`${server.url}/x?y=z`, { method: 'PUT', body: 'secret' })
    expect(server.requests).toHaveLength(1)
    expect(server.requests[0]).toMatchObject({
      method: 'PUT',
      path: '/x',
      query: 'y=z',
      status: 404,
      bytes: 6,
    })
    expect(JSON.stringify(server.requests)).not.toContain('secret')
  })

  test('answers 500 with the reason when a handler throws', async () => {
    const server = await start(() => {
      throw new Error('boom')
    })
    expect(await ask(server.url)).toMatch(/^500 sandbox handler failed: Error: boom/)
  })

  test('answers HEAD with the length of its GET and no body', async () => {
    const server = await start(() => ({ status: 200, body: 'four' }))
    const head = await fetch(server.url, { method: 'HEAD' })
    expect([head.headers.get('content-length'), await head.text()]).toEqual(['4', ''])
  })

  test('streams an async iterable until it ends', async () => {
    const server = await start(() => ({
      status: 200,
      body: (async function* () {
        yield 'a'
        yield Buffer.from('b')
      })(),
    }))
    expect(await ask(server.url)).toBe('200 ab')
  })

  test('ends a stream whose client went away even while it waits for its next event', async () => {
    const finished = Promise.withResolvers<void>()
    const server = await start((request) => ({
      status: 200,
      body: (async function* () {
        try {
          yield 'first'
          await new Promise<void>((resolve) => request.signal.addEventListener('abort', () => resolve()))
        } finally {
          finished.resolve()
        }
      })(),
    }))
    const client = new AbortController()
    const response = await fetch(server.url, { signal: client.signal })
    await response.body?.getReader().read()
    client.abort()
    await expect(finished.promise).resolves.toBeUndefined()
  })
})

describe('faults', () => {
  test('a response rule answers instead of the handler, as often as it says', async () => {
    let handled = 0
    const server = await start(() => ({ status: 200, body: String(++handled) }))
    server.faults.push({
      match: (request) => request.path === '/a',
      times: 2,
      respond: { status: 503, body: 'slow down' },
    })
    const answers = [
      await ask(`${server.url}/a`),
      await ask(`${server.url}/b`),
      await ask(`${server.url}/a`),
      await ask(`${server.url}/a`),
    ]
    expect(answers).toEqual(['503 slow down', '200 1', '503 slow down', '200 2'])
  })

  test.each([
    ['reset', 0],
    ['reset-after', 1],
  ] as const)('%s kills the connection by RST with the handler run %i times', async (respond, expected) => {
    let handled = 0
    const server = await start(() => ({ status: 200, body: String(++handled) }))
    server.faults.push({ match: () => true, times: 1, respond })
    expect(await ask(server.url)).toBe('ECONNRESET')
    expect([handled, server.requests[0]?.status]).toEqual([expected, 0])
  })

  test('truncate sends half of the promised bytes', async () => {
    const server = await start(() => ({ status: 200, body: '12345678' }))
    server.faults.push({ match: () => true, times: 1, respond: 'truncate' })
    expect(await ask(server.url)).toBe('200 1234 then aborted')
  })

  test('hang answers nothing until the client gives up, and does not hold up close', async () => {
    const server = await start(() => ({ status: 200 }))
    server.faults.push({ match: () => true, times: 1, respond: 'hang' })
    const client = new AbortController()
    const pending = ask(server.url, { signal: client.signal })
    while (server.requests.length === 0) await new Promise((resolve) => setImmediate(resolve))
    client.abort()
    expect(await pending).toBe('ABORT_ERR')
  })
})
