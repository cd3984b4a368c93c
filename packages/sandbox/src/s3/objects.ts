import { createHash } from 'node:crypto'
import type { SandboxResponse } from '../server.ts'
import { checksumHeaders, objectHeaders, readAttributes } from './attributes.ts'
import { assertWritable, evaluateRead, quoted } from './conditions.ts'
import { authorize, findBucket, type S3Call, throwNoSuchKey } from './context.ts'
import { S3Error } from './errors.ts'
import { readPayload } from './payload.ts'
import { parseRange } from './range.ts'
import { removeObject, type S3Object, storeObject } from './state.ts'

const MAX_KEY_BYTES = 1024

export function md5Hex(body: Buffer): string {
  return createHash('md5').update(body).digest('hex')
}

/** PutObject. */
export function putObject(call: S3Call, bucketName: string, key: string): SandboxResponse {
  authorize(call, 's3:PutObject', `${bucketName}/${key}`)
  const bucket = findBucket(call.state, bucketName)
  if (Buffer.byteLength(key) > MAX_KEY_BYTES)
    throw new S3Error('KeyTooLongError', {
      Size: String(Buffer.byteLength(key)),
      MaxSizeAllowed: String(MAX_KEY_BYTES),
    })
  const { body, checksum } = readPayload(call.request, call.auth)
  assertWritable(bucket, key, call.request.headers)
  const object: S3Object = {
    key,
    body: Buffer.from(body),
    etag: md5Hex(body),
    lastModified: call.now,
    checksum: checksum && { ...checksum, type: 'FULL_OBJECT' },
    ...readAttributes(call.request.headers),
  }
  storeObject(bucket, object)
  return { status: 200, headers: { etag: quoted(object.etag), ...checksumHeaders(object) } }
}

/** GetObject and HeadObject: the same but for the body, which the HTTP layer leaves out for HEAD. */
export function getObject(call: S3Call, bucketName: string, key: string): SandboxResponse {
  authorize(call, 's3:GetObject', `${bucketName}/${key}`)
  const object = findBucket(call.state, bucketName).objects.get(key)
  if (!object) throwNoSuchKey(call, bucketName, key)
  const { headers } = call.request
  const described = objectHeaders(
    object,
    headers['x-amz-checksum-mode'] === 'ENABLED' && headers['range'] === undefined,
  )
  if (evaluateRead(object, headers) === 'not-modified') {
    return {
      status: 304,
      headers: { etag: quoted(object.etag), 'last-modified': described['last-modified'] ?? '' },
    }
  }
  const range = parseRange(headers['range'], object.body.length)
  const answered = { ...described, ...overrides(call) }
  if (!range) return { status: 200, headers: answered, body: object.body }
  const contentRange = `bytes ${range.first}-${range.last}/${object.body.length}`
  const body = object.body.subarray(range.first, range.last + 1)
  return { status: 206, headers: { ...answered, 'content-range': contentRange }, body }
}

/** `response-content-type=…` and its like, which only a signed request may carry. */
function overrides(call: S3Call): Record<string, string> {
  const pairs = [...call.request.query].filter(([name]) => name.startsWith('response-'))
  return Object.fromEntries(pairs.map(([name, value]) => [name.slice('response-'.length), value]))
}

/** DeleteObject: 204 whether it was there or not. */
export function deleteObject(call: S3Call, bucketName: string, key: string): SandboxResponse {
  authorize(call, 's3:DeleteObject', `${bucketName}/${key}`)
  removeObject(call.state, findBucket(call.state, bucketName), key)
  return { status: 204 }
}
