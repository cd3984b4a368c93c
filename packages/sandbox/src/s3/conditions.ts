import { authorize, type S3Call } from './context.ts'
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

/** If-Match and If-None-Match of a write, by servers that know them. */
export function isConditional({ state, request: { headers } }: S3Call): boolean {
  const given = headers['if-none-match'] !== undefined || headers['if-match'] !== undefined
  return given && state.quirks.conditionalWrites === 'enforced'
}

/**
 * Conditional writes (S3 user guide, "How to prevent object overwrites with conditional writes").
 * @throws S3Error PreconditionFailed, NoSuchKey (If-Match on nothing), NotImplemented (If-None-Match of an ETag), AccessDenied
 */
export function assertWritable(call: S3Call, bucket: Bucket, key: string): void {
  const { headers } = call.request
  const [noneMatch, match] = [headers['if-none-match'], headers['if-match']]
  if (call.state.quirks.conditionalWrites === 'refused' && (noneMatch ?? match) !== undefined)
    throw new S3Error('NotImplemented', { Header: noneMatch === undefined ? 'If-Match' : 'If-None-Match' })
  if (!isConditional(call)) return
  const existing = bucket.objects.get(key)
  if (noneMatch !== undefined && noneMatch !== '*')
    throw new S3Error('NotImplemented', { Header: 'If-None-Match' })
  if (noneMatch === '*' && existing) throw new S3Error('PreconditionFailed', { Condition: 'If-None-Match' })
  if (match === undefined) return
  // Whoever compares with what is there has to be allowed to read it.
  authorize(call, 's3:GetObject', `${bucket.name}/${key}`)
  if (!existing) throw new S3Error('NoSuchKey', { Key: key })
  if (unquoted(match) !== existing.etag) throw new S3Error('PreconditionFailed', { Condition: 'If-Match' })
}

/** RFC 9110 section 13.2.2, for reads: what decides first wins. `not-modified` is answered by 304. */
export function evaluateRead(object: S3Object, headers: Headers): 'send' | 'not-modified' {
  const modified = modifiedSecond(object)
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

/** The same four for the source of a copy, where each that fails is a refusal. @throws S3Error PreconditionFailed */
export function assertCopyable(object: S3Object, headers: Headers): void {
  const named = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith(SOURCE) ? [[name.slice(SOURCE.length), value]] : [],
  )
  const conditions: Headers = Object.fromEntries(named)
  if (evaluateRead(object, conditions) === 'send') return
  const failed = conditions['if-none-match'] === undefined ? 'If-Modified-Since' : 'If-None-Match'
  throw new S3Error('PreconditionFailed', { Condition: `${SOURCE}${failed}` })
}

const SOURCE = 'x-amz-copy-source-'

function modifiedSecond({ lastModified }: S3Object): number {
  return Math.floor(lastModified / 1000) * 1000
}

function listsEtag(list: string, etag: string): boolean {
  return list.split(',').some((item) => item.trim() === '*' || unquoted(item.trim()) === etag)
}
