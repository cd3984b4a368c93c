import { quoted } from './conditions.ts'
import type { S3Object } from './state.ts'

type Headers = Readonly<Record<string, string>>

const KEPT = ['cache-control', 'content-disposition', 'content-language', 'expires', 'x-amz-storage-class']
const METADATA = 'x-amz-meta-'

export interface ObjectAttributes {
  readonly headers: Headers
  readonly metadata: Headers
}

/** What a PUT, a copy with REPLACE or a CreateMultipartUpload says about the object to be. */
export function readAttributes(headers: Headers): ObjectAttributes {
  const kept = KEPT.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]]))
  // aws-chunked is the framing of the transfer and never part of the object.
  const encodings = (headers['content-encoding'] ?? '').split(',').map((text) => text.trim())
  const encoding = encodings.filter((name) => name !== '' && name !== 'aws-chunked').join(',')
  const metadata = Object.entries(headers)
    .filter(([name]) => name.startsWith(METADATA))
    .map(([name, value]) => [name.slice(METADATA.length), value])
  return {
    headers: {
      'content-type': headers['content-type'] ?? 'binary/octet-stream',
      ...(encoding === '' ? {} : { 'content-encoding': encoding }),
      ...Object.fromEntries(kept),
    },
    metadata: Object.fromEntries(metadata),
  }
}

/** Headers of GET and HEAD; the checksum only when `x-amz-checksum-mode: ENABLED` asks for it. */
export function objectHeaders(object: S3Object, withChecksum: boolean): Record<string, string> {
  const metadata = Object.entries(object.metadata).map(([name, value]) => [`${METADATA}${name}`, value])
  return {
    ...object.headers,
    ...Object.fromEntries(metadata),
    etag: quoted(object.etag),
    'last-modified': new Date(object.lastModified).toUTCString(),
    'accept-ranges': 'bytes',
    ...(withChecksum ? checksumHeaders(object) : {}),
  }
}

export function checksumHeaders({ checksum }: S3Object): Record<string, string> {
  if (!checksum) return {}
  return { [`x-amz-checksum-${checksum.algorithm}`]: checksum.value, 'x-amz-checksum-type': checksum.type }
}
