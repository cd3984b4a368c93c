import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { afterEach, describe, expect, test } from '@jest/globals'
import { type S3Options, type S3Server, s3Fault, startS3 } from '../src/s3/index.ts'
import { connect, refusal } from './s3-client.ts'

const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function start(options: S3Options = {}, clientOptions: object = {}) {
  const server = await startS3({ buckets: ['data'], minPartSize: 1, ...options })
  const client = connect(server, clientOptions)
  closing.push(() => client.destroy(), server.close)
  return { server, client }
}

const at = { Bucket: 'data', Key: 'k' }
const put = new PutObjectCommand({ ...at, Body: 'abc' })

describe('what a server was asked', () => {
  test('stands in its log by operation, and is counted', async () => {
    const { server, client } = await start()
    await client.send(put)
    await refusal(client.send(new HeadObjectCommand({ Bucket: 'data', Key: 'absent' })))
    await client.send(new HeadObjectCommand(at))
    await client.send(new ListObjectsV2Command({ Bucket: 'data' }))
    expect(server.requests.map(({ operation, status }) => [operation, status])).toEqual([
      ['PutObject', 200],
      ['HeadObject', 404],
      ['HeadObject', 200],
      ['ListObjectsV2', 200],
    ])
    expect(Object.fromEntries(server.tally)).toEqual({
      PutObject: { requests: 1, failed: 0, bytes: 3 },
      HeadObject: { requests: 2, failed: 1, bytes: 0 },
      ListObjectsV2: { requests: 1, failed: 0, bytes: 0 },
    })
  })

  test('is counted also where the log keeps only the newest', async () => {
    const { server, client } = await start({ keepRequests: 2 })
    for (let time = 0; time < 5; time += 1) await client.send(put)
    expect([server.requests.length, server.tally.get('PutObject')?.requests]).toEqual([2, 5])
  })

  test('may wait: the time is asked for each request', async () => {
    const asked: string[] = []
    const latency = ({ method, path }: { method: string; path: string }): number =>
      asked.push(`${method} ${path}`)
    const { client } = await start({ latency })
    await client.send(put)
    await client.send(new GetObjectCommand(at))
    expect(asked).toEqual(['PUT /data/k', 'GET /data/k'])
  })
})

describe('a server that is asked too much', () => {
  test('slows down beyond its requests per second, and recovers with the clock', async () => {
    let now = Date.now()
    const { server, client } = await start({ now: () => now })
    server.state.requestsPerSecond = 2
    const answers = []
    for (let time = 0; time < 3; time += 1) answers.push(await refusal(client.send(put)))
    now += 1000
    answers.push(await refusal(client.send(put)))
    expect(answers).toEqual(['accepted', 'accepted', 'SlowDown 503', 'accepted'])
    expect(server.tally.get('PutObject')).toMatchObject({ requests: 4, failed: 1 })
  })
})

describe('a fault of S3', () => {
  const where = (server: S3Server, operation: string) => (request: Parameters<S3Server['operationOf']>[0]) =>
    server.operationOf(request) === operation

  test('is answered to one operation alone, so many times', async () => {
    const { server, client } = await start({}, { maxAttempts: 3, retryMode: 'standard' })
    server.faults.push({ match: where(server, 'PutObject'), times: 2, respond: s3Fault('SlowDown') })
    await client.send(put)
    expect(server.requests.map(({ status }) => status)).toEqual([503, 503, 200])
  })

  test('hides in the body of a completion and of a copy that began well', async () => {
    const { server, client } = await start()
    await client.send(put)
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...at, Key: 'big' }))
    const { ETag } = await client.send(
      new UploadPartCommand({ ...at, Key: 'big', UploadId, PartNumber: 1, Body: 'abc' }),
    )
    for (const operation of ['CompleteMultipartUpload', 'CopyObject'])
      server.faults.push({
        match: where(server, operation),
        times: 1,
        respond: s3Fault('InternalError', { status: 200 }),
      })
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] }
    const complete = new CompleteMultipartUploadCommand({ ...at, Key: 'big', UploadId, MultipartUpload })
    await expect(client.send(complete)).rejects.toThrow('We encountered an internal error')
    const copy = new CopyObjectCommand({ ...at, Key: 'copy', CopySource: 'data/k' })
    await expect(client.send(copy)).rejects.toThrow('We encountered an internal error')
    expect([...(server.state.buckets.get('data')?.objects.keys() ?? [])]).toEqual(['k'])
  })

  test('may come after the work was done: nobody can know', async () => {
    const { server, client } = await start()
    server.faults.push({ match: where(server, 'PutObject'), times: 1, respond: 'reset-after' })
    await expect(client.send(put)).rejects.toThrow()
    expect(server.state.buckets.get('data')?.objects.has('k')).toBe(true)
  })
})
