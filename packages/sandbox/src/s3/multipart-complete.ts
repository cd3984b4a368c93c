import type { SandboxResponse } from '../server.ts'
import { joinBodies } from './bodies.ts'
import { assertChecksum, checksumOf, declaredChecksum, startChecksum } from './checksums.ts'
import { assertWritable, isConditional, unquoted } from './conditions.ts'
import { authorize, chargedHeaders, findBucket, type S3Call, xmlResponse } from './context.ts'
import { checksumTag, etagTag } from './copy.ts'
import { encryptionHeaders } from './encryption.ts'
import { S3Error } from './errors.ts'
import { multipartEtag } from './etags.ts'
import { findUpload } from './multipart.ts'
import { type Bucket, type MultipartUpload, type S3Object, storeObject, type UploadedPart } from './state.ts'
import { childrenNamed, childText, parseXml, tag, type XmlElement } from './xml.ts'

/** CompleteMultipartUpload; the upload is gone afterwards, so a second call answers NoSuchUpload. */
export async function completeMultipartUpload(
  call: S3Call,
  bucketName: string,
  key: string,
): Promise<SandboxResponse> {
  const bucket = findBucket(call, bucketName)
  authorize(call, 's3:PutObject', `${bucketName}/${key}`)
  const upload = findUpload(call, bucketName, key)
  const parts = chooseParts(call, upload, parseParts(call.request.body))
  assertSizes(parts, call.state.minPartSize)
  const object = await assemble(call, upload, parts)
  assertStated(call, object)
  // Nobody else may come between the question and the answer.
  assertNoConflict(bucket, upload, call)
  assertWritable(call, bucket, key)
  if (!call.state.uploads.delete(upload.id)) throw new S3Error('NoSuchUpload', { UploadId: upload.id })
  storeObject(bucket, object)
  const location = `http://${call.request.headers['host']}/${bucketName}/${key}`
  const content =
    tag('Location', location) + tag('Bucket', bucketName) + tag('Key', key) + etagTag(call.state, object.etag)
  const more = { ...encryptionHeaders(upload.encryption), ...chargedHeaders(call, bucket) }
  return xmlResponse('CompleteMultipartUploadResult', content + checksumTag(object.checksum), more)
}

function parseParts(body: Buffer): XmlElement[] {
  const root = parseXml(body.toString('utf8'))
  const parts = root?.name === 'CompleteMultipartUpload' ? childrenNamed(root, 'Part') : []
  if (parts.length === 0) throw new S3Error('MalformedXML')
  return parts
}

function chooseParts(call: S3Call, upload: MultipartUpload, wanted: readonly XmlElement[]): UploadedPart[] {
  const parts = wanted.map((element) => choosePart(call, upload, element))
  const ascending = parts.every((part, index) => index === 0 || part.number > (parts[index - 1]?.number ?? 0))
  if (!ascending) throw new S3Error('InvalidPartOrder', { UploadId: upload.id })
  return parts
}

function choosePart(
  { state: { quirks } }: S3Call,
  upload: MultipartUpload,
  element: XmlElement,
): UploadedPart {
  const number = Number(childText(element, 'PartNumber'))
  const etag = unquoted(childText(element, 'ETag') ?? '')
  const part = upload.parts.get(number)
  if (!part || (part.etag !== etag && quirks.etags !== 'none')) throw invalidPart(upload, number, etag)
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
  const deleted = bucket.deletes.get(upload.key) ?? 0
  if (isConditional(call) && deleted > upload.sequence)
    throw new S3Error('ConditionalRequestConflict', { Key: upload.key })
}

async function assemble(
  call: S3Call,
  upload: MultipartUpload,
  parts: readonly UploadedPart[],
): Promise<S3Object> {
  const { key, headers, metadata, encryption, acl } = upload
  const body = joinBodies(parts.map((part) => part.body))
  return {
    key,
    body,
    etag: multipartEtag(parts),
    lastModified: call.now,
    headers,
    metadata,
    checksum: call.state.bodies.digests ? await assembleChecksum(upload, parts, body) : undefined,
    parts: parts.map((part) => ({ size: part.body.length, checksum: part.checksum })),
    ...(encryption && { encryption }),
    ...(acl && { acl }),
  }
}

/** COMPOSITE: the checksum of the parts' checksums, with their number (S3 user guide, "Checking object integrity"). */
async function assembleChecksum(
  { algorithm, checksumType: type }: MultipartUpload,
  parts: readonly UploadedPart[],
  body: S3Object['body'],
): Promise<S3Object['checksum']> {
  if (!algorithm) return undefined
  if (type === 'FULL_OBJECT') return { algorithm, type, value: await checksumOf(algorithm, body) }
  const sums = startChecksum(algorithm)
  for (const part of parts)
    sums.update(Buffer.from(part.checksum ?? (await checksumOf(algorithm, part.body)), 'base64'))
  return { algorithm, type, value: `${sums.digest().toString('base64')}-${parts.length}` }
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
  const { checksum } = object
  if (checksum?.type !== 'FULL_OBJECT') return
  const declared = declaredChecksum(call.request.headers)
  if (declared?.algorithm === checksum.algorithm) assertChecksum(declared, checksum.value)
}
