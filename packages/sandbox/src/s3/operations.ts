import type { RequestHead } from '../server.ts'
import type { Address } from './address.ts'

/** Subresources of real S3 that are not modelled: refused by name rather than taken for a plain GET or PUT. */
const UNMODELLED = [
  'acl',
  'cors',
  'encryption',
  'legal-hold',
  'lifecycle',
  'notification',
  'object-lock',
  'policy',
  'requestPayment',
  'retention',
  'select',
  'tagging',
  'torrent',
  'versionId',
  'versions',
  'website',
]

export type Operation =
  | 'ListBuckets'
  | 'HeadBucket'
  | 'CreateBucket'
  | 'DeleteBucket'
  | 'DeleteObjects'
  | 'GetBucketLocation'
  | 'GetBucketVersioning'
  | 'ListMultipartUploads'
  | 'ListObjectsV2'
  | 'ListObjects'
  | 'GetObject'
  | 'HeadObject'
  | 'GetObjectAttributes'
  | 'PutObject'
  | 'CopyObject'
  | 'DeleteObject'
  | 'RestoreObject'
  | 'CreateMultipartUpload'
  | 'UploadPart'
  | 'UploadPartCopy'
  | 'ListParts'
  | 'CompleteMultipartUpload'
  | 'AbortMultipartUpload'

/** The subresource of a request that this server does not know. */
export function unmodelledIn({ query }: RequestHead): string | undefined {
  return UNMODELLED.find((name) => query.has(name))
}

/** The operation, as the API reference names it; undefined: no such thing. */
export function operationOf(head: RequestHead, { bucket, key }: Address): Operation | undefined {
  if (unmodelledIn(head) !== undefined) return undefined
  if (bucket === '') return head.method === 'GET' ? 'ListBuckets' : undefined
  return key === '' ? bucketOperation(head) : objectOperation(head)
}

function bucketOperation({ query, method }: RequestHead): Operation | undefined {
  switch (method) {
    case 'HEAD':
      return 'HeadBucket'
    case 'PUT':
      return 'CreateBucket'
    case 'DELETE':
      return 'DeleteBucket'
    case 'POST':
      return query.has('delete') ? 'DeleteObjects' : undefined
    case 'GET':
      if (query.has('location')) return 'GetBucketLocation'
      if (query.has('versioning')) return 'GetBucketVersioning'
      if (query.has('uploads')) return 'ListMultipartUploads'
      return query.get('list-type') === '2' ? 'ListObjectsV2' : 'ListObjects'
    default:
      return undefined
  }
}

function objectOperation({ query, method, headers }: RequestHead): Operation | undefined {
  const inUpload = query.has('uploadId')
  const copies = headers['x-amz-copy-source'] !== undefined
  switch (method) {
    case 'GET':
      if (inUpload) return 'ListParts'
      return query.has('attributes') ? 'GetObjectAttributes' : 'GetObject'
    case 'HEAD':
      return 'HeadObject'
    case 'PUT':
      if (inUpload) return copies ? 'UploadPartCopy' : 'UploadPart'
      return copies ? 'CopyObject' : 'PutObject'
    case 'POST':
      if (query.has('uploads')) return 'CreateMultipartUpload'
      if (query.has('restore')) return 'RestoreObject'
      return inUpload ? 'CompleteMultipartUpload' : undefined
    case 'DELETE':
      return inUpload ? 'AbortMultipartUpload' : 'DeleteObject'
    default:
      return undefined
  }
}
