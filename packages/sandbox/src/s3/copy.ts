import type { SandboxResponse } from '../server.ts'
import { assertModelled, readAcl, readAttributes, readStorageClass } from './attributes.ts'
import { checksumOf, md5Of, parseAlgorithm } from './checksums.ts'
import { assertWritable, quoted } from './conditions.ts'
import { authorize, chargedHeaders, findBucket, type S3Call, xmlResponse } from './context.ts'
import { findCopySource } from './copy-source.ts'
import { encryptionForWrite, encryptionHeaders } from './encryption.ts'
import { S3Error } from './errors.ts'
import { etagOf } from './etags.ts'
import { type S3Object, type S3State, storeObject } from './state.ts'
import { tag } from './xml.ts'

/** CopyObject, across buckets too; the source needs s3:GetObject. */
export async function copyObject(call: S3Call, bucketName: string, key: string): Promise<SandboxResponse> {
  const { headers } = call.request
  const bucket = findBucket(call, bucketName)
  authorize(call, 's3:PutObject', `${bucketName}/${key}`)
  assertModelled(headers, key)
  const source = findCopySource(call)
  const replaces = directive(headers) === 'REPLACE'
  const storageClass = readStorageClass(headers)
  if (bucket.objects.get(key) === source && !changes(call)) throw illegalSelfCopy()
  assertCopySize(call.state, source)
  const acl = readAcl(call, bucket, key)
  const encryption = encryptionForWrite(call, bucket)
  const { 'x-amz-storage-class': _old, ...kept } = source.headers
  const attributes = replaces ? readAttributes(headers) : { headers: kept, metadata: source.metadata }
  // A copy is one object however its source was uploaded: the ETag becomes the MD5 of the whole.
  const [md5, checksum] = await Promise.all([wholeMd5(call.state, source), copyChecksum(call, source)])
  assertWritable(call, bucket, key)
  const copy: S3Object = {
    key,
    body: source.body,
    etag: etagOf(call.state, encryption, md5),
    lastModified: call.now,
    checksum,
    headers: { ...attributes.headers, ...storageClass },
    metadata: attributes.metadata,
    encryption,
    ...(acl && { acl }),
  }
  storeObject(bucket, copy)
  const more = { ...encryptionHeaders(encryption), ...chargedHeaders(call, bucket) }
  return xmlResponse(
    'CopyObjectResult',
    copyResult(call.state, copy.etag, call.now) + checksumTag(copy.checksum),
    more,
  )
}

function directive(headers: Readonly<Record<string, string>>): 'COPY' | 'REPLACE' {
  const text = headers['x-amz-metadata-directive'] ?? 'COPY'
  if (text === 'COPY' || text === 'REPLACE') return text
  const details = { ArgumentName: 'x-amz-metadata-directive', ArgumentValue: text }
  throw new S3Error('InvalidArgument', details, 'Unknown metadata directive.')
}

/** A copy onto itself must say that it changes something. */
function changes({ request: { headers } }: S3Call): boolean {
  return (
    headers['x-amz-metadata-directive'] === 'REPLACE' || CHANGING.some((name) => headers[name] !== undefined)
  )
}

const CHANGING = [
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-storage-class',
]

function illegalSelfCopy(): S3Error {
  return new S3Error(
    'InvalidRequest',
    {},
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  )
}

function assertCopySize({ maxPutSize }: S3State, { body }: S3Object): void {
  if (body.length <= maxPutSize) return
  throw new S3Error(
    'InvalidRequest',
    {},
    `The specified copy source is larger than the maximum allowable size for a copy source: ${maxPutSize}`,
  )
}

/** Undefined where the bytes are gone. */
function wholeMd5(state: S3State, { etag, body, parts, encryption }: S3Object): Promise<string | undefined> {
  const known = parts === undefined && encryption?.kind === 'AES256' && state.quirks.etags === 'md5'
  if (known) return Promise.resolve(etag)
  return state.bodies.digests ? md5Of(body) : Promise.resolve(undefined)
}

async function copyChecksum(call: S3Call, source: S3Object): Promise<S3Object['checksum']> {
  const asked = parseAlgorithm(call.request.headers['x-amz-checksum-algorithm'])
  const { checksum } = source
  if (checksum?.type === 'FULL_OBJECT' && (asked ?? checksum.algorithm) === checksum.algorithm)
    return checksum
  const algorithm = asked ?? checksum?.algorithm
  if (!algorithm || !call.state.bodies.digests) return undefined
  return { algorithm, value: await checksumOf(algorithm, source.body), type: 'FULL_OBJECT' }
}

export function checksumTag(checksum: S3Object['checksum']): string {
  if (!checksum) return ''
  return (
    tag(`Checksum${checksum.algorithm.toUpperCase()}`, checksum.value) + tag('ChecksumType', checksum.type)
  )
}

export function copyResult(state: S3State, etag: string, now: number): string {
  return tag('LastModified', new Date(now).toISOString()) + etagTag(state, etag)
}

/** Nothing, from a store that has no ETags. */
export function etagTag({ quirks }: S3State, etag: string): string {
  return quirks.etags === 'none' ? '' : tag('ETag', quoted(etag))
}
