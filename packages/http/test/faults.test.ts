import { afterEach, describe, expect, test } from '@jest/globals'
import { FAULT_REQUEST_ID, FAULTS, type FaultServer, startFaultServer } from '@mlops-actions/sandbox/faults'
import { boolean, createHttp, type HttpClient, type HttpOptions, record } from '../src/index.ts'
import { createTestWorld, failureOf } from './world.ts'

const BASE: HttpOptions = { retries: 2, maxBytes: 1024 * 1024 }
/** Only where a deadline is what is tested: elsewhere a busy machine must not make one pass. */
const IMPATIENT: HttpOptions = { ...BASE, headersTimeout: 60, idleTimeout: 60, requestTimeout: 200 }
const isOk = record({ ok: boolean })

let server: FaultServer
let http: HttpClient | undefined

afterEach(async () => {
  http?.close()
  await server.close()
})

describe('a JSON read that meets', () => {
  const cases = Object.entries(FAULTS)

  test.each(cases.filter(([, { kind }]) => kind !== undefined))(
    '"%s" ends in a failure of its kind that names the host in four parts',
    async (_name, fault) => {
      server = await startFaultServer({
        modes: fault.modes,
        ...(fault.tls === undefined ? {} : { tls: fault.tls }),
      })
      const { world, sleeps } = createTestWorld()
      http = createHttp(world, {
        ...(fault.kind === 'timeout' ? IMPATIENT : BASE),
        ...(fault.tls === 'expired' || fault.tls === 'wrong-host' ? { caCert: server.ca } : {}),
        trustedOrigins: [server.url],
      })

      const failure = await failureOf(
        http.json({ url: `${server.url}/thing?token=canary`, what: 'Cannot read the thing' }, isOk),
      )

      expect(failure.kind).toBe(fault.kind)
      expect(failure.details).toMatchObject({ what: 'Cannot read the thing', on: server.host })
      expect(failure.details.seen).not.toBe('')
      expect(failure.details.next).not.toBe('')
      expect(failure.message).not.toContain('canary')
      expect(sleeps).toHaveLength(fault.retried ? 2 : 0)
      if (fault.tls === undefined) expect(server.requests).toHaveLength(fault.retried ? 3 : 1)
    },
  )

  test.each(cases.filter(([, { kind }]) => kind === undefined))('"%s" gets through', async (_name, fault) => {
    server = await startFaultServer({ modes: fault.modes })
    const { world, sleeps } = createTestWorld()
    http = createHttp(world, { ...BASE, trustedOrigins: [server.url] })

    const answer = await http.json({ url: server.url, what: 'Cannot read the thing' }, isOk)

    expect(answer).toEqual({ ok: true })
    expect(sleeps).toHaveLength(fault.modes.length - 1)
  })
})

