import { createHash, randomBytes } from 'node:crypto'
import { type AddressInfo, connect, createServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createHttp } from '@mlops-actions/http'
import { createAuthority, createIdentity } from '@mlops-actions/sandbox/faults'
import { DEFAULT_PRINCIPAL, type S3Server, startS3 } from '@mlops-actions/sandbox/s3'
import type { Fault, SandboxResponse } from '@mlops-actions/sandbox/server'
import { SignatureV4 } from '@smithy/signature-v4'
import { testWorld } from '../../../test/harness/world.ts'
import {
  createS3,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NotFound,
  PutObjectCommand,
  type S3Client,
} from '../src/s3.ts'
import { readOutput } from '../src/shortcut/answer.ts'
import { planRequest } from '../src/shortcut/plan.ts'
import { createSigner } from '../src/shortcut/sign.ts'
import { Sha256 } from './sha256.ts'

let server: S3Server
const closing: (() => void)[] = []

beforeEach(async () => {
  server = await startS3({ buckets: ['data'] })
})
afterEach(async () => {
  for (const close of closing.splice(0)) close()
  await server.close()
})

type Options = Partial<Parameters<typeof createS3>[0]> & { readonly caCert?: string }

/** A client that has spoken to the bucket once, so that it knows the way. */
async function client(options: Options = {}): Promise<S3Client> {
  const world = testWorld()
  const http = createHttp(world, options.caCert === undefined ? {} : { caCert: options.caCert })
  const s3 = createS3({
    http,
    region: 'us-east-1',
    requestTimeout: 5_000,
    env: {},
    endpoint: server.url,
    credentials: async () => DEFAULT_PRINCIPAL,
    retry: { world },
    ...options,
  })
  closing.push(http.close)
  await s3.send(new ListObjectsV2Command({ Bucket: 'data' }))
  server.requests.length = 0
  return s3
}

const put = (s3: S3Client, Key = 'k', Body = Buffer.from('body')) =>
  s3.send(new PutObjectCommand({ Bucket: 'data', Key, Body }))
/** By whom each request was sent. */
const senders = () =>
  server.requests.map(({ headers }) => (headers['user-agent'] === 'mlops-actions' ? 'short cut' : 'SDK'))
const fault = (respond: Fault['respond'], times = 1) =>
  server.faults.push({ match: () => true, times, respond })
const error = (status: number, code: string): SandboxResponse => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<Error><Code>${code}</Code><Message>${code}</Message></Error>`,
})

/** A way to the port that can be made to break once. */
async function breakable(port: number) {
  let left = Number.POSITIVE_INFINITY
  const line = createServer((from) => {
    const to = connect(port, '127.0.0.1')
    from.pipe(to).pipe(from)
    from.on('data', (bytes) => {
      left -= bytes.length
      if (left > 0) return
      left = Number.POSITIVE_INFINITY
      to.destroy()
      from.resetAndDestroy()
    })
    for (const socket of [from, to]) socket.on('error', () => undefined)
    closing.push(() => from.destroy())
  })
  closing.push(() => line.close())
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve))
  return {
    port: (line.address() as AddressInfo).port,
    breakAfter: (bytes: number) => {
      left = bytes
    },
  }
}

describe('once it knows the way to a bucket', () => {
  test.each(['plain', 'a b', "it's (1)!*", 'ü/😀', 'a+b%2B&c=d', 'a//b', '~._-'])(
    'a client writes, reads and looks at %j without the machinery of the SDK',
    async (key) => {
      const s3 = await client()
      expect(await put(s3, key)).toMatchObject({ ETag: '"841a2d689ad86bd1611447453c22c6fc"' })
      const got = await s3.send(new GetObjectCommand({ Bucket: 'data', Key: key, Range: 'bytes=1-2' }))
      expect(got).toMatchObject({ ContentLength: 2, ContentRange: 'bytes 1-2/4' })
      expect(await got.Body?.transformToString()).toBe('od')
      const head = await s3.send(new HeadObjectCommand({ Bucket: 'data', Key: key }))
      expect(head).toMatchObject({ ContentLength: 4, ETag: '"841a2d689ad86bd1611447453c22c6fc"' })
      expect(senders()).toEqual(['short cut', 'short cut', 'short cut'])
      expect([...(server.state.buckets.get('data')?.objects.keys() ?? [])]).toEqual([key])
    },
  )

  test('it has learnt it from any request that succeeded', async () => {
    const world = testWorld()
    const http = createHttp(world)
    closing.push(http.close)
    const options = { http, region: 'us-east-1', requestTimeout: 5_000, env: {}, endpoint: server.url }
    const s3 = createS3({ ...options, credentials: async () => DEFAULT_PRINCIPAL })
    await put(s3, "it's/1")
    await put(s3, '2')
    expect(senders()).toEqual(['SDK', 'short cut'])
  })

  test('the body goes unhashed where there is TLS', async () => {
    await server.close()
    const authority = createAuthority()
    server = await startS3({ buckets: ['data'], tls: createIdentity({ hosts: ['127.0.0.1'] }, authority) })
    await put(await client({ caCert: authority.certificate }))
    expect(senders()).toEqual(['short cut'])
    expect(server.requests[0]?.headers['x-amz-content-sha256']).toBe('UNSIGNED-PAYLOAD')
  })

  test('a large body arrives whole over TLS, also when the line has broken in the middle of it', async () => {
    await server.close()
    const authority = createAuthority()
    server = await startS3({ buckets: ['data'], tls: createIdentity({ hosts: ['127.0.0.1'] }, authority) })
    const line = await breakable(Number(new URL(server.url).port))
    const s3 = await client({ caCert: authority.certificate, endpoint: `https://127.0.0.1:${line.port}` })
    const body = randomBytes(9_000_001)
    const md5 = createHash('md5').update(body).digest('hex')
    expect(await put(s3, 'whole', body)).toMatchObject({ ETag: `"${md5}"` })
    line.breakAfter(2_000_000)
    expect(await put(s3, 'broken', body)).toMatchObject({ ETag: `"${md5}"` })
    expect(senders()).toEqual(['short cut', 'short cut', 'SDK'])
  })

  test('HEAD of what is not there is the error of the SDK, after one request', async () => {
    const s3 = await client()
    const looked = s3.send(new HeadObjectCommand({ Bucket: 'data', Key: 'gone' }))
    await expect(looked).rejects.toBeInstanceOf(NotFound)
    expect(senders()).toEqual(['short cut'])
  })

  test('whoever pays is said, and nothing is signed for what is public', async () => {
    await put(await client({ requesterPays: true }))
    expect(server.requests.at(-1)?.headers['x-amz-request-payer']).toBe('requester')
    fault({
      status: 200,
      headers: { 'content-type': 'application/xml' },
      body: '<ListBucketResult><Name>data</Name></ListBucketResult>',
    })
    const s3 = await client({ anonymous: true })
    fault({ status: 200, headers: { etag: '"e"' }, body: 'public' })
    const got = await s3.send(new GetObjectCommand({ Bucket: 'data', Key: 'k' }))
    expect(await got.Body?.transformToString()).toBe('public')
    expect(senders()).toEqual(['short cut'])
    expect(server.requests[0]?.headers['authorization']).toBeUndefined()
  })
})

