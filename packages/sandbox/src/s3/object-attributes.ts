import type { SandboxResponse } from '../server.ts'
import { storageClassOf } from './archive.ts'
import { authorize, chargedHeaders, findBucket, type S3Call, throwNoSuchKey, xmlResponse } from './context.ts'
import { checksumTag } from './copy.ts'
import { assertReadable } from './encryption.ts'
import { S3Error } from './errors.ts'
import type { S3Object, S3State } from './state.ts'
import { tag } from './xml.ts'

const KNOWN: Readonly<Record<string, (object: S3Object, state: S3State) => string>> = {
  // The only place where S3 writes an ETag without its quotes.
  ETag: ({ etag }, { quirks }) => (quirks.etags === 'none' ? '' : tag('ETag', etag)),
  Checksum: ({ checksum }) => (checksum ? `<Checksum>${checksumTag(checksum)}</Checksum>` : ''),
  ObjectParts: (object) => objectParts(object),
  StorageClass: (object) => tag('StorageClass', storageClassOf(object)),
  ObjectSize: ({ body }) => tag('ObjectSize', body.length),
}

/** GetObjectAttributes: what HEAD does not tell, above all the sizes and checksums of the parts. */
export function getObjectAttributes(call: S3Call, bucketName: string, key: string): SandboxResponse {
  const bucket = findBucket(call, bucketName)
  authorize(call, 's3:GetObject', `${bucketName}/${key}`)
  authorize(call, 's3:GetObjectAttributes', `${bucketName}/${key}`)
  const object = bucket.objects.get(key)
  if (!object) throwNoSuchKey(call, bucketName, key)
  assertReadable(call, object)
  const asked = (call.request.headers['x-amz-object-attributes'] ?? '').split(',').map((name) => name.trim())
  const content = Object.entries(KNOWN).map(([name, format]) =>
    asked.includes(name) ? format(object, call.state) : '',
  )
  if (asked.some((name) => KNOWN[name] === undefined))
    throw new S3Error('InvalidArgument', {
      ArgumentName: 'x-amz-object-attributes',
      ArgumentValue: asked.join(','),
    })
  const modified = new Date(object.lastModified).toUTCString()
  const headers = { 'last-modified': modified, ...chargedHeaders(call, bucket) }
  return xmlResponse('GetObjectAttributesResponse', content.join(''), headers)
}

/** Parts one by one only where they have checksums, else no more than their number. */
function objectParts({ parts, checksum }: S3Object): string {
  if (!parts) return ''
  const listed =
    checksum?.type === 'COMPOSITE'
      ? parts.map((part, index) => {
          const sum = tag(`Checksum${checksum.algorithm.toUpperCase()}`, part.checksum)
          return `<Part>${tag('PartNumber', index + 1)}${tag('Size', part.size)}${sum}</Part>`
        })
      : []
  return `<ObjectParts>${tag('PartsCount', parts.length)}${listed.join('')}</ObjectParts>`
}
