import { ListObjectsV2Command, type ListObjectsV2CommandOutput } from '@mlops-actions/aws/s3'
import { Failure } from '@mlops-actions/diagnostics'
import { call, type Store, type StoredObject } from './connection.ts'
import { unquote } from './etag.ts'
import { type Scan, scanContents } from './listing-scan.wire.ts'

export interface ListedObject extends StoredObject {
  readonly key: string
  /** `STANDARD`, `GLACIER`, …; undefined where the server does not say. */
  readonly storageClass?: string | undefined
}

export interface ListedPage {
  readonly objects: readonly ListedObject[]
  /** The token of the next page. */
  readonly more: string | undefined
}

/** One page of a listing. @throws Failure for a success that is no complete listing of this bucket */
export async function listPage(
  store: Store,
  bucket: string,
  prefix: string,
  token: string | undefined,
): Promise<ListedPage> {
  const facts = { what: 'Cannot list the objects of a remote', bucket, action: 's3:ListBucket' }
  let scan: (() => Scan) | undefined
  const answer = await call(store, facts, (abortSignal) => {
    const command = new ListObjectsV2Command({
      Bucket: bucket,
      Prefix: prefix,
      // Names may hold characters that XML cannot.
      EncodingType: 'url',
      ...(token === undefined ? {} : { ContinuationToken: token }),
    })
    scan = scanContents(command)
    return store.s3.send(command, { abortSignal })
  })
  const page = pageOf(answer, scan?.(), bucket, token)
  if (page === undefined) throw noListing(bucket, prefix)
  return page
}

/** Every object below a prefix, page after page. */
export async function listAll(
  store: Store,
  bucket: string,
  prefix: string,
): Promise<readonly ListedObject[]> {
  const all: ListedObject[] = []
  await listEach(store, bucket, prefix, (page) => all.push(...page))
  return all
}

/** The same, a page at a time: a remote may hold many times more than anybody wants to keep. */
export async function listEach(
  store: Store,
  bucket: string,
  prefix: string,
  take: (objects: readonly ListedObject[]) => void,
): Promise<void> {
  for (let token: string | undefined, first = true; first || token !== undefined; first = false) {
    const page = await listPage(store, bucket, prefix, token)
    take(page.objects)
    token = page.more
  }
}

/** Undefined where the answer proves nothing. */
function pageOf(
  answer: ListObjectsV2CommandOutput,
  scan: Scan | undefined,
  bucket: string,
  token: string | undefined,
): ListedPage | undefined {
  const { Name, KeyCount, IsTruncated, NextContinuationToken, CommonPrefixes = [] } = answer
  if (!isNameOf(Name, bucket) || scan?.isWhole !== true || IsTruncated === undefined) return undefined
  const objects = scan.objects ?? parsedObjects(answer)
  if (objects === undefined) return undefined
  if (KeyCount !== undefined && KeyCount !== objects.length + CommonPrefixes.length) return undefined
  if (IsTruncated && (NextContinuationToken === undefined || NextContinuationToken === token))
    return undefined
  const decode = answer.EncodingType === 'url' ? decodeKey : (key: string) => key
  const decoded: ListedObject[] = []
  for (const object of objects) {
    const key = decode(object.key)
    if (key === undefined) return undefined
    decoded.push({ ...object, key, etag: unquote(object.etag) })
  }
  return { objects: decoded, more: IsTruncated ? NextContinuationToken : undefined }
}

/** A listing through an access point may be called by the name of what lies behind it. */
function isNameOf(name: string | undefined, bucket: string): boolean {
  if (bucket.startsWith('arn:') || bucket.endsWith('-s3alias')) return name !== undefined && name !== ''
  return name === bucket
}

function parsedObjects({ Contents = [] }: ListObjectsV2CommandOutput): ListedObject[] | undefined {
  const objects = Contents.flatMap(({ Key, Size, ETag, StorageClass }) =>
    Key === undefined || Size === undefined || ETag === undefined
      ? []
      : [{ key: Key, size: Size, etag: ETag, storageClass: StorageClass }],
  )
  return objects.length === Contents.length ? objects : undefined
}

/** Most keys have nothing that would be encoded; undefined for what no encoder makes. */
function decodeKey(key: string): string | undefined {
  if (!/[%+]/.test(key)) return key
  try {
    return decodeURIComponent(key.replaceAll('+', '%20'))
  } catch {
    return undefined
  }
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
