import { HeadObjectCommand, S3ServiceException } from '@mlops-actions/aws/s3'
import { archiveOf } from './archive.ts'
import { call, type Store, type StoredObject } from './connection.ts'
import { unquote } from './etag.ts'
import { lookAction, noEtag } from './explain.ts'

/** What HEAD says more than a listing. */
export interface HeadObject extends StoredObject {
  /** By KMS or by a key of the customer: the ETag is no MD5 then. */
  readonly encrypted: boolean
  /** The encryption as S3 names it: `AES256`, `aws:kms`. */
  readonly encryption: string | undefined
}

/** The object, or undefined where the server says that there is none. */
export async function headObject(store: Store, bucket: string, key: string): Promise<HeadObject | undefined> {
  const facts = { what: 'Cannot look at an object', bucket, key, action: lookAction(bucket) }
  const command = () => new HeadObjectCommand({ Bucket: bucket, Key: key, ...store.remote.customerKey })
  const answer = await call(store, facts, (abortSignal) =>
    store.s3.send(command(), { abortSignal }).catch(notFound),
  )
  if (answer === undefined) return undefined
  const { ETag, ContentLength, ServerSideEncryption, SSECustomerAlgorithm } = answer
  if (ETag === undefined || ETag === '' || ContentLength === undefined) throw noEtag(facts)
  return {
    size: ContentLength,
    etag: unquote(ETag),
    encrypted: ServerSideEncryption?.startsWith('aws:kms') === true || SSECustomerAlgorithm !== undefined,
    encryption: ServerSideEncryption,
    archive: archiveOf(answer),
  }
}

/** HEAD has no body that could say NoSuchKey; the bucket itself is known to be there by then. */
export function notFound(thrown: unknown): undefined {
  const names = ['NotFound', 'NoSuchKey']
  if (thrown instanceof S3ServiceException && names.includes(thrown.name)) return undefined
  throw thrown
}
