import type { SandboxResponse } from '../server.ts'
import {
  deleteBucket,
  getBucketLocation,
  getBucketVersioning,
  headBucket,
  listBuckets,
  putBucket,
} from './buckets.ts'
import type { S3Call } from './context.ts'
import { copyObject } from './copy.ts'
import { deleteObjects } from './delete-objects.ts'
import { S3Error } from './errors.ts'
import { listObjects } from './list.ts'
import { abortMultipartUpload, createMultipartUpload, uploadPart, uploadPartCopy } from './multipart.ts'
import { completeMultipartUpload } from './multipart-complete.ts'
import { listMultipartUploads, listParts } from './multipart-list.ts'
import { deleteObject, getObject, putObject } from './objects.ts'

/** Subresources of real S3 that are not modelled: refused by name rather than taken for a plain GET or PUT. */
const UNMODELLED = [
  'acl',
  'attributes',
  'cors',
  'encryption',
  'legal-hold',
  'lifecycle',
  'notification',
  'object-lock',
  'policy',
  'restore',
  'retention',
  'select',
  'tagging',
  'torrent',
  'versionId',
  'versions',
  'website',
]

/** `/bucket/key`, each decoded once; the key keeps its slashes. */
export function parsePath(rawPath: string): { bucket: string; key: string } {
  const path = rawPath.replace(/^\//, '')
  const slash = path.indexOf('/')
  const [bucket, key] = slash === -1 ? [path, ''] : [path.slice(0, slash), path.slice(slash + 1)]
  return { bucket: decodeURIComponent(bucket), key: decodeURIComponent(key) }
}

export function route(call: S3Call, bucket: string, key: string): SandboxResponse {
  const { query, method } = call.request
  const unmodelled = UNMODELLED.find((name) => query.has(name))
  if (unmodelled) throw new S3Error('NotImplemented', { Header: `?${unmodelled}` })
  if (bucket === '') {
    if (method === 'GET') return listBuckets(call)
    throw new S3Error('MethodNotAllowed', { Method: method })
  }
  return key === '' ? routeBucket(call, bucket) : routeObject(call, bucket, key)
}

function routeBucket(call: S3Call, bucket: string): SandboxResponse {
  const { query, method } = call.request
  switch (method) {
    case 'HEAD':
      return headBucket(call, bucket)
    case 'PUT':
      return putBucket(call, bucket)
    case 'DELETE':
      return deleteBucket(call, bucket)
    case 'POST':
      if (query.has('delete')) return deleteObjects(call, bucket)
      break
    case 'GET':
      if (query.has('location')) return getBucketLocation(call, bucket)
      if (query.has('versioning')) return getBucketVersioning(call, bucket)
      if (query.has('uploads')) return listMultipartUploads(call, bucket)
      return listObjects(call, bucket)
  }
  throw new S3Error('MethodNotAllowed', { Method: method, ResourceType: 'BUCKET' })
}

function routeObject(call: S3Call, bucket: string, key: string): SandboxResponse {
  const { query, method, headers } = call.request
  const inUpload = query.has('uploadId')
  const copies = headers['x-amz-copy-source'] !== undefined
  switch (method) {
    case 'GET':
      return inUpload ? listParts(call, bucket, key) : getObject(call, bucket, key)
    case 'HEAD':
      return getObject(call, bucket, key)
    case 'PUT':
      if (inUpload) return copies ? uploadPartCopy(call, bucket, key) : uploadPart(call, bucket, key)
      return copies ? copyObject(call, bucket, key) : putObject(call, bucket, key)
    case 'POST':
      if (query.has('uploads')) return createMultipartUpload(call, bucket, key)
      if (inUpload) return completeMultipartUpload(call, bucket, key)
      break
    case 'DELETE':
      return inUpload ? abortMultipartUpload(call, bucket, key) : deleteObject(call, bucket, key)
  }
  throw new S3Error('MethodNotAllowed', { Method: method, ResourceType: 'OBJECT' })
}
