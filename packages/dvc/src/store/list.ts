import { ListObjectsV2Command } from '@mlops-actions/aws/s3'
import { Failure } from '@mlops-actions/diagnostics'
import { call, type Store, type StoredObject, unquote } from './connection.ts'

export interface ListedObject extends StoredObject {
  readonly key: string
}

/** One page of a listing. `more` is the token of the next one. */
export async function listPage(
  store: Store,
  bucket: string,
  prefix: string,
  token: string | undefined,
): Promise<{ readonly objects: readonly ListedObject[]; readonly more: string | undefined }> {
  const facts = { what: 'Cannot list the objects of a remote', bucket, action: 's3:ListBucket' }
  const command = new ListObjectsV2Command({
    Bucket: bucket,
    Prefix: prefix,
    // Names may hold characters that XML cannot.
    EncodingType: 'url',
    ...(token === undefined ? {} : { ContinuationToken: token }),
  })
  const answer = await call(store, facts, (abortSignal) => store.s3.send(command, { abortSignal }))
  if (answer.Name !== bucket) throw noListing(bucket, prefix)
  const objects = (answer.Contents ?? []).map(({ Key, Size, ETag }) => {
    if (Key === undefined || Size === undefined || ETag === undefined) throw noListing(bucket, prefix)
    const key = answer.EncodingType === 'url' ? decodeURIComponent(Key.replaceAll('+', '%20')) : Key
    return { key, size: Size, etag: unquote(ETag) }
  })
  const more = answer.IsTruncated === true ? answer.NextContinuationToken : undefined
  if (answer.IsTruncated === true && (more === undefined || more === token)) throw noListing(bucket, prefix)
  return { objects, more }
}

/** Every object below a prefix, page after page. */
export async function listAll(
  store: Store,
  bucket: string,
  prefix: string,
): Promise<readonly ListedObject[]> {
  const all: ListedObject[] = []
  for (let token: string | undefined, first = true; first || token !== undefined; first = false) {
    const page = await listPage(store, bucket, prefix, token)
    all.push(...page.objects)
    token = page.more
  }
  return all
}

function noListing(bucket: string, prefix: string): Failure {
  return new Failure({
    kind: 'upstream',
    code: 'S3_NO_LISTING',
    what: 'Cannot list the objects of a remote',
    on: `s3://${bucket}/${prefix}`,
    seen: 'the server said success and sent no complete listing of this bucket',
    next: 'Check `endpointurl` of the remote: what answers there does not behave like S3',
    retryable: false,
  })
}
