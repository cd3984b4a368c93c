import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createHttp } from '@mlops-actions/http'
import { DEFAULT_PRINCIPAL, type S3Server, startS3 } from '@mlops-actions/sandbox/s3'
import { testWorld } from '../../../test/harness/world.ts'
import type { AttemptTrouble } from '../src/index.ts'
import { createS3WithGets, ListObjectsV2Command, PutObjectCommand, type SignedGet } from '../src/s3.ts'
import { formatHead, judgeGet } from '../src/shortcut/direct.wire.ts'

let server: S3Server
let closing: () => void
let troubles: AttemptTrouble[]

beforeEach(async () => {
  server = await startS3({ buckets: ['data'] })
  troubles = []
})
afterEach(async () => {
  closing()
  await server.close()
})

function open(options: Partial<Parameters<typeof createS3WithGets>[0]> = {}) {
  const world = testWorld()
  const http = createHttp(world)
  closing = http.close
  const { s3, gets } = createS3WithGets({
    http,
    region: 'us-east-1',
    requestTimeout: 5_000,
    env: {},
    endpoint: server.url,
    credentials: async () => ({ ...DEFAULT_PRINCIPAL }),
    retry: { world, onTrouble: (trouble) => troubles.push(trouble) },
    ...options,
  })
  return { s3, gets, world }
}

/** Sends the request by hand; the whole answer. */
async function send({ host, port, head }: SignedGet): Promise<string> {
  const socket = connect(port, host)
  await once(socket, 'connect')
  socket.end(head, 'latin1')
  return text(socket)
}

describe('a request for sockets of others', () => {
  test.each(['plain', "it's (1)!*", 'ü/😀', 'a+b%2B&c=d'])(
    'for %j is one that the server takes',
    async (Key) => {
      const { s3, gets } = open()
      expect(gets.isOpen('data')).toBe(false)
      expect(await gets.sign({ Bucket: 'data', Key })).toBeUndefined()
      await s3.send(new PutObjectCommand({ Bucket: 'data', Key, Body: Buffer.from('body') }))
      expect(gets.isOpen('data')).toBe(true)
      const signed = await gets.sign({ Bucket: 'data', Key, Range: 'bytes=1-2' })
      if (signed === undefined) throw new Error('it was not signed')
      expect(signed).toMatchObject({
        isTls: false,
        host: '127.0.0.1',
        port: Number(new URL(server.url).port),
      })
      expect(await send(signed)).toMatch(/^HTTP\/1\.1 206 [\s\S]*\r\n\r\nod$/)
    },
  )

  test('says who pays, and has no secret in it', async () => {
    const { s3, gets } = open({ requesterPays: true })
    await s3.send(new ListObjectsV2Command({ Bucket: 'data' }))
    const signed = await gets.sign({ Bucket: 'data', Key: 'k' })
    expect(signed?.head).toContain('\r\nx-amz-request-payer: requester\r\n')
    expect(signed?.head).not.toContain(DEFAULT_PRINCIPAL.secretAccessKey)
  })

  test.each([
    ['a member that it does not know', { ResponseContentType: 'x/y' }],
    ['an ETag that would be a line of its own', { IfMatch: 'a\r\nx: y' }],
    ['a byte that no header may have', { IfMatch: 'a\0' }],
  ])('is none with %s', async (_what, input) => {
    const { s3, gets } = open()
    await s3.send(new ListObjectsV2Command({ Bucket: 'data' }))
    expect(await gets.sign({ Bucket: 'data', Key: 'k', ...input })).toBeUndefined()
  })

  test('is not made any more where it has been refused sixteen times in a row', async () => {
    const { s3, gets } = open()
    await s3.send(new ListObjectsV2Command({ Bucket: 'data' }))
    const refuse = async (times: number) => {
      for (let at = 0; at < times; at++) await gets.settle('data', { status: 200 })
    }
    await refuse(15)
    await gets.settle('data', undefined)
    await refuse(15)
    await gets.settle('data', { networkCode: 'ECONNRESET' })
    await gets.settle('data', { status: 503 })
    expect(gets.isOpen('data')).toBe(true)
    await refuse(1)
    expect(gets.isOpen('data')).toBe(false)
    expect(await gets.sign({ Bucket: 'data', Key: 'k' })).toBeUndefined()
  })

  test('that a server is too busy for is waited for, and told of', async () => {
    const { s3, gets, world } = open()
    await s3.send(new ListObjectsV2Command({ Bucket: 'data' }))
    await gets.settle('data', { status: 503, retryAfter: '7' })
    await gets.settle('data', { status: 500, retryAfter: '7' })
    await gets.settle('data', undefined)
    expect(world.sleeps).toEqual([7_000])
    expect(troubles).toEqual(['throttled', 'passing'])
  })
})

describe('pure', () => {
  beforeEach(() => {
    closing = () => undefined
  })

  test('a head is a request line, headers and an empty line', () => {
    expect(formatHead('/a?b', { host: 'x', y: 'z' })).toBe('GET /a?b HTTP/1.1\r\nhost: x\r\ny: z\r\n\r\n')
  })

  test.each([
    ['/a b', {}],
    ['a', {}],
    ['/a\r\nx: y', {}],
    ['/ü', {}],
    ['/', { 'a b': 'x' }],
    ['/', { a: 'x\n' }],
    ['/', { a: 'ł' }],
  ])('%j with %j is none', (path, headers) => {
    expect(formatHead(path, headers)).toBeUndefined()
  })

  test.each([
    [{ isLate: true }, 'throttled'],
    [{ status: 503 }, 'throttled'],
    [{ status: 429 }, 'throttled'],
    [{ status: 500 }, 'passing'],
    [{ networkCode: 'ECONNRESET' }, 'passing'],
    [{ networkCode: 'CERT_HAS_EXPIRED' }, 'lasting'],
    [{ status: 403 }, 'lasting'],
    [{}, 'lasting'],
  ])('%j means %s', (trouble, wanted) => {
    expect(judgeGet(trouble)).toBe(wanted)
  })
})