describe('what the server said', () => {
  test('is quoted with the status, the request id and the number of attempts', async () => {
    server = await startFaultServer({ modes: ['status:503'] })
    http = createHttp(createTestWorld().world, { ...BASE, trustedOrigins: [server.url] })

    const failure = await failureOf(http.request({ url: server.url, what: 'Cannot read the thing' }))

    expect(failure.details.seen).toBe(
      `HTTP 503 (request id ${FAULT_REQUEST_ID}; 3 attempts): "the fault server says 503"`,
    )
    expect(failure.code).toBe('HTTP_503')
    expect(failure.retryable).toBe(true)
  })

  test('is reduced to the title of a page, and can hold no workflow command', async () => {
    const page = '<html><head><title>x ##[set-output name=a;]b</title></head></html>'
    server = await startFaultServer({
      modes: [{ status: 401, headers: { 'content-type': 'text/html' }, body: page }],
    })
    http = createHttp(createTestWorld().world, { ...BASE, trustedOrigins: [server.url] })

    const failure = await failureOf(http.request({ url: server.url, what: 'Cannot read the thing' }))

    expect(failure.details.seen).toContain('an HTML page with the title "x ##')
    expect(failure.details.seen).not.toContain('##[')
  })

  test('with a JSON body of another shape names the path and how the body begins', async () => {
    server = await startFaultServer({ modes: ['wrongjson'] })
    http = createHttp(createTestWorld().world, { ...BASE, trustedOrigins: [server.url] })

    const failure = await failureOf(http.json({ url: server.url, what: 'Cannot read the thing' }, isOk))

    expect(failure.details.seen).toContain('ok: got nothing, want boolean')
    expect(failure.details.seen).toContain('no healthy upstream')
    expect(failure.retryable).toBe(false)
  })

  test.each([401, 403])('with status %i adds that the clock of this machine is wrong', async (status) => {
    server = await startFaultServer({
      modes: [{ status, headers: { date: 'Sat, 21 Nov 2026 10:00:00 GMT' } }],
    })
    const now = (): number => Date.parse('2026-11-21T11:03:00Z')
    http = createHttp(createTestWorld({ now }).world, { ...BASE, trustedOrigins: [server.url] })

    const failure = await failureOf(http.request({ url: server.url, what: 'Cannot read the thing' }))

    expect(failure.details.seen).toContain("the clock of this machine is 63 min ahead of the server's")
  })

  test('is replaced by the words of a client that knows its server', async () => {
    server = await startFaultServer({ modes: ['status:403'] })
    http = createHttp(createTestWorld().world, { ...BASE, trustedOrigins: [server.url] })
    const explain = () => ({ seen: 'the project forbids it', next: 'Ask its owner', kind: 'policy' as const })

    const failure = await failureOf(http.request({ url: server.url, what: 'Cannot sync', explain }))

    expect(failure.message).toBe(
      `Cannot sync: ${server.host}: HTTP 403 (request id ${FAULT_REQUEST_ID}): the project forbids it. Ask its owner.`,
    )
    expect(failure.kind).toBe('policy')
  })
})

describe('an ambiguous end', () => {
  test.each(['rst', 'fin', 'rstbody', 'hang', 'status:503'] as const)(
    '"%s" of a POST is not answered by sending it again',
    async (mode) => {
      server = await startFaultServer({ modes: [mode, 'ok'] })
      http = createHttp(createTestWorld().world, { ...IMPATIENT, trustedOrigins: [server.url] })

      await failureOf(
        http.request({ method: 'POST', url: server.url, body: { json: {} }, what: 'Cannot create the run' }),
      )

      expect(server.requests).toHaveLength(1)
    },
  )

  test('of a POST that is declared idempotent is answered by sending it again', async () => {
    server = await startFaultServer({ modes: ['rst', 'ok'] })
    http = createHttp(createTestWorld().world, { ...BASE, trustedOrigins: [server.url] })

    const response = await http.request({
      method: 'POST',
      url: server.url,
      idempotent: true,
      what: 'Cannot ask the model',
    })

    expect(response.status).toBe(200)
    expect(server.requests).toHaveLength(2)
  })

  test('does not arise from a dying kept socket: a POST has a connection of its own', async () => {
    server = await startFaultServer()
    http = createHttp(createTestWorld().world, { ...BASE, trustedOrigins: [server.url] })

    for (const method of ['GET', 'GET', 'POST'] as const)
      await http.request({ method, url: server.url, what: 'Cannot call' })

    expect(server.requests.map(({ connection }) => connection)).toEqual([1, 1, 2])
  })
})

describe('Retry-After', () => {
  test.each([
    ['seconds', 'retry-after:7', 7_000],
    ['an HTTP date', 'retry-date:9', 9_000],
  ] as const)('in %s is waited for, with a little jitter on top', async (_form, mode, least) => {
    server = await startFaultServer({ modes: [mode, 'ok'] })
    const { world, sleeps } = createTestWorld({ random: 0.5 })
    http = createHttp(world, { ...BASE, trustedOrigins: [server.url] })

    await http.request({ method: 'POST', url: server.url, what: 'Cannot call' })

    expect(sleeps).toEqual([least + 250])
  })

  test('beyond the deadline of the step is not waited for', async () => {
    server = await startFaultServer({ modes: ['retry-after:60', 'ok'] })
    const { world, sleeps } = createTestWorld()
    http = createHttp(world, { ...BASE, deadline: Date.now() + 30_000, trustedOrigins: [server.url] })

    const failure = await failureOf(http.request({ url: server.url, what: 'Cannot call' }))

    expect(failure.kind).toBe('rate-limit')
    expect(sleeps).toEqual([])
  })
})
