import { createHash } from 'node:crypto'
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Principal, type S3Server, startS3 } from '../src/s3/index.ts'
import { connect, refusal, sendRaw } from './s3-client.ts'

const KEY_ARN = 'arn:aws:kms:us-east-1:123456789012:key/1234'
const MD5_ABC = '"900150983cd24fb0d6963f7d28e17f72"'
const writer: Principal = {
  arn: 'arn:aws:iam::123456789012:role/writer',
  accessKeyId: 'AKIAWRITER',
  secretAccessKey: 'w',
  policy: {
    Statement: [
      { Effect: 'Allow', Action: 's3:*', Resource: '*' },
      { Effect: 'Allow', Action: 'kms:GenerateDataKey', Resource: KEY_ARN },
    ],
  },
}
let server: S3Server
let client: S3Client

beforeEach(async () => {
  server = await startS3({ buckets: ['data'], minPartSize: 4 })
  server.state.kmsKeys.set(KEY_ARN, 'enabled')
  server.state.principals.push(writer)
  client = connect(server)
})
afterEach(async () => {
  client.destroy()
  await server.close()
})

const at = { Bucket: 'data', Key: 'k' }
const put = (more: Partial<PutObjectCommandInput> = {}, by = client) =>
  by.send(new PutObjectCommand({ ...at, Body: 'abc', ...more }))
const get = async (more: object = {}, by = client): Promise<string> =>
  (await (await by.send(new GetObjectCommand({ ...at, ...more }))).Body?.transformToString()) ?? ''
const head = (more: object = {}, by = client) => by.send(new HeadObjectCommand({ ...at, ...more }))

describe('keys of S3', () => {
  test('encrypt everything that asks for nothing, and leave the ETag an MD5', async () => {
    expect(await put()).toMatchObject({ ServerSideEncryption: 'AES256', ETag: MD5_ABC })
    expect(await head()).toMatchObject({ ServerSideEncryption: 'AES256', ETag: MD5_ABC })
  })

  test('cannot be asked for by who reads', async () => {
    await put()
    const headers = { 'x-amz-server-side-encryption': 'AES256' }
    const answer = await sendRaw(server, { path: '/data/k', headers })
    expect([answer.status, answer.code]).toEqual([400, 'InvalidArgument'])
  })

  test('an encryption that there is not is refused by name', async () => {
    const headers = { 'x-amz-server-side-encryption': 'AES512' }
    const answer = await sendRaw(server, { method: 'PUT', path: '/data/k', body: 'abc', headers })
    expect([answer.status, answer.code]).toEqual([400, 'InvalidEncryptionAlgorithmError'])
  })
})

describe('keys of KMS', () => {
  const kms = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: '1234' } as const

  test('make the ETag something else than the MD5, another one each time', async () => {
    const [first, second] = [await put(kms), await put(kms)]
    expect(first).toMatchObject({ ServerSideEncryption: 'aws:kms', SSEKMSKeyId: KEY_ARN })
    expect(new Set([first.ETag, second.ETag, MD5_ABC]).size).toBe(3)
    expect(await get()).toBe('abc')
    expect(await head()).toMatchObject({ SSEKMSKeyId: KEY_ARN, ETag: second.ETag })
  })

  test('without a name are the one that AWS manages for S3', async () => {
    expect(await put({ ServerSideEncryption: 'aws:kms' })).toMatchObject({
      SSEKMSKeyId: 'arn:aws:kms:us-east-1:123456789012:key/aws-s3',
    })
  })

  test('of the bucket are taken where an upload asks for nothing', async () => {
    const bucket = server.state.buckets.get('data')
    if (bucket) bucket.encryption = { kind: 'aws:kms', keyArn: KEY_ARN, bucketKey: true }
    expect(await put()).toMatchObject({
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: KEY_ARN,
      BucketKeyEnabled: true,
    })
    expect(await put({ ServerSideEncryption: 'AES256' })).toMatchObject({ ETag: MD5_ABC })
  })

  test.each([
    ['nobody has', 'other', 'KMS.NotFoundException 400'],
    ['is disabled', 'off', 'KMS.DisabledException 400'],
  ])('that %s are refused', async (_name, SSEKMSKeyId, expected) => {
    server.state.kmsKeys.set('arn:aws:kms:us-east-1:123456789012:key/off', 'disabled')
    expect(await refusal(put({ ...kms, SSEKMSKeyId }))).toBe(expected)
  })

  test('want kms:GenerateDataKey of who writes and kms:Decrypt of who reads, and say so', async () => {
    const theirs = connect(server, { as: writer })
    await put(kms, theirs)
    await expect(get({}, theirs)).rejects.toThrow(
      `User: ${writer.arn} is not authorized to perform: kms:Decrypt on resource: "${KEY_ARN}" because no identity-based policy allows the kms:Decrypt action`,
    )
    expect(await refusal(head({}, theirs))).toBe('accepted')
    expect(await refusal(head({ ChecksumMode: 'ENABLED' }, theirs))).toMatch(/ 403$/)
    server.state.deny.push({ action: 'kms:GenerateDataKey' })
    expect(await refusal(put(kms, theirs))).toBe('AccessDenied 403')
    theirs.destroy()
  })

  test('want kms:Decrypt for the source of a copy', async () => {
    await put(kms)
    const theirs = connect(server, { as: writer })
    const copy = new CopyObjectCommand({ Bucket: 'data', Key: 'copy', CopySource: 'data/k' })
    expect(await refusal(theirs.send(copy))).toBe('AccessDenied 403')
    // Without a wish of its own the copy is encrypted as the bucket says.
    expect(await client.send(copy)).toMatchObject({
      ServerSideEncryption: 'AES256',
      CopyObjectResult: { ETag: MD5_ABC },
    })
    theirs.destroy()
  })
})

