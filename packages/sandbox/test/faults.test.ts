import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import {
  createAuthority,
  createIdentity,
  FAULTS,
  type FaultServer,
  type FaultServerOptions,
  startFaultServer,
} from '../src/faults/index.ts'
import { serve } from '../src/server.ts'

const closing: { close(): unknown }[] = []

afterEach(async () => {
  for (const thing of closing.splice(0)) await thing.close()
})

async function start(options: FaultServerOptions): Promise<FaultServer> {
  const server = await startFaultServer(options)
  closing.push(server)
  return server
}

/** Everything that a server says to one request on a connection of its own, and whether it ended by a reset. */
async function converse(
  server: FaultServer,
  path = '/',
  enough = 200,
): Promise<{ text: string; reset: boolean }> {
  const socket: Socket = connect(Number(server.host.split(':')[1]), '127.0.0.1')
  let text = ''
  let reset = false
  socket.on('error', () => {
    reset = true
  })
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1')
    if (text.length >= enough) socket.destroy()
  })
  socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
  await new Promise((resolve) => socket.on('close', resolve))
  return { text, reset }
}

describe('the fault server', () => {
  test.each([
    ['rst', { text: '', reset: true }],
    ['fin', { text: '', reset: false }],
    ['nothttp', { text: '220 mail.fault.invalid ESMTP\r\n', reset: false }],
  ] as const)('in mode %s says nothing that is HTTP', async (mode, expected) => {
    expect(await converse(await start({ modes: [mode] }))).toEqual(expected)
  })

  test('announces more than it sends in mode trunc', async () => {
    const { text } = await converse(await start({ modes: ['trunc'] }))
    const [head = '', body = ''] = text.split('\r\n\r\n')
    expect(Number(/content-length: (\d+)/.exec(head)?.[1])).toBeGreaterThan(body.length)
  })

  test.each([
    ['truncchunk', false],
    ['rstbody', true],
  ] as const)('in mode %s never sends the last chunk', async (mode, reset) => {
    const conversation = await converse(await start({ modes: [mode] }))
    expect(conversation.text).toContain('transfer-encoding: chunked')
    expect(conversation.text).not.toContain('\r\n0\r\n')
    expect(conversation.reset).toBe(reset)
  })

  test('drips for as long as anybody listens', async () => {
    const { text } = await converse(await start({ modes: ['drip'], dripInterval: 1 }), '/', 150)
    expect(text.match(/\r\n1\r\n /g)?.length).toBeGreaterThan(5)
  })

  test('uses its modes one after the other, by path, and can be told others', async () => {
    const server = await start({ modes: ['status:503', 'ok'], paths: { '/login': ['html'] } })
    const statuses = []
    for (const path of ['/', '/login?x=1', '/', '/'])
      statuses.push((await fetch(`${server.url}${path}`)).status)
    server.setModes('status:418')
    statuses.push((await fetch(server.url)).status)
    expect(statuses).toEqual([503, 200, 200, 200, 418])
    expect(server.requests.map(({ target }) => target)).toEqual(['/', '/login?x=1', '/', '/', '/'])
  })

  test('lets another server answer once the fault is over', async () => {
    const real = await serve(({ method, path, body }) => ({
      status: 201,
      body: `${method} ${path} ${body.toString()}`,
    }))
    closing.push(real)
    const server = await start({ modes: ['status:503', 'ok'], upstream: real.url })
    const send = () => fetch(`${server.url}/runs`, { method: 'POST', body: 'hello' })
    expect((await send()).status).toBe(503)
    expect(await (await send()).text()).toBe('POST /runs hello')
  })

  test('reads a body that waits for 100-continue', async () => {
    const server = await start({})
    const sent = request(server.url, {
      method: 'PUT',
      headers: { expect: '100-continue', 'content-length': 5 },
    })
    sent.on('continue', () => sent.end('hello'))
    sent.flushHeaders()
    const [response] = await once(sent, 'response')
    expect(response.statusCode).toBe(200)
    response.resume()
    expect(server.requests[0]?.body.toString()).toBe('hello')
  })

  test('closes although requests hang', async () => {
    const server = await startFaultServer({ modes: ['hang'] })
    const hanging = fetch(server.url).catch(() => 'ended')
    while (server.requests.length === 0) await new Promise((resolve) => setImmediate(resolve))
    await server.close()
    expect(await hanging).toBe('ended')
  })
})

describe('a certificate', () => {
  const authority = createAuthority('Test CA')

  test('of the CA is one that OpenSSL takes for a CA', () => {
    const certificate = new X509Certificate(authority.certificate)
    expect(certificate).toMatchObject({ ca: true, subject: 'CN=Test CA', issuer: 'CN=Test CA' })
    expect(certificate.verify(certificate.publicKey)).toBe(true)
  })

  test('of a server is signed by its CA and is for its hosts alone', () => {
    const issuer = new X509Certificate(authority.certificate)
    const { cert } = createIdentity({ hosts: ['a.fault.invalid', '127.0.0.1'] }, authority)
    const certificate = new X509Certificate(cert)
    expect(certificate.checkIssued(issuer)).toBe(true)
    expect(certificate.verify(issuer.publicKey)).toBe(true)
    expect(certificate.checkHost('a.fault.invalid')).toBe('a.fault.invalid')
    expect(certificate.checkHost('b.fault.invalid')).toBeUndefined()
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1')
    expect(certificate.ca).toBe(false)
  })

  test('has the dates that it was given', () => {
    const dates = { notBefore: new Date('2026-01-02T03:04:05Z'), notAfter: new Date('2026-06-07T08:09:10Z') }
    const certificate = new X509Certificate(createIdentity({ hosts: ['a'], ...dates }).cert)
    expect([certificate.validFromDate, certificate.validToDate]).toEqual([dates.notBefore, dates.notAfter])
  })
})

test('every fault in the table has a kind, or gets through by itself in the end', () => {
  const undecided = Object.entries(FAULTS).filter(
    ([, { kind, modes }]) => kind === undefined && modes.at(-1) !== 'ok',
  )
  expect(undecided).toEqual([])
})
