import { once } from 'node:events'
import { createServer, type LookupFunction } from 'node:net'
import { getCACertificates } from 'node:tls'
import { afterEach, describe, expect, test } from '@jest/globals'
import {
  type FaultProxy,
  type FaultServer,
  type FaultServerOptions,
  startFaultProxy,
  startFaultServer,
} from '@mlops-actions/sandbox/faults'
import { createHttp, type HttpClient, type HttpOptions } from '../src/index.ts'
import { createTestWorld, failureOf, type TestWorldOptions } from './world.ts'

const closing: { close(): unknown }[] = []

afterEach(async () => {
  for (const thing of closing.splice(0)) await thing.close()
})

async function faultServer(options: FaultServerOptions = {}): Promise<FaultServer> {
  const server = await startFaultServer(options)
  closing.push(server)
  return server
}

async function faultProxy(options: Parameters<typeof startFaultProxy>[0]): Promise<FaultProxy> {
  const proxy = await startFaultProxy(options)
  closing.push(proxy)
  return proxy
}

function client(options: HttpOptions, worldOptions?: TestWorldOptions) {
  const test = createTestWorld(worldOptions)
  const http = createHttp(test.world, { retries: 3, ...options })
  closing.push(http)
  return { ...test, http, get: (url: string) => http.request({ url, what: 'Cannot read the thing' }) }
}

/** Every name is this machine. */
const everythingIsHere: LookupFunction = (_host, options, callback) => {
  if (options.all === true) callback(null, [{ address: '127.0.0.1', family: 4 }])
  else callback(null, '127.0.0.1', 4)
}

function failingLookup(code: string): LookupFunction {
  return (_host, _options, callback) => callback(Object.assign(new Error(code), { code }), '', 0)
}

describe('a name', () => {
  test('that does not resolve is tried twice more, then is a mistake in the configuration', async () => {
    const { get, sleeps } = client({ retries: 5 })
    const failure = await failureOf(get('https://argocd.nowhere.invalid/api'))
    expect(failure).toMatchObject({ kind: 'config', code: 'HTTP_HOST_UNKNOWN' })
    expect(failure.message).toBe(
      'Cannot read the thing: argocd.nowhere.invalid: the name does not resolve (ENOTFOUND for argocd.nowhere.invalid; 3 attempts). ' +
        'Check the spelling; a private endpoint needs a runner inside its network.',
    )
    expect(sleeps).toHaveLength(2)
  })

  test('that cannot be resolved at the moment is tried to the end of the budget', async () => {
    const { get, sleeps } = client({ lookup: failingLookup('EAI_AGAIN') })
    const failure = await failureOf(get('https://argocd.example.com/'))
    expect(failure).toMatchObject({ kind: 'upstream', code: 'HTTP_DNS' })
    expect(sleeps).toHaveLength(3)
  })

  test('whose resolver never answers runs into the connect deadline', async () => {
    const { get, sleeps } = client({ lookup: () => {}, connectTimeout: 20 })
    const failure = await failureOf(get('https://argocd.example.com/'))
    expect(failure).toMatchObject({ kind: 'timeout', code: 'HTTP_CONNECT_TIMEOUT' })
    expect(sleeps).toHaveLength(3)
  })
})

describe('a connection', () => {
  test('that is refused is tried again, even for a POST, and names the port', async () => {
    const gone = await startFaultServer()
    await gone.close()
    const { http, sleeps } = client({ trustedOrigins: [gone.url] })
    const failure = await failureOf(
      http.request({ method: 'POST', url: gone.url, what: 'Cannot create the run' }),
    )
    expect(failure).toMatchObject({ kind: 'upstream', code: 'HTTP_REFUSED' })
    expect(failure.details.on).toBe(gone.host)
    expect(failure.details.seen).toContain(`at port ${gone.host.split(':')[1]}; 4 attempts`)
    expect(sleeps).toHaveLength(3)
  })

  test('to an unreachable network is tried again', async () => {
    const { get, sleeps } = client({ lookup: failingLookup('ENETUNREACH') })
    expect(await failureOf(get('https://argocd.example.com/'))).toMatchObject({ code: 'HTTP_UNREACHABLE' })
    expect(sleeps).toHaveLength(3)
  })

  test('waits between attempts with full jitter that doubles up to 15 seconds', async () => {
    const { get, sleeps } = client({ lookup: failingLookup('EAI_AGAIN'), retries: 7 }, { random: 0.5 })
    await failureOf(get('https://argocd.example.com/'))
    expect(sleeps).toEqual([250, 500, 1000, 2000, 4000, 7500, 7500])
  })
})

