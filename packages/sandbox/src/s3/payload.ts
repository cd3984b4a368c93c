import { createHash } from 'node:crypto'
import type { SandboxRequest } from '../server.ts'
import type { Verified } from '../sigv4/index.ts'
import { assertChecksum, type DeclaredChecksum, declaredChecksum } from './checksums.ts'
import { decodeChunks } from './chunks.ts'
import { S3Error } from './errors.ts'

export interface Payload {
  readonly body: Buffer
  readonly checksum: DeclaredChecksum | undefined
}

/**
 * The object's bytes: framing removed, every digest that the client stated for them checked.
 * @throws S3Error BadDigest, InvalidDigest, IncompleteBody, MissingContentLength
 */
export function readPayload(request: SandboxRequest, auth: Verified | undefined): Payload {
  const { headers } = request
  const mode = headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD'
  if (headers['transfer-encoding'] !== undefined && headers['x-amz-decoded-content-length'] === undefined) {
    throw new S3Error('MissingContentLength')
  }
  const { body, trailers } = mode.startsWith('STREAMING-')
    ? decodeStream(request, mode, auth)
    : { body: request.body, trailers: {} }
  assertMd5(headers['content-md5'], body)
  const checksum = declaredChecksum(headers, trailers)
  if (checksum) assertChecksum(checksum, body)
  return { body, checksum }
}

function decodeStream(
  request: SandboxRequest,
  mode: string,
  auth: Verified | undefined,
): ReturnType<typeof decodeChunks> {
  const decoded = decodeChunks(request.body, mode, auth)
  const length = request.headers['x-amz-decoded-content-length']
  if (length === undefined) throw new S3Error('MissingContentLength')
  if (Number(length) !== decoded.body.length) throw new S3Error('IncompleteBody')
  for (const name of (request.headers['x-amz-trailer'] ?? '')
    .split(',')
    .map((text) => text.trim().toLowerCase())) {
    if (name !== '' && decoded.trailers[name] === undefined) throw new S3Error('MalformedTrailerError')
  }
  return decoded
}

function assertMd5(header: string | undefined, body: Buffer): void {
  if (header === undefined) return
  if (Buffer.from(header, 'base64').length !== 16)
    throw new S3Error('InvalidDigest', { 'Content-MD5': header })
  const computed = createHash('md5').update(body).digest('base64')
  if (computed !== header)
    throw new S3Error('BadDigest', { ExpectedDigest: header, CalculatedDigest: computed })
}
