import { explainAws } from '@mlops-actions/aws'
import { HeadObjectCommand, ListObjectsV2Command, type S3Client } from '@mlops-actions/aws/s3'
import { Failure } from '@mlops-actions/diagnostics'

export interface StoredObject {
  readonly key: string
  /** Path below the artifact; '' when the artifact is this one object. */
  readonly path: string
  readonly size: number
  readonly etag: string
}

export interface S3Place {
  readonly bucket: string
  /** Without a trailing slash. */
  readonly key: string
}

/** `s3://bucket/key` or `minio://bucket/key`, as the pipeline root writes it; a query (region, endpoint) does not count. */
export function parseS3Uri(uri: string, artifact: string): S3Place {
  const [, bucket, key] = /^(?:s3|minio):\/\/([^/?#]+)\/([^?#]+?)\/*(?:[?#].*)?$/.exec(uri) ?? []
  if (bucket !== undefined && key !== undefined) return { bucket, key }
  throw new Failure({
    kind: 'config',
    code: 'ARTIFACT_URI',
    what: 'Cannot download the artifact',
    on: artifact,
    seen: `it lies at ${uri}, and only S3 can be read`,
    next: 'Take it out of `download`, or give the pipeline a root in S3',
  })
}

/** The objects of an artifact: everything below its URI, or the one object that the URI itself names. */
export async function listArtifact(
  s3: S3Client,
  place: S3Place,
  signal: AbortSignal,
): Promise<StoredObject[]> {
  const below = await listBelow(s3, place, signal)
  return below.length > 0 ? below : findOne(s3, place, signal)
}

/** More is no model but a data set, and nobody wants that in a checkout. */
const MOST_FILES = 10_000

async function listBelow(
  s3: S3Client,
  { bucket, key }: S3Place,
  signal: AbortSignal,
): Promise<StoredObject[]> {
  const prefix = `${key}/`
  const objects: StoredObject[] = []
  let token: string | undefined
  do {
    const page = await s3
      .send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }), {
        abortSignal: signal,
      })
      .catch((thrown: unknown) => {
        throw explainAws(thrown, {
          what: 'Cannot list the artifact',
          on: `s3://${bucket}/${prefix}`,
          action: 's3:ListBucket',
        })
      })
    // Consoles mark folders by empty objects whose key ends with a slash.
    for (const { Key = '', Size = 0, ETag = '' } of page.Contents ?? [])
      if (!Key.endsWith('/'))
        objects.push({ key: Key, path: Key.slice(prefix.length), size: Size, etag: ETag })
    token = page.NextContinuationToken
    if (objects.length > MOST_FILES) throw tooMany(`s3://${bucket}/${prefix}`)
  } while (token !== undefined)
  return objects
}

async function findOne(s3: S3Client, { bucket, key }: S3Place, signal: AbortSignal): Promise<StoredObject[]> {
  const on = `s3://${bucket}/${key}`
  const head = await s3
    .send(new HeadObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: signal })
    .catch((thrown: unknown) => {
      throw explainAws(thrown, { what: 'Cannot find the artifact', on, action: 's3:GetObject' })
    })
  return [{ key, path: '', size: head.ContentLength ?? 0, etag: head.ETag ?? '' }]
}

function tooMany(on: string): Failure {
  return new Failure({
    kind: 'config',
    code: 'ARTIFACT_TOO_MANY_FILES',
    what: 'Cannot download the artifact',
    on,
    seen: `it has more than ${MOST_FILES} files`,
    next: 'Take it out of `download`, and read it where it lies',
  })
}
