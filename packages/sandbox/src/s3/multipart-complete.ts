import { createHash } from 'node:crypto'
import type { SandboxResponse } from '../server.ts'
import { assertChecksum, computeChecksum, declaredChecksum } from './checksums.ts'
import { assertWritable, quoted, unquoted } from './conditions.ts'
import { authorize, findBucket, type S3Call, xmlResponse } from './context.ts'
import { checksumTag } from './copy.ts'
import { S3Error } from './errors.ts'
import { findUpload } from './multipart.ts'
import { type Bucket, type MultipartUpload, type S3Object, storeObject, type UploadedPart } from './state.ts'
import { childrenNamed, childText, parseXml, tag, type XmlElement } from './xml.ts'

/** CompleteMultipartUpload; the upload is gone afterwards, so a second call answers NoSuchUpload. */
export function completeMultipartUpload(call: S3Call, bucketName: string, key: string): SandboxResponse {
  authorize(call, 's3:PutObject', `${bucketName}/${key}`)
  const bucket = findBucket(call.state, bucketName)
  const upload = findUpload(call, bucketName, key)
  const parts = chooseParts(upload, parseParts(call.request.body))
  assertSizes(parts, call.state.minPartSize)
  assertNoConflict(bucket, upload, call)
  assertWritable(bucket, key, call.request.headers)
  const object = assemble(upload, parts, call.now)
  assertStated(call, object)
  storeObject(bucket, object)
  call.state.uploads.delete(upload.id)
  const location = `http://${call.request.headers['host']}/${bucketName}/${key}`
  const content =
    tag('Location', location) + tag('Bucket', bucketName) + tag('Key', key) + tag('ETag', quoted(object.etag))
  return xmlResponse('CompleteMultipartUploadResult', content + checksumTag(object.checksum))
}

function parseParts(body: Buffer): XmlElement[] {
  const root = parseXml(body.toString('utf8'))
  const parts = root?.name === 'CompleteMultipartUpload' ? childrenNamed(root, 'Part') : []
  if (parts.length === 0) throw new S3Error('MalformedXML')
  return parts
}

function chooseParts(upload: MultipartUpload, wanted: readonly XmlElement[]): UploadedPart[] {
  const parts = wanted.map((element) => choosePart(upload, element))
  const ascending = parts.every((part, index) => index === 0 || part.number > (parts[index - 1]?.number ?? 0))
  if (!ascending) throw new S3Error('InvalidPartOrder', { UploadId: upload.id })
  return parts
}

function choosePart(upload: MultipartUpload, element: XmlElement): UploadedPart {
  const number = Number(childText(element, 'PartNumber'))
  const etag = unquoted(childText(element, 'ETag') ?? '')
  const part = upload.parts.get(number)
  if (part?.etag !== etag) throw invalidPart(upload, number, etag)
  if (!upload.algorithm) return part
  const stated = childText(element, `Checksum${upload.algorithm.toUpperCase()}`)
  if (stated === undefined && upload.checksumType === 'COMPOSITE' && part.checksum !== undefined) {
    throw new S3Error(
      'InvalidRequest',
      {},
      `The upload was created using a ${upload.algorithm} checksum. The complete request must include the checksum for each part. It was missing for part ${number} in the request.`,
    )
  }
  if (stated !== undefined && stated !== part.checksum) throw invalidPart(upload, number, etag)
  return part
}

function invalidPart(upload: MultipartUpload, number: number, etag: string): S3Error {
  return new S3Error('InvalidPart', { UploadId: upload.id, PartNumber: String(number), ETag: etag })
}

/** Every part but the last has at least 5 MiB. */
function assertSizes(parts: readonly UploadedPart[], minimum: number): void {
  const small = parts.slice(0, -1).find((part) => part.body.length < minimum)
  if (!small) return
  throw new S3Error('EntityTooSmall', {
    ProposedSize: String(small.body.length),
    MinSizeAllowed: String(minimum),
    PartNumber: String(small.number),
    ETag: small.etag,
  })
}

/** A delete that succeeded while a conditional upload was under way is a conflict: the upload must start again. */
function assertNoConflict(bucket: Bucket, upload: MultipartUpload, call: S3Call): void {
  const { headers } = call.request
  const conditional = headers['if-none-match'] !== undefined || headers['if-match'] !== undefined
  const deleted = bucket.deletes.get(upload.key) ?? 0
  if (conditional && deleted > upload.sequence)
    throw new S3Error('ConditionalRequestConflict', { Key: upload.key })
}

function assemble(upload: MultipartUpload, parts: readonly UploadedPart[], now: number): S3Object {
  const body = Buffer.concat(parts.map((part) => part.body))
  const digests = Buffer.concat(parts.map((part) => Buffer.from(part.etag, 'hex')))
  const etag = `${createHash('md5').update(digests).digest('hex')}-${parts.length}`
  const { key, headers, metadata } = upload
  return {
    key,
    body,
    etag,
    lastModified: now,
    headers,
    metadata,
    checksum: assembleChecksum(upload, parts, body),
  }
}

/** COMPOSITE: the checksum of the parts' checksums, with their number (S3 user guide, "Checking object integrity"). */
function assembleChecksum(
  upload: MultipartUpload,
  parts: readonly UploadedPart[],
  body: Buffer,
): S3Object['checksum'] {
  const { algorithm, checksumType: type } = upload
  if (!algorithm) return undefined
  if (type === 'FULL_OBJECT') return { algorithm, type, value: computeChecksum(algorithm, body) }
  const sums = parts.map((part) =>
    Buffer.from(part.checksum ?? computeChecksum(algorithm, part.body), 'base64'),
  )
  return { algorithm, type, value: `${computeChecksum(algorithm, Buffer.concat(sums))}-${parts.length}` }
}

/** What the client says about the whole: its size, and for FULL_OBJECT its checksum. */
function assertStated(call: S3Call, object: S3Object): void {
  const size = call.request.headers['x-amz-mp-object-size']
  if (size !== undefined && Number(size) !== object.body.length) {
    throw new S3Error(
      'InvalidRequest',
      {},
      `The provided 'x-amz-mp-object-size' header does not match what was computed.`,
    )
  }
  if (object.checksum?.type !== 'FULL_OBJECT') return
  const declared = declaredChecksum(call.request.headers, {})
  if (declared) assertChecksum(declared, object.body)
}
