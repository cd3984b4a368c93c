import { createHash } from 'node:crypto'
import { type Encryption, hasMd5Etag, opaqueEtag } from './encryption.ts'
import type { S3State, UploadedPart } from './state.ts'

/** @param md5 hexadecimal; undefined where nobody has looked at the bytes */
export function etagOf(state: S3State, encryption: Encryption, md5: string | undefined): string {
  const { etags } = state.quirks
  if (md5 === undefined || etags === 'opaque' || !hasMd5Etag(encryption)) return opaqueEtag()
  return etags === 'dashed' ? `${md5}-1` : md5
}

/** MD5 of the parts' MD5s, and how many they are. */
export function multipartEtag(parts: readonly UploadedPart[]): string {
  const digests = Buffer.concat(parts.map((part) => Buffer.from(part.etag, 'hex')))
  return `${createHash('md5').update(digests).digest('hex')}-${parts.length}`
}
