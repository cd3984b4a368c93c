import type { SandboxRequest, SandboxResponse } from '../server.ts'
import { type Denial, denialOf, denialText, type Verified } from '../sigv4/index.ts'
import { S3Error } from './errors.ts'
import type { Bucket, S3State } from './state.ts'
import { document } from './xml.ts'

/** One authenticated call. */
export interface S3Call {
  readonly request: SandboxRequest
  readonly state: S3State
  readonly auth: Verified
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** The answer of an operation: those that read a body take their time. */
export type S3Answer = SandboxResponse | Promise<SandboxResponse>

export function mayDo(call: S3Call, action: string, resource: string): boolean {
  return denial(call, action, resource, `arn:aws:s3:::${resource}`) === undefined
}

/** @throws S3Error AccessDenied that names principal, action and resource, as S3 words it since 2024 */
export function authorize(call: S3Call, action: string, resource: string): void {
  demand(call, action, resource, `arn:aws:s3:::${resource}`)
}

/** The same for a key of KMS, which S3 uses in the name of who asks. @throws S3Error AccessDenied */
export function authorizeKms(call: S3Call, action: string, keyArn: string): void {
  demand(call, action, keyArn, keyArn)
}

function demand(call: S3Call, action: string, resource: string, arn: string): void {
  const denied = denial(call, action, resource, arn)
  if (denied === undefined) return
  const who = `User: ${call.auth.principal.arn} is not authorized to perform: ${action} on resource: "${arn}"`
  throw new S3Error('AccessDenied', {}, `${who} ${denialText(denied, action)}`)
}

function denial(call: S3Call, action: string, resource: string, arn: string): Denial {
  const context = conditionKeys(call.request)
  return denialOf(call.state.deny, call.auth.principal, { action, resource, arn, context })
}

/** The condition keys of S3 that policies of data sets use (service authorization reference, "Amazon S3"). */
function conditionKeys({ query, headers }: SandboxRequest): Record<string, string> {
  const pairs = [
    ['s3:prefix', query.get('prefix')],
    ['s3:delimiter', query.get('delimiter')],
    ['s3:max-keys', query.get('max-keys')],
    ...['x-amz-acl', 'x-amz-server-side-encryption', 'x-amz-server-side-encryption-aws-kms-key-id'].map(
      (name) => [`s3:${name}`, headers[name]],
    ),
    ['s3:if-none-match', headers['if-none-match']],
  ]
  return Object.fromEntries(pairs.filter(([, value]) => typeof value === 'string'))
}

/**
 * The bucket that a request is for, if it is here and the request may be for it.
 * @throws S3Error NoSuchBucket, PermanentRedirect, TemporaryRedirect, AccessDenied (another owner, a requester that does not pay)
 */
export function findBucket(call: S3Call, name: string): Bucket {
  const bucket = knownBucket(call.state, name)
  const { region } = bucket
  if (region !== undefined && call.auth.scope.region !== region) {
    const endpoint = `${name}.s3.${region}.amazonaws.com`
    throw new S3Error(
      'PermanentRedirect',
      { Endpoint: endpoint, Bucket: name },
      undefined,
      regionOf(call.state, bucket),
    )
  }
  if (bucket.redirect !== undefined) {
    const { rawPath, rawQuery } = call.request
    const location = `http://${bucket.redirect}${rawPath}${rawQuery === '' ? '' : `?${rawQuery}`}`
    throw new S3Error('TemporaryRedirect', { Endpoint: bucket.redirect, Bucket: name }, undefined, {
      location,
    })
  }
  assertOwner(call, bucket, 'x-amz-expected-bucket-owner')
  assertPaid(call, bucket)
  return bucket
}

/** The bucket of a copy's source, wherever it is. @throws S3Error NoSuchBucket, AccessDenied */
export function findSourceBucket(call: S3Call, name: string): Bucket {
  const bucket = knownBucket(call.state, name)
  assertOwner(call, bucket, 'x-amz-source-expected-bucket-owner')
  return bucket
}

function knownBucket(state: S3State, name: string): Bucket {
  const bucket = state.buckets.get(name)
  if (!bucket) throw new S3Error('NoSuchBucket', { BucketName: name })
  return bucket
}

function assertOwner(call: S3Call, bucket: Bucket, header: string): void {
  const expected = call.request.headers[header]
  if (expected !== undefined && expected !== (bucket.owner ?? call.state.account))
    throw new S3Error('AccessDenied')
}

function assertPaid(call: S3Call, bucket: Bucket): void {
  if (!bucket.requesterPays || isOwner(call, bucket)) return
  const { headers, query } = call.request
  const payer = headers['x-amz-request-payer'] ?? query.get('x-amz-request-payer')
  if (payer !== 'requester') throw new S3Error('AccessDenied')
}

function isOwner(call: S3Call, bucket: Bucket): boolean {
  const [, , , , account] = call.auth.principal.arn.split(':')
  return account === (bucket.owner ?? call.state.account)
}

/** `x-amz-request-charged` for who pays for a bucket of somebody else. */
export function chargedHeaders(call: S3Call, bucket: Bucket): Record<string, string> {
  return bucket.requesterPays && !isOwner(call, bucket) ? { 'x-amz-request-charged': 'requester' } : {}
}

/** `x-amz-bucket-region`, by servers that tell it. */
export function regionOf(state: S3State, bucket: Bucket): Record<string, string> {
  return state.quirks.bucketRegion === 'told' ? { 'x-amz-bucket-region': bucket.region ?? state.region } : {}
}

/** S3 tells only those that may list whether a key exists. @throws S3Error always */
export function throwNoSuchKey(call: S3Call, bucket: string, key: string): never {
  authorize(call, 's3:ListBucket', bucket)
  throw new S3Error('NoSuchKey', { Key: key })
}

export function xmlResponse(
  root: string,
  content: string,
  headers: Readonly<Record<string, string>> = {},
): SandboxResponse {
  return {
    status: 200,
    headers: { 'content-type': 'application/xml', ...headers },
    body: document(root, content),
  }
}
