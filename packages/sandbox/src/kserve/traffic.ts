/** Counts the requests that each server is answering, so that none is lost when a pod ends. */
export interface Traffic {
  /** Counts one request; the function that it gives back ends the count, once. */
  busy(url: string): () => void
  /** Resolves when no request to the server is under way. */
  idle(url: string): Promise<void>
}

export function createTraffic(): Traffic {
  const counts = new Map<string, number>()
  const waiters = new Map<string, (() => void)[]>()
  return {
    busy: (url) => {
      counts.set(url, (counts.get(url) ?? 0) + 1)
      let open = true
      return () => {
        if (!open) return
        open = false
        const left = (counts.get(url) ?? 1) - 1
        counts.set(url, left)
        if (left > 0) return
        counts.delete(url)
        for (const wake of waiters.get(url) ?? []) wake()
        waiters.delete(url)
      }
    },
    idle: (url) =>
      new Promise((resolve) => {
        if ((counts.get(url) ?? 0) === 0) return resolve()
        waiters.set(url, [...(waiters.get(url) ?? []), resolve])
      }),
  }
}