describe('keys of the customer', () => {
  const keyOf = (text: string) => {
    const key = createHash('sha256').update(text).digest()
    return {
      SSECustomerAlgorithm: 'AES256',
      SSECustomerKey: key.toString('base64'),
      SSECustomerKeyMD5: createHash('md5').update(key).digest('base64'),
    }
  }
  const mine = keyOf('mine')

  test('are needed again by who reads, and the ETag is no MD5', async () => {
    const stored = await put(mine)
    expect(stored).toMatchObject({
      SSECustomerAlgorithm: 'AES256',
      SSECustomerKeyMD5: mine.SSECustomerKeyMD5,
    })
    expect(stored.ETag).not.toBe(MD5_ABC)
    expect(stored.ServerSideEncryption).toBeUndefined()
    expect(await get(mine)).toBe('abc')
    expect(await refusal(head(mine))).toBe('accepted')
  })

  test.each<[string, object, string]>([
    ['without a key', {}, 'InvalidRequest 400'],
    ['with another key', keyOf('other'), 'AccessDenied 403'],
  ])('reading %s is refused', async (_name, key, expected) => {
    await put(mine)
    expect(await refusal(get(key))).toBe(expected)
    expect(await refusal(head(key))).toMatch(new RegExp(`${expected.slice(-3)}$`))
  })

  test('are refused for an object that has none', async () => {
    await put()
    expect(await refusal(get(mine))).toBe('InvalidRequest 400')
  })

  test.each([
    ['without its MD5', { 'x-amz-server-side-encryption-customer-key-md5': '' }],
    ['with another MD5', { 'x-amz-server-side-encryption-customer-key-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' }],
    ['that is too short', { 'x-amz-server-side-encryption-customer-key': 'AAAA' }],
  ])('%s are refused', async (_name, alter) => {
    const headers = {
      'x-amz-server-side-encryption-customer-algorithm': 'AES256',
      'x-amz-server-side-encryption-customer-key': mine.SSECustomerKey,
      'x-amz-server-side-encryption-customer-key-md5': mine.SSECustomerKeyMD5,
      ...alter,
    }
    const answer = await sendRaw(server, { method: 'PUT', path: '/data/k', body: 'abc', headers })
    expect([answer.status, answer.code]).toEqual([400, 'InvalidArgument'])
  })

  test('come with every part of an upload, and with the source of a copy', async () => {
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...at, ...mine }))
    const part = (key: object) =>
      client.send(new UploadPartCommand({ ...at, UploadId, PartNumber: 1, Body: 'abc', ...key }))
    expect(await refusal(part({}))).toBe('InvalidRequest 400')
    expect(await refusal(part(keyOf('other')))).toBe('InvalidRequest 400')
    const { ETag } = await part(mine)
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] }
    await client.send(new CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload }))
    const copy = (key: object) =>
      client.send(new CopyObjectCommand({ Bucket: 'data', Key: 'copy', CopySource: 'data/k', ...key }))
    expect(await refusal(copy({}))).toBe('InvalidRequest 400')
    const { SSECustomerAlgorithm, SSECustomerKey, SSECustomerKeyMD5 } = mine
    const source = {
      CopySourceSSECustomerAlgorithm: SSECustomerAlgorithm,
      CopySourceSSECustomerKey: SSECustomerKey,
      CopySourceSSECustomerKeyMD5: SSECustomerKeyMD5,
    }
    expect((await copy(source)).CopyObjectResult?.ETag).toBe(MD5_ABC)
  })

  test('are refused by a bucket that takes none', async () => {
    const bucket = server.state.buckets.get('data')
    if (bucket) bucket.customerKeysBlocked = true
    expect(await refusal(put(mine))).toBe('AccessDenied 403')
  })
})
