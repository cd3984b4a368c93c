import type { Verified } from '../sigv4/index.ts'
import { sameText } from '../sigv4/index.ts'
import { formatScope, sha256Hex, sign } from '../sigv4/signature.ts'
import { S3Error } from './errors.ts'

export interface DecodedChunks {
  readonly body: Buffer
  /** Lower-case names. */
  readonly trailers: Readonly<Record<string, string>>
}

interface Chunk {
  readonly data: Buffer
  readonly signature: string | undefined
}

/**
 * Takes the framing of an aws-chunked body off and checks it: `<hex size>[;chunk-signature=…]\r\n<data>\r\n … 0\r\n<trailers>\r\n`.
 * Source: S3 API reference, "Signature calculations … transferring payload in multiple chunks" and "… including trailing headers".
 * @throws S3Error IncompleteBody, MalformedTrailerError, SignatureDoesNotMatch
 */
export function decodeChunks(framed: Buffer, mode: string, auth: Verified | undefined): DecodedChunks {
  const { chunks, rest } = splitChunks(framed)
  const signed = mode.startsWith('STREAMING-AWS4-HMAC-SHA256-PAYLOAD')
  const trailers = parseTrailers(rest)
  if (signed && auth) {
    const last = assertChunkSignatures(chunks, auth)
    if (mode.endsWith('-TRAILER')) assertTrailerSignature(trailers, last, auth)
  }
  return { body: Buffer.concat(chunks.map((chunk) => chunk.data)), trailers }
}

function splitChunks(framed: Buffer): { chunks: Chunk[]; rest: Buffer } {
  const chunks: Chunk[] = []
  let at = 0
  for (;;) {
    const end = framed.indexOf('\r\n', at)
    const header = /^([0-9a-fA-F]+)(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(
      end === -1 ? '' : framed.toString('latin1', at, end),
    )
    if (!header) throw new S3Error('IncompleteBody')
    const size = Number.parseInt(header[1] ?? '', 16)
    const start = end + 2
    const data = framed.subarray(start, start + size)
    chunks.push({ data, signature: header[2] })
    if (size === 0) return { chunks, rest: framed.subarray(start) }
    if (data.length < size || framed.toString('latin1', start + size, start + size + 2) !== '\r\n')
      throw new S3Error('IncompleteBody')
    at = start + size + 2
  }
}

function parseTrailers(rest: Buffer): Record<string, string> {
  const lines = rest
    .toString('utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '')
  const pairs = lines.map((line): [string, string] => {
    const colon = line.indexOf(':')
    if (colon === -1) throw new S3Error('MalformedTrailerError')
    return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]
  })
  return Object.fromEntries(pairs)
}

function assertChunkSignatures(chunks: readonly Chunk[], auth: Verified): string {
  let previous = auth.signature
  for (const chunk of chunks) {
    const text = [
      'AWS4-HMAC-SHA256-PAYLOAD',
      auth.amzDate,
      formatScope(auth.scope),
      previous,
      sha256Hex(''),
      sha256Hex(chunk.data),
    ]
    const expected = sign(auth.key, text.join('\n'))
    if (!sameText(expected, chunk.signature ?? '')) throw new S3Error('SignatureDoesNotMatch')
    previous = expected
  }
  return previous
}

function assertTrailerSignature(
  trailers: Readonly<Record<string, string>>,
  previous: string,
  auth: Verified,
): void {
  const { 'x-amz-trailer-signature': signature = '', ...headers } = trailers
  const canonical = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`)
  const text = [
    'AWS4-HMAC-SHA256-TRAILER',
    auth.amzDate,
    formatScope(auth.scope),
    previous,
    sha256Hex(canonical.join('')),
  ]
  if (!sameText(sign(auth.key, text.join('\n')), signature)) throw new S3Error('SignatureDoesNotMatch')
}
