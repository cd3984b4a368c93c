import { hash } from 'node:crypto'
import { invalidFile, unsupported } from '../invalid.ts'
import { type Options, text } from './remote-options.ts'

const CANNED_ACLS = [
  'authenticated-read',
  'aws-exec-read',
  'bucket-owner-full-control',
  'bucket-owner-read',
  'private',
  'public-read',
  'public-read-write',
] as const

/** How an object is written, in the SDK's own parameters: for PutObject, CopyObject and CreateMultipartUpload. */
export interface WriteOptions {
  readonly ServerSideEncryption?: 'AES256' | 'aws:kms' | 'aws:kms:dsse'
  readonly SSEKMSKeyId?: string
  readonly ACL?: (typeof CANNED_ACLS)[number]
  readonly GrantRead?: string
  readonly GrantReadACP?: string
  readonly GrantWriteACP?: string
  readonly GrantFullControl?: string
}

/**
 * A key of the customer (SSE-C), in the SDK's own parameters: for whatever reads or writes the bytes or the facts of an
 * object. S3 keeps no copy of it.
 */
export interface CustomerKey {
  readonly SSECustomerAlgorithm: string
  /** Base64 of 32 bytes; a secret. */
  readonly SSECustomerKey: string
  /** Base64 of the key's MD5: S3 wants it beside the key, and not every way to S3 leads through the SDK, which adds it. */
  readonly SSECustomerKeyMD5: string
}

/** @throws Failure `config` for what is no such key, or beside other encryption */
export function customerKeyOf(on: string, options: Options): CustomerKey | undefined {
  const key = text(options, 'sse_customer_key')
  const algorithm = text(options, 'sse_customer_algorithm')
  if (key === undefined) return undefined
  const bytes = Buffer.from(key, 'base64')
  if (bytes.length !== 32)
    throw invalidFile(
      on,
      'sse_customer_key is not the Base64 of 32 bytes',
      'Make one with `openssl rand -base64 32`',
      'DVC_CONFIG',
    )
  const other = ['sse', 'sse_kms_key_id'].find((name) => options.has(name))
  if (other !== undefined)
    throw invalidFile(
      on,
      `it sets both sse_customer_key and ${other}`,
      'Choose one way of encryption',
      'DVC_CONFIG',
    )
  return {
    SSECustomerAlgorithm: algorithm ?? 'AES256',
    SSECustomerKey: key,
    SSECustomerKeyMD5: hash('md5', bytes, 'base64'),
  }
}

/** The encryption and access that a remote asks for. @throws Failure `config` for values that S3 does not have */
export function writeOptionsOf(on: string, options: Options): WriteOptions {
  const sse = text(options, 'sse')
  const acl = text(options, 'acl')
  const grant = [...options.keys()].find((name) => name.startsWith('grant_'))
  if (acl !== undefined && grant !== undefined)
    throw invalidFile(on, `it sets both acl and ${grant}`, 'S3 takes one of them', 'DVC_CONFIG')
  const pick = (parameter: string, option: string) => {
    const value = text(options, option)
    return value === undefined ? {} : { [parameter]: value }
  }
  return {
    ...(sse === undefined ? {} : { ServerSideEncryption: encryptionOf(on, sse) }),
    ...(acl === undefined ? {} : { ACL: cannedAcl(on, acl) }),
    ...pick('SSEKMSKeyId', 'sse_kms_key_id'),
    ...pick('GrantRead', 'grant_read'),
    ...pick('GrantReadACP', 'grant_read_acp'),
    ...pick('GrantWriteACP', 'grant_write_acp'),
    ...pick('GrantFullControl', 'grant_full_control'),
  }
}

function encryptionOf(on: string, sse: string): NonNullable<WriteOptions['ServerSideEncryption']> {
  if (sse === 'AES256' || sse === 'aws:kms' || sse === 'aws:kms:dsse') return sse
  throw unsupported(on, `it sets \`sse = ${sse}\``, 'Use AES256, aws:kms or aws:kms:dsse')
}

function cannedAcl(on: string, acl: string): (typeof CANNED_ACLS)[number] {
  const found = CANNED_ACLS.find((known) => known === acl)
  if (found !== undefined) return found
  throw invalidFile(on, `acl is "${acl}"`, `Use one of ${CANNED_ACLS.join(', ')}`, 'DVC_CONFIG')
}
