import { assertNotArchived } from './archive.ts'
import { assertCopyable } from './conditions.ts'
import { authorize, findSourceBucket, type S3Call, throwNoSuchKey } from './context.ts'
import { assertSourceReadable } from './encryption.ts'
import { S3Error } from './errors.ts'
import type { S3Object } from './state.ts'

/** What a copy is made from, once it is sure that this request may read it. @throws S3Error */
export function findCopySource(call: S3Call): S3Object {
  const header = call.request.headers['x-amz-copy-source'] ?? ''
  const { bucketName, key } = parseSource(header)
  const bucket = findSourceBucket(call, bucketName)
  authorize(call, 's3:GetObject', `${bucketName}/${key}`)
  const object = bucket.objects.get(key)
  if (!object) throwNoSuchKey(call, bucketName, key)
  assertNotArchived(object, call.now)
  assertSourceReadable(call, object)
  assertCopyable(object, call.request.headers)
  return object
}

function parseSource(header: string): { bucketName: string; key: string } {
  const [path = '', query] = header.replace(/^\//, '').split('?')
  const slash = path.indexOf('/')
  if (slash < 1)
    throw new S3Error(
      'InvalidArgument',
      { ArgumentName: 'x-amz-copy-source', ArgumentValue: header },
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
    )
  if (query !== undefined) throw new S3Error('NotImplemented', { Header: 'x-amz-copy-source?versionId' })
  return {
    bucketName: decodeURIComponent(path.slice(0, slash)),
    key: decodeURIComponent(path.slice(slash + 1)),
  }
}

export interface CopiedRange {
  readonly first: number
  /** Without it. */
  readonly end: number
}

/**
 * `x-amz-copy-source-range`, which is stricter than Range: both ends, both inside.
 * @throws S3Error InvalidArgument, InvalidRequest
 */
export function copiedRange(call: S3Call, source: S3Object): CopiedRange {
  const header = call.request.headers['x-amz-copy-source-range']
  const size = source.body.length
  if (header === undefined) return { first: 0, end: size }
  const refuse = (message: string): S3Error => {
    const details = { ArgumentName: 'x-amz-copy-source-range', ArgumentValue: header }
    return new S3Error('InvalidArgument', details, message)
  }
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(header)?.map(Number) ?? []
  if (first === undefined || last === undefined || last < first)
    throw refuse(
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
    )
  if (last >= size) throw refuse(`Range specified is not valid for source object of size: ${size}`)
  if (size <= call.state.minPartSize)
    throw new S3Error(
      'InvalidRequest',
      {},
      'The specified copy source is not supported as a byte-range copy source',
    )
  return { first, end: last + 1 }
}
