import type { JsonValue } from '@mlops-actions/diagnostics'

/**
 * JSON text below `limit` bytes: the longest lists and texts are cut, step by step, until it fits.
 * A cut list stays a list of the same items; an object with cut lists says so in its key `truncated`:
 * `{"files":[…],"truncated":{"files":12043}}` gives the true counts.
 */
export function fitJson(value: JsonValue, limit: number): string {
  let text = JSON.stringify(value)
  for (let keep = 1_000; Buffer.byteLength(text) >= limit && keep > 0; keep = Math.floor(keep / 2)) {
    text = JSON.stringify(cut(value, keep))
  }
  return Buffer.byteLength(text) < limit
    ? text
    : JSON.stringify({ truncated: true, bytes: Buffer.byteLength(JSON.stringify(value)) })
}

/** A text below `limit` bytes; a cut one says how long it was. */
export function fitText(value: string, limit: number): string {
  const bytes = Buffer.from(value)
  if (bytes.length < limit) return value
  const kept = bytes.subarray(0, limit - 64).toString('utf8')
  return `${kept.replace(/\ufffd+$/, '')}… (${bytes.length} bytes in all)`
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

function isList(value: object): value is readonly JsonValue[] {
  return Array.isArray(value)
}
