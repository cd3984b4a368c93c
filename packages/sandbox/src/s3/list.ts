import type { SandboxResponse } from '../server.ts'
import { storageClassOf } from './archive.ts'
import { authorize, chargedHeaders, findBucket, regionOf, type S3Call, xmlResponse } from './context.ts'
import { etagTag } from './copy.ts'
import { S3Error } from './errors.ts'
import { type Listing, type ListWish, listKeys } from './keys.ts'
import { type Encode, encoder, numberParameter } from './list-parameters.ts'
import { type S3Object, sortedKeys } from './state.ts'
import { tag } from './xml.ts'

const MAX_KEYS = 1000

/** ListObjectsV2 (`list-type=2`) and ListObjects (boto3's `bucket.objects` still uses it). */
export function listObjects(call: S3Call, bucketName: string): SandboxResponse {
  const bucket = findBucket(call, bucketName)
  authorize(call, 's3:ListBucket', bucketName)
  const { query } = call.request
  const second = isSecond(call)
  const wish = readWish(call)
  const listing =
    wish.maxKeys === 0 ? { keys: [], prefixes: [], last: undefined } : listKeys(sortedKeys(bucket), wish)
  const encode = encoder(call)
  const objects = listing.keys.flatMap((key) => bucket.objects.get(key) ?? [])
  const owned = !second || (query.get('fetch-owner') === 'true' && hasExtras(call))
  const owner = owned ? `<Owner>${tag('ID', bucket.owner ?? call.state.account)}</Owner>` : ''
  const shared = [
    tag('Name', bucketName),
    tag('Prefix', encode(wish.prefix)),
    tag('MaxKeys', wish.maxKeys),
    wish.delimiter === '' ? '' : tag('Delimiter', encode(wish.delimiter)),
    tag('EncodingType', encode(' ') === ' ' ? undefined : 'url'),
    tag('IsTruncated', listing.last !== undefined),
    ...objects.map((object) => contents(call, object, encode, owner)),
    ...listing.prefixes.map((prefix) => `<CommonPrefixes>${tag('Prefix', encode(prefix))}</CommonPrefixes>`),
  ]
  const page = second ? pageV2(query, listing, encode) : pageV1(query, wish, listing, encode)
  const more = { ...regionOf(call.state, bucket), ...chargedHeaders(call, bucket) }
  return xmlResponse('ListBucketResult', shared.join('') + page, more)
}

function isSecond({ request, state }: S3Call): boolean {
  return request.query.get('list-type') === '2' && state.quirks.listObjectsV2 !== 'v1-only'
}

function hasExtras({ state }: S3Call): boolean {
  return state.quirks.listObjectsV2 === 'full'
}

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

function readWish(call: S3Call): ListWish {
  const { query } = call.request
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    after: readAfter(call),
    maxKeys: Math.min(numberParameter(query, 'max-keys', MAX_KEYS), MAX_KEYS),
  }
}

function readAfter(call: S3Call): string {
  const { query } = call.request
  if (!isSecond(call)) return query.get('marker') ?? ''
  const token = query.get('continuation-token')
  if (token !== null) return decodeToken(token)
  return hasExtras(call) ? (query.get('start-after') ?? '') : ''
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

function contents(call: S3Call, object: S3Object, encode: Encode, owner: string): string {
  const fields = [
    tag('Key', encode(object.key)),
    tag('LastModified', new Date(object.lastModified).toISOString()),
    etagTag(call.state, object.etag),
    object.checksum
      ? tag('ChecksumAlgorithm', object.checksum.algorithm.toUpperCase()) +
        tag('ChecksumType', object.checksum.type)
      : '',
    tag('Size', object.body.length),
    owner,
    tag('StorageClass', storageClassOf(object)),
    restoreStatus(call, object),
  ]
  return `<Contents>${fields.join('')}</Contents>`
}

/** Told to those who ask by `x-amz-optional-object-attributes: RestoreStatus`. */
function restoreStatus({ request, now }: S3Call, { restore }: S3Object): string {
  const asked = request.headers['x-amz-optional-object-attributes']?.includes('RestoreStatus') === true
  if (!asked || !restore || now >= restore.expiresAt) return ''
  const expiry = new Date(restore.expiresAt).toISOString()
  const isReady = now >= restore.readyAt
  return `<RestoreStatus>${tag('IsRestoreInProgress', !isReady)}${tag('RestoreExpiryDate', isReady ? expiry : undefined)}</RestoreStatus>`
}
