import type { SandboxResponse } from '../server.ts'
import { assertNotArchived, restoreHeader } from './archive.ts'
import { etagHeader, objectHeaders } from './attributes.ts'
import { readBody } from './bodies.ts'
import { evaluateRead } from './conditions.ts'
import { authorize, chargedHeaders, findBucket, type S3Call, throwNoSuchKey } from './context.ts'
import { assertReadable } from './encryption.ts'
import { S3Error } from './errors.ts'
import { type ByteRange, parseRange } from './range.ts'
import type { S3Object } from './state.ts'

/** GetObject and HeadObject: the same but for the body, and that an archived object can be looked at but not read. */
export function getObject(call: S3Call, bucketName: string, key: string): SandboxResponse {
  const bucket = findBucket(call, bucketName)
  authorize(call, 's3:GetObject', `${bucketName}/${key}`)
  const object = bucket.objects.get(key)
  if (!object) throwNoSuchKey(call, bucketName, key)
  const { headers, method } = call.request
  assertReadable(call, object)
  if (method !== 'HEAD') assertNotArchived(object, call.now)
  const whole = headers['range'] === undefined && !call.request.query.has('partNumber')
  const described = objectHeaders(call.state, object, whole && headers['x-amz-checksum-mode'] === 'ENABLED')
  if (evaluateRead(object, headers) === 'not-modified') {
    const { 'last-modified': modified = '' } = described
    return { status: 304, headers: { ...etagHeader(call.state, object.etag), 'last-modified': modified } }
  }
  const more = { ...restoreHeader(object, call.now), ...chargedHeaders(call, bucket), ...overrides(call) }
  return sendPart(call, object, { ...described, ...more })
}

function sendPart(call: S3Call, object: S3Object, headers: Record<string, string>): SandboxResponse {
  const { body } = object
  const part = wantedPart(call, object)
  const range = part?.range ?? parseRange(call.request.headers['range'], body.length)
  const { first, last } = range ?? { first: 0, last: body.length - 1 }
  const answered = {
    ...headers,
    ...(part && part.count > 0 ? { 'x-amz-mp-parts-count': String(part.count) } : {}),
    ...(range ? { 'content-range': `bytes ${first}-${last}/${body.length}` } : {}),
    'content-length': String(last - first + 1),
  }
  const status = range ? 206 : 200
  if (call.request.method === 'HEAD') return { status, headers: answered }
  if (Buffer.isBuffer(body)) return { status, headers: answered, body: body.subarray(first, last + 1) }
  return { status, headers: answered, body: readBody(body, first, last + 1) }
}

/**
 * `partNumber`: the bytes of one part of the upload; an object of one piece is its own first part.
 * @throws S3Error InvalidRequest, InvalidArgument, InvalidPartNumber
 */
function wantedPart(
  { request }: S3Call,
  { body, parts }: S3Object,
): { readonly range: ByteRange; readonly count: number } | undefined {
  const text = request.query.get('partNumber')
  if (text === null) return undefined
  if (request.headers['range'] !== undefined)
    throw new S3Error('InvalidRequest', {}, 'Cannot specify both Range header and partNumber query parameter')
  const number = Number(text)
  if (!(Number.isInteger(number) && number >= 1 && number <= 10_000))
    throw new S3Error('InvalidArgument', { ArgumentName: 'partNumber', ArgumentValue: text })
  const sizes = parts?.map(({ size }) => size) ?? [body.length]
  const size = sizes[number - 1]
  if (size === undefined)
    throw new S3Error('InvalidPartNumber', {
      PartNumberRequested: text,
      ActualPartCount: String(sizes.length),
    })
  const first = sizes.slice(0, number - 1).reduce((sum, one) => sum + one, 0)
  return { range: { first, last: first + size - 1 }, count: parts?.length ?? 0 }
}

/** `response-content-type=…` and its like, which only a signed request may carry. */
function overrides(call: S3Call): Record<string, string> {
  const pairs = [...call.request.query].filter(([name]) => name.startsWith('response-'))
  return Object.fromEntries(pairs.map(([name, value]) => [name.slice('response-'.length), value]))
}
