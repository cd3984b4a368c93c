import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { answerS3, createS3State, type S3Server, type S3State, startS3 } from '../src/s3/index.ts'
import type { SandboxResponse } from '../src/server.ts'
import { once } from '../src/server-io.ts'
import { connect, type RawAnswer, refusal, sendRaw } from './s3-client.ts'

interface Published {
  readonly mode: string
  readonly seed: string
  readonly chunks: readonly [string, string, string]
  readonly signedHeaders: string
  readonly trailers: string
  readonly headers: Readonly<Record<string, string>>
}

// Amazon S3 API reference, "Signature Calculations … Transferring Payload in Multiple Chunks", its example.
const PLAIN: Published = {
  mode: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
  seed: '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
  chunks: [
    'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
    '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
    'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
  ],
  signedHeaders:
    'content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class',
  trailers: '',
  headers: {},
}

// The same, "… Transferring Payload in Multiple Chunks … (Including Trailing Headers)".
const TRAILED: Published = {
  mode: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
  seed: '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e',
  chunks: [
    'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2',
    '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7',
    '2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992',
  ],
  signedHeaders:
    'content-encoding;host;x-amz-content-sha256;x-amz-date;x-amz-decoded-content-length;x-amz-storage-class;x-amz-trailer',
  trailers:
    'x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n',
  headers: { 'x-amz-trailer': 'x-amz-checksum-crc32c' },
}

async function replay(
  example: Published,
  { letter = 'a', trailers = example.trailers } = {},
): Promise<{ answer: SandboxResponse; state: S3State }> {
  const principal = {
    arn: 'arn:x',
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  }
  const state = createS3State({ buckets: ['examplebucket'], principals: [principal] })
  const sizes = [65_536, 1024, 0]
  const frames = sizes.map((size, index) => {
    const end = size === 0 ? `${trailers}\r\n` : `${letter.repeat(size)}\r\n`
    return `${size.toString(16)};chunk-signature=${example.chunks[index]}\r\n${end}`
  })
  const rawPath = '/examplebucket/chunkObject.txt'
  const request = {
    method: 'PUT',
    path: rawPath,
    rawPath,
    query: new URLSearchParams(),
    rawQuery: '',
    headers: {
      host: 's3.amazonaws.com',
      'x-amz-date': '20130524T000000Z',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
      'x-amz-content-sha256': example.mode,
      'content-encoding': 'aws-chunked',
      'x-amz-decoded-content-length': '66560',
      'content-length': '66824',
      ...example.headers,
      authorization: `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=${example.signedHeaders},Signature=${example.seed}`,
    },
    body: Buffer.alloc(0),
    content: once(Buffer.from(frames.join(''))),
    signal: new AbortController().signal,
  }
  return { answer: await answerS3(request, state, Date.UTC(2013, 4, 24)), state }
}

describe('signed chunks as published', () => {
  test.each([
    ['without trailers', PLAIN, undefined],
    ['with trailers', TRAILED, 'sOO8/Q=='],
  ])('%s are decoded and stored', async (_name, example, checksum) => {
    const { answer, state } = await replay(example)
    expect(answer.status).toBe(200)
    const stored = state.buckets.get('examplebucket')?.objects.get('chunkObject.txt')
    expect(stored?.body).toEqual(Buffer.alloc(66_560, 'a'))
    expect(stored?.checksum?.value).toBe(checksum)
  })

  test.each([
    ['a byte differs', PLAIN, { letter: 'b' }],
    ['a byte differs under trailers', TRAILED, { letter: 'b' }],
    ['a trailer differs', TRAILED, { trailers: TRAILED.trailers.replace('sOO8/Q==', 'sOO8/A==') }],
    ['the signature of the trailers is missing', TRAILED, { trailers: 'x-amz-checksum-crc32c:sOO8/Q==\r\n' }],
  ])('are refused, and nothing is stored, when %s', async (_name, example, alter) => {
    const { answer, state } = await replay(example, alter)
    expect(answer.body).toContain('<Code>SignatureDoesNotMatch</Code>')
    expect(state.buckets.get('examplebucket')?.objects.size).toBe(0)
  })
})