describe('whatever is not success beyond doubt is left to the SDK', () => {
  test.each<[what: string, respond: Fault['respond']]>([
    ['an error', error(500, 'InternalError')],
    ['a wish for fewer requests', error(503, 'SlowDown')],
    ['an empty success', { status: 200 }],
    ['a login page', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }],
    ['a redirect', { status: 302, headers: { location: 'https://sso.example/' } }],
    ['a reset', 'reset'],
    ['a lost answer', 'reset-after'],
  ])('%s', async (_what, respond) => {
    const s3 = await client()
    fault(respond)
    expect(await put(s3)).toMatchObject({ ETag: '"841a2d689ad86bd1611447453c22c6fc"' })
    expect(senders()).toEqual(['short cut', 'SDK'])
  })

  test('an object that is not there has its name from the SDK', async () => {
    const s3 = await client()
    const got = s3.send(new GetObjectCommand({ Bucket: 'data', Key: 'gone' }))
    await expect(got).rejects.toMatchObject({ name: 'NoSuchKey' })
    expect(senders()).toEqual(['short cut', 'SDK'])
  })

  test('keys that have expired are renewed, and the new ones are used from then on', async () => {
    const keys = (sessionToken: string) => ({ ...DEFAULT_PRINCIPAL, sessionToken })
    const given = ['old', 'new']
    server.state.principals.splice(0, 1, keys('old'))
    const s3 = await client({ credentials: async () => keys(given.shift() ?? 'none') })
    server.state.principals.splice(0, 1, keys('new'))
    server.faults.push({
      match: ({ headers }) => headers['x-amz-security-token'] === 'old',
      times: 9,
      respond: error(400, 'ExpiredToken'),
    })
    await put(s3)
    await put(s3)
    expect(senders()).toEqual(['short cut', 'SDK', 'SDK', 'short cut'])
  })

  test('a wish to wait is granted before anything is sent again', async () => {
    const world = testWorld()
    const s3 = await client({ retry: { world } })
    const { status, headers = {}, body = '' } = error(503, 'SlowDown')
    fault({ status, headers: { ...headers, 'retry-after': '7' }, body })
    await put(s3)
    expect(world.sleeps).toEqual([7_000])
  })

  test.each([-1, 1])('a clock that is %i h off costs one request, and no short cut', async (hours) => {
    await server.close()
    server = await startS3({ buckets: ['data'], now: () => Date.now() + hours * 3_600_000 })
    const s3 = await client()
    for (let at = 0; at < 20; at++) await put(s3, `${at}`)
    expect(new Set(senders())).toEqual(new Set(['short cut']))
  })

  test('a session token that is empty is none', async () => {
    await put(await client({ credentials: async () => ({ ...DEFAULT_PRINCIPAL, sessionToken: '' }) }))
    expect(senders()).toEqual(['short cut'])
    expect(server.requests[0]?.headers).not.toHaveProperty('x-amz-security-token')
  })

  test('a cancelled request is cancelled', async () => {
    const s3 = await client()
    const controller = new AbortController()
    server.faults.push({
      match: () => {
        controller.abort(new Error('cancelled'))
        return true
      },
      times: 9,
      respond: 'hang',
    })
    const command = new PutObjectCommand({ Bucket: 'data', Key: 'k', Body: Buffer.from('x') })
    await expect(s3.send(command, { abortSignal: controller.signal })).rejects.toThrow('cancelled')
    expect(server.requests).toHaveLength(1)
  })
})

