import { randomBytes } from 'node:crypto'
import { authorizeKms, type S3Call } from './context.ts'
import { type CustomerKey, customerKeyOf } from './customer-key.ts'
import { S3Error } from './errors.ts'
import type { Bucket, S3Object, S3State } from './state.ts'

/** How an object is kept; only what a client can see of it. */
export type Encryption =
  | { readonly kind: 'AES256' }
  | { readonly kind: 'aws:kms' | 'aws:kms:dsse'; readonly keyArn: string; readonly bucketKey?: boolean }
  | { readonly kind: 'customer'; readonly keyMd5: string }

const SSE = 'x-amz-server-side-encryption'
const SSE_S3: Encryption = { kind: 'AES256' }

/**
 * What an upload asks for, or the bucket's default. The key must exist and the principal may use it for writing.
 * @throws S3Error InvalidArgument, InvalidEncryptionAlgorithmError, KMS.NotFoundException, AccessDenied
 */
export function encryptionForWrite(call: S3Call, bucket: Bucket): Encryption {
  const customer = customerKeyOf(call.request.headers)
  const asked = call.request.headers[SSE]
  if (customer) return forCustomer(bucket, customer, asked)
  const encryption = asked === undefined ? (bucket.encryption ?? SSE_S3) : readEncryption(call, asked)
  if ('keyArn' in encryption) {
    assertUsable(call.state, encryption.keyArn)
    authorizeKms(call, 'kms:GenerateDataKey', encryption.keyArn)
  }
  return encryption
}

function forCustomer(bucket: Bucket, { md5 }: CustomerKey, asked: string | undefined): Encryption {
  if (asked !== undefined)
    throw new S3Error(
      'InvalidArgument',
      { ArgumentName: SSE, ArgumentValue: asked },
      'Server Side Encryption with Customer provided key is incompatible with the encryption method specified',
    )
  if (bucket.customerKeysBlocked) throw new S3Error('AccessDenied')
  return { kind: 'customer', keyMd5: md5 }
}

function readEncryption({ state, request: { headers } }: S3Call, asked: string): Encryption {
  const keyId = headers[`${SSE}-aws-kms-key-id`]
  if (asked === 'AES256') {
    if (keyId === undefined) return SSE_S3
    throw new S3Error(
      'InvalidArgument',
      { ArgumentName: SSE, ArgumentValue: asked },
      'The encryption method specified is not supported with a KMS key',
    )
  }
  if (asked !== 'aws:kms' && asked !== 'aws:kms:dsse') {
    throw new S3Error('InvalidEncryptionAlgorithmError', { ArgumentName: SSE, ArgumentValue: asked })
  }
  const bucketKey = headers[`${SSE}-bucket-key-enabled`] === 'true'
  return { kind: asked, keyArn: keyArn(state, keyId), ...(bucketKey ? { bucketKey } : {}) }
}

/** The key that S3 takes where none is named; it needs no permission of KMS. */
function managedKey({ region, account }: S3State): string {
  return `arn:aws:kms:${region}:${account}:key/aws-s3`
}

/** An id, an alias or an ARN, as the ARN of a key. */
function keyArn(state: S3State, keyId: string | undefined): string {
  if (keyId === undefined) return managedKey(state)
  if (keyId.startsWith('arn:')) return keyId
  const name = keyId.startsWith('alias/') ? keyId : `key/${keyId}`
  return `arn:aws:kms:${state.region}:${state.account}:${name}`
}

function assertUsable(state: S3State, arn: string): void {
  if (arn === managedKey(state)) return
  const key = state.kmsKeys.get(arn)
  if (key === undefined) throw new S3Error('KMS.NotFoundException', {}, `Invalid keyId '${arn}'`)
  if (key === 'disabled') throw new S3Error('KMS.DisabledException', {}, `${arn} is disabled.`)
}

/** An ETag is the MD5 of the bytes only where S3 holds the key itself (user guide, "Checking object integrity"). */
export function hasMd5Etag({ kind }: Encryption): boolean {
  return kind === 'AES256'
}

export function opaqueEtag(): string {
  return randomBytes(16).toString('hex')
}

/**
 * Whoever reads needs the same customer key, or the right to decrypt with the key of KMS.
 * @throws S3Error InvalidRequest, AccessDenied, InvalidArgument
 */
export function assertReadable(call: S3Call, object: S3Object): void {
  const { headers, method } = call.request
  const asked = headers[SSE]
  if (asked !== undefined)
    throw new S3Error(
      'InvalidArgument',
      { ArgumentName: SSE, ArgumentValue: asked },
      `${SSE} header is not supported for this operation.`,
    )
  assertCustomerKey(object, customerKeyOf(headers))
  if (method !== 'HEAD' || headers['x-amz-checksum-mode'] === 'ENABLED') assertDecrypts(call, object)
}

/** The same for the source of a copy, whose key has headers of its own. */
export function assertSourceReadable(call: S3Call, object: S3Object): void {
  assertCustomerKey(object, customerKeyOf(call.request.headers, 'x-amz-copy-source-'))
  assertDecrypts(call, object)
}

function assertDecrypts(call: S3Call, { encryption = SSE_S3 }: S3Object): void {
  if (!('keyArn' in encryption)) return
  assertUsable(call.state, encryption.keyArn)
  authorizeKms(call, 'kms:Decrypt', encryption.keyArn)
}

function assertCustomerKey({ encryption }: S3Object, given: CustomerKey | undefined): void {
  if (encryption?.kind !== 'customer') {
    if (!given) return
    throw new S3Error('InvalidRequest', {}, 'The encryption parameters are not applicable to this object.')
  }
  if (!given)
    throw new S3Error(
      'InvalidRequest',
      {},
      'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.',
    )
  if (given.md5 !== encryption.keyMd5) throw new S3Error('AccessDenied')
}

/** A part comes with the key that its upload began with. @throws S3Error InvalidRequest */
export function assertPartKey(call: S3Call, encryption: Encryption | undefined): void {
  const given = customerKeyOf(call.request.headers)
  if (encryption?.kind !== 'customer') {
    if (given)
      throw new S3Error(
        'InvalidRequest',
        {},
        'The multipart upload initiate did not request encryption. Please resend the request without sending encryption parameters.',
      )
    return
  }
  if (!given)
    throw new S3Error(
      'InvalidRequest',
      {},
      'The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption parameters.',
    )
  if (given.md5 !== encryption.keyMd5)
    throw new S3Error(
      'InvalidRequest',
      {},
      'The provided encryption parameters did not match the ones used originally.',
    )
}

/** What an answer says of the encryption. */
export function encryptionHeaders(encryption: Encryption = SSE_S3): Record<string, string> {
  switch (encryption.kind) {
    case 'AES256':
      return { [SSE]: 'AES256' }
    case 'customer':
      return {
        [`${SSE}-customer-algorithm`]: 'AES256',
        [`${SSE}-customer-key-MD5`]: encryption.keyMd5,
      }
    default:
      return {
        [SSE]: encryption.kind,
        [`${SSE}-aws-kms-key-id`]: encryption.keyArn,
        ...(encryption.bucketKey ? { [`${SSE}-bucket-key-enabled`]: 'true' } : {}),
      }
  }
}
