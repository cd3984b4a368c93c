import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { afterEach, describe, expect, test } from '@jest/globals'
import { FileBody } from '../src/s3/bodies.ts'
import { bytesOf, GeneratedBody, type S3Options, type S3Server, startS3 } from '../src/s3/index.ts'
import { connect, refusal, sendRaw } from './s3-client.ts'

const MIB = 1024 * 1024
const open: { server: S3Server; client: S3Client }[] = []
afterEach(async () => {
  for (const { server, client } of open.splice(0)) {
    client.destroy()
    await server.close()
  }
})

async function start(options: S3Options = {}): Promise<{ server: S3Server; client: S3Client }> {
  const server = await startS3({ buckets: ['data'], ...options })
  const client = connect(server)
  open.push({ server, client })
  return { server, client }
}

const md5 = (body: Buffer): string => createHash('md5').update(body).digest('hex')
const put = (client: S3Client, Key: string, Body: Buffer | Readable, more: object = {}) =>
  client.send(new PutObjectCommand({ Bucket: 'data', Key, Body, ...more }))
const get = async (client: S3Client, Key: string, more: object = {}): Promise<Buffer> => {
  const answer = await client.send(new GetObjectCommand({ Bucket: 'data', Key, ...more }))
  return Buffer.from((await answer.Body?.transformToByteArray()) ?? [])
}

async function uploadInParts(client: S3Client, Key: string, parts: readonly Buffer[]): Promise<string> {
  const where = { Bucket: 'data', Key }
  const { UploadId } = await client.send(new CreateMultipartUploadCommand(where))
  const Parts = []
  for (const [index, Body] of parts.entries()) {
    const PartNumber = index + 1
    const { ETag } = await client.send(new UploadPartCommand({ ...where, UploadId, PartNumber, Body }))
    Parts.push({ PartNumber, ETag })
  }
  const done = await client.send(
    new CompleteMultipartUploadCommand({ ...where, UploadId, MultipartUpload: { Parts } }),
  )
  return done.ETag ?? ''
}

describe.each(['memory', 'disk'] as const)('bodies that are kept (%s)', (bodies) => {
  test('come back whole and in ranges, with the MD5 of their bytes', async () => {
    const { client } = await start({ bodies })
    const body = randomBytes(3 * MIB + 17)
    const { ETag } = await put(client, 'k', body)
    expect(ETag).toBe(`"${md5(body)}"`)
    expect(md5(await get(client, 'k'))).toBe(md5(body))
    expect(await get(client, 'k', { Range: 'bytes=2097150-2097160' })).toEqual(
      body.subarray(2_097_150, 2_097_161),
    )
    const head = await client.send(new HeadObjectCommand({ Bucket: 'data', Key: 'k' }))
    expect(head.ContentLength).toBe(body.length)
  })

  test('an empty one too', async () => {
    const { client } = await start({ bodies })
    await put(client, 'k', Buffer.alloc(0))
    expect(await get(client, 'k')).toEqual(Buffer.alloc(0))
  })

  test('of an upload in parts are read across the parts', async () => {
    const { client } = await start({ bodies, minPartSize: 4 })
    const parts = [randomBytes(100), randomBytes(200), randomBytes(50)]
    await uploadInParts(client, 'k', parts)
    const whole = Buffer.concat(parts)
    expect(await get(client, 'k')).toEqual(whole)
    expect(await get(client, 'k', { Range: 'bytes=90-310' })).toEqual(whole.subarray(90, 311))
  })

  test('of a copy are those of its source, and its ETag is the MD5 of the whole', async () => {
    const { client } = await start({ bodies, minPartSize: 4 })
    const parts = [randomBytes(100), randomBytes(200)]
    await uploadInParts(client, 'k', parts)
    const copied = await client.send(
      new CopyObjectCommand({ Bucket: 'data', Key: 'copy', CopySource: 'data/k' }),
    )
    const whole = Buffer.concat(parts)
    expect(copied.CopyObjectResult?.ETag).toBe(`"${md5(whole)}"`)
    expect(await get(client, 'copy')).toEqual(whole)
  })

  test('whose digest is wrong leave nothing behind', async () => {
    const { server, client } = await start({ bodies })
    const wrong = createHash('md5').update('other').digest('base64')
    expect(await refusal(put(client, 'k', Buffer.from('abc'), { ContentMD5: wrong }))).toBe('BadDigest 400')
    expect(server.state.buckets.get('data')?.objects.size).toBe(0)
  })

  test('larger than a PUT may be are refused before they are sent', async () => {
    const { server } = await start({ bodies, maxPutSize: 10 })
    const answer = await sendRaw(server, { method: 'PUT', path: '/data/k', body: 'x'.repeat(11) })
    expect([answer.status, answer.code]).toEqual([400, 'EntityTooLarge'])
    expect(answer.text).toContain('<ProposedSize>11</ProposedSize><MaxSizeAllowed>10</MaxSizeAllowed>')
  })
})

