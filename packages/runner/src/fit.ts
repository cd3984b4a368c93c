import type { JsonValue } from '@mlops-actions/diagnostics'
import { isList, jsonPieces } from './json-pieces.ts'

/** A text that is short enough. */
export interface Fitted {
  readonly text: string
  /** Whether it is not the whole. */
  readonly isCut: boolean
}

/**
 * JSON text below `limit` bytes: the longest lists and texts are cut, step by step, until it fits.
 * A cut list stays a list of the same items; an object with cut lists says so in its key `truncated`:
 * `{"files":[…],"truncated":{"files":12043}}` gives the true counts.
 */
export function fitJson(value: JsonValue, limit: number): Fitted {
  const whole = shorterThan(value, limit)
  if (whole !== undefined) return { text: whole, isCut: false }
  const isHopeless = leastLength(value, limit) >= limit
  for (let keep = isHopeless ? 0 : 1_000; keep > 0; keep = Math.floor(keep / 2)) {
    const text = shorterThan(cut(value, keep), limit)
    if (text !== undefined) return { text, isCut: true }
  }
  return { text: JSON.stringify({ truncated: true, bytes: jsonBytes(value) }), isCut: true }
}

/** How long the JSON of a value is; that of a hundred thousand files is never in memory as a whole. */
export function jsonBytes(value: JsonValue): number {
  let bytes = 0
  for (const piece of jsonPieces(value)) bytes += Buffer.byteLength(piece)
  return bytes
}

function shorterThan(value: JsonValue, limit: number): string | undefined {
  let [text, bytes] = ['', 0]
  for (const piece of jsonPieces(value)) {
    bytes += Buffer.byteLength(piece)
    if (bytes >= limit) return undefined
    text += piece
  }
  return text
}

/**
 * At least so many characters stay of a value, however short its lists and texts are cut: those of its keys. An object of
 * ten thousand of them would be cut ten times for nothing.
 * @param enough where counting may stop
 */
function leastLength(value: JsonValue, enough: number): number {
  if (value === null || typeof value !== 'object' || isList(value)) return 0
  let length = 0
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) length += key.length + '"":'.length + leastLength(item, enough)
    if (length >= enough) break
  }
  return length
}

/** A text below `limit` bytes; a cut one says how long it was. */
export function fitText(value: string, limit: number): Fitted {
  const bytes = Buffer.from(value)
  if (bytes.length < limit) return { text: value, isCut: false }
  const kept = bytes.subarray(0, limit - 64).toString('utf8')
  return { text: `${kept.replace(/\ufffd+$/, '')}… (${bytes.length} bytes in all)`, isCut: true }
}

function cut(value: JsonValue, keep: number): JsonValue {
  if (typeof value === 'string') return value.length > keep * 20 ? `${value.slice(0, keep * 20)}…` : value
  if (value === null || typeof value !== 'object') return value
  if (isList(value)) return value.slice(0, keep).map((item) => cut(item, keep))
  const counts: Record<string, number> = {}
  const entries = Object.entries(value).map(([key, item]) => {
    if (item !== undefined && item !== null && typeof item === 'object' && isList(item) && item.length > keep)
      counts[key] = item.length
    return [key, item === undefined ? undefined : cut(item, keep)] as const
  })
  const truncated = Object.keys(counts).length === 0 ? {} : { truncated: counts }
  return { ...Object.fromEntries(entries), ...truncated }
}
