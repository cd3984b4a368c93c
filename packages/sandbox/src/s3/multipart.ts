import { randomBytes } from 'node:crypto'
import type { SandboxResponse } from '../server.ts'
import { assertModelled, etagHeader, readAcl, readAttributes, readStorageClass } from './attributes.ts'
import { type ObjectBody, sliceBody } from './bodies.ts'
import { type ChecksumAlgorithm, checksumOf, md5Of, parseAlgorithm } from './checksums.ts'
import { authorize, chargedHeaders, findBucket, type S3Call, xmlResponse } from './context.ts'
import { copyResult } from './copy.ts'
import { copiedRange, findCopySource } from './copy-source.ts'
import { assertPartKey, encryptionForWrite, encryptionHeaders, opaqueEtag } from './encryption.ts'
import { S3Error } from './errors.ts'
import { readPayload } from './payload.ts'
import type { MultipartUpload, UploadedPart } from './state.ts'
import { tag } from './xml.ts'

const MAX_PART_NUMBER = 10_000

export function createMultipartUpload(call: S3Call, bucketName: string, key: string): SandboxResponse {
  const bucket = findBucket(call, bucketName)
  authorize(call, 's3:PutObject', `${bucketName}/${key}`)
  const { headers } = call.request
  assertModelled(headers, key)
  const attributes = readAttributes(headers)
  const id = randomBytes(24).toString('base64url')
  const upload: MultipartUpload = {
    id,
    bucket: bucketName,
    key,
    initiatedAt: call.now,
    sequence: ++call.state.sequence,
    ...readChecksumWish(call),
    headers: { ...attributes.headers, ...readStorageClass(headers) },
    metadata: attributes.metadata,
    encryption: encryptionForWrite(call, bucket),
    acl: readAcl(call, bucket, key),
    parts: new Map(),
  }
  call.state.uploads.set(id, upload)
  const content = tag('Bucket', bucketName) + tag('Key', key) + tag('UploadId', id)
  return xmlResponse('InitiateMultipartUploadResult', content, {
    ...checksumWishHeaders(upload),
    ...encryptionHeaders(upload.encryption),
    ...chargedHeaders(call, bucket),
  })
}

function readChecksumWish({
  request: { headers },
  state,
}: S3Call): Pick<MultipartUpload, 'algorithm' | 'checksumType'> {
  if (state.quirks.checksums === 'ignored') return { algorithm: undefined, checksumType: 'COMPOSITE' }
  const algorithm = parseAlgorithm(headers['x-amz-checksum-algorithm'])
  if (algorithm !== undefined && state.quirks.checksums === 'refused')
    throw new S3Error('NotImplemented', { Header: 'x-amz-checksum-algorithm' })
  const fallback = algorithm === 'crc64nvme' ? 'FULL_OBJECT' : 'COMPOSITE'
  const type = headers['x-amz-checksum-type'] ?? fallback
  const impossible = type === 'FULL_OBJECT' ? ['sha1', 'sha256'] : ['crc64nvme']
  if (algorithm !== undefined && impossible.includes(algorithm))
    throw new S3Error(
      'InvalidRequest',
      {},
      `The ${type} checksum type cannot be used with the ${algorithm} checksum algorithm.`,
    )
  return { algorithm, checksumType: type === 'FULL_OBJECT' ? 'FULL_OBJECT' : 'COMPOSITE' }
}

function checksumWishHeaders({ algorithm, checksumType }: MultipartUpload): Record<string, string> {
  if (algorithm === undefined) return {}
  return { 'x-amz-checksum-algorithm': algorithm.toUpperCase(), 'x-amz-checksum-type': checksumType }
}

/** @throws S3Error NoSuchUpload */
export function findUpload(call: S3Call, bucketName: string, key: string): MultipartUpload {
  const id = call.request.query.get('uploadId') ?? ''
  const upload = call.state.uploads.get(id)
  if (upload?.bucket !== bucketName || upload.key !== key) throw new S3Error('NoSuchUpload', { UploadId: id })
  return upload
}

