/** Refreshes get lost (argo-cd #28603) and commits take time to show, so they are repeated, ever more rarely. */
const AFTER_MS = [3_000, 5_000, 10_000, 20_000, 30_000]

export interface BackOff {
  isDue(): boolean
  /** Notes that it is done now. */
  did(): void
}

/** When what may have been in vain is to be done again: at once, then after 3, 5, 10, 20 and each 30 seconds. */
export function backOff(now: () => number): BackOff {
  let times = 0
  let next = -Infinity
  return {
    isDue: () => now() >= next,
    did() {
      next = now() + (AFTER_MS[times] ?? 30_000)
      times += 1
    },
  }
}
