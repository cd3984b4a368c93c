import { afterEach, describe, expect, test } from '@jest/globals'
import { createHttp } from '@mlops-actions/http'
import {
  createAuthority,
  createIdentity,
  type FaultProxy,
  startFaultProxy,
} from '@mlops-actions/sandbox/faults'
import {
  DEFAULT_PRINCIPAL,
  type S3Server,
  type S3Options as ServerOptions,
  startS3,
} from '@mlops-actions/sandbox/s3'
import type { SandboxResponse } from '@mlops-actions/sandbox/server'
import { testWorld } from '../../../test/harness/world.ts'
import { judgeAttempt } from '../src/retry.ts'
import { createS3, GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from '../src/s3.ts'

const closing: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

type Options = Partial<Parameters<typeof createS3>[0]> & { readonly caCert?: string }

function client(options: Options): { readonly s3: S3Client; readonly world: ReturnType<typeof testWorld> } {
  const world = testWorld({ env: options.env ?? {} })
  const http = createHttp(world, { ...(options.caCert === undefined ? {} : { caCert: options.caCert }) })
  const s3 = createS3({
    http,
    region: 'us-east-1',
    requestTimeout: 5_000,
    env: {},
    credentials: async () => ({
      accessKeyId: DEFAULT_PRINCIPAL.accessKeyId,
      secretAccessKey: DEFAULT_PRINCIPAL.secretAccessKey,
    }),
    retry: { world },
    ...options,
  })
  closing.push(() => s3.destroy(), http.close)
  return { s3, world }
}

async function server(options: ServerOptions = {}): Promise<S3Server> {
  const started = await startS3({ buckets: ['data'], ...options })
  closing.push(started.close)
  return started
}

const put = (s3: S3Client, key = 'k') =>
  s3.send(new PutObjectCommand({ Bucket: 'data', Key: key, Body: Buffer.from('body') }))
const error = (status: number, code: string, headers: Record<string, string> = {}): SandboxResponse => ({
  status,
  headers: { 'content-type': 'application/xml', ...headers },
  body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`,
})

describe('a request that fails', () => {
  test.each([
    ['SlowDown', 503, undefined, 'throttled'],
    ['ServiceUnavailable', 503, undefined, 'throttled'],
    ['TooManyRequestsException', 429, undefined, 'throttled'],
    ['TimeoutError', undefined, undefined, 'throttled'],
    ['TimeoutError', undefined, 'ECONNRESET', 'passing'],
    ['InternalError', 500, undefined, 'passing'],
    ['BadGateway', 502, undefined, 'passing'],
    ['RequestTimeout', 400, undefined, 'passing'],
    ['BadDigest', 400, undefined, 'passing'],
    ['Error', undefined, 'ENOTFOUND', 'passing'],
    ['AccessDenied', 403, undefined, 'lasting'],
    ['NoSuchKey', 404, undefined, 'lasting'],
    ['AbortError', undefined, undefined, 'lasting'],
    ['Error', undefined, 'DEPTH_ZERO_SELF_SIGNED_CERT', 'lasting'],
  ])('with %s, status %s and code %s is %s', (name, httpStatusCode, code, trouble) => {
    expect(judgeAttempt(Object.assign(new Error('x'), { name, code, $metadata: { httpStatusCode } }))).toBe(
      trouble,
    )
  })

  test('because of a clock that the SDK has corrected is tried again', () => {
    const $metadata = { httpStatusCode: 403, clockSkewCorrected: true }
    expect(judgeAttempt(Object.assign(new Error('x'), { name: 'RequestTimeTooSkewed', $metadata }))).toBe(
      'passing',
    )
  })

  test('waits longer each time, on the clock of the world, and tells what it was', async () => {
    const s3 = await server()
    s3.faults.push({ match: () => true, times: 4, respond: error(503, 'SlowDown') })
    const told: string[] = []
    const world = testWorld()
    const { s3: busy } = client({ endpoint: s3.url, retry: { world, onTrouble: (what) => told.push(what) } })
    await put(busy)
    expect(world.sleeps).toEqual([150, 300, 600, 1_200])
    expect(told).toEqual(['throttled', 'throttled', 'throttled', 'throttled'])
  })

  test('waits as long as the server asks', async () => {
    const s3 = await server()
    s3.faults.push({ match: () => true, times: 1, respond: error(503, 'SlowDown', { 'retry-after': '7' }) })
    const { s3: busy, world } = client({ endpoint: s3.url })
    await put(busy)
    expect(world.sleeps).toEqual([expect.any(Number)])
    expect(Math.round((world.sleeps[0] ?? 0) / 1_000)).toBe(7)
  })

  test.each([
    ['throttling', error(503, 'SlowDown'), 10],
    ['an internal error', error(500, 'InternalError'), 6],
    ['a damaged body', error(400, 'BadDigest'), 3],
    ['a denied action', error(403, 'AccessDenied'), 1],
  ])('is given up in the end: %s', async (_what, respond, attempts) => {
    const s3 = await server()
    s3.faults.push({ match: () => true, times: 99, respond })
    const { s3: failing } = client({ endpoint: s3.url })
    await expect(put(failing)).rejects.toThrow()
    expect(s3.requests).toHaveLength(attempts)
  })

  test('a hundred throttled requests do not use up the patience of the others', async () => {
    const s3 = await server()
    s3.faults.push({ match: () => true, times: 300, respond: error(503, 'SlowDown') })
    const { s3: busy } = client({ endpoint: s3.url })
    await Promise.all(Array.from({ length: 100 }, (_, at) => put(busy, String(at))))
    expect(s3.state.buckets.get('data')?.objects.size).toBe(100)
  })
})

describe('credentials that have expired', () => {
  const keys = (sessionToken: string) => ({
    accessKeyId: DEFAULT_PRINCIPAL.accessKeyId,
    secretAccessKey: DEFAULT_PRINCIPAL.secretAccessKey,
    sessionToken,
  })

  /** Refuses the first token, as S3 does; HEAD gets no body. */
  async function expiring() {
    const s3 = await server({
      principals: [{ ...DEFAULT_PRINCIPAL, sessionToken: 'new' }],
    })
    const old = ({ headers }: { readonly headers: Readonly<Record<string, string>> }) =>
      headers['x-amz-security-token'] === 'old'
    s3.faults.push({
      match: (request) => request.method === 'HEAD' && old(request),
      times: 99,
      respond: { status: 400 },
    })
    s3.faults.push({ match: old, times: 99, respond: error(400, 'ExpiredToken') })
    return s3
  }

  test('are asked for once more, by whichever request sees it first, and every request goes on', async () => {
    const s3 = await expiring()
    const given: string[] = []
    const credentials = async () => {
      const token = given.length === 0 ? 'old' : 'new'
      given.push(token)
      return keys(token)
    }
    const { s3: renewing } = client({ endpoint: s3.url, credentials })
    await Promise.all(Array.from({ length: 20 }, (_, at) => put(renewing, String(at))))
    await renewing.send(new HeadObjectCommand({ Bucket: 'data', Key: '0' }))
    expect(given).toEqual(['old', 'new'])
  })

  test.each(['PUT', 'HEAD'])('and stay so are an error after one more try: %s', async (method) => {
    const s3 = await expiring()
    const { s3: stuck } = client({ endpoint: s3.url, credentials: async () => keys('old') })
    const sent =
      method === 'PUT' ? put(stuck) : stuck.send(new HeadObjectCommand({ Bucket: 'data', Key: '0' }))
    await expect(sent).rejects.toThrow()
    expect(s3.requests).toHaveLength(2)
  })

  test('that nobody can renew leave the error of the server', async () => {
    const s3 = await expiring()
    let asked = 0
    const credentials = async () => {
      if (asked++ > 0) throw new Error('no token today')
      return keys('old')
    }
    await expect(put(client({ endpoint: s3.url, credentials }).s3)).rejects.toMatchObject({
      name: 'ExpiredToken',
    })
  })
})

describe('what is sent', () => {
  test('a body is part of the signature on a plain line, and left to TLS where there is TLS', async () => {
    const plain = await server()
    await put(client({ endpoint: plain.url }).s3)
    expect(plain.requests[0]?.headers['x-amz-content-sha256']).toMatch(/^[0-9a-f]{64}$/)
    const authority = createAuthority()
    const secure = await server({ tls: createIdentity({ hosts: ['127.0.0.1'] }, authority) })
    await put(client({ endpoint: secure.url, caCert: authority.certificate }).s3)
    expect(secure.requests[0]?.headers['x-amz-content-sha256']).toBe('UNSIGNED-PAYLOAD')
    expect(secure.state.buckets.get('data')?.objects.get('k')?.body.toString()).toBe('body')
  })

  test('says who pays where it is this account', async () => {
    const s3 = await server()
    await put(client({ endpoint: s3.url, requesterPays: true }).s3)
    expect(s3.requests[0]?.headers).toMatchObject({ 'x-amz-request-payer': 'requester' })
    expect(s3.requests[0]?.headers['authorization']).toContain('x-amz-request-payer')
  })

  test('carries no signature for what is public', async () => {
    const s3 = await server()
    s3.faults.push({
      match: ({ headers }) => headers['authorization'] === undefined,
      times: 1,
      respond: { status: 200, headers: { etag: '"e"' }, body: 'public' },
    })
    const answer = await client({ endpoint: s3.url, anonymous: true }).s3.send(
      new GetObjectCommand({ Bucket: 'data', Key: 'k' }),
    )
    expect(await answer.Body?.transformToString()).toBe('public')
  })
})

describe('where it is sent', () => {
  /** An egress filter that lets nothing out and remembers what was asked for. */
  async function hostFor(bucket: string, options: Options): Promise<string | undefined> {
    const proxy: FaultProxy = await startFaultProxy({ denies: true })
    closing.push(proxy.close)
    const { s3 } = client({
      ...options,
      env: { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url, ...options.env },
    })
    await s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'k' })).catch(() => undefined)
    return proxy.requests[0]?.target
  }
  const region = 'eu-west-1'
  const arn = 'arn:aws:s3:eu-west-1:123456789012:accesspoint/models'
  const ceph = 'http://ceph.invalid'

  test.each<[bucket: string, options: Options, target: string]>([
    ['data', { region }, 'data.s3.eu-west-1.amazonaws.com:443'],
    ['data', { region, addressing: 'path' }, 's3.eu-west-1.amazonaws.com:443'],
    ['data.with.dots', { region }, 's3.eu-west-1.amazonaws.com:443'],
    ['My_Data', { region: 'us-east-1' }, 's3.us-east-1.amazonaws.com:443'],
    ['My_Data', { region: 'us-east-1', addressing: 'virtual' }, 's3.us-east-1.amazonaws.com:443'],
    ['My_Data', { endpoint: ceph }, 'http://ceph.invalid/My_Data/k?x-id=GetObject'],
    ['data', { region, env: { AWS_USE_FIPS_ENDPOINT: 'true' } }, 'data.s3-fips.eu-west-1.amazonaws.com:443'],
    [
      'data',
      { region, env: { AWS_USE_DUALSTACK_ENDPOINT: 'true' } },
      'data.s3.dualstack.eu-west-1.amazonaws.com:443',
    ],
    [arn, { region }, 'models-123456789012.s3-accesspoint.eu-west-1.amazonaws.com:443'],
    ['models-abc-s3alias', { region }, 'models-abc-s3alias.s3.eu-west-1.amazonaws.com:443'],
    ['data', { endpoint: ceph }, 'http://ceph.invalid/data/k?x-id=GetObject'],
    ['data', { endpoint: ceph, addressing: 'virtual' }, 'http://data.ceph.invalid/k?x-id=GetObject'],
    ['data', { env: { AWS_ENDPOINT_URL_S3: ceph } }, 'http://ceph.invalid/data/k?x-id=GetObject'],
  ])('%s with %j', async (bucket, options, target) => {
    expect(await hostFor(bucket, options)).toBe(target)
  })
})
