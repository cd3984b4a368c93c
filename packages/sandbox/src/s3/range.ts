import { S3Error } from './errors.ts'

/** First and last byte, both included. */
export interface ByteRange {
  readonly first: number
  readonly last: number
}

/**
 * One `bytes=` range (RFC 9110 section 14.2); a list or another unit is ignored, as S3 does.
 * @throws S3Error InvalidRange when it begins behind the end
 */
export function parseRange(header: string | undefined, size: number): ByteRange | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (!match || (match[1] === '' && match[2] === '')) return undefined
  const [, from = '', to = ''] = match
  if (from === '') return suffix(Number(to), size, header ?? '')
  const first = Number(from)
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (first >= size) throw invalid(header ?? '', size)
  return to !== '' && Number(to) < first ? undefined : { first, last }
}

function suffix(length: number, size: number, header: string): ByteRange {
  if (length === 0 || size === 0) throw invalid(header, size)
  return { first: Math.max(0, size - length), last: size - 1 }
}

function invalid(header: string, size: number): S3Error {
  return new S3Error('InvalidRange', { RangeRequested: header, ActualObjectSize: String(size) })
}
