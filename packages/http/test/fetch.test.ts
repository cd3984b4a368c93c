import { afterEach, describe, expect, test } from '@jest/globals'
import { type FaultServer, type FaultServerOptions, startFaultServer } from '@mlops-actions/sandbox/faults'
import { createHttp, type HttpOptions } from '../src/index.ts'
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
  const http = createHttp(test.world, { retries: 2, ...options })
  closing.push(http)
  return { ...test, fetch: http.fetch }
}

describe('the fetch of a client', () => {
  test('answers as the global one does, error statuses included', async () => {
    const server = await faultServer({ modes: ['status:422', 'nocontent', 'ok'] })
    const { fetch } = client({ trustedOrigins: [server.url] })
    const refused = await fetch(`${server.url}/a?b=c`, {
      method: 'post',
      body: '{}',
      headers: { Accept: 'application/json' },
    })
    expect(refused).toMatchObject({ status: 422, ok: false, url: `${server.url}/a?b=c` })
    expect(await refused.json()).toEqual({ message: 'the fault server says 422' })
    expect((await fetch(server.url)).status).toBe(204)
    expect(await (await fetch(new URL(server.url))).text()).toBe('{"ok":true}')
    expect(server.requests[0]).toMatchObject({ method: 'POST', target: '/a?b=c' })
    expect(server.requests[0]?.body.toString()).toBe('{}')
  })

  test('takes a Request, form parameters and bytes', async () => {
    const server = await faultServer()
    const { fetch } = client({ trustedOrigins: [server.url] })
    await fetch(new Request(server.url, { method: 'PUT', body: 'one' }))
    await fetch(server.url, { method: 'PUT', body: new URLSearchParams({ a: 'b c' }) })
    await fetch(server.url, { method: 'PUT', body: new Uint8Array([52]) })
    expect(server.requests.map(({ body }) => body.toString())).toEqual(['one', 'a=b+c', '4'])
  })

  test('tries again what can change, and returns the last answer when nothing changed', async () => {
    const server = await faultServer({ modes: ['status:502'] })
    const { fetch, sleeps } = client({ trustedOrigins: [server.url] })
    expect((await fetch(server.url)).status).toBe(502)
    expect(sleeps).toHaveLength(2)
  })

  test('rejects with a failure that names the host when there is no answer', async () => {
    const server = await faultServer({ modes: ['rst'] })
    const { fetch } = client({ trustedOrigins: [server.url] })
    const failure = await failureOf(fetch(`${server.url}/repos/o/r?token=canary`))
    expect(failure.details).toMatchObject({
      what: 'Cannot GET /repos/o/r',
      on: server.host,
      kind: 'upstream',
    })
    expect(failure.message).not.toContain('canary')
  })

  test('obeys the signal of one call', async () => {
    const server = await faultServer({ modes: ['hang'] })
    const { fetch } = client({ trustedOrigins: [server.url] })
    const failure = await failureOf(fetch(server.url, { signal: AbortSignal.abort() }))
    expect(failure.kind).toBe('cancelled')
  })
})
