import { createHash } from 'node:crypto'
import {
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { DEFAULT_PRINCIPAL, type Principal, type S3Server, startS3 } from '../src/s3/index.ts'
import { refusal, signerOf } from './s3-client.ts'

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5)
const temporary: Principal = {
  arn: 'arn:aws:sts::123456789012:assumed-role/ci/run',
  accessKeyId: 'ASIASANDBOXSANDBOX01',
  secretAccessKey: 'temporary-secret',
  sessionToken: 'token-1',
  expiresAt: NOW + 3_600_000,
}
let server: S3Server
let now = NOW
const clients: S3Client[] = []

function connect(credentials: object, more: object = {}): S3Client {
  const { accessKeyId, secretAccessKey } = DEFAULT_PRINCIPAL
  const client = new S3Client({
    endpoint: server.url,
    region: 'us-east-1',
    forcePathStyle: true,
    maxAttempts: 1,
    systemClockOffset: NOW - Date.now(),
    credentials: { accessKeyId, secretAccessKey, ...credentials },
    ...more,
  })
  clients.push(client)
  return client
}

const put = (client: S3Client, Key = 'k') =>
  refusal(client.send(new PutObjectCommand({ Bucket: 'data', Key, Body: 'x' })))

beforeEach(async () => {
  now = NOW
  server = await startS3({ buckets: ['data'], principals: [DEFAULT_PRINCIPAL, temporary], now: () => now })
})

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy()
  await server.close()
})

describe('who may ask', () => {
  const session = { accessKeyId: temporary.accessKeyId, secretAccessKey: temporary.secretAccessKey }
  test.each<[string, object, object, string]>([
    ['a known key', {}, {}, 'accepted'],
    ['a session with its token', { ...session, sessionToken: 'token-1' }, {}, 'accepted'],
    ['an unknown key', { accessKeyId: 'AKIANOBODY' }, {}, 'InvalidAccessKeyId 403'],
    ['a wrong secret', { secretAccessKey: 'wrong' }, {}, 'SignatureDoesNotMatch 403'],
    ['a session without its token', session, {}, 'InvalidToken 400'],
    ['a session with another token', { ...session, sessionToken: 'other' }, {}, 'InvalidToken 400'],
    ['another region', {}, { region: 'eu-west-1' }, 'AuthorizationHeaderMalformed 400'],
  ])('%s', async (_name, credentials, more, expected) => {
    expect(await put(connect(credentials, more))).toBe(expected)
  })

  test('a clock that is off by more than 15 minutes is RequestTimeTooSkewed', async () => {
    const client = connect({})
    now = NOW + 16 * 60_000
    expect(await put(client)).toBe('RequestTimeTooSkewed 403')
  })

  test('an expired session is ExpiredToken', async () => {
    now = NOW + 3_600_001
    const client = connect({ ...session, sessionToken: 'token-1' }, { systemClockOffset: now - Date.now() })
    expect(await put(client)).toBe('ExpiredToken 400')
  })

  test('nobody is AccessDenied, with the error document of S3', async () => {
    const response = await fetch(`${server.url}/data/k`)
    expect([response.status, response.headers.get('content-type')]).toEqual([403, 'application/xml'])
    expect(await response.text()).toMatch(
      /<Error><Code>AccessDenied<\/Code><Message>Access Denied<\/Message>.*<RequestId>[0-9A-F]{16}</,
    )
  })
})

describe('policy', () => {
  test('a denied action names principal, action and resource', async () => {
    server.state.deny.push({
      action: 's3:PutObject',
      resourcePrefix: 'data/locked/',
      principal: DEFAULT_PRINCIPAL.arn,
    })
    const client = connect({})
    expect(await put(client)).toBe('accepted')
    await expect(
      client.send(new PutObjectCommand({ Bucket: 'data', Key: 'locked/k', Body: 'x' })),
    ).rejects.toThrow(
      `User: ${DEFAULT_PRINCIPAL.arn} is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::data/locked/k"`,
    )
  })

  test('without s3:ListBucket a missing key is 403, an existing one still 200', async () => {
    const client = connect({})
    await put(client)
    server.state.deny.push({ action: 's3:ListBucket' })
    const head = (Key: string) => refusal(client.send(new HeadObjectCommand({ Bucket: 'data', Key })))
    expect([await head('k'), await head('absent')]).toEqual(['accepted', expect.stringMatching(/ 403$/)])
    expect(await refusal(client.send(new ListObjectsV2Command({ Bucket: 'data' })))).toBe('AccessDenied 403')
    expect(await refusal(client.send(new HeadBucketCommand({ Bucket: 'data' })))).toMatch(/ 403$/)
  })
})

