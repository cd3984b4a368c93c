import { unquote } from '../etag.ts'
import type { WantedRange } from './job.ts'

/** The head of an answer. */
export interface Head {
  readonly status: number
  /** Lower-case names; repeated headers are joined by ", ". */
  readonly headers: ReadonlyMap<string, string>
  /** Whether the server keeps the connection. */
  readonly isKept: boolean
}

const STATUS_LINE = /^HTTP\/1\.1 (\d{3})(?: [\t\x20-\x7e\x80-\xff]*)?$/
const FIELD_LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*$/

/** Pure: without the empty line; undefined for whatever is not exactly RFC 9112, 4 and 5, folded lines included. */
export function parseHead(text: string): Head | undefined {
  const [first = '', ...lines] = text.split('\r\n')
  const status = STATUS_LINE.exec(first)?.[1]
  if (status === undefined) return undefined
  const headers = new Map<string, string>()
  for (const line of lines) {
    const [, name, value = ''] = FIELD_LINE.exec(line) ?? []
    if (name === undefined) return undefined
    const key = name.toLowerCase()
    const before = headers.get(key)
    headers.set(key, before === undefined ? value : `${before}, ${value}`)
  }
  const isKept = !/\bclose\b/i.test(headers.get('connection') ?? '')
  return { status: Number(status), headers, isKept }
}

/** Pure: exactly the bytes that were asked for, of exactly this version, and nothing that would have to be decoded. */
export function isWanted({ status, headers }: Head, { start, length, size, etag }: WantedRange): boolean {
  if (headers.has('transfer-encoding') || headers.get('content-length') !== String(length)) return false
  if (unquote(headers.get('etag') ?? '') !== etag) return false
  const range = headers.get('content-range')
  if (status === 206) return range === `bytes ${start}-${start + length - 1}/${size}`
  return status === 200 && range === undefined && start === 0 && length === size
}
