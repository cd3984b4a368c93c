import { getEventListeners } from 'node:events'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from '@jest/globals'
import { type FaultServer, type FaultServerOptions, startFaultServer } from '@mlops-actions/sandbox/faults'
import { createHttp, type HttpOptions, record, string } from '../src/index.ts'
import { createTestWorld, failureOf } from './world.ts'

const closing: { close(): unknown }[] = []

afterEach(async () => {
  for (const thing of closing.splice(0)) await thing.close()
})

async function faultServer(options: FaultServerOptions = {}): Promise<FaultServer> {
  const server = await startFaultServer(options)
  closing.push(server)
  return server
}

function client(options: HttpOptions) {
  const test = createTestWorld()
  const http = createHttp(test.world, options)
  closing.push(http)
  return { ...test, http }
}

describe('a request', () => {
  test('sends an object as JSON with exactly that content type', async () => {
    const server = await faultServer()
    const { http } = client({ trustedOrigins: [server.url], userAgent: 'mlops-actions/1.2.3' })
    await http.request({
      method: 'POST',
      url: server.url,
      body: { json: { inputs: [1] } },
      what: 'Cannot ask',
    })
    expect(server.requests[0]?.body.toString()).toBe('{"inputs":[1]}')
    expect(server.requests[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': '14',
      'user-agent': 'mlops-actions/1.2.3',
    })
  })

  test('lets the caller name another content type for its JSON', async () => {
    const server = await faultServer()
    const { http } = client({ trustedOrigins: [server.url] })
    const headers = { 'Content-Type': 'application/merge-patch+json' }
    await http.request({
      method: 'PATCH',
      url: server.url,
      headers,
      body: { json: {} },
      what: 'Cannot patch',
    })
    expect(server.requests[0]?.headers['content-type']).toBe('application/merge-patch+json')
  })

  test('decompresses what it asked to have compressed, and nothing else', async () => {
    const body = gzipSync('{"name":"churn"}')
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    const server = await faultServer({ modes: [{ status: 200, headers, body }] })
    const { http } = client({ trustedOrigins: [server.url] })
    const answer = await http.json({ url: server.url, what: 'Cannot read' }, record({ name: string }))
    const raw = await http.request({
      url: server.url,
      headers: { 'accept-encoding': 'identity' },
      what: 'Cannot read',
    })
    expect(answer).toEqual({ name: 'churn' })
    expect(raw.body).toEqual(body)
  })

  test.each([200, 204, 304])(
    'accepts an empty body that is called compressed, with status %i',
    async (status) => {
      const server = await faultServer({
        modes: [{ status, headers: { 'content-encoding': 'gzip' }, body: '' }],
      })
      const { http } = client({ retries: 0, trustedOrigins: [server.url] })
      expect((await http.request({ url: server.url, what: 'Cannot read' })).body).toHaveLength(0)
    },
  )

  test('takes a tolerated status for an answer, without sending again', async () => {
    const server = await faultServer({ modes: ['status:503'] })
    const { http, sleeps } = client({ trustedOrigins: [server.url] })
    const response = await http.request({ url: server.url, tolerate: [404, 503], what: 'Cannot read' })
    const answer = await http.json({ url: server.url, tolerate: [503], what: 'Cannot read' }, record({}))
    expect(response.status).toBe(503)
    expect(answer).toBeUndefined()
    expect(sleeps).toEqual([])
  })

  test('does not take the error page of a proxy for the tolerated answer of the API', async () => {
    const page = {
      status: 404,
      headers: { 'content-type': 'text/html' },
      body: '<html><title>404 Not Found</title></html>',
    }
    const server = await faultServer({ modes: [page] })
    const { http } = client({ trustedOrigins: [server.url] })
    const failure = await failureOf(
      http.json({ url: server.url, tolerate: [404], what: 'Cannot read' }, record({})),
    )
    expect(failure.details.seen).toBe(
      'HTTP 404 (request id fault-0001): an HTML page with the title "404 Not Found"',
    )
  })

  test('does not take a login page for a healthy answer unless HTML was asked for', async () => {
    const server = await faultServer({ modes: ['html'] })
    const { http } = client({ trustedOrigins: [server.url] })
    expect(await failureOf(http.request({ url: server.url, what: 'Cannot probe' }))).toMatchObject({
      kind: 'auth',
    })
    const page = await http.request({
      url: server.url,
      headers: { accept: 'text/html' },
      what: 'Cannot probe',
    })
    expect(page.status).toBe(200)
  })

  test('shows nothing of a URL but its host, and masks a password in it', async () => {
    const server = await faultServer({ modes: ['status:400'] })
    const { http, masked } = client({ trustedOrigins: [server.url] })
    const url = `${server.url.replace('//', '//me:canary-1@')}/canary-2?x=canary-3`
    const failure = await failureOf(http.request({ url, what: 'Cannot read' }))
    expect(server.requests[0]?.headers['authorization']).toBe(`Basic ${btoa('me:canary-1')}`)
    expect(failure.message).not.toContain('canary')
    expect(masked).toContain('canary-1')
  })

  test.each(['not a url', 'ftp://host/x', 'file:///etc/passwd'])('of %j is refused', async (url) => {
    const failure = await failureOf(client({}).http.request({ url, what: 'Cannot read' }))
    expect(['config', 'policy']).toContain(failure.kind)
  })

  test('with a line break in a header is refused, and the header is not repeated', async () => {
    const server = await faultServer()
    const { http } = client({ trustedOrigins: [server.url] })
    const headers = { authorization: 'Bearer canary\r\nx-evil: 1' }
    const failure = await failureOf(http.request({ url: server.url, headers, what: 'Cannot read' }))
    expect(failure).toMatchObject({ kind: 'config', code: 'HTTP_BAD_REQUEST' })
    expect(failure.message).not.toContain('canary')
    expect(server.requests).toEqual([])
  })

  // Waiting for hours is thousands of requests on one signal. Node warns of ten listeners on an emitter, never on a signal.
  test('for twenty things at once leaves no listener on a signal, whether it was sent again, failed or went well', async () => {
    const own = new AbortController()
    const listeners = (...signals: AbortSignal[]): number[] =>
      signals.map((signal) => getEventListeners(signal, 'abort').length)
    const server = await faultServer({
      modes: ['status:503', 'rst', 'trunc', 'ok'],
      paths: { '/gone': ['status:404'] },
    })
    const { http, controller } = client({ trustedOrigins: [server.url] })
    const before = listeners(controller.signal, own.signal)
    const ask = (path: string) =>
      http.request({ url: `${server.url}${path}`, signal: own.signal, what: 'Cannot read' }).then(
        () => 'done',
        () => 'failed',
      )
    const all = Array.from({ length: 20 }, (_, index) => ask(index % 2 === 0 ? '/' : '/gone'))
    const meanwhile = listeners(controller.signal, own.signal)
    expect(new Set(await Promise.all(all))).toEqual(new Set(['done', 'failed']))
    expect(meanwhile).toEqual(before.map((count) => count + 20))
    expect(listeners(controller.signal, own.signal)).toEqual(before)
  })
})

