import type { SandboxRequest, SandboxResponse } from '../server.ts'
import { isDenied, type Verified } from '../sigv4/index.ts'
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

export function mayDo(call: S3Call, action: string, resource: string): boolean {
  return !isDenied(call.state.deny, call.auth.principal, action, resource)
}

/** @throws S3Error AccessDenied that names principal, action and resource, as S3 words it since 2024 */
export function authorize(call: S3Call, action: string, resource: string): void {
  if (mayDo(call, action, resource)) return
  const { arn } = call.auth.principal
  const text = `User: ${arn} is not authorized to perform: ${action} on resource: "arn:aws:s3:::${resource}" with an explicit deny in an identity-based policy`
  throw new S3Error('AccessDenied', {}, text)
}

/** @throws S3Error NoSuchBucket */
export function findBucket(state: S3State, name: string): Bucket {
  const bucket = state.buckets.get(name)
  if (!bucket) throw new S3Error('NoSuchBucket', { BucketName: name })
  return bucket
}

/** S3 tells only those that may list whether a key exists. @throws S3Error always */
export function throwNoSuchKey(call: S3Call, bucket: string, key: string): never {
  if (!mayDo(call, 's3:ListBucket', bucket)) authorize(call, 's3:ListBucket', bucket)
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