describe('TLS', () => {
  test('accepts a server of a private CA when ca-cert is given', async () => {
    const server = await faultServer({ tls: 'trusted' })
    const { get } = client({ caCert: `# our CA\n${server.ca}`, trustedOrigins: [server.url] })
    expect((await get(server.url)).status).toBe(200)
  })

  test('keeps its own sentence for each thing that is wrong with a certificate', async () => {
    const sentences = []
    for (const tls of ['unknown-ca', 'self-signed', 'expired', 'wrong-host'] as const) {
      const server = await faultServer({ tls })
      const caCert = tls === 'expired' || tls === 'wrong-host' ? { caCert: server.ca } : {}
      const { get, sleeps } = client({ ...caCert, trustedOrigins: [server.url] })
      const { details } = await failureOf(get(server.url))
      sentences.push([details.code, details.next.includes('pass its PEM certificate as ca-cert')])
      expect(sleeps).toEqual([])
    }
    expect(sentences).toEqual([
      ['TLS_UNKNOWN_CA', true],
      ['TLS_UNKNOWN_CA', true],
      ['TLS_EXPIRED', false],
      ['TLS_WRONG_HOST', false],
    ])
  })

  test('checks the certificate against the server name that was configured', async () => {
    const server = await faultServer({ tls: 'wrong-host' })
    const { get } = client({
      caCert: server.ca,
      serverName: 'other.fault.invalid',
      trustedOrigins: [server.url],
    })
    expect((await get(server.url)).status).toBe(200)
  })

  test('cannot be spoken to a port that speaks plain HTTP', async () => {
    const server = await faultServer()
    const url = server.url.replace('http:', 'https:')
    const { get, sleeps } = client({ trustedOrigins: [url] })
    expect(await failureOf(get(url))).toMatchObject({ kind: 'config', code: 'TLS_FAILED' })
    expect(sleeps).toEqual([])
  })

  test('whose handshake is never answered runs into the connect deadline', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    closing.push(silent)
    const address = silent.address()
    const url = `https://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
    const { get } = client({ connectTimeout: 30, retries: 0, trustedOrigins: [url] })
    expect(await failureOf(get(url))).toMatchObject({ kind: 'timeout', code: 'HTTP_CONNECT_TIMEOUT' })
  })

  test.each([
    ['no certificate at all', 'hello'],
    ['a damaged certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
  ])('refuses a ca-cert with %s before anything is sent', (_what, caCert) => {
    expect(() => createHttp(createTestWorld().world, { caCert })).toThrow(
      'Cannot set up the connection: ca-cert',
    )
  })
})

describe('sockets of its own', () => {
  const direct = (options: HttpOptions, env: Record<string, string> = {}) =>
    client(options, { env }).http.direct

  test('anybody may have who trusts the same certificates', async () => {
    const server = await faultServer({ tls: 'trusted' })
    expect(direct({})).toEqual({ ca: undefined })
    expect(direct({}, { NO_PROXY: '*', HTTPS_PROXY: '' })).toEqual({ ca: undefined })
    const ca = direct({ caCert: server.ca })?.ca ?? []
    expect(ca.at(-1)).toBe(server.ca.trim())
    expect(ca.slice(0, -1)).toEqual(getCACertificates('default'))
  })

  test.each(['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'])(
    'nobody may have behind %s',
    (name) => {
      expect(direct({}, { [name]: 'http://127.0.0.1:3128' })).toBeUndefined()
    },
  )

  test.each<[string, HttpOptions]>([
    ['another name of the server', { serverName: 'x' }],
    ['a resolver', { lookup: () => undefined }],
  ])('nobody may have who does not know %s', (_what, options) => {
    expect(direct(options)).toBeUndefined()
  })
})

describe('a proxy', () => {
  test('from HTTPS_PROXY carries https as a tunnel', async () => {
    const server = await faultServer({ tls: 'trusted' })
    const proxy = await faultProxy({ leadsTo: server.host })
    const { get } = client({ caCert: server.ca }, { env: { HTTPS_PROXY: proxy.url } })
    expect((await get('https://secure.fault.invalid/thing')).status).toBe(200)
    expect(proxy.requests.map(({ method, target }) => `${method} ${target}`)).toEqual([
      'CONNECT secure.fault.invalid:443',
    ])
    expect(server.requests.map(({ target }) => target)).toEqual(['/thing'])
  })

  test('may itself be on this machine, under a name', async () => {
    const server = await faultServer({ tls: 'trusted' })
    const proxy = await faultProxy({ leadsTo: server.host })
    const env = { HTTPS_PROXY: proxy.url.replace('127.0.0.1', 'localhost') }
    const { get } = client({ caCert: server.ca }, { env })
    expect((await get('https://secure.fault.invalid/')).status).toBe(200)
  })

  test('from HTTP_PROXY carries http', async () => {
    const server = await faultServer()
    const proxy = await faultProxy({ leadsTo: server.host })
    const url = 'http://plain.fault.invalid/thing'
    const { get } = client({ trustedOrigins: [url] }, { env: { HTTP_PROXY: proxy.url } })
    expect((await get(url)).status).toBe(200)
    expect(proxy.requests.map(({ target }) => target)).toEqual([url])
  })

  test('is passed by for the hosts in NO_PROXY', async () => {
    const server = await faultServer({ tls: 'trusted' })
    const proxy = await faultProxy({})
    const url = `https://secure.fault.invalid:${server.host.split(':')[1]}`
    const env = { HTTPS_PROXY: proxy.url, NO_PROXY: '.fault.invalid' }
    const { get } = client({ caCert: server.ca, lookup: everythingIsHere, trustedOrigins: [url] }, { env })
    expect((await get(url)).status).toBe(200)
    expect(proxy.requests).toEqual([])
    expect(server.requests).toHaveLength(1)
  })

  test.each(['https', 'http'])(
    'that wants other credentials for %s is a mistake in the configuration',
    async (scheme) => {
      const proxy = await faultProxy({ credentials: 'runner:right' })
      const url = `${scheme}://some.fault.invalid/`
      const env = { HTTPS_PROXY: proxy.url.replace('//', '//runner:wrong-canary@'), HTTP_PROXY: proxy.url }
      const { get, sleeps, masked } = client({ trustedOrigins: [url] }, { env })
      const failure = await failureOf(get(url))
      expect(failure.kind).toBe('config')
      expect(failure.details.next).toContain('Put user and password into the proxy URL')
      expect(`${failure.message} ${failure.cause}`).not.toContain('canary')
      expect(masked).toContain('wrong-canary')
      expect(sleeps).toEqual([])
    },
  )

  test('gets user and password from its URL', async () => {
    const server = await faultServer({ tls: 'trusted' })
    const proxy = await faultProxy({ credentials: 'runner:p@ss', leadsTo: server.host })
    const env = { HTTPS_PROXY: proxy.url.replace('//', '//runner:p%40ss@') }
    const { get } = client({ caCert: server.ca }, { env })
    expect((await get('https://secure.fault.invalid/')).status).toBe(200)
  })

  test('that makes no tunnel is named as the reason', async () => {
    const proxy = await faultProxy({ denies: true })
    const { get } = client({}, { env: { https_proxy: proxy.url } })
    expect(await failureOf(get('https://some.fault.invalid/'))).toMatchObject({
      kind: 'upstream',
      code: 'HTTP_PROXY',
    })
  })

  test('that never makes the tunnel runs into the connect deadline, and can be cancelled meanwhile', async () => {
    const silent = await faultServer({ modes: ['hang'] })
    const options = { env: { HTTPS_PROXY: silent.url } }
    const impatient = client({ connectTimeout: 30, retries: 0 }, options)
    expect(await failureOf(impatient.get('https://some.fault.invalid/'))).toMatchObject({
      code: 'HTTP_CONNECT_TIMEOUT',
    })
    const { get, controller } = client({}, options)
    const failed = failureOf(get('https://some.fault.invalid/'))
    await until(() => silent.requests.length === 2)
    controller.abort()
    expect((await failed).kind).toBe('cancelled')
    await until(() => silent.open() === 0)
  })

  test('that does not resolve is named', async () => {
    const { get } = client({ retries: 0 }, { env: { HTTPS_PROXY: 'http://proxy.fault.invalid:3128' } })
    const failure = await failureOf(get('https://argocd.example.com/'))
    expect(failure.details.seen).toContain('ENOTFOUND for proxy.fault.invalid')
  })

  test('whose URL is none is refused before anything is sent', () => {
    const { world } = createTestWorld({ env: { HTTPS_PROXY: 'proxy.example.com:3128' } })
    expect(() => createHttp(world, {})).toThrow('HTTPS_PROXY: the value is no http or https URL')
  })
})