describe('the headers of a client', () => {
  test('go to configured origins only, while those of a request go where it goes', async () => {
    const [ours, other] = [await faultServer(), await faultServer()]
    const options = { headers: { 'CF-Access-Client-Secret': 's3cret' }, trustedOrigins: [ours.url] }
    const { http } = client(options)
    for (const url of [ours.url, other.url]) {
      await http.request({ url, headers: { 'x-of-request': 'yes' }, what: 'Cannot read' })
    }
    expect(ours.requests[0]?.headers).toMatchObject({
      'cf-access-client-secret': 's3cret',
      'x-of-request': 'yes',
    })
    expect(other.requests[0]?.headers['cf-access-client-secret']).toBeUndefined()
    expect(other.requests[0]?.headers['x-of-request']).toBe('yes')
  })
})

describe('plain http', () => {
  test('to another machine warns once for each host, and loopback does not', async () => {
    const server = await faultServer()
    const far = `http://plain.fault.invalid:${server.host.split(':')[1]}`
    const { http, warnings } = client({
      trustedOrigins: [server.url, far],
      lookup: (_host, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
    })
    for (const url of [server.url, far, far]) await http.request({ url, what: 'Cannot read' })
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toContain('plain.fault.invalid')
  })

  test('to a host that was not configured is refused', async () => {
    const failure = await failureOf(
      client({}).http.request({ url: 'http://elsewhere.example.com/', what: 'Cannot read' }),
    )
    expect(failure).toMatchObject({ kind: 'policy', code: 'HTTP_ADDRESS_REFUSED' })
  })
})

describe('a URL that a server gave', () => {
  test.each([
    'https://169.254.169.254/latest/meta-data/',
    'https://2852039166/',
    'https://0xa9fea9fe/',
    'https://0251.0376.0251.0376/',
    'https://[fd00:ec2::254]/',
    'https://[::ffff:169.254.169.254]/',
    'https://127.0.0.1:6443/',
    'https://localhost/',
  ])('is refused where it leads to this machine or to metadata: %s', async (url) => {
    const failure = await failureOf(client({}).http.request({ url, what: 'Cannot download' }))
    expect(failure).toMatchObject({ kind: 'policy', code: 'HTTP_ADDRESS_REFUSED' })
  })

  test('is refused where its name resolves to metadata', async () => {
    const { http, sleeps } = client({
      lookup: (_host, _options, callback) => callback(null, [{ address: '169.254.169.254', family: 4 }]),
    })
    const failure = await failureOf(
      http.request({ url: 'https://nice.example.com/', what: 'Cannot download' }),
    )
    expect(failure).toMatchObject({ kind: 'policy', code: 'HTTP_ADDRESS_REFUSED' })
    expect(sleeps).toEqual([])
  })
})

describe('a redirect', () => {
  test('on the same host is followed with the credentials', async () => {
    const server = await faultServer({ paths: { '/old': ['redirect:/new'] } })
    const { http } = client({ trustedOrigins: [server.url] })
    const headers = { authorization: 'Bearer t' }
    const response = await http.request({ url: `${server.url}/old`, headers, what: 'Cannot read' })
    expect(response.url).toBe(`${server.url}/new`)
    expect(server.requests[1]?.headers['authorization']).toBe('Bearer t')
  })

  test('to another host is followed without credentials and without the extra headers', async () => {
    const storage = await faultServer()
    const registry = await faultServer({ modes: [`redirect:${storage.url}/blob`] })
    const { http } = client({ headers: { 'x-extra': '1' }, trustedOrigins: [registry.url] })
    const headers = { authorization: 'Bearer t', cookie: 'a=b', 'x-api-key': 'k', range: 'bytes=0-9' }
    await http.request({ url: registry.url, headers, what: 'Cannot read the blob' })
    const sent = storage.requests[0]?.headers ?? {}
    expect(sent).toMatchObject({ range: 'bytes=0-9' })
    for (const name of ['authorization', 'cookie', 'x-api-key', 'x-extra']) expect(sent[name]).toBeUndefined()
  })

  test.each([
    ['http://elsewhere.example.com/', 'HTTP_REDIRECT_REFUSED'],
    ['http://169.254.169.254/latest/', 'HTTP_REDIRECT_REFUSED'],
    ['https://[fd00:ec2::254]/', 'HTTP_REDIRECT_REFUSED'],
    ['/again', 'HTTP_REDIRECT_LOOP'],
  ])('to %s is not followed', async (location, code) => {
    const server = await faultServer({ modes: [`redirect:${location}`] })
    const { http } = client({ trustedOrigins: [server.url] })
    const failure = await failureOf(http.request({ url: server.url, what: 'Cannot read' }))
    expect(failure.code).toBe(code)
    expect(failure.message).not.toContain('latest')
  })

  test('is followed three times and no more', async () => {
    const server = await faultServer({ modes: ['redirect:/1', 'redirect:/2', 'redirect:/3', 'ok'] })
    const { http } = client({ trustedOrigins: [server.url] })
    expect((await http.request({ url: server.url, what: 'Cannot read' })).status).toBe(200)
    expect(server.requests.map(({ target }) => target)).toEqual(['/', '/1', '/2', '/3'])
  })
})
