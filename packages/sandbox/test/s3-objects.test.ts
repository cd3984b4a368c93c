import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { DEFAULT_PRINCIPAL, type S3Server, startS3 } from '../src/s3/index.ts'
import { listKeys } from '../src/s3/keys.ts'

let server: S3Server
let client: S3Client

function connect(url: string, options: Partial<ConstructorParameters<typeof S3Client>[0]> = {}): S3Client {
  const { accessKeyId, secretAccessKey } = DEFAULT_PRINCIPAL
  return new S3Client({
    endpoint: url,
    region: 'us-east-1',
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey },
    ...options,
  })
}

/** `code status` of the refusal, or what came instead. */
async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    return `answered ${JSON.stringify(await call)}`
  } catch (error) {
    if (error instanceof S3ServiceException) return `${error.name} ${error.$metadata.httpStatusCode}`
    throw error
  }
}

const put = (Key: string, Body: string | Buffer = 'x', more: object = {}) =>
  client.send(new PutObjectCommand({ Bucket: 'data', Key, Body, ...more }))

beforeEach(async () => {
  server = await startS3({ buckets: ['data', 'other'] })
  client = connect(server.url)
})

afterEach(async () => {
  client.destroy()
  await server.close()
})

describe('objects', () => {
  test('an object comes back with its bytes, type, metadata, ETag and checksum', async () => {
    const body = Buffer.from('hello wörld')
    await put('a b/ü+c.txt', body, { ContentType: 'text/plain', Metadata: { run: '42' } })
    const got = await client.send(
      new GetObjectCommand({ Bucket: 'data', Key: 'a b/ü+c.txt', ChecksumMode: 'ENABLED' }),
    )
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? [])).toEqual(body)
    expect(got).toMatchObject({
      ContentType: 'text/plain',
      Metadata: { run: '42' },
      ETag: `"${createHash('md5').update(body).digest('hex')}"`,
      ChecksumType: 'FULL_OBJECT',
    })
    expect(got.ChecksumCRC32).toBeDefined()
  })

  test.each(['CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const)(
    '%s of the real client is verified and returned',
    async (ChecksumAlgorithm) => {
      const answer = await put('k', 'body', { ChecksumAlgorithm })
      expect(answer).toHaveProperty(`Checksum${ChecksumAlgorithm}`)
    },
  )

  test('a streamed body arrives without the aws-chunked framing', async () => {
    const stream = Readable.from([Buffer.from('abc')])
    await client.send(new PutObjectCommand({ Bucket: 'data', Key: 's', Body: stream, ContentLength: 3 }))
    expect(server.requests[0]?.headers['x-amz-content-sha256']).toBe('STREAMING-UNSIGNED-PAYLOAD-TRAILER')
    const object = server.state.buckets.get('data')?.objects.get('s')
    expect([object?.body.toString(), object?.headers['content-encoding']]).toEqual(['abc', undefined])
  })

  test.each([
    ['bytes=0-1', 206, 'ab', 'bytes 0-1/6'],
    ['bytes=4-', 206, 'ef', 'bytes 4-5/6'],
    ['bytes=-2', 206, 'ef', 'bytes 4-5/6'],
    ['bytes=4-99', 206, 'ef', 'bytes 4-5/6'],
    ['bytes=0-0,2-3', 200, 'abcdef', undefined],
  ])('Range %s answers %i %s', async (Range, status, text, contentRange) => {
    await put('r', 'abcdef')
    const got = await client.send(new GetObjectCommand({ Bucket: 'data', Key: 'r', Range }))
    expect([got.$metadata.httpStatusCode, await got.Body?.transformToString(), got.ContentRange]).toEqual([
      status,
      text,
      contentRange,
    ])
  })

  test('a range behind the end is 416, a missing key 404, a missing bucket 404', async () => {
    await put('r', 'abcdef')
    const get = (Bucket: string, Key: string, Range?: string) =>
      refusal(client.send(new GetObjectCommand({ Bucket, Key, ...(Range && { Range }) })))
    expect([await get('data', 'r', 'bytes=6-'), await get('data', 'nope'), await get('nope', 'r')]).toEqual([
      'InvalidRange 416',
      'NoSuchKey 404',
      'NoSuchBucket 404',
    ])
  })

  test('conditional reads answer 304 and 412', async () => {
    const { ETag } = await put('c', 'v1')
    const head = (more: object) =>
      refusal(client.send(new HeadObjectCommand({ Bucket: 'data', Key: 'c', ...more })))
    expect(await head({ IfNoneMatch: ETag })).toMatch(/ 304$/)
    expect(await head({ IfMatch: '"0"' })).toMatch(/ 412$/)
  })

  test('If-None-Match: * creates once, If-Match replaces only the version it names', async () => {
    const { ETag } = await put('k', 'v1', { IfNoneMatch: '*' })
    expect(await refusal(put('k', 'v2', { IfNoneMatch: '*' }))).toBe('PreconditionFailed 412')
    expect(await refusal(put('k', 'v2', { IfMatch: '"0123"' }))).toBe('PreconditionFailed 412')
    expect(await refusal(put('absent', 'v2', { IfMatch: ETag }))).toBe('NoSuchKey 404')
    await put('k', 'v2', { IfMatch: ETag })
    expect(server.state.buckets.get('data')?.objects.get('k')?.body.toString()).toBe('v2')
  })

  test('metadata of more than 2 KB and a key of more than 1024 bytes are refused', async () => {
    expect(await refusal(put('k', 'x', { Metadata: { a: 'b'.repeat(2048) } }))).toBe('MetadataTooLarge 400')
    expect(await refusal(put('k'.repeat(1025)))).toBe('KeyTooLongError 400')
  })

  test('a CRC64NVME is checked (check value of the polynomial)', async () => {
    expect(await refusal(put('k', '123456789', { ChecksumCRC64NVME: 'rosUhgp5mIg=' }))).toMatch(/^answered/)
    expect(await refusal(put('k', '123456780', { ChecksumCRC64NVME: 'rosUhgp5mIg=' }))).toBe('BadDigest 400')
  })

  test('a conditional delete is refused by name', async () => {
    await put('k')
    const wish = new DeleteObjectCommand({ Bucket: 'data', Key: 'k', IfMatch: '*' })
    expect(await refusal(client.send(wish))).toBe('NotImplemented 501')
    const Delete = { Objects: [{ Key: 'k', ETag: 'e' }] }
    expect(await refusal(client.send(new DeleteObjectsCommand({ Bucket: 'data', Delete })))).toBe(
      'NotImplemented 501',
    )
  })

  test('delete answers 204 twice; DeleteObjects reports each key', async () => {
    await put('a')
    await put('keep/b')
    server.state.deny.push({ action: 's3:DeleteObject', resourcePrefix: 'data/keep/' })
    await client.send(new DeleteObjectCommand({ Bucket: 'data', Key: 'a' }))
    await client.send(new DeleteObjectCommand({ Bucket: 'data', Key: 'a' }))
    const objects = [{ Key: 'a' }, { Key: 'keep/b' }]
    const answer = await client.send(
      new DeleteObjectsCommand({ Bucket: 'data', Delete: { Objects: objects } }),
    )
    expect(answer.Deleted).toEqual([{ Key: 'a' }])
    expect(answer.Errors).toMatchObject([{ Key: 'keep/b', Code: 'AccessDenied' }])
  })
})

