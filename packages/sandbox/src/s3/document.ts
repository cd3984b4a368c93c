import { createHash } from 'node:crypto'
import type { S3Call } from './context.ts'
import { S3Error } from './errors.ts'
import { assertAsSigned } from './payload.ts'

const LARGEST = 4 * 1024 * 1024

/**
 * The body of a call that is no object: XML, in memory, with the bytes and digests that the client stated.
 * @throws S3Error XAmzContentSHA256Mismatch, BadDigest, MalformedXML
 */
export async function readDocument({ request }: S3Call): Promise<Buffer> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of request.content) {
    size += piece.length
    if (size > LARGEST) throw new S3Error('MalformedXML')
    pieces.push(piece)
  }
  const body = request.body.length > 0 ? request.body : Buffer.concat(pieces)
  const stated = request.headers['x-amz-content-sha256'] ?? ''
  if (/^[0-9a-f]{64}$/.test(stated)) assertAsSigned(stated, createHash('sha256').update(body).digest('hex'))
  return body
}
