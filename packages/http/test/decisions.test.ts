import { describe, expect, test } from '@jest/globals'
import { isLoopback, isSpecialHost } from '../src/address.ts'
import { type Outgoing, planRedirect } from '../src/redirects.ts'
import { planRetry, type RetryState, retryAfter } from '../src/retry.ts'
import { Trouble } from '../src/trouble.ts'
import { createTrust } from '../src/trust.ts'

describe('special hosts', () => {
  test.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '169.254.169.254',
    '169.254.170.2',
    '100.100.100.200',
    '2852039166',
    '0xA9.0xFE.0xA9.0xFE',
    '0251.0376.0251.0376',
    '169.254.43518',
    '127.1',
    '0',
    'localhost',
    'LOCALHOST.',
    'a.localhost',
    'metadata.google.internal',
    '[::1]',
    '[::]',
    '[fe80::1]',
    '[fd00:ec2::254]',
    '[::ffff:169.254.169.254]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::a9fe:a9fe]',
    '[2002:a9fe:a9fe::]',
    '[2002:a9fe:a9fe:1:2:3:4:5]',
    '１６９.254.169.254',
  ])('%s is one', (host) => expect(isSpecialHost(new URL(`https://${host}/`).hostname)).toBe(true))

  test.each([
    '10.0.0.1',
    '192.168.1.1',
    '8.8.8.8',
    '128.0.0.1',
    'example.com',
    'localhost.example.com',
    '[2001:db8::1]',
    '[fd00::1]',
    '[2002:808:808::]',
    '[2001:db8:1:2:3:4:5:6]',
    '[::ffff:8.8.8.8]',
    '[64:ff9b::808:808]',
  ])('%s is none', (host) => expect(isSpecialHost(new URL(`https://${host}/`).hostname)).toBe(false))

  test.each([
    ['127.0.0.1', true],
    ['[::1]', true],
    ['localhost', true],
    ['10.0.0.1', false],
    ['example.com', false],
  ])('%s being loopback is %s', (host, expected) => expect(isLoopback(host)).toBe(expected))
})

describe('the next attempt', () => {
  const state: RetryState = {
    attempt: 1,
    retries: 5,
    idempotent: true,
    now: 0,
    deadline: undefined,
    random: 0.999,
  }
  const status = (code: number, headers: Record<string, string> = {}): Trouble =>
    new Trouble('status', { response: { status: code, headers, body: Buffer.alloc(0), url: 'https://x/' } })

  test.each([200, 301, 400, 401, 403, 404, 405, 407, 409, 410, 412, 418, 422, 425, 501, 505])(
    'never follows status %i',
    (code) => {
      expect(planRetry(status(code, { 'retry-after': '1' }), state)).toBeUndefined()
    },
  )

  test.each([408, 429, 500, 502, 503, 504])('follows status %i within the delay of the first one', (code) => {
    expect(planRetry(status(code), state)).toBeLessThan(500)
  })

  test('of what is not idempotent follows only what the server has not acted on', () => {
    const ambiguous = { ...state, idempotent: false }
    const again = [
      status(429),
      new Trouble('refused'),
      new Trouble('name-temporary'),
      new Trouble('connect-timeout'),
    ]
    const not = [
      status(500),
      status(503),
      new Trouble('reset'),
      new Trouble('cut'),
      new Trouble('headers-timeout'),
    ]
    expect(again.map((trouble) => planRetry(trouble, ambiguous))).not.toContain(undefined)
    expect(not.map((trouble) => planRetry(trouble, ambiguous))).toEqual(not.map(() => undefined))
  })

  test('never follows a certificate, a login page or a redirect', () => {
    for (const name of [
      'tls',
      'tls-unknown-ca',
      'tls-expired',
      'tls-wrong-host',
      'login-page',
      'redirect-refused',
      'proxy-auth',
    ] as const) {
      expect(planRetry(new Trouble(name), state)).toBeUndefined()
    }
  })

  test('comes after at most 15 seconds, and not beyond the deadline of the step', () => {
    expect(planRetry(status(503), { ...state, attempt: 10, retries: 20 })).toBeLessThan(15_000)
    expect(planRetry(status(503), { ...state, attempt: 10, retries: 20, deadline: 10_000 })).toBeUndefined()
  })

  test('is not waited for when a server asks for more than five minutes', () => {
    expect(planRetry(status(429, { 'retry-after': '300' }), state)).toBeGreaterThanOrEqual(300_000)
    expect(planRetry(status(429, { 'retry-after': '301' }), state)).toBeUndefined()
  })

  test.each([
    ['5', {}, 5_000],
    ['0', {}, 0],
    ['1.5', {}, 1_500],
    ['', {}, undefined],
    ['soon', {}, undefined],
    ['-5', {}, undefined],
    ['Sat, 21 Nov 2026 10:00:30 GMT', {}, 30_000],
    ['Sat, 21 Nov 2026 09:00:00 GMT', {}, 0],
    ['Sat, 21 Nov 2026 11:00:30 GMT', { date: 'Sat, 21 Nov 2026 11:00:00 GMT' }, 30_000],
  ])('a Retry-After of %j means %j ms', (value, more, expected) => {
    const now = Date.parse('2026-11-21T10:00:00Z')
    expect(retryAfter({ headers: { 'retry-after': value, ...more } }, now)).toBe(expected)
  })
})

