/**
 * Full jitter: a random time between 0 and `min(cap, base * 2^attempt)` milliseconds.
 * Source: "Exponential Backoff And Jitter", AWS Architecture Blog, 2015; it spreads callers best.
 * @param attempt 0 for the first
 */
export function fullJitter(
  attempt: number,
  { base, cap, random }: { base: number; cap: number; random: () => number },
): number {
  return Math.round(random() * Math.min(cap, base * 2 ** attempt))
}

/** Up to 20 % more or less, so that many waiters do not ask at the same moment. */
export function spread(ms: number, random: () => number): number {
  return Math.round(ms * (0.8 + 0.4 * random()))
}
