import {
  CopyObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  RestoreObjectCommand,
  type S3Client,
  type Tier,
} from '@aws-sdk/client-s3'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type S3Server, startS3 } from '../src/s3/index.ts'
import { connect, refusal, sendRaw } from './s3-client.ts'

const HOUR = 3_600_000
const NOW = Date.UTC(2026, 0, 2, 3)
let now = NOW
let server: S3Server
let client: S3Client

beforeEach(async () => {
  now = NOW
  server = await startS3({ buckets: ['data'], now: () => now })
  client = connect(server, { systemClockOffset: NOW - Date.now() })
})
afterEach(async () => {
  client.destroy()
  await server.close()
})

/** Time goes on, for the server and for its client. */
function after(milliseconds: number): void {
  now += milliseconds
  client.config.systemClockOffset = now - Date.now()
}

const at = { Bucket: 'data', Key: 'k' }
const put = (StorageClass?: 'GLACIER' | 'DEEP_ARCHIVE' | 'GLACIER_IR' | 'STANDARD_IA') =>
  client.send(new PutObjectCommand({ ...at, Body: 'abc', StorageClass }))
const get = () => refusal(client.send(new GetObjectCommand(at)))
const head = () => client.send(new HeadObjectCommand(at))
const restore = (Days = 2, more: { GlacierJobParameters?: { Tier: Tier } } = {}) =>
  client.send(new RestoreObjectCommand({ ...at, RestoreRequest: { Days, ...more } }))

describe('an archived object', () => {
  test.each(['GLACIER', 'DEEP_ARCHIVE'] as const)(
    'in %s is seen but not read, nor copied',
    async (storageClass) => {
      await put(storageClass)
      expect(await get()).toBe('InvalidObjectState 403')
      expect(await head()).toMatchObject({ StorageClass: storageClass, ContentLength: 3 })
      const copy = new CopyObjectCommand({ Bucket: 'data', Key: 'copy', CopySource: 'data/k' })
      expect(await refusal(client.send(copy))).toBe('InvalidObjectState 403')
      const listed = await client.send(new ListObjectsV2Command({ Bucket: 'data' }))
      expect(listed.Contents?.[0]).toMatchObject({ StorageClass: storageClass, Size: 3 })
    },
  )

  test('names its storage class in the refusal', async () => {
    await put('GLACIER')
    expect((await sendRaw(server, { path: '/data/k', now })).text).toContain(
      "<Message>The operation is not valid for the object's storage class</Message><StorageClass>GLACIER</StorageClass>",
    )
  })

  test.each(['GLACIER_IR', 'STANDARD_IA'] as const)('in %s is read like any other', async (storageClass) => {
    await put(storageClass)
    expect(await get()).toBe('accepted')
  })

  test('comes back after hours, and goes at the first midnight after its days', async () => {
    await put('GLACIER')
    expect((await restore()).$metadata.httpStatusCode).toBe(202)
    expect((await head()).Restore).toBe('ongoing-request="true"')
    expect([await get(), await refusal(restore())]).toEqual([
      'InvalidObjectState 403',
      'RestoreAlreadyInProgress 409',
    ])
    after(5 * HOUR)
    expect((await head()).Restore).toBe(
      'ongoing-request="false", expiry-date="Mon, 05 Jan 2026 00:00:00 GMT"',
    )
    expect(await get()).toBe('accepted')
    expect((await restore(9)).$metadata.httpStatusCode).toBe(200)
    after(24 * 11 * HOUR)
    expect([await get(), (await head()).Restore]).toEqual(['InvalidObjectState 403', undefined])
  })

  test.each<[string, 'GLACIER' | 'DEEP_ARCHIVE', Tier, number]>([
    ['minutes', 'GLACIER', 'Expedited', HOUR / 12],
    ['half a day', 'DEEP_ARCHIVE', 'Standard', 12 * HOUR],
    ['two days', 'DEEP_ARCHIVE', 'Bulk', 48 * HOUR],
  ])('comes back in %s from %s when asked for %s', async (_name, storageClass, Tier, takes) => {
    await put(storageClass)
    await restore(1, { GlacierJobParameters: { Tier } })
    after(takes - 1000)
    expect(await get()).toBe('InvalidObjectState 403')
    after(1000)
    expect(await get()).toBe('accepted')
  })

  test('that is none cannot be asked back, nor in a way that its class does not know', async () => {
    await put()
    expect(await refusal(restore())).toBe('InvalidObjectState 403')
    await put('DEEP_ARCHIVE')
    expect(await refusal(restore(1, { GlacierJobParameters: { Tier: 'Expedited' } }))).toBe(
      'InvalidArgument 400',
    )
    expect(await refusal(restore(0))).toBe('MalformedXML 400')
  })
})

test('a storage class that there is not is refused', async () => {
  const headers = { 'x-amz-storage-class': 'FREEZER' }
  const answer = await sendRaw(server, { method: 'PUT', path: '/data/k', body: 'abc', headers, now })
  expect([answer.status, answer.code]).toEqual([400, 'InvalidStorageClass'])
})

test('a copy takes its storage class from the request, not from its source', async () => {
  await put('STANDARD_IA')
  const copyOf = (Key: string, StorageClass?: 'GLACIER') =>
    client.send(new CopyObjectCommand({ Bucket: 'data', Key, CopySource: 'data/k', StorageClass }))
  await copyOf('plain')
  const plain = await client.send(new HeadObjectCommand({ Bucket: 'data', Key: 'plain' }))
  expect(plain.StorageClass).toBeUndefined()
  expect(await refusal(copyOf('k'))).toBe('InvalidRequest 400')
  await copyOf('k', 'GLACIER')
  expect((await head()).StorageClass).toBe('GLACIER')
})