/** UploadPart; the same number again replaces the part. */
export async function uploadPart(call: S3Call, bucketName: string, key: string): Promise<SandboxResponse> {
  const bucket = findBucket(call, bucketName)
  authorize(call, 's3:PutObject', `${bucketName}/${key}`)
  const upload = findUpload(call, bucketName, key)
  const number = partNumber(call)
  assertPartKey(call, upload.encryption)
  const { body, md5, checksum } = await readPayload(call)
  assertChecksumType(call, upload, checksum?.algorithm)
  const part = storePart(call, upload, { number, body, md5, checksum: checksum?.value })
  const sum = checksum ? { [`x-amz-checksum-${checksum.algorithm}`]: checksum.value } : {}
  const more = { ...sum, ...encryptionHeaders(upload.encryption), ...chargedHeaders(call, bucket) }
  return { status: 200, headers: { ...etagHeader(call.state, part.etag), ...more } }
}

/**
 * A part has the checksum that its upload began with, or none where the whole is to have one. One that its upload
 * does not know is checked and forgotten (until 2024 it was refused).
 */
function assertChecksumType(
  { state }: S3Call,
  { algorithm, checksumType }: MultipartUpload,
  given: ChecksumAlgorithm | undefined,
): void {
  if (algorithm === undefined || given === algorithm) return
  const mayLack = checksumType === 'FULL_OBJECT' || !state.bodies.digests
  if (given === undefined && mayLack) return
  throw new S3Error(
    'InvalidRequest',
    {},
    `Checksum Type mismatch occurred, expected checksum Type: ${algorithm}, actual checksum Type: ${given ?? 'null'}`,
  )
}

/** UploadPartCopy: the whole source or `x-amz-copy-source-range`. */
export async function uploadPartCopy(
  call: S3Call,
  bucketName: string,
  key: string,
): Promise<SandboxResponse> {
  const { state } = call
  if (state.quirks.partCopy === 'refused')
    throw new S3Error('NotImplemented', { Header: 'x-amz-copy-source' })
  const bucket = findBucket(call, bucketName)
  authorize(call, 's3:PutObject', `${bucketName}/${key}`)
  const upload = findUpload(call, bucketName, key)
  const number = partNumber(call)
  assertPartKey(call, upload.encryption)
  const source = findCopySource(call)
  const { first, end } = copiedRange(call, source)
  if (end - first > state.maxPutSize)
    throw new S3Error('EntityTooLarge', {
      ProposedSize: String(end - first),
      MaxSizeAllowed: String(state.maxPutSize),
    })
  const body = sliceBody(source.body, first, end)
  const looks = state.bodies.digests
  const md5 = looks ? await md5Of(body) : undefined
  const checksum = upload.algorithm && looks ? await checksumOf(upload.algorithm, body) : undefined
  const part = storePart(call, upload, { number, body, md5, checksum })
  const sum = upload.algorithm ? tag(`Checksum${upload.algorithm.toUpperCase()}`, checksum) : ''
  const more = { ...encryptionHeaders(upload.encryption), ...chargedHeaders(call, bucket) }
  return xmlResponse('CopyPartResult', copyResult(state, part.etag, call.now) + sum, more)
}

function partNumber(call: S3Call): number {
  const number = Number(call.request.query.get('partNumber'))
  if (Number.isInteger(number) && number >= 1 && number <= MAX_PART_NUMBER) return number
  const details = { ArgumentName: 'partNumber', ArgumentValue: call.request.query.get('partNumber') ?? '' }
  throw new S3Error(
    'InvalidArgument',
    details,
    'Part number must be an integer between 1 and 10000, inclusive',
  )
}

interface NewPart {
  readonly number: number
  readonly body: ObjectBody
  readonly md5: string | undefined
  readonly checksum: string | undefined
}

function storePart(call: S3Call, upload: MultipartUpload, made: NewPart): UploadedPart {
  const { number, body, md5, checksum } = made
  const plain = upload.encryption === undefined || upload.encryption.kind === 'AES256'
  const opaque = !plain || call.state.quirks.etags === 'opaque'
  const etag = opaque || md5 === undefined ? opaqueEtag() : md5
  const part = { number, body, etag, checksum, lastModified: call.now }
  // An upload that was aborted or completed in the meantime does not come back.
  if (call.state.uploads.get(upload.id) !== upload) throw new S3Error('NoSuchUpload', { UploadId: upload.id })
  upload.parts.set(number, part)
  return part
}

export function abortMultipartUpload(call: S3Call, bucketName: string, key: string): SandboxResponse {
  const bucket = findBucket(call, bucketName)
  authorize(call, 's3:AbortMultipartUpload', `${bucketName}/${key}`)
  call.state.uploads.delete(findUpload(call, bucketName, key).id)
  return { status: 204, headers: chargedHeaders(call, bucket) }
}
