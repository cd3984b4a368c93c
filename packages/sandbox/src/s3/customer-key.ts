import { createHash } from 'node:crypto'
import { S3Error } from './errors.ts'

/** A key that the client keeps and sends along (SSE-C); the server remembers no more than its MD5. */
export interface CustomerKey {
  /** Base64. */
  readonly md5: string
}

/**
 * The key that a request brings, whole and right in itself. Over plain HTTP S3 refuses it; this server does not, as
 * it has no other way in.
 * @param prefix `x-amz-copy-source-` for the key of a copy's source
 * @throws S3Error InvalidArgument, InvalidEncryptionAlgorithmError
 */
export function customerKeyOf(
  headers: Readonly<Record<string, string>>,
  prefix: 'x-amz-' | 'x-amz-copy-source-' = 'x-amz-',
): CustomerKey | undefined {
  const name = (part: string): string => `${prefix}server-side-encryption-customer-${part}`
  const [algorithm, key, md5] = ['algorithm', 'key', 'key-md5'].map((part) => headers[name(part)])
  if (algorithm === undefined && key === undefined && md5 === undefined) return undefined
  const need = 'Requests specifying Server Side Encryption with Customer provided keys must provide'
  if (algorithm === undefined)
    throw refuse(name('algorithm'), 'null', `${need} a valid encryption algorithm.`)
  if (algorithm !== 'AES256')
    throw new S3Error('InvalidEncryptionAlgorithmError', {
      ArgumentName: name('algorithm'),
      ArgumentValue: algorithm,
    })
  if (key === undefined) throw refuse(name('key'), 'null', `${need} an appropriate secret key.`)
  if (md5 === undefined)
    throw refuse(name('key-MD5'), 'null', `${need} the client calculated MD5 of the secret key.`)
  const bytes = Buffer.from(key, 'base64')
  if (bytes.length !== 32)
    throw refuse(name('key'), key, 'The secret key was invalid for the specified algorithm.')
  if (createHash('md5').update(bytes).digest('base64') !== md5)
    throw refuse(
      name('key-MD5'),
      md5,
      'The calculated MD5 hash of the key did not match the hash that was provided.',
    )
  return { md5 }
}

function refuse(argument: string, value: string, message: string): S3Error {
  return new S3Error('InvalidArgument', { ArgumentName: argument, ArgumentValue: value }, message)
}
