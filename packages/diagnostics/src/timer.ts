/** What a timer can hold, in milliseconds; a longer one fires at once (Node's TIMEOUT_MAX). */
const LONGEST_TIMER = 2 ** 31 - 1

/** What a timer can be set to for a limit: a limit of many days is very long, not nothing. */
export function timerOf(ms: number): number {
  return Math.min(ms, LONGEST_TIMER)
}
