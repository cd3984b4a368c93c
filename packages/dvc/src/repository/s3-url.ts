import type { Failure } from '@mlops-actions/diagnostics'
import { unsupported } from '../invalid.ts'

/** Where keys of S3 begin. */
export interface S3Location {
  readonly bucket: string
  /** What every key begins with: '' is the root of the bucket, anything else ends with a slash. */
  readonly prefix: string
}

/**
 * Until 2018 us-east-1 let names have capitals, underscores and 255 characters (S3 user guide, "General purpose bucket naming
 * rules"); botocore takes them too (`VALID_BUCKET`). No host has such a name: they stand in the path.
 */
const BUCKET_URL = /^[Ss]3:\/\/(?!\.+(?:\/|$))([A-Za-z0-9._-]{3,255})(?:\/(.*))?$/s
/** The ARN of an access point stands in the place of the bucket (s3fs, `split_path`). */
const ACCESS_POINT_URL =
  /^[Ss]3:\/\/(arn:aws[a-z-]*:s3:[a-z0-9-]+:\d{12}:accesspoint[:/][a-z0-9-]{1,63})(?:\/(.*))?$/s
/** One of several regions has none in its ARN (S3 user guide, "Multi-Region Access Points"). */
const MULTI_REGION_URL = /^s3:\/\/arn:aws[a-z-]*:s3::\d{12}:accesspoint[:/]/i

/**
 * `s3://bucket/prefix` -> its parts, as DVC reads them (dvc_s3, `_strip_protocol`; dvc_objects, `join`): what follows the
 * bucket is taken as it stands, empty segments, backslashes and percent escapes included, and one slash is put behind it
 * unless it ends with one. What can only be meant otherwise is refused: DVC drops a query, tabs and ends of lines without
 * a word, and stores under `..` literally, which proxies and other clients take for the folder above.
 * @throws Failure `config` that says why the url cannot be right, or names any other kind of remote
 */
export function parseS3Url(on: string, url: string): S3Location {
  refuseMistaken(on, url)
  const match = BUCKET_URL.exec(url) ?? ACCESS_POINT_URL.exec(url)
  const [, bucket = '', path = ''] = match ?? []
  if (match === null) throw otherKind(on, url)
  const dots = path.split('/').find((segment) => segment === '.' || segment === '..')
  if (dots !== undefined)
    throw unsupported(
      on,
      `its url is "${url}", and "${dots}" in a key is a name like any other to S3 and another folder to whatever lies between`,
      'Write the folder that is meant; what DVC has stored under the name as it stands has to be moved there',
    )
  return { bucket, prefix: path === '' || path.endsWith('/') ? path : `${path}/` }
}

/**
 * The same for what others read by its URI, as KServe does: they drop what follows `#`, and slashes at the beginning.
 * @throws Failure `config`
 */
export function parsePublicUrl(on: string, url: string): S3Location {
  const location = parseS3Url(on, url)
  if (!url.includes('#') && !`/${location.prefix}`.includes('//')) return location
  throw unsupported(
    on,
    `it is "${url}", and ${url.includes('#') ? 'what follows the #' : 'an empty part between two slashes'} gets lost where it is read`,
    'Give it as s3://bucket/folder',
  )
}

/** A location as a URL from which `parseS3Url` makes the same one. */
export function formatS3Url({ bucket, prefix }: S3Location): string {
  return `s3://${bucket}/${prefix}`.replace(/(?<!\/)\/$/, '')
}

/**
 * `remote://name/path`: the remote that is referred to, and what is appended to its url behind a slash (dvc/fs,
 * `_resolve_remote_refs`); undefined for any other url.
 * @throws Failure `config` for a part that DVC drops
 */
export function parseReference(
  on: string,
  url: string,
): { readonly name: string; readonly path: string } | undefined {
  const match = /^remote:\/\/([^/]+)(?:\/+(.*))?$/is.exec(url)
  if (match === null) return undefined
  if (url.includes('#'))
    throw unsupported(on, `its url is "${url}", and DVC leaves out what follows the #`, 'Write it without')
  return { name: (match[1] ?? '').toLowerCase(), path: match[2] ?? '' }
}

function refuseMistaken(on: string, url: string): void {
  if (/[\u0000-\u001f\u007f]/.test(url))
    throw unsupported(
      on,
      `its url is ${JSON.stringify(url)}, with a control character, which DVC drops or no list of S3 can hold`,
      'Write it without',
    )
  if (/^s3:\/\/[^/]*@/i.test(url))
    throw unsupported(
      on,
      'its url has a user name or a password before the bucket, which DVC leaves out',
      'Take it out of the url (and replace it, if it was committed); credentials come from `role-to-assume` or the job',
    )
  if (/^s3:/i.test(url) && url.includes('?'))
    throw unsupported(on, `its url is "${url}", and DVC leaves out what follows the ?`, 'Write it without')
}

function otherKind(on: string, url: string): Failure {
  if (MULTI_REGION_URL.test(url))
    return unsupported(
      on,
      `its url is "${url}", a Multi-Region Access Point: those take signatures for all regions (SigV4A), which are not supported`,
      'Give it one of the buckets behind it, or its access point in one region: s3://bucket/prefix or s3://arn:aws:s3:REGION:ACCOUNT:accesspoint/NAME/prefix',
    )
  const scheme = /^(?:([a-z0-9+.-]+):\/\/|(s3):)/i
    .exec(url)
    ?.slice(1)
    .find((name) => name !== undefined)
    ?.toLowerCase()
  const seen =
    scheme === undefined
      ? `its url is "${url}", a folder of this machine`
      : `its url is "${url}"${scheme === 's3' ? ', which names no bucket (s3:// and a name of 3 to 255 letters, digits, - . and _)' : `: remotes of the kind ${scheme} are not supported`}`
  return unsupported(on, seen, 'Give it a url such as s3://bucket/prefix')
}
