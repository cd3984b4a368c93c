import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import { afterEach, describe, expect, test } from '@jest/globals'
import { type S3Quirks, type S3Server, startS3 } from '../src/s3/index.ts'
import { connect, refusal, sendRaw } from './s3-client.ts'

const open: { server: S3Server; client: S3Client }[] = []
afterEach(async () => {
  for (const { server, client } of open.splice(0)) {
    client.destroy()
    await server.close()
  }
})

async function start(quirks: Partial<S3Quirks>): Promise<{ server: S3Server; client: S3Client }> {
  const server = await startS3({ buckets: ['data'], quirks, minPartSize: 1 })
  const client = connect(server)
  open.push({ server, client })
  return { server, client }
}

const at = { Bucket: 'data', Key: 'k' }
const MD5_ABC = '"900150983cd24fb0d6963f7d28e17f72"'
const put = (client: S3Client, more: object = {}) =>
  client.send(new PutObjectCommand({ ...at, Body: 'abc', ...more }))

/** A store that calls itself S3-compatible, and what its client meets. */
describe('a store', () => {
  test.each<[S3Quirks['conditionalWrites'], string]>([
    ['enforced', 'PreconditionFailed 412'],
    ['ignored', 'accepted'],
    ['refused', 'NotImplemented 501'],
  ])('by which conditional writes are %s', async (conditionalWrites, expected) => {
    const { client } = await start({ conditionalWrites })
    await put(client)
    expect(await refusal(put(client, { IfNoneMatch: '*' }))).toBe(expected)
  })

  test.each<[S3Quirks['checksums'], string, string]>([
    ['verified', 'BadDigest 400', 'accepted'],
    ['ignored', 'accepted', 'accepted'],
    ['refused', 'NotImplemented 501', 'NotImplemented 501'],
  ])('by which checksums are %s', async (checksums, wrong, right) => {
    const { client } = await start({ checksums })
    expect(await refusal(put(client, { ChecksumCRC32: 'AAAAAA==' }))).toBe(wrong)
    expect(await refusal(put(client, { ChecksumCRC32: 'NSRBwg==' }))).toBe(right)
  })

  test('that ignores checksums gives none back', async () => {
    const { client } = await start({ checksums: 'ignored' })
    await put(client)
    const head = await client.send(new HeadObjectCommand({ ...at, ChecksumMode: 'ENABLED' }))
    expect(head.ChecksumCRC32).toBeUndefined()
  })

  test('that ignores Content-MD5 stores whatever comes', async () => {
    const { server } = await start({ contentMd5: 'ignored' })
    const headers = { 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' }
    expect((await sendRaw(server, { method: 'PUT', path: '/data/k', body: 'abc', headers })).status).toBe(200)
  })

  test.each<[S3Quirks['etags'], unknown]>([
    ['md5', MD5_ABC],
    ['opaque', expect.not.stringMatching(MD5_ABC)],
    ['dashed', '"900150983cd24fb0d6963f7d28e17f72-1"'],
    ['none', undefined],
  ])('whose ETags are %s', async (etags, expected) => {
    const { client } = await start({ etags })
    expect((await put(client)).ETag).toEqual(expected)
    const head = await client.send(new HeadObjectCommand(at))
    const list = await client.send(new ListObjectsV2Command({ Bucket: 'data' }))
    expect([head.ETag, list.Contents?.[0]?.ETag]).toEqual([expected, expected])
  })

  test.each<S3Quirks['etags']>(['opaque', 'none'])(
    'whose ETags are %s takes uploads in parts',
    async (etags) => {
      const { client } = await start({ etags })
      const { UploadId } = await client.send(new CreateMultipartUploadCommand(at))
      const { ETag } = await client.send(
        new UploadPartCommand({ ...at, UploadId, PartNumber: 1, Body: 'abc' }),
      )
      const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] }
      await client.send(new CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload }))
      expect((await client.send(new HeadObjectCommand(at))).ContentLength).toBe(3)
    },
  )

  test('that does not know aws-chunked keeps the framing in the object', async () => {
    const { server } = await start({ chunkedBodies: 'kept' })
    const body = '3\r\nabc\r\n0\r\nx-amz-checksum-crc32:NSRBwg==\r\n\r\n'
    const wanted = {
      method: 'PUT',
      path: '/data/k',
      body,
      sha256: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      headers: {
        'content-encoding': 'aws-chunked',
        'x-amz-decoded-content-length': '3',
        'x-amz-trailer': 'x-amz-checksum-crc32',
        'content-length': String(body.length),
      },
    }
    expect((await sendRaw(server, wanted)).status).toBe(200)
    expect(server.state.buckets.get('data')?.objects.get('k')?.body.toString()).toBe(body)
    server.state.quirks.chunkedBodies = 'refused'
    expect(await sendRaw(server, wanted)).toMatchObject({ status: 501, code: 'NotImplemented' })
  })

  test('without the extras of ListObjectsV2 passes start-after over', async () => {
    const { server, client } = await start({ listObjectsV2: 'no-extras' })
    await put(client)
    const wish = new ListObjectsV2Command({ Bucket: 'data', StartAfter: 'z', FetchOwner: true })
    expect((await client.send(wish)).Contents).toEqual([
      expect.not.objectContaining({ Owner: expect.anything() }),
    ])
    server.state.quirks.listObjectsV2 = 'full'
    expect((await client.send(wish)).Contents).toBeUndefined()
  })

  test('that knows only the old listing answers without count and token', async () => {
    const { client } = await start({ listObjectsV2: 'v1-only' })
    for (const Key of ['a', 'b']) await put(client, { Key })
    const page = await client.send(new ListObjectsV2Command({ Bucket: 'data', MaxKeys: 1 }))
    expect([page.KeyCount, page.IsTruncated, page.NextContinuationToken]).toEqual([
      undefined,
      true,
      undefined,
    ])
  })

  test('that ignores encoding-type says so by leaving it out', async () => {
    const { client } = await start({ listEncoding: 'ignored' })
    await put(client, { Key: 'a b' })
    const page = await client.send(new ListObjectsV2Command({ Bucket: 'data', EncodingType: 'url' }))
    expect([page.EncodingType, page.Contents?.[0]?.Key]).toEqual([undefined, 'a b'])
  })

  test('without batches of deletes, without copies of parts, without a region', async () => {
    const { client } = await start({ batchDelete: 'refused', partCopy: 'refused', bucketRegion: 'untold' })
    await put(client)
    const Delete = { Objects: [{ Key: 'k' }] }
    expect(await refusal(client.send(new DeleteObjectsCommand({ Bucket: 'data', Delete })))).toBe(
      'NotImplemented 501',
    )
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(at))
    const copy = new UploadPartCopyCommand({ ...at, UploadId, PartNumber: 1, CopySource: 'data/k' })
    expect(await refusal(client.send(copy))).toBe('NotImplemented 501')
    expect((await client.send(new HeadBucketCommand({ Bucket: 'data' }))).BucketRegion).toBeUndefined()
  })
})
