import type { SandboxResponse } from '../server.ts'
import {
  assertModelled,
  checksumHeaders,
  etagHeader,
  readAcl,
  readAttributes,
  readStorageClass,
} from './attributes.ts'
import { assertWritable } from './conditions.ts'
import { authorize, chargedHeaders, findBucket, type S3Call } from './context.ts'
import { encryptionForWrite, encryptionHeaders } from './encryption.ts'
import { S3Error } from './errors.ts'
import { etagOf } from './etags.ts'
import { readPayload } from './payload.ts'
import { removeObject, type S3Object, storeObject } from './state.ts'

/** PutObject. */
export async function putObject(call: S3Call, bucketName: string, key: string): Promise<SandboxResponse> {
  const { request, state } = call
  const bucket = findBucket(call, bucketName)
  authorize(call, 's3:PutObject', `${bucketName}/${key}`)
  assertModelled(request.headers, key)
  const { headers, metadata } = readAttributes(request.headers)
  const storageClass = readStorageClass(request.headers)
  const acl = readAcl(call, bucket, key)
  const encryption = encryptionForWrite(call, bucket)
  const { body, md5, checksum } = await readPayload(call)
  assertWritable(call, bucket, key)
  const object: S3Object = {
    key,
    body,
    etag: etagOf(state, encryption, md5),
    lastModified: call.now,
    checksum: checksum && { ...checksum, type: 'FULL_OBJECT' },
    headers: { ...headers, ...storageClass },
    metadata,
    encryption,
    ...(acl && { acl }),
  }
  storeObject(bucket, object)
  return {
    status: 200,
    headers: {
      ...etagHeader(state, object.etag),
      ...checksumHeaders(object),
      ...encryptionHeaders(encryption),
      ...chargedHeaders(call, bucket),
    },
  }
}

/** DeleteObject: 204 whether it was there or not. */
export function deleteObject(call: S3Call, bucketName: string, key: string): SandboxResponse {
  const bucket = findBucket(call, bucketName)
  authorize(call, 's3:DeleteObject', `${bucketName}/${key}`)
  if (call.request.headers['if-match'] !== undefined)
    throw new S3Error('NotImplemented', { Header: 'If-Match' })
  removeObject(call.state, bucket, key)
  return { status: 204, headers: chargedHeaders(call, bucket) }
}
