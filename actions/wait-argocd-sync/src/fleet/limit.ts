/** Applications that are looked into at once, of however many. */
export const AT_ONCE = 8

/** Runs at most `most` of the calls at once; the others wait for their turn, first come, first served. */
export function createLimit(most: number): <T>(call: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (call) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    running += 1
    try {
      return await call()
    } finally {
      running -= 1
      waiting.shift()?.()
    }
  }
}