describe('a redirect', () => {
  const trust = createTrust(['https://argo.example.com', 'http://plain.example.com'])
  const sent = (url: string, method = 'GET'): Outgoing => ({
    method,
    url: new URL(url),
    headers: { authorization: 'secret', accept: '*/*', 'content-type': 'text/plain' },
    body: method === 'GET' ? undefined : Buffer.from('x'),
    idempotent: method === 'GET',
  })
  const plan = (from: Outgoing, status: number, location: string, sameHostOnly = false) =>
    planRedirect(from, { status, location }, 0, { trust, sameHostOnly })

  test('from http to https of the same host keeps the credentials', () => {
    const next = plan(sent('http://plain.example.com/a', 'POST'), 308, 'https://plain.example.com/a', true)
    expect(next?.headers['authorization']).toBe('secret')
    expect(next?.body?.toString()).toBe('x')
  })

  test('to another port of the same host loses them', () => {
    const next = plan(sent('https://argo.example.com/'), 302, 'https://argo.example.com:8443/')
    expect(next?.headers).toEqual({ accept: '*/*' })
  })

  test('after a POST becomes a GET by 303, and keeps its body by 307', () => {
    const post = sent('https://argo.example.com/', 'POST')
    expect(plan(post, 303, '/done')).toMatchObject({
      method: 'GET',
      body: undefined,
      headers: { accept: '*/*', authorization: 'secret' },
    })
    expect(plan(post, 307, '/there')).toMatchObject({ method: 'POST', body: post.body })
  })

  test.each([
    ['POST', 302, '/'],
    ['POST', 307, 'https://elsewhere.example.com/'],
    ['GET', 302, 'http://argo.example.com/'],
    ['GET', 302, 'http://plain.example.com/'],
    ['GET', 302, 'ftp://argo.example.com/'],
    ['GET', 302, 'https://127.0.0.1/'],
    ['GET', 302, 'https://['],
  ])('of a %s by %i to %s is refused', (method, status, location) => {
    expect(() => plan(sent('https://argo.example.com/', method), status, location)).toThrow(
      new Trouble('redirect-refused'),
    )
  })

  test('never carries user info', () => {
    expect(plan(sent('https://argo.example.com/'), 302, 'https://a:b@argo.example.com/x')?.url.href).toBe(
      'https://argo.example.com/x',
    )
  })

  test('with another status is an answer', () => {
    expect(plan(sent('https://argo.example.com/'), 304, '/x')).toBeUndefined()
  })
})
