import type { Refusal } from './refusal.wire.ts'

/** Milliseconds that GitHub asks for where it does not say how long: "at least one minute", and longer each time. */
const UNTOLD = 60_000
/** No limit is waited for longer where nobody says how much time there is. */
const LONGEST_WAIT = 300_000
const TRIES = 5

/**
 * Whether GitHub said that it was asked too much, and so did nothing. Primary limits are told by a header, secondary ones
 * by words, and GraphQL has a type for them (GitHub documentation, "Rate limits for the REST API"). That nothing is left
 * says nothing of an answer of GraphQL, which may be the last one that there was.
 */
export function isRateLimit({ status, type, message, headers }: Refusal): boolean {
  if (status === 429 || type === 'RATE_LIMITED') return true
  if (status !== 403 && status !== 200) return false
  const isUsedUp = status === 403 && headers['x-ratelimit-remaining'] === '0'
  return isUsedUp || /rate limit|abuse detection/i.test(message)
}

/**
 * Milliseconds until a limited request may be sent again: what `retry-after` says, or else when the primary limit is
 * reset, or else a minute that doubles ("Best practices for using the REST API", "Handle rate limit errors").
 * @param attempt 1 for the first request
 * @param now milliseconds since the epoch
 */
export function limitedFor({ headers }: Refusal, attempt: number, now: number): number {
  const seconds = Number.parseInt(headers['retry-after'] ?? '', 10)
  if (seconds >= 0) return seconds * 1_000
  const reset = Number.parseInt(headers['x-ratelimit-reset'] ?? '', 10)
  if (headers['x-ratelimit-remaining'] === '0' && reset > 0) return Math.max(0, reset * 1_000 - now)
  return UNTOLD * 2 ** (attempt - 1)
}

/** Whether it is worth the wait. @param deadline milliseconds since the epoch, where the caller has one */
export function mayWait(
  wait: number,
  { attempt, now, deadline }: { attempt: number; now: number; deadline: number | undefined },
): boolean {
  if (attempt >= TRIES) return false
  return deadline === undefined ? wait <= LONGEST_WAIT : now + wait < deadline
}
