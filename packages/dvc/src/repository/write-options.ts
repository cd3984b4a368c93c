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

/** The encryption and access that a remote asks for. @throws Failure `config` for values that S3 does not have */
export function writeOptionsOf(on: string, options: Options): WriteOptions {
  const sse = text(options, 'sse')
  const acl = text(options, 'acl')
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
