import { createHash } from 'node:crypto'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { DEFAULT_PRINCIPAL, type S3Server, startS3 } from '../src/s3/index.ts'
import { sendRaw } from './s3-client.ts'

const where = { Bucket: 'data', Key: 'big' }
let server: S3Server
let client: S3Client

beforeEach(async () => {
  server = await startS3({ buckets: ['data'], minPartSize: 4 })
  const { accessKeyId, secretAccessKey } = DEFAULT_PRINCIPAL
  client = new S3Client({
    endpoint: server.url,
    region: 'us-east-1',
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey },
  })
})

afterEach(async () => {
  client.destroy()
  await server.close()
})

async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call
    return 'accepted'
  } catch (error) {
    if (error instanceof S3ServiceException) return `${error.name} ${error.$metadata.httpStatusCode}`
    throw error
  }
}

interface Part {
  PartNumber: number
  ETag: string
  ChecksumCRC32?: string
}

async function begin(more: object = {}): Promise<string> {
  const created = await client.send(new CreateMultipartUploadCommand({ ...where, ...more }))
  return created.UploadId ?? ''
}

async function upload(UploadId: string, PartNumber: number, Body: string): Promise<Part> {
  const { ETag = '', ChecksumCRC32 } = await client.send(
    new UploadPartCommand({ ...where, UploadId, PartNumber, Body }),
  )
  return { PartNumber, ETag, ...(ChecksumCRC32 && { ChecksumCRC32 }) }
}

const complete = (UploadId: string, Parts: Part[], more: object = {}) =>
  client.send(new CompleteMultipartUploadCommand({ ...where, UploadId, MultipartUpload: { Parts }, ...more }))
const md5 = (text: string | Buffer) => createHash('md5').update(text).digest()