describe('chunks that are not signed', () => {
  let server: S3Server
  beforeEach(async () => {
    server = await startS3({ buckets: ['data'] })
  })
  afterEach(() => server.close())

  const UNSIGNED = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'
  const send = (frames: string, length: number, headers: Record<string, string> = {}): Promise<RawAnswer> =>
    sendRaw(server, {
      method: 'PUT',
      path: '/data/k',
      body: frames,
      sha256: UNSIGNED,
      headers: {
        'content-encoding': 'aws-chunked',
        'x-amz-decoded-content-length': String(length),
        'content-length': String(frames.length),
        'x-amz-trailer': 'x-amz-checksum-crc32',
        ...headers,
      },
    })
  const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`
  const END = '0\r\nx-amz-checksum-crc32:NSRBwg==\r\n\r\n'
  const long = 'a'.repeat(8192)

  test.each<[string, string, number, Record<string, string>, string]>([
    ['a chunk with its checksum', `${chunk('abc')}${END}`, 3, {}, '200 '],
    ['a large chunk before a small one', `${chunk(long)}${chunk('abc')}${END}`, 8195, {}, '400 BadDigest'],
    ['a small chunk before another', `${chunk('ab')}${chunk('c')}${END}`, 3, {}, '403 InvalidChunkSizeError'],
    ['another checksum', `${chunk('abd')}${END}`, 3, {}, '400 BadDigest'],
    ['another length', `${chunk('abc')}${END}`, 4, {}, '400 IncompleteBody'],
    ['an end in the middle of a chunk', '5\r\nabc', 5, {}, '400 IncompleteBody'],
    ['a size that is none', `x\r\nabc\r\n${END}`, 3, {}, '400 IncompleteBody'],
    ['a chunk that is longer than it says', `2\r\nabc\r\n${END}`, 2, {}, '400 IncompleteBody'],
    ['no trailer although one was announced', `${chunk('abc')}0\r\n\r\n`, 3, {}, '400 MalformedTrailerError'],
    [
      'a trailer that nobody announced',
      `${chunk('abc')}${END}`,
      3,
      { 'x-amz-trailer': '' },
      '400 MalformedTrailerError',
    ],
    [
      'another trailer than was announced',
      `${chunk('abc')}${END}`,
      3,
      { 'x-amz-trailer': 'x-amz-checksum-sha256' },
      '400 MalformedTrailerError',
    ],
    [
      'a trailer that is no checksum',
      `${chunk('abc')}0\r\nx-amz-meta-a:b\r\n\r\n`,
      3,
      { 'x-amz-trailer': 'x-amz-meta-a' },
      '400 InvalidRequest',
    ],
  ])('%s', async (_name, frames, length, headers, expected) => {
    const { status, code } = await send(frames, length, headers)
    expect(`${status} ${code}`).toBe(expected)
    expect(server.state.buckets.get('data')?.objects.has('k')).toBe(expected === '200 ')
  })

  test('names the chunk that is too small', async () => {
    expect((await send(`${chunk('ab')}${chunk('c')}${END}`, 3)).text).toContain(
      '<Chunk>2</Chunk><BadChunkSize>2</BadChunkSize>',
    )
  })

  test('no length of the decoded bytes', async () => {
    const frames = `${chunk('abc')}${END}`
    const headers = { 'content-encoding': 'aws-chunked', 'content-length': String(frames.length) }
    const answer = await sendRaw(server, {
      method: 'PUT',
      path: '/data/k',
      body: frames,
      sha256: UNSIGNED,
      headers,
    })
    expect([answer.status, answer.code]).toEqual([411, 'MissingContentLength'])
  })

  test.each([
    ['STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD', '501 NotImplemented'],
    ['STREAMING-HMAC-SHA256-PAYLOAD', '400 InvalidArgument'],
    ['abc', '400 InvalidArgument'],
    ['UNSIGNED-PAYLOAD', '200 '],
  ])('x-amz-content-sha256: %s is answered by %s', async (sha256, expected) => {
    const { status, code } = await sendRaw(server, {
      method: 'PUT',
      path: '/data/k',
      body: 'abc',
      sha256,
      headers: { 'content-length': '3' },
    })
    expect(`${status} ${code}`).toBe(expected)
  })

  describe('by the SDK', () => {
    const MIB = 1024 * 1024
    // Without a logger the SDK complains to the console.
    const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
    const sendStream = (client: S3Client, pieces: readonly string[]): Promise<string> => {
      const size = pieces.reduce((sum, piece) => sum + piece.length, 0)
      return refusal(
        client.send(
          new PutObjectCommand({
            Bucket: 'data',
            Key: 'k',
            Body: Readable.from(pieces),
            ContentLength: size,
          }),
        ),
      )
    }

    test('a stream of large pieces arrives, its framing does not', async () => {
      const client = connect(server)
      expect(await sendStream(client, ['a'.repeat(MIB), 'b'.repeat(10)])).toBe('accepted')
      const stored = server.state.buckets.get('data')?.objects.get('k')
      expect([stored?.body.length, stored?.headers['content-encoding']]).toEqual([MIB + 10, undefined])
      expect(stored?.etag).toBe(
        createHash('md5').update('a'.repeat(MIB)).update('b'.repeat(10)).digest('hex'),
      )
      client.destroy()
    })

    test('a stream of small pieces is refused, unless the client gathers them', async () => {
      const pieces = ['a'.repeat(100), 'b'.repeat(100)]
      const plain = connect(server, { logger: SILENT })
      const gathering = connect(server, { requestStreamBufferSize: 65_536 })
      expect(await sendStream(plain, pieces)).toBe('InvalidChunkSizeError 403')
      expect(await sendStream(gathering, pieces)).toBe('accepted')
      plain.destroy()
      gathering.destroy()
    })
  })
})