describe('cancelling', () => {
  test.each(['hang', 'hangbody', 'drip'] as const)(
    'ends a request that is in flight (%s) and closes its connection',
    async (mode) => {
      const server = await faultServer({ modes: [mode] })
      const { get, controller, sleeps } = client({ trustedOrigins: [server.url] })
      const failed = failureOf(get(server.url))
      await until(() => server.requests.length === 1)
      controller.abort()
      expect((await failed).kind).toBe('cancelled')
      expect(sleeps).toEqual([])
    },
  )

  test('ends a wait between two attempts', async () => {
    const server = await faultServer({ modes: ['status:503'] })
    const controller = new AbortController()
    const { world } = createTestWorld()
    const sleep = (): Promise<void> => {
      controller.abort()
      return new Promise(() => {})
    }
    const http: HttpClient = createHttp(
      { ...world, signal: controller.signal, sleep },
      { trustedOrigins: [server.url] },
    )
    closing.push(http)
    expect((await failureOf(http.request({ url: server.url, what: 'Cannot read' }))).kind).toBe('cancelled')
  })

  test('before a request sends nothing', async () => {
    const server = await faultServer()
    const { get, controller } = client({ trustedOrigins: [server.url] })
    controller.abort()
    expect((await failureOf(get(server.url))).kind).toBe('cancelled')
    expect(server.requests).toEqual([])
  })

  test('by the signal of one request leaves the others alone, and a deadline of its own is a timeout', async () => {
    const server = await faultServer({ modes: ['hang', 'ok'] })
    const { http, get } = client({ trustedOrigins: [server.url] })
    const request = { url: server.url, what: 'Cannot read', signal: AbortSignal.timeout(30) }
    expect(await failureOf(http.request(request))).toMatchObject({ kind: 'timeout' })
    expect((await get(server.url)).status).toBe(200)
  })
})

/** Resolves when the condition holds; the test's own time limit ends it otherwise. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve))
}
