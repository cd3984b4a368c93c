import type { SandboxResponse } from '../server.ts'
import { quoted } from './conditions.ts'
import { authorize, findBucket, type S3Call, xmlResponse } from './context.ts'
import { findUpload } from './multipart.ts'
import { compareBytes, type MultipartUpload, type UploadedPart } from './state.ts'
import { tag } from './xml.ts'

const MAX_PARTS = 1000

export function partsInOrder(upload: MultipartUpload): UploadedPart[] {
  return [...upload.parts.values()].sort((left, right) => left.number - right.number)
}

export function listParts(call: S3Call, bucketName: string, key: string): SandboxResponse {
  authorize(call, 's3:ListMultipartUploadParts', `${bucketName}/${key}`)
  const upload = findUpload(call, bucketName, key)
  const marker = Number(call.request.query.get('part-number-marker') ?? 0)
  const maxParts = Math.min(Number(call.request.query.get('max-parts') ?? MAX_PARTS), MAX_PARTS)
  const rest = partsInOrder(upload).filter((part) => part.number > marker)
  const page = rest.slice(0, maxParts)
  const content = [
    tag('Bucket', bucketName),
    tag('Key', key),
    tag('UploadId', upload.id),
    tag('PartNumberMarker', marker),
    tag('NextPartNumberMarker', page.at(-1)?.number ?? 0),
    tag('MaxParts', maxParts),
    tag('IsTruncated', rest.length > page.length),
    tag('ChecksumAlgorithm', upload.algorithm?.toUpperCase()),
    ...page.map((part) => formatPart(part, upload)),
    tag('StorageClass', 'STANDARD'),
  ]
  return xmlResponse('ListPartsResult', content.join(''))
}

function formatPart(part: UploadedPart, upload: MultipartUpload): string {
  const fields = [
    tag('PartNumber', part.number),
    tag('LastModified', new Date(part.lastModified).toISOString()),
    tag('ETag', quoted(part.etag)),
    tag('Size', part.body.length),
    upload.algorithm ? tag(`Checksum${upload.algorithm.toUpperCase()}`, part.checksum) : '',
  ]
  return `<Part>${fields.join('')}</Part>`
}

/** ListMultipartUploads: what was begun and neither completed nor aborted. All of it on one page. */
export function listMultipartUploads(call: S3Call, bucketName: string): SandboxResponse {
  authorize(call, 's3:ListBucketMultipartUploads', bucketName)
  findBucket(call.state, bucketName)
  const prefix = call.request.query.get('prefix') ?? ''
  const uploads = [...call.state.uploads.values()]
    .filter((upload) => upload.bucket === bucketName && upload.key.startsWith(prefix))
    .sort((left, right) => compareBytes(left.key, right.key) || left.initiatedAt - right.initiatedAt)
  const entries = uploads.map((upload) => {
    const fields = tag('Key', upload.key) + tag('UploadId', upload.id) + tag('StorageClass', 'STANDARD')
    return `<Upload>${fields}${tag('Initiated', new Date(upload.initiatedAt).toISOString())}</Upload>`
  })
  const head =
    tag('Bucket', bucketName) + tag('Prefix', prefix) + tag('MaxUploads', 1000) + tag('IsTruncated', false)
  return xmlResponse('ListMultipartUploadsResult', head + entries.join(''))
}
