import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3'
import { describe, expect, test } from '@jest/globals'
import { SignatureV4 } from '@smithy/signature-v4'
import { PutObjectCommand, UploadPartCommand } from '../src/s3.ts'
import { routeOf } from '../src/shortcut/route.ts'
import { addShortcut } from '../src/shortcut/shortcut.wire.ts'
import { Sha256 } from './sha256.ts'

const region = 'eu-west-1'
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret/1', sessionToken: 'a+b/c==' }

type Sent = Parameters<
  NonNullable<Extract<S3ClientConfig['requestHandler'], { handle: unknown }>>['handle']
>[0]

/** A client whose line ends here: it keeps what was sent, and says yes to everything. */
function recording(config: S3ClientConfig): { readonly s3: S3Client; readonly sent: Sent[] } {
  const sent: Sent[] = []
  const handle = async (request: Sent) => {
    sent.push(request)
    return { response: { statusCode: 200, headers: { etag: '"e"' }, body: Readable.from([]) } }
  }
  const s3 = new S3Client({ region, credentials, ...config, requestHandler: { handle } })
  addShortcut(s3, { retry: undefined, headers: {} })
  return { s3, sent }
}

const bySdk = (request: Sent | undefined) => request?.headers['user-agent'] !== 'mlops-actions'

/** What the SDK's own signer makes of a request that somebody else has signed. */
async function signedBySdk({ method, protocol, hostname, path, query, headers }: Sent): Promise<unknown> {
  const signer = new SignatureV4({
    service: 's3',
    region,
    credentials,
    sha256: Sha256,
    uriEscapePath: false,
    applyChecksum: true,
  })
  const { authorization: _, 'user-agent': agent, 'x-amz-date': stamp = '', ...rest } = headers
  const [, year, month, day, hour, minute, second] = /^(....)(..)(..)T(..)(..)(..)Z$/.exec(stamp) ?? []
  const signingDate = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  const request = { method, protocol, hostname, path, query, headers: rest }
  return (await signer.sign(request, { signingDate })).headers['authorization']
}

describe('a large body', () => {
  const body = randomBytes(700_001)
  const put = (s3: S3Client, Key: string) =>
    s3.send(new PutObjectCommand({ Bucket: 'data', Key, Body: body, ContentMD5: 'x' }))

  test('is given to TLS in pieces, which are all of it', async () => {
    const { s3, sent } = recording({})
    await put(s3, '1')
    await put(s3, '2')
    const pieces: Buffer[] = []
    for await (const piece of sent[1]?.body ?? []) pieces.push(piece)
    expect(Math.max(...pieces.map(({ length }) => length))).toBe(256 * 1024)
    expect(Buffer.concat(pieces).equals(body)).toBe(true)
    expect(sent[1]?.headers['content-length']).toBe(String(body.length))
    expect(bySdk(sent[1])).toBe(false)
  })

  test('goes to the system as it is where there is no TLS', async () => {
    const { s3, sent } = recording({ endpoint: 'http://ceph.example:7480' })
    await put(s3, '1')
    await put(s3, '2')
    expect(sent[1]?.body).toBe(body)
  })
})

const arn = 'arn:aws:s3:eu-west-1:123456789012:accesspoint/models'

describe('the short cut reaches an object where the SDK reaches it, with the signature of the SDK', () => {
  test.each<[bucket: string, config: S3ClientConfig]>([
    ['data', {}],
    ['data', { forcePathStyle: true }],
    ['data.with.dots', {}],
    ['My_Data', {}],
    ['data', { useFipsEndpoint: true }],
    ['data', { useDualstackEndpoint: true }],
    [arn, {}],
    ['models-abc-s3alias', {}],
    ['data', { endpoint: 'http://ceph.example:7480', forcePathStyle: true }],
    ['data', { endpoint: 'http://ceph.example:7480' }],
    ['data', { endpoint: 'https://gateway.example/s3', forcePathStyle: true }],
  ])('%s with %j', async (Bucket, config) => {
    const { s3, sent } = recording(config)
    for (const Key of ['plain', "a b+c/~._-'()!*", 'ü/😀/e\u0301', 'x//y/', '%2F&=?#', 'plain']) {
      const Body = Buffer.from('x')
      const grants = { GrantRead: 'id="a",  id="b"' }
      const input = { Bucket, Key, Body, ...grants }
      sent.length = 0
      // A command with a member that the short cut does not know is sent by the SDK.
      await s3.send(new PutObjectCommand({ ...input, Tagging: 'a=b' }))
      await s3.send(new PutObjectCommand(input))
      await s3.send(new UploadPartCommand({ Bucket, Key, Body, UploadId: 'a b/=+', PartNumber: 12 }))
      const [full, ...short] = sent
      expect([full, ...short].map(bySdk)).toEqual([true, false, false])
      for (const request of short) {
        const { protocol, hostname, port, path } = request
        expect({ protocol, hostname, port, path }).toEqual({
          protocol: full?.protocol,
          hostname: full?.hostname,
          port: full?.port,
          path: full?.path,
        })
        expect(request.headers['host']).toBe(full?.headers['host'])
        expect(request.headers['authorization']).toBe(await signedBySdk(request))
      }
    }
  })
})

describe('there is no short cut', () => {
  const sent = (authorization: string | undefined, path = '/data/k') => ({
    protocol: 'https:',
    hostname: 'x.example',
    path,
    headers: authorization === undefined ? {} : { authorization },
  })
  const v4 = (scope: string) =>
    `AWS4-HMAC-SHA256 Credential=AKID/20260115/${scope}, SignedHeaders=host, Signature=s`

  test.each([
    ['to S3 Express', sent(v4('us-west-2/s3express/aws4_request'))],
    ['to Outposts', sent(v4('us-west-2/s3-outposts/aws4_request'))],
    ['to Object Lambda', sent(v4('us-west-2/s3-object-lambda/aws4_request'))],
    [
      'to an access point of many regions',
      sent('AWS4-ECDSA-P256-SHA256 Credential=AKID/20260115/s3/aws4_request'),
    ],
    ['where somebody signs with something else', sent('Bearer token')],
    ['where the path does not end with the key', sent(v4('us-west-2/s3/aws4_request'), '/data/other')],
  ])('%s', (_what, request) => {
    expect(routeOf(request, 'k')).toBeUndefined()
  })

  test('but there is one to a bucket that needs no signature', () => {
    expect(routeOf(sent(undefined), 'k')).toMatchObject({ path: '/data/', sign: undefined })
  })
})

test('a bucket in which the SDK alone succeeds is left to the SDK', async () => {
  const sent: Sent[] = []
  const handle = async (request: Sent) => {
    sent.push(request)
    const statusCode = bySdk(request) ? 200 : 403
    return { response: { statusCode, headers: { etag: '"e"' }, body: Readable.from([]) } }
  }
  const s3 = new S3Client({ region, credentials, requestHandler: { handle } })
  addShortcut(s3, { retry: undefined, headers: {} })
  for (let at = 0; at < 40; at++)
    await s3.send(new PutObjectCommand({ Bucket: 'data', Key: `${at}`, Body: Buffer.from('x') }))
  expect(sent.filter(bySdk)).toHaveLength(40)
  expect(sent.filter((request) => !bySdk(request))).toHaveLength(16)
})
