import type { SandboxResponse } from '../server.ts'
import { quoted } from './conditions.ts'
import { authorize, findBucket, type S3Call, xmlResponse } from './context.ts'
import { S3Error } from './errors.ts'
import { compareBytes, type S3Object, sortedKeys } from './state.ts'
import { tag } from './xml.ts'

const MAX_KEYS = 1000

export interface Listing {
  readonly keys: readonly string[]
  readonly prefixes: readonly string[]
  /** Last key or common prefix of this page when more follow. */
  readonly last: string | undefined
}

export interface ListWish {
  readonly prefix: string
  readonly delimiter: string
  /** Only what sorts behind it; a common prefix that equals it is done with. */
  readonly after: string
  readonly maxKeys: number
}

/** Rolls keys up at the delimiter and cuts the page; keys must be in byte order. */
export function listKeys(keys: readonly string[], wish: ListWish): Listing {
  const found: string[] = []
  const prefixes: string[] = []
  let last: string | undefined
  for (const key of keys) {
    if (!key.startsWith(wish.prefix) || compareBytes(key, wish.after) <= 0) continue
    const common = commonPrefix(key, wish)
    const entry = common ?? key
    if (common !== undefined && (common === last || common === wish.after)) continue
    if (found.length + prefixes.length >= wish.maxKeys) return { keys: found, prefixes, last }
    if (common === undefined) found.push(key)
    else prefixes.push(common)
    last = entry
  }
  return { keys: found, prefixes, last: undefined }
}

function commonPrefix(key: string, { prefix, delimiter }: ListWish): string | undefined {
  if (delimiter === '') return undefined
  const at = key.indexOf(delimiter, prefix.length)
  return at === -1 ? undefined : key.slice(0, at + delimiter.length)
}

/** ListObjectsV2 (`list-type=2`) and ListObjects (boto3's `bucket.objects` still uses it). */
export function listObjects(call: S3Call, bucketName: string): SandboxResponse {
  authorize(call, 's3:ListBucket', bucketName)
  const bucket = findBucket(call.state, bucketName)
  const { query } = call.request
  const wish = readWish(query)
  const listing =
    wish.maxKeys === 0 ? { keys: [], prefixes: [], last: undefined } : listKeys(sortedKeys(bucket), wish)
  const encode = encoder(query.get('encoding-type'))
  const objects = listing.keys.flatMap((key) => bucket.objects.get(key) ?? [])
  const shared = [
    tag('Name', bucketName),
    tag('Prefix', encode(wish.prefix)),
    tag('MaxKeys', wish.maxKeys),
    wish.delimiter === '' ? '' : tag('Delimiter', encode(wish.delimiter)),
    tag('EncodingType', query.get('encoding-type') ?? undefined),
    tag('IsTruncated', listing.last !== undefined),
    ...objects.map((object) => contents(object, encode)),
    ...listing.prefixes.map((prefix) => `<CommonPrefixes>${tag('Prefix', encode(prefix))}</CommonPrefixes>`),
  ]
  const page =
    query.get('list-type') === '2' ? pageV2(query, listing, encode) : pageV1(query, wish, listing, encode)
  return xmlResponse('ListBucketResult', shared.join('') + page, { 'x-amz-bucket-region': call.state.region })
}

type Encode = (text: string) => string

function pageV2(query: URLSearchParams, listing: Listing, encode: Encode): string {
  const startAfter = query.get('start-after')
  return [
    tag('KeyCount', listing.keys.length + listing.prefixes.length),
    startAfter === null ? '' : tag('StartAfter', encode(startAfter)),
    tag('ContinuationToken', query.get('continuation-token') ?? undefined),
    tag('NextContinuationToken', listing.last === undefined ? undefined : encodeToken(listing.last)),
  ].join('')
}

/** NextMarker comes only with a delimiter; without one the last key is the marker. */
function pageV1(query: URLSearchParams, wish: ListWish, listing: Listing, encode: Encode): string {
  const next = wish.delimiter === '' ? undefined : listing.last
  return (
    tag('Marker', encode(query.get('marker') ?? '')) +
    tag('NextMarker', next === undefined ? undefined : encode(next))
  )
}

function readWish(query: URLSearchParams): ListWish {
  const token = query.get('continuation-token')
  const maxKeys = Number(query.get('max-keys') ?? MAX_KEYS)
  if (!(Number.isInteger(maxKeys) && maxKeys >= 0)) {
    throw new S3Error(
      'InvalidArgument',
      { ArgumentName: 'max-keys', ArgumentValue: query.get('max-keys') ?? '' },
      'Provided max-keys not an integer or within integer range',
    )
  }
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    after: token === null ? (query.get('start-after') ?? query.get('marker') ?? '') : decodeToken(token),
    maxKeys: Math.min(maxKeys, MAX_KEYS),
  }
}

function encodeToken(last: string): string {
  return Buffer.from(`1:${last}`).toString('base64')
}

function decodeToken(token: string): string {
  const text = Buffer.from(token, 'base64').toString('utf8')
  if (!text.startsWith('1:'))
    throw new S3Error(
      'InvalidArgument',
      { ArgumentName: 'continuation-token' },
      'The continuation token provided is incorrect',
    )
  return text.slice(2)
}

function encoder(type: string | null): Encode {
  if (type === null) return (text) => text
  if (type !== 'url')
    throw new S3Error(
      'InvalidArgument',
      { ArgumentName: 'encoding-type', ArgumentValue: type },
      'Invalid Encoding Method specified in Request',
    )
  return (text) => encodeURIComponent(text).replace(/%2F/g, '/').replace(/%20/g, '+')
}

function contents(object: S3Object, encode: Encode): string {
  const fields = [
    tag('Key', encode(object.key)),
    tag('LastModified', new Date(object.lastModified).toISOString()),
    tag('ETag', quoted(object.etag)),
    object.checksum
      ? tag('ChecksumAlgorithm', object.checksum.algorithm.toUpperCase()) +
        tag('ChecksumType', object.checksum.type)
      : '',
    tag('Size', object.body.length),
    tag('StorageClass', object.headers['x-amz-storage-class'] ?? 'STANDARD'),
  ]
  return `<Contents>${fields.join('')}</Contents>`
}