describe('a plain request', () => {
  const input = { Bucket: 'b', Key: 'k' }

  test('has the words of HTTP for the members of the input', () => {
    const Body = Buffer.from('x')
    const part = {
      ...input,
      Body,
      UploadId: 'u',
      PartNumber: 3,
      ContentMD5: 'm',
      SSECustomerKey: 's',
      IfMatch: undefined,
    }
    expect(planRequest('UploadPartCommand', part)).toEqual({
      method: 'PUT',
      bucket: 'b',
      key: 'k',
      query: { uploadId: 'u', partNumber: '3' },
      headers: {
        'content-md5': 'm',
        'x-amz-server-side-encryption-customer-key': 's',
        'content-type': 'application/octet-stream',
      },
      body: Body,
    })
  })

  test.each([
    ['another command', 'CopyObjectCommand', input],
    ['a member that has no word', 'PutObjectCommand', { ...input, Body: Buffer.from('x'), Tagging: 'a=b' }],
    ['a member of another kind', 'GetObjectCommand', { ...input, IfMatch: 7 }],
    ['a body that is no buffer', 'PutObjectCommand', { ...input, Body: 'x' }],
    ['a read with a body', 'GetObjectCommand', { ...input, Body: Buffer.from('x') }],
    ['no key', 'GetObjectCommand', { Bucket: 'b' }],
  ])('is none for %s', (_what, operation, given) => {
    expect(planRequest(operation, given)).toBeUndefined()
  })

  test.each([
    ['PUT', 200, { etag: '"e"' }, { ETag: '"e"' }],
    [
      'GET',
      206,
      { etag: '"e"', 'content-length': '2', 'content-range': 'bytes 0-1/4' },
      { ETag: '"e"', ContentLength: 2, ContentRange: 'bytes 0-1/4' },
    ],
    [
      'HEAD',
      200,
      { etag: '"e"', 'content-length': '0', 'x-amz-restore': 'r' },
      { ETag: '"e"', ContentLength: 0, Restore: 'r' },
    ],
    ['PUT', 206, { etag: '"e"' }, undefined],
    ['PUT', 204, { etag: '"e"' }, undefined],
    ['PUT', 200, { etag: '' }, undefined],
    ['GET', 200, { etag: '"e"' }, undefined],
    ['HEAD', 200, { etag: '"e"', 'content-length': 'x' }, undefined],
  ])('%s with status %i and %j is %j', (method, status, headers, output) => {
    expect(readOutput(method, status, headers)).toEqual(output)
  })
})

test('the signature is the one that the SDK would make', async () => {
  const now = Date.parse('2026-01-15T12:00:00Z')
  const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret/1', sessionToken: 'a+b/c==' }
  const sdk = new SignatureV4({
    service: 's3',
    region: 'eu-west-1',
    credentials: keys,
    sha256: Sha256,
    uriEscapePath: false,
    applyChecksum: true,
  })
  const sign = createSigner('eu-west-1')
  for (const query of [{}, { uploadId: 'a b/=', partNumber: '3' }, { 'a-b': '2', a: '1' }]) {
    const path = '/data/a%20b/%C3%BC'
    const headers = { host: 'x.example:9000', 'content-md5': 'm==', 'x-amz-acl': 'private' }
    const request = { method: 'PUT', protocol: 'https:', hostname: 'x.example', path, query }
    const payload = 'UNSIGNED-PAYLOAD'
    const wanted = await sdk.sign(
      { ...request, headers: { ...headers, 'x-amz-content-sha256': payload } },
      { signingDate: new Date(now) },
    )
    const signed = sign({ method: 'PUT', path, query, headers, payload }, keys, now)
    expect(signed['authorization']).toBe(wanted.headers['authorization'])
  }
})
