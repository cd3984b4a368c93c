/** Runs `body` for every item, at most `limit` at once; the first error ends it when those under way have settled. */
export async function forEachLimited<T>(
  items: readonly T[],
  limit: number,
  body: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items[Symbol.iterator]()
  let failed = false
  const worker = async () => {
    for (let next = queue.next(); !failed && next.done !== true; next = queue.next()) {
      try {
        await body(next.value)
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  const results = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, worker))
  const broken = results.find((result) => result.status === 'rejected')
  if (broken !== undefined) throw broken.reason
}

/** A number of bytes that all uploads together may hold in memory. */
export interface Budget {
  /** Waits, first come first served, until `bytes` are free; returns what gives them back. */
  take(bytes: number): Promise<() => void>
}

/** A request larger than the whole budget gets all of it, alone. */
export function createBudget(total: number): Budget {
  let free = total
  const waiting: { readonly wanted: number; readonly grant: () => void }[] = []
  const serve = () => {
    for (let [first] = waiting; first !== undefined && first.wanted <= free; [first] = waiting) {
      waiting.shift()
      free -= first.wanted
      first.grant()
    }
  }
  return {
    take: (bytes) =>
      new Promise((resolve) => {
        const wanted = Math.min(bytes, total)
        let held = true
        const release = () => {
          if (!held) return
          held = false
          free += wanted
          serve()
        }
        waiting.push({ wanted, grant: () => resolve(release) })
        serve()
      }),
  }
}
