import {
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@mlops-actions/aws/s3'
import { md5Base64 } from '../objects/hash.ts'
import { joinKey, objectPath } from '../objects/keys.ts'
import type { HashName } from '../repository/output.ts'
import type { Remote } from '../repository/remote.ts'
import { refuseForeignAnswers } from './answer.wire.ts'
import { explainS3, noEtag, type S3Call } from './explain.ts'

/** A remote with the client that speaks to it. */
export interface Store {
  readonly remote: Remote
  readonly s3: S3Client
  readonly signal: AbortSignal
}

/** What a server says of an object. */
export interface StoredObject {
  /** Bytes. */
  readonly size: number
  /** Without quotes. */
  readonly etag: string
}

/** @param endpoint what to call the server in sentences */
export function createStore(remote: Remote, s3: S3Client, signal: AbortSignal): Store {
  refuseForeignAnswers(
    s3,
    `s3://${remote.bucket}${remote.endpoint === undefined ? '' : ` at ${remote.endpoint}`}`,
  )
  return { remote, s3, signal }
}

export function remoteUrl({ bucket, prefix }: Remote): string {
  return `s3://${joinKey(bucket, prefix)}`
}

export function keyOf({ remote }: Store, oid: string, hash: HashName): string {
  return joinKey(remote.prefix, objectPath(oid, hash))
}

/** Sends one command; what goes wrong is said with the missing IAM action and the ARN. */
export async function call<T>(
  { signal }: Store,
  facts: S3Call,
  send: (abortSignal: AbortSignal) => Promise<T>,
): Promise<T> {
  try {
    return await send(signal)
  } catch (thrown) {
    signal.throwIfAborted()
    throw explainS3(thrown, facts)
  }
}

/** The object, or undefined where the server says that there is none. */
export async function headObject(
  store: Store,
  bucket: string,
  key: string,
): Promise<(StoredObject & { readonly encrypted: boolean }) | undefined> {
  // S3 answers 403 for an object that is not there to whoever may not list (HeadObject in the API reference).
  const facts = { what: 'Cannot look at an object', bucket, key, action: 's3:GetObject` and `s3:ListBucket' }
  const answer = await call(store, facts, (abortSignal) =>
    store.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }), { abortSignal }).catch(notFound),
  )
  if (answer === undefined) return undefined
  const { ETag, ContentLength, ServerSideEncryption, SSECustomerAlgorithm } = answer
  if (ETag === undefined || ETag === '' || ContentLength === undefined) throw noEtag(facts)
  return {
    size: ContentLength,
    etag: unquote(ETag),
    encrypted: ServerSideEncryption?.startsWith('aws:kms') === true || SSECustomerAlgorithm !== undefined,
  }
}

/** The body of an object, piece by piece; undefined where there is none. */
export async function getObject(
  store: Store,
  bucket: string,
  key: string,
): Promise<AsyncIterable<Uint8Array> | undefined> {
  const facts = { what: 'Cannot read an object', bucket, key, action: 's3:GetObject` and `s3:ListBucket' }
  const answer = await call(store, facts, (abortSignal) =>
    store.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }), { abortSignal }).catch(notFound),
  )
  if (answer === undefined) return undefined
  if (answer.ETag === undefined || answer.Body === undefined) throw noEtag(facts)
  const body = answer.Body.transformToWebStream()
  return (async function* pieces() {
    try {
      for await (const piece of body) yield piece
    } catch (thrown) {
      store.signal.throwIfAborted()
      throw explainS3(thrown, facts)
    }
  })()
}

/** Uploads a whole object; S3 itself refuses a body that is not what `md5` says (Content-MD5). */
export async function putObject(store: Store, key: string, body: Buffer, md5: string): Promise<StoredObject> {
  const { bucket, write } = store.remote
  const facts = { what: 'Cannot upload an object', bucket, key, action: 's3:PutObject' }
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key: key,
    Body: body,
    ContentMD5: md5Base64(md5),
    ...write,
  })
  const { ETag } = await call(store, facts, (abortSignal) => store.s3.send(command, { abortSignal }))
  if (ETag === undefined || ETag === '') throw noEtag(facts)
  return { size: body.length, etag: unquote(ETag) }
}

export function unquote(etag: string): string {
  return etag.replace(/^W\//, '').replace(/^"|"$/g, '')
}

/** HEAD has no body that could say NoSuchKey; the bucket itself is known to be there by then. */
function notFound(thrown: unknown): undefined {
  const names = ['NotFound', 'NoSuchKey']
  if (thrown instanceof S3ServiceException && names.includes(thrown.name)) return undefined
  throw thrown
}
