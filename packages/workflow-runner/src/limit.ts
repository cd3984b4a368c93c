/** Runs work with at most `most` at the same time, in the order in which it came. */
export function createLimit(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let free = most
  return async (work) => {
    if (free > 0) free--
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next === undefined) free++
      else next()
    }
  }
}

/** Resolves when the signal is aborted; after what is settled already, so that it loses a race against that. */
export function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) setImmediate(resolve)
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
