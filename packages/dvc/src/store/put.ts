import { PutObjectCommand } from '@mlops-actions/aws/s3'
import { md5Base64 } from '../objects/hash.ts'
import { call, type Store, type StoredObject } from './connection.ts'
import { unquote } from './etag.ts'
import { noEtag } from './explain.ts'

/** Uploads a whole object; S3 itself refuses a body that is not what `md5` says (Content-MD5). */
export async function putObject(store: Store, key: string, body: Buffer, md5: string): Promise<StoredObject> {
  const { bucket, write, customerKey } = store.remote
  const facts = { what: 'Cannot upload an object', bucket, key, action: 's3:PutObject' }
  const command = () =>
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: body,
      ContentMD5: md5Base64(md5),
      ...write,
      ...customerKey,
    })
  const send = (abortSignal: AbortSignal) => store.s3.send(command(), { abortSignal })
  const { ETag } = await call(store, facts, send, body.length)
  if (ETag === undefined || ETag === '') throw noEtag(facts)
  return { size: body.length, etag: unquote(ETag) }
}