test('bodies on disk go with their server', async () => {
  const server = await startS3({ buckets: ['data'], bodies: 'disk' })
  const client = connect(server)
  await put(client, 'k', randomBytes(10))
  client.destroy()
  const body = server.state.buckets.get('data')?.objects.get('k')?.body
  if (!(body instanceof FileBody)) throw new Error('the body is not on disk')
  expect(readFileSync(body.path)).toHaveLength(10)
  await server.close()
  expect(existsSync(dirname(body.path))).toBe(false)
})

describe('bodies that are thrown away', () => {
  test('are counted, and their ETag is the MD5 that the client stated', async () => {
    const { server, client } = await start({ bodies: 'discard' })
    const body = randomBytes(MIB)
    const ContentMD5 = createHash('md5').update(body).digest('base64')
    expect((await put(client, 'k', body, { ContentMD5 })).ETag).toBe(`"${md5(body)}"`)
    expect((await put(client, 'k2', body)).ETag).toMatch(/^"[0-9a-f]{32}"$/)
    const head = await client.send(new HeadObjectCommand({ Bucket: 'data', Key: 'k' }))
    expect([head.ContentLength, server.state.buckets.get('data')?.objects.get('k')?.body.length]).toEqual([
      MIB,
      MIB,
    ])
    await expect(get(client, 'k')).rejects.toThrow()
  })

  test('a stream of any size takes no memory', async () => {
    const { server, client } = await start({ bodies: 'discard' })
    const piece = Buffer.alloc(MIB)
    async function* pieces(count: number): AsyncGenerator<Buffer> {
      for (let at = 0; at < count; at += 1) yield piece
    }
    const before = process.memoryUsage().rss
    await put(client, 'big', Readable.from(pieces(200)), { ContentLength: 200 * MIB })
    expect(process.memoryUsage().rss - before).toBeLessThan(120 * MIB)
    expect(server.state.buckets.get('data')?.objects.get('big')?.body.length).toBe(200 * MIB)
    expect(server.tally.get('PutObject')).toMatchObject({ requests: 1, failed: 0 })
  })
})

describe('an object that a test makes up', () => {
  test('has bytes only when somebody reads them', async () => {
    const { server, client } = await start()
    const size = 20 * 1024 * MIB
    const body = new GeneratedBody(size, (piece, offset) => {
      for (let at = 0; at < piece.length; at += 1) piece[at] = (offset + at) % 251
    })
    const shared = { lastModified: 0, checksum: undefined, headers: {}, metadata: {} }
    server.state.buckets
      .get('data')
      ?.objects.set('huge', { key: 'huge', body, etag: 'e'.repeat(32), ...shared })
    const head = await client.send(new HeadObjectCommand({ Bucket: 'data', Key: 'huge' }))
    expect(head.ContentLength).toBe(size)
    const end = await get(client, 'huge', { Range: `bytes=${size - 3}-` })
    expect([...end]).toEqual([size - 3, size - 2, size - 1].map((at) => at % 251))
  })

  test('says that its text is not in memory', async () => {
    const body = new GeneratedBody(5)
    expect(() => body.toString()).toThrow('a body of 5 bytes is not in memory: read it with bytesOf')
    expect(await bytesOf(body)).toEqual(Buffer.alloc(5))
  })
})

test('a refusal is heard although the body was never read, and the connection goes on', async () => {
  const { server, client } = await start()
  server.state.deny.push({ action: 's3:PutObject' })
  const one = connect(server, { requestHandler: { httpAgent: { maxSockets: 1, keepAlive: true } } })
  for (let time = 0; time < 3; time += 1)
    expect(await refusal(put(one, 'k', randomBytes(2 * MIB)))).toBe('AccessDenied 403')
  server.state.deny.length = 0
  expect(await refusal(put(one, 'k', randomBytes(10)))).toBe('accepted')
  expect(md5(await get(client, 'k')).length).toBe(32)
  one.destroy()
})
