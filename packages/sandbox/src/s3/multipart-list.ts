import type { SandboxResponse } from '../server.ts'
import { authorize, chargedHeaders, findBucket, type S3Call, xmlResponse } from './context.ts'
import { etagTag } from './copy.ts'
import { compareKeys, type Listing, listKeys } from './keys.ts'
import { type Encode, encoder, numberParameter } from './list-parameters.ts'
import { findUpload } from './multipart.ts'
import type { MultipartUpload, UploadedPart } from './state.ts'
import { tag } from './xml.ts'

const MAX_PARTS = 1000
const MAX_UPLOADS = 1000

export function partsInOrder(upload: MultipartUpload): UploadedPart[] {
  return [...upload.parts.values()].sort((left, right) => left.number - right.number)
}

export function listParts(call: S3Call, bucketName: string, key: string): SandboxResponse {
  const bucket = findBucket(call, bucketName)
  authorize(call, 's3:ListMultipartUploadParts', `${bucketName}/${key}`)
  const upload = findUpload(call, bucketName, key)
  const { query } = call.request
  const marker = numberParameter(query, 'part-number-marker', 0)
  const maxParts = Math.min(numberParameter(query, 'max-parts', MAX_PARTS), MAX_PARTS)
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
    tag('ChecksumType', upload.algorithm && upload.checksumType),
    ...page.map((part) => formatPart(call, part, upload)),
    tag('StorageClass', upload.headers['x-amz-storage-class'] ?? 'STANDARD'),
  ]
  return xmlResponse('ListPartsResult', content.join(''), chargedHeaders(call, bucket))
}

function formatPart({ state }: S3Call, part: UploadedPart, upload: MultipartUpload): string {
  const fields = [
    tag('PartNumber', part.number),
    tag('LastModified', new Date(part.lastModified).toISOString()),
    etagTag(state, part.etag),
    tag('Size', part.body.length),
    upload.algorithm ? tag(`Checksum${upload.algorithm.toUpperCase()}`, part.checksum) : '',
  ]
  return `<Part>${fields.join('')}</Part>`
}

/** ListMultipartUploads: what was begun and neither completed nor aborted, by key and then by age. */
export function listMultipartUploads(call: S3Call, bucketName: string): SandboxResponse {
  const bucket = findBucket(call, bucketName)
  authorize(call, 's3:ListBucketMultipartUploads', bucketName)
  const { query } = call.request
  const wish = {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    maxUploads: Math.min(numberParameter(query, 'max-uploads', MAX_UPLOADS), MAX_UPLOADS),
  }
  const encode = encoder(call)
  const page = pageOf(uploadsAfterMarker(call, bucketName), wish)
  const last = page.uploads.at(-1)
  const head = [
    tag('Bucket', bucketName),
    tag('KeyMarker', encode(query.get('key-marker') ?? '')),
    tag('UploadIdMarker', query.get('upload-id-marker') ?? ''),
    ...(page.listing.last === undefined
      ? []
      : [
          tag('NextKeyMarker', encode(page.listing.last)),
          tag('NextUploadIdMarker', last?.key === page.listing.last ? last.id : undefined),
        ]),
    tag('Prefix', encode(wish.prefix)),
    wish.delimiter === '' ? '' : tag('Delimiter', encode(wish.delimiter)),
    tag('EncodingType', query.get('encoding-type') ?? undefined),
    tag('MaxUploads', wish.maxUploads),
    tag('IsTruncated', page.listing.last !== undefined),
  ]
  const entries = page.uploads.map((upload) => formatUpload(call, upload, encode))
  const prefixes = page.listing.prefixes.map(
    (prefix) => `<CommonPrefixes>${tag('Prefix', encode(prefix))}</CommonPrefixes>`,
  )
  const content = [...head, ...entries, ...prefixes].join('')
  return xmlResponse('ListMultipartUploadsResult', content, chargedHeaders(call, bucket))
}

function formatUpload({ auth }: S3Call, upload: MultipartUpload, encode: Encode): string {
  const who = tag('ID', auth.principal.arn)
  const fields = [
    tag('Key', encode(upload.key)),
    tag('UploadId', upload.id),
    `<Initiator>${who}</Initiator><Owner>${who}</Owner>`,
    tag('StorageClass', upload.headers['x-amz-storage-class'] ?? 'STANDARD'),
    tag('Initiated', new Date(upload.initiatedAt).toISOString()),
    tag('ChecksumAlgorithm', upload.algorithm?.toUpperCase()),
    tag('ChecksumType', upload.algorithm && upload.checksumType),
  ]
  return `<Upload>${fields.join('')}</Upload>`
}

function uploadsAfterMarker(call: S3Call, bucketName: string): MultipartUpload[] {
  const { query } = call.request
  const [key, id] = [query.get('key-marker') ?? '', query.get('upload-id-marker') ?? '']
  const all = [...call.state.uploads.values()]
    .filter((upload) => upload.bucket === bucketName)
    .sort((left, right) => compareKeys(left.key, right.key) || left.sequence - right.sequence)
  const marked = all.findIndex((upload) => upload.key === key && upload.id === id)
  if (marked !== -1) return all.slice(marked + 1)
  return all.filter((upload) => compareKeys(upload.key, key) > 0)
}

interface UploadPage {
  readonly listing: Listing
  readonly uploads: readonly MultipartUpload[]
}

/** Several uploads of one key stand side by side, each counts as one entry of the page. */
function pageOf(
  uploads: readonly MultipartUpload[],
  { prefix, delimiter, maxUploads }: { prefix: string; delimiter: string; maxUploads: number },
): UploadPage {
  const keys = uploads.map((upload) => upload.key)
  const listing = listKeys(keys, { prefix, delimiter, after: '', maxKeys: maxUploads })
  const wanted = [...listing.keys]
  const chosen = uploads.filter((upload) => {
    const at = wanted.indexOf(upload.key)
    if (at === -1) return false
    wanted.splice(at, 1)
    return true
  })
  return { listing, uploads: chosen }
}