describe('multipart upload', () => {
  test('joins its parts in order, whatever order they came in, under the ETag of AWS', async () => {
    const id = await begin({ ChecksumAlgorithm: 'CRC32', ContentType: 'application/x', Metadata: { m: '1' } })
    const second = await upload(id, 2, 'bb')
    const first = await upload(id, 1, 'aaaa')
    const done = await complete(id, [first, second])
    const etag = `"${md5(Buffer.concat([md5('aaaa'), md5('bb')])).toString('hex')}-2"`
    expect([done.ETag, done.ChecksumType]).toEqual([etag, 'COMPOSITE'])
    const got = await client.send(new GetObjectCommand(where))
    expect([await got.Body?.transformToString(), got.ContentType, got.Metadata]).toEqual([
      'aaaabb',
      'application/x',
      { m: '1' },
    ])
  })

  test('a part that is sent again replaces the first one', async () => {
    const id = await begin()
    await upload(id, 1, 'old')
    const part = await upload(id, 1, 'new')
    await complete(id, [part])
    expect(server.state.buckets.get('data')?.objects.get('big')?.body.toString()).toBe('new')
  })

  test('FULL_OBJECT keeps the CRC32 of the whole', async () => {
    const id = await begin({ ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' })
    const parts = [await upload(id, 1, '12345'), await upload(id, 2, '6789')]
    const done = await complete(id, parts)
    expect([done.ChecksumCRC32, done.ChecksumType]).toEqual(['y/Q5Jg==', 'FULL_OBJECT'])
  })

  test('a composite upload wants the checksum of each part again', async () => {
    const id = await begin({ ChecksumAlgorithm: 'CRC32' })
    const { PartNumber, ETag } = await upload(id, 1, 'aaaa')
    expect(await refusal(complete(id, [{ PartNumber, ETag }]))).toBe('InvalidRequest 400')
  })

  test.each<[string, (parts: [Part, Part]) => Part[], string]>([
    ['a part that was never sent', ([first]) => [first, { ...first, PartNumber: 7 }], 'InvalidPart 400'],
    ['an ETag of another part', ([first, second]) => [{ ...first, ETag: second.ETag }], 'InvalidPart 400'],
    ['a wrong order', ([first, second]) => [second, first], 'InvalidPartOrder 400'],
    ['no part', () => [], 'MalformedXML 400'],
  ])('refuses %s', async (_name, choose, expected) => {
    const id = await begin()
    const parts: [Part, Part] = [await upload(id, 1, 'aaaa'), await upload(id, 2, 'bbbb')]
    expect(await refusal(complete(id, choose(parts)))).toBe(expected)
    expect(server.state.buckets.get('data')?.objects.size).toBe(0)
  })

  test('a small part is allowed only at the end', async () => {
    const id = await begin()
    const parts = [await upload(id, 1, 'aaa'), await upload(id, 2, 'b')]
    expect(await refusal(complete(id, parts))).toBe('EntityTooSmall 400')
  })

  test('after completing or aborting there is no such upload', async () => {
    const aborted = await begin()
    await client.send(new AbortMultipartUploadCommand({ ...where, UploadId: aborted }))
    expect(await refusal(upload(aborted, 1, 'x'))).toBe('NoSuchUpload 404')
    const completed = await begin()
    const part = await upload(completed, 1, 'x')
    await complete(completed, [part])
    expect(await refusal(complete(completed, [part]))).toBe('NoSuchUpload 404')
    expect(server.state.uploads.size).toBe(0)
  })

  test('parts and unfinished uploads can be listed', async () => {
    const id = await begin()
    await upload(id, 3, 'ccc')
    await upload(id, 1, 'a')
    const first = await client.send(new ListPartsCommand({ ...where, UploadId: id, MaxParts: 1 }))
    expect([first.IsTruncated, first.NextPartNumberMarker, first.Parts?.map((part) => part.Size)]).toEqual([
      true,
      '1',
      [1],
    ])
    const rest = await client.send(new ListPartsCommand({ ...where, UploadId: id, PartNumberMarker: '1' }))
    expect(rest.Parts?.map((part) => part.PartNumber)).toEqual([3])
    const uploads = await client.send(new ListMultipartUploadsCommand({ Bucket: 'data' }))
    expect(uploads.Uploads?.map((entry) => entry.UploadId)).toEqual([id])
  })

  test('a part may be copied from a range of another object', async () => {
    await client.send(new PutObjectCommand({ Bucket: 'data', Key: 'source', Body: '0123456789' }))
    const id = await begin()
    const copied = await client.send(
      new UploadPartCopyCommand({
        ...where,
        UploadId: id,
        PartNumber: 1,
        CopySource: 'data/source',
        CopySourceRange: 'bytes=2-5',
      }),
    )
    const { ETag = '', ChecksumCRC32 } = copied.CopyPartResult ?? {}
    await complete(id, [{ PartNumber: 1, ETag, ...(ChecksumCRC32 && { ChecksumCRC32 }) }])
    expect(server.state.buckets.get('data')?.objects.get('big')?.body.toString()).toBe('2345')
  })
})

describe('parts of an upload', () => {
  async function upload(parts: readonly string[], more: object = {}): Promise<string> {
    const UploadId = await begin(more)
    const Parts = []
    for (const [index, Body] of parts.entries()) {
      const wanted = { ...where, UploadId, PartNumber: index + 1, Body, ...more }
      Parts.push({ PartNumber: index + 1, ...(await client.send(new UploadPartCommand(wanted))) })
    }
    const MultipartUpload = { Parts }
    const done = new CompleteMultipartUploadCommand({ ...where, UploadId, MultipartUpload })
    return (await client.send(done)).ETag ?? ''
  }

  test('can be read one by one, with their number', async () => {
    await upload(['aaaa', 'bbbbb', 'c'])
    const part = async (PartNumber: number) => {
      const got = await client.send(new GetObjectCommand({ ...where, PartNumber }))
      return [await got.Body?.transformToString(), got.ContentRange, got.PartsCount]
    }
    expect([await part(1), await part(2), await part(3)]).toEqual([
      ['aaaa', 'bytes 0-3/10', 3],
      ['bbbbb', 'bytes 4-8/10', 3],
      ['c', 'bytes 9-9/10', 3],
    ])
    const get = (more: object) => refusal(client.send(new GetObjectCommand({ ...where, ...more })))
    expect([
      await get({ PartNumber: 4 }),
      await get({ PartNumber: 0 }),
      await get({ PartNumber: 1, Range: 'bytes=0-1' }),
    ]).toEqual(['InvalidPartNumber 416', 'InvalidArgument 400', 'InvalidRequest 400'])
  })

  test('an object of one piece is its own first part', async () => {
    await client.send(new PutObjectCommand({ ...where, Body: 'abc' }))
    const head = await client.send(new HeadObjectCommand({ ...where, PartNumber: 1 }))
    expect([head.$metadata.httpStatusCode, head.ContentLength, head.PartsCount]).toEqual([206, 3, undefined])
  })

  test('are told with their checksums by the attributes of an object', async () => {
    const ETag = await upload(['aaaa', 'b'], { ChecksumAlgorithm: 'SHA256' })
    const ObjectAttributes = ['ETag', 'Checksum', 'ObjectParts', 'ObjectSize', 'StorageClass'] as const
    const told = await client.send(
      new GetObjectAttributesCommand({ ...where, ObjectAttributes: [...ObjectAttributes] }),
    )
    const sha256 = (text: string) => createHash('sha256').update(text).digest('base64')
    expect(told).toMatchObject({
      ETag: ETag.replaceAll('"', ''),
      ObjectSize: 5,
      StorageClass: 'STANDARD',
      Checksum: { ChecksumType: 'COMPOSITE', ChecksumSHA256: expect.stringMatching(/=-2$/) },
      ObjectParts: {
        TotalPartsCount: 2,
        Parts: [
          { PartNumber: 1, Size: 4, ChecksumSHA256: sha256('aaaa') },
          { PartNumber: 2, Size: 1, ChecksumSHA256: sha256('b') },
        ],
      },
    })
  })

  test('a CRC64NVME is one of the whole alone', async () => {
    const UploadId = await begin({ ChecksumAlgorithm: 'CRC64NVME' })
    const answer = await client.send(new ListPartsCommand({ ...where, UploadId }))
    expect([answer.ChecksumAlgorithm, answer.ChecksumType]).toEqual(['CRC64NVME', 'FULL_OBJECT'])
    const composite = { ChecksumAlgorithm: 'CRC64NVME', ChecksumType: 'COMPOSITE' }
    expect(await refusal(begin(composite))).toBe('InvalidRequest 400')
  })

  test.each<[string, object, object, string]>([
    ['of another algorithm', { ChecksumAlgorithm: 'SHA256' }, { ChecksumAlgorithm: 'CRC32' }, 'refused'],
    ['of the same algorithm', { ChecksumAlgorithm: 'SHA256' }, { ChecksumAlgorithm: 'SHA256' }, 'accepted'],
  ])('a checksum %s as the upload began with', async (_name, upload, part, expected) => {
    const UploadId = await begin(upload)
    const wish = new UploadPartCommand({ ...where, UploadId, PartNumber: 1, Body: 'abcd', ...part })
    expect(await refusal(client.send(wish))).toBe(expected === 'accepted' ? expected : 'InvalidRequest 400')
  })

  test('no checksum where the upload began with one of its parts is refused', async () => {
    const headers = { 'x-amz-checksum-algorithm': 'CRC32' }
    const began = await sendRaw(server, {
      method: 'POST',
      path: '/data/big',
      query: { uploads: '' },
      headers,
    })
    const [, uploadId = ''] = /<UploadId>(.*)<\/UploadId>/.exec(began.text) ?? []
    const query = { uploadId, partNumber: '1' }
    const part = await sendRaw(server, { method: 'PUT', path: '/data/big', query, body: 'abcd' })
    expect([part.status, part.text]).toEqual([
      400,
      expect.stringContaining('expected checksum Type: crc32, actual checksum Type: null'),
    ])
  })

  test('that arrive after the upload was aborted do not bring it back', async () => {
    const UploadId = await begin()
    await client.send(new AbortMultipartUploadCommand({ ...where, UploadId }))
    const late = new UploadPartCommand({ ...where, UploadId, PartNumber: 1, Body: 'abcd' })
    expect(await refusal(client.send(late))).toBe('NoSuchUpload 404')
  })

  test.each([
    ['bytes=0-99', 'InvalidArgument 400'],
    ['bytes=5-2', 'InvalidArgument 400'],
    ['bytes=2-', 'InvalidArgument 400'],
    ['0-2', 'InvalidArgument 400'],
    ['bytes=2-5', 'accepted'],
  ])('a copy of the range %s of ten bytes is %s', async (CopySourceRange, expected) => {
    await client.send(new PutObjectCommand({ ...where, Key: 'source', Body: '0123456789' }))
    const UploadId = await begin()
    const copy = { ...where, UploadId, PartNumber: 1, CopySource: 'data/source', CopySourceRange }
    expect(await refusal(client.send(new UploadPartCopyCommand(copy)))).toBe(expected)
  })

  test('a range of a source that is smaller than a part may be is refused', async () => {
    await client.send(new PutObjectCommand({ ...where, Key: 'source', Body: '0123' }))
    const UploadId = await begin()
    const copy = {
      ...where,
      UploadId,
      PartNumber: 1,
      CopySource: 'data/source',
      CopySourceRange: 'bytes=0-2',
    }
    expect(await refusal(client.send(new UploadPartCopyCommand(copy)))).toBe('InvalidRequest 400')
  })
})

describe('conditional completion', () => {
  const putBig = () => client.send(new PutObjectCommand({ ...where, Body: 'other' }))

  test('If-None-Match: * loses against an object that came in between', async () => {
    const id = await begin()
    const part = await upload(id, 1, 'x')
    await putBig()
    expect(await refusal(complete(id, [part], { IfNoneMatch: '*' }))).toBe('PreconditionFailed 412')
    expect(server.state.uploads.has(id)).toBe(true)
  })

  test('a delete during the upload is a conflict', async () => {
    await putBig()
    const id = await begin()
    const part = await upload(id, 1, 'x')
    await client.send(new DeleteObjectCommand(where))
    expect(await refusal(complete(id, [part], { IfNoneMatch: '*' }))).toBe('ConditionalRequestConflict 409')
  })

  test('If-Match replaces exactly that version', async () => {
    const { ETag } = await putBig()
    const id = await begin()
    const part = await upload(id, 1, 'x')
    expect(await refusal(complete(id, [part], { IfMatch: '"0"' }))).toBe('PreconditionFailed 412')
    expect(await refusal(complete(id, [part], { IfMatch: ETag }))).toBe('accepted')
  })
})
