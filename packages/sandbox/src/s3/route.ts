import type { Address } from './address.ts'
import { restoreObject } from './archive.ts'
import {
  deleteBucket,
  getBucketLocation,
  getBucketVersioning,
  headBucket,
  listBuckets,
  putBucket,
} from './buckets.ts'
import type { S3Answer, S3Call } from './context.ts'
import { copyObject } from './copy.ts'
import { deleteObjects } from './delete-objects.ts'
import { S3Error } from './errors.ts'
import { getObject } from './get-object.ts'
import { listObjects } from './list.ts'
import { abortMultipartUpload, createMultipartUpload, uploadPart, uploadPartCopy } from './multipart.ts'
import { completeMultipartUpload } from './multipart-complete.ts'
import { listMultipartUploads, listParts } from './multipart-list.ts'
import { getObjectAttributes } from './object-attributes.ts'
import { deleteObject, putObject } from './objects.ts'
import { type Operation, unmodelledIn } from './operations.ts'

type Run = (call: S3Call, bucket: string, key: string) => S3Answer

const RUN: Readonly<Record<Operation, Run>> = {
  ListBuckets: listBuckets,
  HeadBucket: headBucket,
  CreateBucket: putBucket,
  DeleteBucket: deleteBucket,
  DeleteObjects: deleteObjects,
  GetBucketLocation: getBucketLocation,
  GetBucketVersioning: getBucketVersioning,
  ListMultipartUploads: listMultipartUploads,
  ListObjectsV2: listObjects,
  ListObjects: listObjects,
  GetObject: getObject,
  HeadObject: getObject,
  GetObjectAttributes: getObjectAttributes,
  PutObject: putObject,
  CopyObject: copyObject,
  DeleteObject: deleteObject,
  RestoreObject: restoreObject,
  CreateMultipartUpload: createMultipartUpload,
  UploadPart: uploadPart,
  UploadPartCopy: uploadPartCopy,
  ListParts: listParts,
  CompleteMultipartUpload: completeMultipartUpload,
  AbortMultipartUpload: abortMultipartUpload,
}

/** @throws S3Error NotImplemented, MethodNotAllowed, and whatever the operation refuses */
export function route(call: S3Call, operation: Operation | undefined, { bucket, key }: Address): S3Answer {
  if (operation !== undefined) return RUN[operation](call, bucket, key)
  const unmodelled = unmodelledIn(call.request)
  if (unmodelled !== undefined) throw new S3Error('NotImplemented', { Header: `?${unmodelled}` })
  const resource = bucket === '' ? 'SERVICE' : key === '' ? 'BUCKET' : 'OBJECT'
  throw new S3Error('MethodNotAllowed', { Method: call.request.method, ResourceType: resource })
}
