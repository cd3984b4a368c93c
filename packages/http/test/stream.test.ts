import { afterEach, describe, expect, test } from '@jest/globals'
import { type FaultServer, type FaultServerOptions, startFaultServer } from '@mlops-actions/sandbox/faults'
import { type SandboxServer, serve } from '@mlops-actions/sandbox/server'
import { createHttp, type HttpOptions, jsonLines, serverSentEvents } from '../src/index.ts'
import { createTestWorld, failureOf } from './world.ts'

const closing: { close(): unknown }[] = []

afterEach(async () => {
  for (const thing of closing.splice(0)) await thing.close()
})

async function faultServer(options: FaultServerOptions): Promise<FaultServer> {
  const server = await startFaultServer(options)
  closing.push(server)
  return server
}

async function streaming(body: AsyncIterable<string>, type = 'text/event-stream'): Promise<SandboxServer> {
  const server = await serve(() => ({ status: 200, headers: { 'content-type': type }, body }))
  closing.push(server)
  return server
}

function client(options: HttpOptions) {
  const test = createTestWorld()
  const http = createHttp(test.world, { retries: 3, ...options })
  closing.push(http)
  return { ...test, open: (url: string) => http.stream({ url, what: 'Cannot watch' }) }
}

/** Short deadlines only where one is what is tested: elsewhere a busy machine must not make one pass. */
function impatienceOf(kind: string): HttpOptions {
  return kind === 'timeout' ? { headersTimeout: 60, idleTimeout: 60 } : {}
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

/** Each piece as a chunk of its own, which the client most likely sees alone. */
async function* slowly(pieces: readonly string[]): AsyncGenerator<string> {
  for (const piece of pieces) {
    yield piece
    await new Promise((resolve) => setImmediate(resolve))
  }
}

describe('a stream', () => {
  test('hands on server-sent events as they come and outlives the deadline of whole answers', async () => {
    async function* body() {
      for (const number of [1, 2, 3]) {
        await new Promise((resolve) => setTimeout(resolve, 15))
        yield `data: {"n":${number}}\n\n`
      }
    }
    const server = await streaming(body())
    const { open } = client({ requestTimeout: 20, trustedOrigins: [server.url] })
    const events = await collect(serverSentEvents((await open(server.url)).chunks))
    expect(events.map(({ data }) => data)).toEqual(['{"n":1}', '{"n":2}', '{"n":3}'])
  })

  test('hands on a watch line by line', async () => {
    async function* body() {
      yield '{"type":"ADDED"}\n{"type":'
      yield '"MODIFIED"}\n'
    }
    const server = await streaming(body(), 'application/json')
    const { open } = client({ trustedOrigins: [server.url] })
    expect(await collect(jsonLines((await open(server.url)).chunks))).toEqual([
      { type: 'ADDED' },
      { type: 'MODIFIED' },
    ])
  })

  test.each([
    ['hangbody', 'timeout'],
    ['rstbody', 'upstream'],
    ['truncchunk', 'upstream'],
  ] as const)('that ends badly (%s) fails while it is read', async (mode, kind) => {
    const server = await faultServer({ modes: [mode] })
    const { open } = client({ ...impatienceOf(kind), trustedOrigins: [server.url] })
    const failure = await failureOf(collect((await open(server.url)).chunks))
    expect(failure).toMatchObject({ kind })
    expect(failure.details).toMatchObject({ what: 'Cannot watch', on: server.host })
  })

  test.each([
    ['whole', ['<!DOCTYPE html><html><title>Sign in</title>']],
    ['in pieces', [' \n', '<!DOC', 'TYPE ht', 'ml>']],
    ['behind a mark and a comment', ['\ufeff<!-- sso -->', '<html lang="en">']],
    ['and ends early', ['<html>']],
  ])('that begins like a web page, %s, is a login page whatever it calls itself', async (_how, pieces) => {
    const server = await streaming(slowly(pieces))
    const { open } = client({ trustedOrigins: [server.url] })
    const failure = await failureOf(collect((await open(server.url)).chunks))
    expect(failure).toMatchObject({ kind: 'auth', code: 'HTTP_LOGIN_PAGE' })
  })

  test.each([
    ['', []],
    ['blank lines alone', ['\n', '\n']],
    ['another kind of markup', ['<', '?xml version="1.0"?>\n<List', 'BucketResult/>']],
    ['a line that only resembles one', ['<htmlish>', '\n']],
    ['a long comment', [`<!-- ${'x'.repeat(2_000)}`, '<html>']],
  ])('that begins with %s arrives whole', async (_what, pieces) => {
    const server = await streaming(slowly(pieces), 'application/octet-stream')
    const { open } = client({ trustedOrigins: [server.url] })
    expect(Buffer.concat(await collect((await open(server.url)).chunks)).toString()).toBe(pieces.join(''))
  })

  test('hands on blanks at once, and sees the page behind them', async () => {
    const gate = Promise.withResolvers<void>()
    async function* body() {
      yield '\n'
      await gate.promise
      yield ' <html>'
    }
    const server = await streaming(body())
    const { open } = client({ trustedOrigins: [server.url] })
    const chunks = (await open(server.url)).chunks[Symbol.asyncIterator]()
    expect((await chunks.next()).value?.toString()).toBe('\n')
    gate.resolve()
    expect((await failureOf(chunks.next())).code).toBe('HTTP_LOGIN_PAGE')
  })

  test('hands on the first event before anything follows it', async () => {
    const gate = Promise.withResolvers<void>()
    async function* body() {
      yield 'data: 1\n\n'
      await gate.promise
      yield 'data: 2\n\n'
    }
    const server = await streaming(body())
    const { open } = client({ trustedOrigins: [server.url] })
    const events = serverSentEvents((await open(server.url)).chunks)
    expect((await events.next()).value).toMatchObject({ data: '1' })
    gate.resolve()
    expect((await events.next()).value).toMatchObject({ data: '2' })
  })

  test.each([
    ['status:403', 'auth'],
    ['status:410', 'not-found'],
    ['html', 'auth'],
    ['login', 'auth'],
    ['hang', 'timeout'],
    ['rst', 'upstream'],
  ] as const)('that does not begin (%s) fails at once, without another attempt', async (mode, kind) => {
    const server = await faultServer({ modes: [mode] })
    const { open, sleeps } = client({ ...impatienceOf(kind), trustedOrigins: [server.url] })
    expect(await failureOf(open(server.url))).toMatchObject({ kind })
    expect(sleeps).toEqual([])
  })

  test('does not count the time that its reader takes', async () => {
    async function* body() {
      yield 'data: 1\n\n'
      yield 'data: 2\n\n'
    }
    const server = await streaming(body())
    const { open } = client({ idleTimeout: 150, trustedOrigins: [server.url] })
    const seen: string[] = []
    for await (const { data } of serverSentEvents((await open(server.url)).chunks)) {
      await new Promise((resolve) => setTimeout(resolve, 300))
      seen.push(data)
    }
    expect(seen).toEqual(['1', '2'])
  })

  test('ends quietly when it is closed by its reader', async () => {
    async function* body() {
      yield 'data: 1\n\n'
      await new Promise(() => {})
    }
    const server = await streaming(body())
    const { open } = client({ trustedOrigins: [server.url] })
    const stream = await open(server.url)
    const seen: string[] = []
    for await (const { data } of serverSentEvents(stream.chunks)) {
      seen.push(data)
      stream.close()
    }
    expect(seen).toEqual(['1'])
  })

  test('ends as cancelled when the step is cancelled', async () => {
    const server = await faultServer({ modes: ['drip'] })
    const { open, controller } = client({ trustedOrigins: [server.url] })
    const { chunks } = await open(server.url)
    const failed = failureOf(
      (async () => {
        for await (const _chunk of chunks) controller.abort()
      })(),
    )
    expect((await failed).kind).toBe('cancelled')
  })
})