describe('copy', () => {
  test('copies across buckets with metadata, or replaces the metadata', async () => {
    await put('dir/ä b', 'x', { Metadata: { a: '1' } })
    const CopySource = `data/${encodeURIComponent('dir/ä b')}`
    const copied = await client.send(new CopyObjectCommand({ Bucket: 'other', Key: 'k1', CopySource }))
    expect(copied.CopyObjectResult?.ETag).toBe(`"${createHash('md5').update('x').digest('hex')}"`)
    await client.send(
      new CopyObjectCommand({
        Bucket: 'other',
        Key: 'k2',
        CopySource,
        MetadataDirective: 'REPLACE',
        Metadata: { b: '2' },
      }),
    )
    const objects = server.state.buckets.get('other')?.objects
    expect([objects?.get('k1')?.metadata, objects?.get('k2')?.metadata]).toEqual([{ a: '1' }, { b: '2' }])
  })

  test('looks at the source by ETag and by age', async () => {
    await put('a', 'abc')
    const copy = (more: object) =>
      refusal(
        client.send(new CopyObjectCommand({ Bucket: 'other', Key: 'b', CopySource: 'data/a', ...more })),
      )
    const [past, future] = [new Date(Date.now() - 60_000), new Date(Date.now() + 60_000)]
    expect([
      await copy({ CopySourceIfMatch: '"other"' }),
      await copy({ CopySourceIfNoneMatch: '"900150983cd24fb0d6963f7d28e17f72"' }),
      await copy({ CopySourceIfModifiedSince: future }),
      await copy({ CopySourceIfUnmodifiedSince: past }),
    ]).toEqual(Array(4).fill('PreconditionFailed 412'))
    expect(await copy({ CopySourceIfMatch: '"900150983cd24fb0d6963f7d28e17f72"' })).toMatch(/^answered/)
    expect(await copy({ MetadataDirective: 'MERGE' })).toBe('InvalidArgument 400')
  })

  test('refuses a source that is larger than a copy may be', async () => {
    server.state.maxPutSize = 2
    server.state.buckets.get('data')?.objects.set('a', {
      key: 'a',
      body: Buffer.from('abc'),
      etag: 'e',
      lastModified: 0,
      checksum: undefined,
      headers: {},
      metadata: {},
    })
    await expect(
      client.send(new CopyObjectCommand({ Bucket: 'other', Key: 'b', CopySource: 'data/a' })),
    ).rejects.toThrow('larger than the maximum allowable size for a copy source: 2')
  })

  test('refuses a copy onto itself, a missing source and a source one may not read', async () => {
    await put('k')
    await put('private/k')
    server.state.deny.push({ action: 's3:GetObject', resourcePrefix: 'data/private/' })
    const copy = (CopySource: string, Key = 'copy') =>
      refusal(client.send(new CopyObjectCommand({ Bucket: 'data', Key, CopySource })))
    expect([
      await copy('/data/k', 'k'),
      await copy('data/none'),
      await copy('data/private/k'),
      await copy('data'),
    ]).toEqual(['InvalidRequest 400', 'NoSuchKey 404', 'AccessDenied 403', 'InvalidArgument 400'])
  })
})

