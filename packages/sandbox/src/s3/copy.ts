import type { SandboxResponse } from '../server.ts'
import { readAttributes } from './attributes.ts'
import { computeChecksum, parseAlgorithm } from './checksums.ts'
import { assertWritable, quoted, unquoted } from './conditions.ts'
import { authorize, findBucket, type S3Call, throwNoSuchKey, xmlResponse } from './context.ts'
import { S3Error } from './errors.ts'
import { md5Hex } from './objects.ts'
import { type S3Object, storeObject } from './state.ts'
import { tag } from './xml.ts'

/** CopyObject, across buckets too; the source needs s3:GetObject. */
export function copyObject(call: S3Call, bucketName: string, key: string): SandboxResponse {
  const { headers } = call.request
  authorize(call, 's3:PutObject', `${bucketName}/${key}`)
  const bucket = findBucket(call.state, bucketName)
  const source = findCopySource(call)
  const replaces = headers['x-amz-metadata-directive'] === 'REPLACE'
  if (!replaces && bucket.objects.get(key) === source) {
    throw new S3Error(
      'InvalidRequest',
      {},
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    )
  }
  assertWritable(bucket, key, headers)
  const attributes = replaces
    ? readAttributes(headers)
    : { headers: source.headers, metadata: source.metadata }
  // A copy is one object however its source was uploaded: the ETag becomes the MD5 of the whole.
  const copy: S3Object = {
    ...source,
    ...attributes,
    key,
    etag: md5Hex(source.body),
    checksum: copyChecksum(source, headers),
    lastModified: call.now,
  }
  storeObject(bucket, copy)
  return xmlResponse('CopyObjectResult', copyResult(copy.etag, call.now) + checksumTag(copy.checksum))
}

function copyChecksum(source: S3Object, headers: Readonly<Record<string, string>>): S3Object['checksum'] {
  const algorithm = parseAlgorithm(headers['x-amz-checksum-algorithm']) ?? source.checksum?.algorithm
  return algorithm && { algorithm, value: computeChecksum(algorithm, source.body), type: 'FULL_OBJECT' }
}

export function checksumTag(checksum: S3Object['checksum']): string {
  if (!checksum) return ''
  return (
    tag(`Checksum${checksum.algorithm.toUpperCase()}`, checksum.value) + tag('ChecksumType', checksum.type)
  )
}

export function copyResult(etag: string, now: number): string {
  return tag('LastModified', new Date(now).toISOString()) + tag('ETag', quoted(etag))
}

/** @throws S3Error InvalidArgument, NoSuchBucket, NoSuchKey, AccessDenied, PreconditionFailed */
export function findCopySource(call: S3Call): S3Object {
  const header = call.request.headers['x-amz-copy-source'] ?? ''
  const [path = ''] = header.replace(/^\//, '').split('?')
  const slash = path.indexOf('/')
  if (slash < 1)
    throw new S3Error(
      'InvalidArgument',
      { ArgumentName: 'x-amz-copy-source', ArgumentValue: header },
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
    )
  const bucketName = decodeURIComponent(path.slice(0, slash))
  const key = decodeURIComponent(path.slice(slash + 1))
  authorize(call, 's3:GetObject', `${bucketName}/${key}`)
  const object = findBucket(call.state, bucketName).objects.get(key)
  if (!object) throwNoSuchKey(call, bucketName, key)
  assertCopyConditions(call, object)
  return object
}

function assertCopyConditions(call: S3Call, object: S3Object): void {
  const match = call.request.headers['x-amz-copy-source-if-match']
  if (match !== undefined && unquoted(match) !== object.etag) {
    throw new S3Error('PreconditionFailed', { Condition: 'x-amz-copy-source-If-Match' })
  }
  const noneMatch = call.request.headers['x-amz-copy-source-if-none-match']
  if (noneMatch !== undefined && unquoted(noneMatch) === object.etag) {
    throw new S3Error('PreconditionFailed', { Condition: 'x-amz-copy-source-If-None-Match' })
  }
}
