import { NoCredentialsError } from './s3-reader.ts'
import type { S3Error } from './s3-request.ts'

/**
 * What KServe makes of an error of S3. It looks for words in the text first, so that an error whose message speaks of
 * `authorized` is told as one of authentication.
 * Source: kserve/kserve:python/storage/kserve_storage/storage_errors.py get_storage_error_message (0.17 and later).
 */
export function storageErrorText(error: S3Error | NoCredentialsError, bucket: string): string {
  const text = error.message.toLowerCase()
  const says = (...words: readonly string[]): boolean => words.some((word) => text.includes(word))
  if (error instanceof NoCredentialsError || says('credential', 'auth'))
    return 'S3 authentication failed. Set AWS_ACCESS_KEY_ID/AWS_SECRET_ACCESS_KEY or use awsAnonymousCredential=true.'
  if (says('not found', 'does not exist')) return `S3 resource '${bucket}' not found.`
  if (says('access denied', 'permission'))
    return `Access denied to S3 resource '${bucket}'. Verify permissions.`
  if (says('connection', 'timeout')) return `Failed to connect to S3 endpoint '${bucket}'.`
  if (['InvalidAccessKeyId', 'SignatureDoesNotMatch'].includes(error.code))
    return 'Invalid AWS credentials. Verify AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.'
  return `S3 error [${error.code}]: ${error.detail}`
}