describe('listing', () => {
  const names = ['a', 'a/1', 'a/2/x', 'a/2/y', 'b', 'ü&<', 'z\u0001']
  beforeEach(async () => {
    for (const name of names) await put(name)
  })
  const keys = async (more: object) => {
    const page = await client.send(new ListObjectsV2Command({ Bucket: 'data', ...more }))
    return [
      page.Contents?.map((object) => object.Key) ?? [],
      page.CommonPrefixes?.map((entry) => entry.Prefix) ?? [],
    ]
  }

  test('keys come in byte order; prefix, delimiter and start-after select', async () => {
    expect(await keys({ EncodingType: 'url' })).toEqual([
      ['a', 'a/1', 'a/2/x', 'a/2/y', 'b', 'z%01', '%C3%BC%26%3C'],
      [],
    ])
    expect(await keys({ Prefix: 'a/' })).toEqual([['a/1', 'a/2/x', 'a/2/y'], []])
    expect(await keys({ Prefix: 'a/', Delimiter: '/' })).toEqual([['a/1'], ['a/2/']])
    expect(await keys({ StartAfter: 'a/1', Prefix: 'a' })).toEqual([['a/2/x', 'a/2/y'], []])
    expect(await keys({ Prefix: 'ü' })).toEqual([['ü&<'], []])
    expect(await keys({ Prefix: 'none' })).toEqual([[], []])
  })

  test('pages of one key reach every key and common prefix exactly once', async () => {
    const seen: string[] = []
    for await (const page of paginateListObjectsV2(
      { client, pageSize: 1 },
      { Bucket: 'data', Prefix: 'a', Delimiter: '/' },
    )) {
      expect(page.KeyCount).toBe(1)
      seen.push(
        ...(page.Contents ?? []).map((object) => object.Key ?? ''),
        ...(page.CommonPrefixes ?? []).map((entry) => entry.Prefix ?? ''),
      )
    }
    expect(seen).toEqual(['a', 'a/'])
  })

  test('the older ListObjects that boto3 uses pages by marker', async () => {
    const first = await client.send(new ListObjectsCommand({ Bucket: 'data', Prefix: 'a', MaxKeys: 2 }))
    const last = first.Contents?.at(-1)?.Key
    const second = await client.send(new ListObjectsCommand({ Bucket: 'data', Prefix: 'a', Marker: last }))
    expect([first.IsTruncated, last, second.Contents?.map((object) => object.Key)]).toEqual([
      true,
      'a/1',
      ['a/2/x', 'a/2/y'],
    ])
  })

  test('max-keys 0 is an empty, finished page', async () => {
    const page = await client.send(new ListObjectsV2Command({ Bucket: 'data', MaxKeys: 0 }))
    expect([page.KeyCount, page.IsTruncated]).toEqual([0, false])
  })

  test('a common prefix that ended a page is not repeated on the next', () => {
    const wish = { prefix: '', delimiter: '/', maxKeys: 1 }
    const sorted = ['a/1', 'a/2', 'b']
    expect(listKeys(sorted, { ...wish, after: '' })).toEqual({ keys: [], prefixes: ['a/'], last: 'a/' })
    expect(listKeys(sorted, { ...wish, after: 'a/' })).toEqual({ keys: ['b'], prefixes: [], last: undefined })
  })

  test('buckets are listed', async () => {
    const { Buckets } = await client.send(new ListBucketsCommand({}))
    expect(Buckets?.map((bucket) => bucket.Name)).toEqual(['data', 'other'])
  })
})