/** A request that is signed by the SDK's signer and then sent as given by `alter`. */
async function sendSigned(
  headers: Record<string, string>,
  body: string,
  alter: { body?: string; headers?: Record<string, string> },
): Promise<string> {
  const url = new URL(`${server.url}/data/k`)
  const sha256 = createHash('sha256').update(body).digest('hex')
  const signed = await signerOf().sign(
    {
      method: 'PUT',
      protocol: 'http:',
      hostname: url.hostname,
      port: Number(url.port),
      path: url.pathname,
      query: {},
      headers: { host: url.host, 'x-amz-content-sha256': sha256, ...headers },
    },
    { signingDate: new Date(NOW) },
  )
  const { host, ...rest } = signed.headers
  const response = await fetch(url, {
    method: 'PUT',
    headers: { ...rest, ...alter.headers },
    body: alter.body ?? body,
  })
  return `${response.status} ${/<Code>(\w+)</.exec(await response.text())?.[1] ?? ''}`
}

describe('bodies are what was stated', () => {
  const md5 = (text: string) => createHash('md5').update(text).digest('base64')
  test.each<
    [string, Record<string, string>, string, { body?: string; headers?: Record<string, string> }, string]
  >([
    ['nothing altered', {}, 'abc', {}, '200 '],
    ['another body of the same size', {}, 'abc', { body: 'abd' }, '400 XAmzContentSHA256Mismatch'],
    ['a right MD5', { 'content-md5': md5('abc') }, 'abc', {}, '200 '],
    ['a wrong MD5', { 'content-md5': md5('abd') }, 'abc', {}, '400 BadDigest'],
    ['an MD5 that is none', { 'content-md5': 'abc' }, 'abc', {}, '400 InvalidDigest'],
    ['a right CRC32', { 'x-amz-checksum-crc32': 'NSRBwg==' }, 'abc', {}, '200 '],
    ['a wrong CRC32', { 'x-amz-checksum-crc32': 'AAAAAA==' }, 'abc', {}, '400 BadDigest'],
    [
      'a CRC32C (check value of the polynomial)',
      { 'x-amz-checksum-crc32c': '4waSgw==' },
      '123456789',
      {},
      '200 ',
    ],
    ['a checksum of the wrong length', { 'x-amz-checksum-sha256': 'AAAA' }, 'abc', {}, '400 InvalidRequest'],
    [
      'an altered signed header',
      { 'x-amz-meta-a': '1' },
      'abc',
      { headers: { 'x-amz-meta-a': '2' } },
      '403 SignatureDoesNotMatch',
    ],
    ['an added x-amz header', {}, 'abc', { headers: { 'x-amz-meta-a': '2' } }, '403 AccessDenied'],
  ])('%s', async (_name, headers, body, alter, expected) => {
    expect(await sendSigned(headers, body, alter)).toBe(expected)
  })
})

describe('presigned URLs', () => {
  const presign = async (method: string, expiresIn: number): Promise<string> => {
    const url = new URL(`${server.url}/data/k`)
    const request = {
      method,
      protocol: 'http:',
      hostname: url.hostname,
      port: Number(url.port),
      path: url.pathname,
      query: {},
      headers: { host: url.host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
    }
    const signed = await signerOf().presign(request, { expiresIn, signingDate: new Date(NOW) })
    url.search = new URLSearchParams(
      Object.entries(signed.query ?? {}).map(([name, value]): [string, string] => [name, String(value)]),
    ).toString()
    return url.href
  }

  test('serve the method they were made for until they expire', async () => {
    expect((await fetch(await presign('PUT', 60), { method: 'PUT', body: 'signed' })).status).toBe(200)
    const url = await presign('GET', 60)
    expect(await (await fetch(url)).text()).toBe('signed')
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(403)
    now = NOW + 60_001
    const late = await fetch(url)
    expect([late.status, await late.text()]).toEqual([
      403,
      expect.stringContaining('<Message>Request has expired</Message>'),
    ])
  })

  test('an altered key or lifetime is SignatureDoesNotMatch', async () => {
    const url = await presign('GET', 60)
    for (const altered of [url.replace('/data/k', '/data/other'), url.replace('Expires=60', 'Expires=600')]) {
      expect(await (await fetch(altered)).text()).toContain('<Code>SignatureDoesNotMatch</Code>')
    }
  })
})

test('the client reads the whole object through its own checksum verification', async () => {
  const client = connect({})
  await put(client)
  const got = await client.send(new GetObjectCommand({ Bucket: 'data', Key: 'k' }))
  expect(await got.Body?.transformToString()).toBe('x')
})
