import { createHash } from 'node:crypto'
import type { Verified } from '../sigv4/index.ts'
import { sameText } from '../sigv4/index.ts'
import { formatScope, sha256Hex, sign } from '../sigv4/signature.ts'
import { type ByteReader, createByteReader } from './byte-reader.ts'
import { S3Error } from './errors.ts'

/** Lower-case names; filled when the last chunk has come. */
export type Trailers = Map<string, string>

const LEAST_CHUNK = 8192
const LARGEST_TRAILER = 16 * 1024

/**
 * Takes the framing of an aws-chunked body off and checks it: `<hex size>[;chunk-signature=…]\r\n<data>\r\n … 0\r\n<trailers>\r\n`.
 * The bytes are given on before their chunk's signature is known to be right: only a caller that has seen the end may keep them.
 * Source: S3 API reference, "Signature calculations … transferring payload in multiple chunks" and "… including trailing headers".
 * @throws S3Error IncompleteBody, InvalidChunkSizeError, MalformedTrailerError, SignatureDoesNotMatch
 */
export async function* deframe(
  source: AsyncIterable<Buffer>,
  mode: string,
  auth: Verified,
  trailers: Trailers,
): AsyncGenerator<Buffer> {
  const reader = createByteReader(source)
  const chain = mode.startsWith('STREAMING-AWS4-HMAC-SHA256-PAYLOAD') ? startChain(auth) : undefined
  let before: number | undefined
  for (let number = 1; ; number += 1) {
    const chunk = await readChunkHead(reader)
    if (chunk.size > 0 && before !== undefined && before < LEAST_CHUNK)
      throw new S3Error('InvalidChunkSizeError', { Chunk: String(number), BadChunkSize: String(before) })
    const hash = createHash('sha256')
    let size = 0
    for await (const piece of reader.bytes(chunk.size)) {
      if (chain) hash.update(piece)
      size += piece.length
      yield piece
    }
    if (size < chunk.size) throw new S3Error('IncompleteBody')
    chain?.chunk(hash.digest('hex'), chunk.signature)
    if (chunk.size === 0) break
    if ((await reader.line()) !== '') throw new S3Error('IncompleteBody')
    before = chunk.size
  }
  for (const [name, value] of parseTrailers(await reader.rest(LARGEST_TRAILER))) trailers.set(name, value)
  if (mode.endsWith('-TRAILER')) chain?.trailer(trailers)
}

interface ChunkHead {
  readonly size: number
  readonly signature: string | undefined
}

async function readChunkHead(reader: ByteReader): Promise<ChunkHead> {
  const header = /^([0-9a-fA-F]+)(?:;chunk-signature=([0-9a-f]{64}))?$/.exec((await reader.line()) ?? '')
  if (!header) throw new S3Error('IncompleteBody')
  return { size: Number.parseInt(header[1] ?? '', 16), signature: header[2] }
}

function parseTrailers(rest: Buffer): [string, string][] {
  const lines = rest
    .toString('utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '')
  return lines.map((line) => {
    const colon = line.indexOf(':')
    if (colon === -1) throw new S3Error('MalformedTrailerError')
    return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]
  })
}

/** The signatures of chunks and trailers: each signs the one before it. */
interface Chain {
  chunk(dataHash: string, signature: string | undefined): void
  trailer(trailers: ReadonlyMap<string, string>): void
}

function startChain({ signature, amzDate, scope, key }: Verified): Chain {
  let previous = signature
  const follow = (kind: string, hashes: readonly string[], given: string | undefined): void => {
    const text = [kind, amzDate, formatScope(scope), previous, ...hashes].join('\n')
    const expected = sign(key, text)
    if (!sameText(expected, given ?? '')) throw new S3Error('SignatureDoesNotMatch')
    previous = expected
  }
  return {
    chunk: (dataHash, given) => follow('AWS4-HMAC-SHA256-PAYLOAD', [sha256Hex(''), dataHash], given),
    trailer: (trailers) => {
      const signed = [...trailers].filter(([name]) => name !== 'x-amz-trailer-signature')
      const canonical = signed.map(([name, value]) => `${name}:${value}\n`).join('')
      follow('AWS4-HMAC-SHA256-TRAILER', [sha256Hex(canonical)], trailers.get('x-amz-trailer-signature'))
    },
  }
}
