import { randomBytes } from 'node:crypto'
import type { SandboxResponse } from '../server.ts'
import { readAttributes } from './attributes.ts'
import { computeChecksum, parseAlgorithm } from './checksums.ts'
import { quoted } from './conditions.ts'
import { authorize, findBucket, type S3Call, xmlResponse } from './context.ts'
import { copyResult, findCopySource } from './copy.ts'
import { S3Error } from './errors.ts'
import { md5Hex } from './objects.ts'
import { readPayload } from './payload.ts'
import { parseRange } from './range.ts'
import type { MultipartUpload, UploadedPart } from './state.ts'
import { tag } from './xml.ts'

const MAX_PART_NUMBER = 10_000

export function createMultipartUpload(call: S3Call, bucketName: string, key: string): SandboxResponse {
  authorize(call, 's3:PutObject', `${bucketName}/${key}`)
  findBucket(call.state, bucketName)
  const { headers } = call.request
  const algorithm = parseAlgorithm(headers['x-amz-checksum-algorithm'])
  const checksumType = headers['x-amz-checksum-type'] === 'FULL_OBJECT' ? 'FULL_OBJECT' : 'COMPOSITE'
  if (checksumType === 'FULL_OBJECT' && (algorithm === 'sha1' || algorithm === 'sha256')) {
    throw new S3Error(
      'InvalidRequest',
      {},
      `The FULL_OBJECT checksum type cannot be used with the ${algorithm} checksum algorithm.`,
    )
  }
  const id = randomBytes(24).toString('base64url')
  const upload: MultipartUpload = {
    id,
    bucket: bucketName,
    key,
    initiatedAt: call.now,
    sequence: ++call.state.sequence,
    algorithm,
    checksumType,
    ...readAttributes(headers),
    parts: new Map(),
  }
  call.state.uploads.set(id, upload)
  const content = tag('Bucket', bucketName) + tag('Key', key) + tag('UploadId', id)
  const checksum = algorithm
    ? { 'x-amz-checksum-algorithm': algorithm.toUpperCase(), 'x-amz-checksum-type': checksumType }
    : {}
  return xmlResponse('InitiateMultipartUploadResult', content, checksum)
}

/** @throws S3Error NoSuchUpload */
export function findUpload(call: S3Call, bucketName: string, key: string): MultipartUpload {
  const id = call.request.query.get('uploadId') ?? ''
  const upload = call.state.uploads.get(id)
  if (upload?.bucket !== bucketName || upload.key !== key) throw new S3Error('NoSuchUpload', { UploadId: id })
  return upload
}

/** UploadPart; the same number again replaces the part. */
export function uploadPart(call: S3Call, bucketName: string, key: string): SandboxResponse {
  authorize(call, 's3:PutObject', `${bucketName}/${key}`)
  findBucket(call.state, bucketName)
  const upload = findUpload(call, bucketName, key)
  const number = partNumber(call)
  const { body, checksum } = readPayload(call.request, call.auth)
  if (checksum && upload.algorithm && checksum.algorithm !== upload.algorithm) {
    throw new S3Error(
      'InvalidRequest',
      {},
      `Checksum Type mismatch occurred, expected checksum Type: ${upload.algorithm}, actual checksum Type: ${checksum.algorithm}`,
    )
  }
  const part = storePart(upload, number, Buffer.from(body), checksum?.value, call.now)
  const headers = checksum ? { [`x-amz-checksum-${checksum.algorithm}`]: checksum.value } : {}
  return { status: 200, headers: { etag: quoted(part.etag), ...headers } }
}

/** UploadPartCopy: the whole source or `x-amz-copy-source-range`. */
export function uploadPartCopy(call: S3Call, bucketName: string, key: string): SandboxResponse {
  authorize(call, 's3:PutObject', `${bucketName}/${key}`)
  const upload = findUpload(call, bucketName, key)
  const number = partNumber(call)
  const source = findCopySource(call)
  const header = call.request.headers['x-amz-copy-source-range']
  const range = parseRange(header, source.body.length)
  if (header !== undefined && !range)
    throw new S3Error('InvalidArgument', { ArgumentName: 'x-amz-copy-source-range', ArgumentValue: header })
  const body = range ? source.body.subarray(range.first, range.last + 1) : source.body
  const checksum = upload.algorithm && computeChecksum(upload.algorithm, body)
  const part = storePart(upload, number, body, checksum, call.now)
  const sum = checksum && upload.algorithm ? tag(`Checksum${upload.algorithm.toUpperCase()}`, checksum) : ''
  return xmlResponse('CopyPartResult', copyResult(part.etag, call.now) + sum)
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

function storePart(
  upload: MultipartUpload,
  number: number,
  body: Buffer,
  checksum: string | undefined,
  now: number,
): UploadedPart {
  const part = { number, body, etag: md5Hex(body), checksum, lastModified: now }
  upload.parts.set(number, part)
  return part
}

export function abortMultipartUpload(call: S3Call, bucketName: string, key: string): SandboxResponse {
  authorize(call, 's3:AbortMultipartUpload', `${bucketName}/${key}`)
  call.state.uploads.delete(findUpload(call, bucketName, key).id)
  return { status: 204 }
}
