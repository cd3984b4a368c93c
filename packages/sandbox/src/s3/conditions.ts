import { S3Error } from './errors.ts'
import type { Bucket, S3Object } from './state.ts'

type Headers = Readonly<Record<string, string>>

export function quoted(etag: string): string {
  return `"${etag}"`
}

/** An ETag as a client writes it: with or without quotes. */
export function unquoted(etag: string): string {
  return etag.replace(/^W\//, '').replace(/^"|"$/g, '')
}

/**
 * Conditional writes (S3 user guide, "How to prevent object overwrites with conditional writes").
 * @throws S3Error PreconditionFailed, NoSuchKey (If-Match on nothing), NotImplemented (If-None-Match of an ETag)
 */
export function assertWritable(bucket: Bucket, key: string, headers: Headers): void {
  const existing = bucket.objects.get(key)
  const noneMatch = headers['if-none-match']
  if (noneMatch !== undefined && noneMatch !== '*')
    throw new S3Error('NotImplemented', { Header: 'If-None-Match' })
  if (noneMatch === '*' && existing) throw new S3Error('PreconditionFailed', { Condition: 'If-None-Match' })
  const match = headers['if-match']
  if (match === undefined) return
  if (!existing) throw new S3Error('NoSuchKey', { Key: key })
  if (unquoted(match) !== existing.etag) throw new S3Error('PreconditionFailed', { Condition: 'If-Match' })
}

/** RFC 9110 section 13.2.2, for reads: what decides first wins. `not-modified` is answered by 304. */
export function evaluateRead(object: S3Object, headers: Headers): 'send' | 'not-modified' {
  const modified = Math.floor(object.lastModified / 1000) * 1000
  const match = headers['if-match']
  if (match !== undefined && !listsEtag(match, object.etag))
    throw new S3Error('PreconditionFailed', { Condition: 'If-Match' })
  const unmodifiedSince = Date.parse(headers['if-unmodified-since'] ?? '')
  if (match === undefined && modified > unmodifiedSince) {
    throw new S3Error('PreconditionFailed', { Condition: 'If-Unmodified-Since' })
  }
  const noneMatch = headers['if-none-match']
  if (noneMatch !== undefined) return listsEtag(noneMatch, object.etag) ? 'not-modified' : 'send'
  return modified <= Date.parse(headers['if-modified-since'] ?? '') ? 'not-modified' : 'send'
}

function listsEtag(list: string, etag: string): boolean {
  return list.split(',').some((item) => item.trim() === '*' || unquoted(item.trim()) === etag)
}
