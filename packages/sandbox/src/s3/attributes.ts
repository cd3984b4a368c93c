import { STORAGE_CLASSES } from './archive.ts'
import { quoted } from './conditions.ts'
import { authorize, type S3Call } from './context.ts'
import { encryptionHeaders } from './encryption.ts'
import { S3Error } from './errors.ts'
import type { Bucket, S3Object, S3State } from './state.ts'

type Headers = Readonly<Record<string, string>>

const KEPT = ['cache-control', 'content-disposition', 'content-language', 'expires']
const METADATA = 'x-amz-meta-'
const MAX_METADATA = 2048
const MAX_KEY_BYTES = 1024

/** Would change what happens to the object, and is not modelled: refused by name rather than lost. */
const UNMODELLED = [
  'x-amz-tagging',
  'x-amz-website-redirect-location',
  'x-amz-object-lock-mode',
  'x-amz-object-lock-retain-until-date',
  'x-amz-object-lock-legal-hold',
  'x-amz-write-offset-bytes',
]

export interface ObjectAttributes {
  readonly headers: Headers
  readonly metadata: Headers
}

/**
 * What a PUT, a copy with REPLACE or a CreateMultipartUpload says about the object to be.
 * @throws S3Error MetadataTooLarge
 */
export function readAttributes(headers: Headers): ObjectAttributes {
  const kept = KEPT.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]]))
  // aws-chunked is the framing of the transfer and never part of the object.
  const encodings = (headers['content-encoding'] ?? '').split(',').map((text) => text.trim())
  const encoding = encodings.filter((name) => name !== '' && name !== 'aws-chunked').join(',')
  const metadata = Object.entries(headers)
    .filter(([name]) => name.startsWith(METADATA))
    .map(([name, value]): [string, string] => [name.slice(METADATA.length), value])
  assertMetadataSize(metadata)
  return {
    headers: {
      'content-type': headers['content-type'] ?? 'binary/octet-stream',
      ...(encoding === '' ? {} : { 'content-encoding': encoding }),
      ...Object.fromEntries(kept),
    },
    metadata: Object.fromEntries(metadata),
  }
}

function assertMetadataSize(metadata: readonly (readonly [string, string])[]): void {
  const size = metadata.reduce((sum, pair) => sum + Buffer.byteLength(pair.join('')), 0)
  if (size > MAX_METADATA)
    throw new S3Error('MetadataTooLarge', { Size: String(size), MaxSizeAllowed: String(MAX_METADATA) })
}

/** `x-amz-storage-class`, kept unless it is the default. @throws S3Error InvalidStorageClass */
export function readStorageClass(headers: Headers): Headers {
  const wanted = headers['x-amz-storage-class']
  if (wanted === undefined || wanted === 'STANDARD') return {}
  if (!STORAGE_CLASSES.includes(wanted))
    throw new S3Error('InvalidStorageClass', { StorageClassRequested: wanted })
  return { 'x-amz-storage-class': wanted }
}

/**
 * The access control list that a write asks for.
 * @throws S3Error AccessControlListNotSupported where the bucket knows no ACLs, AccessDenied
 */
export function readAcl(call: S3Call, bucket: Bucket, key: string): Headers | undefined {
  const given = Object.entries(call.request.headers).filter(
    ([name]) => name === 'x-amz-acl' || name.startsWith('x-amz-grant-'),
  )
  if (given.length === 0) return undefined
  const harmless = given.every(([, value]) => value === 'bucket-owner-full-control')
  if (bucket.ownership === 'BucketOwnerEnforced' && !harmless)
    throw new S3Error('AccessControlListNotSupported')
  authorize(call, 's3:PutObjectAcl', `${bucket.name}/${key}`)
  return Object.fromEntries(given)
}

/** @throws S3Error NotImplemented, KeyTooLongError */
export function assertModelled(headers: Headers, key: string): void {
  const unmodelled = UNMODELLED.find((name) => headers[name] !== undefined)
  if (unmodelled !== undefined) throw new S3Error('NotImplemented', { Header: unmodelled })
  const size = Buffer.byteLength(key)
  if (size > MAX_KEY_BYTES)
    throw new S3Error('KeyTooLongError', { Size: String(size), MaxSizeAllowed: String(MAX_KEY_BYTES) })
}

/** Headers of GET and HEAD; the checksum only when `x-amz-checksum-mode: ENABLED` asks for it. */
export function objectHeaders(
  state: S3State,
  object: S3Object,
  withChecksum: boolean,
): Record<string, string> {
  const metadata = Object.entries(object.metadata).map(([name, value]) => [`${METADATA}${name}`, value])
  return {
    ...object.headers,
    ...Object.fromEntries(metadata),
    ...etagHeader(state, object.etag),
    'last-modified': new Date(object.lastModified).toUTCString(),
    'accept-ranges': 'bytes',
    ...encryptionHeaders(object.encryption),
    ...(withChecksum ? checksumHeaders(object) : {}),
  }
}

export function etagHeader({ quirks }: S3State, etag: string): Record<string, string> {
  return quirks.etags === 'none' ? {} : { etag: quoted(etag) }
}

export function checksumHeaders({ checksum }: S3Object): Record<string, string> {
  if (!checksum) return {}
  return { [`x-amz-checksum-${checksum.algorithm}`]: checksum.value, 'x-amz-checksum-type': checksum.type }
}
