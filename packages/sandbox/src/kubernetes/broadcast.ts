/** Hands values to listeners in the order in which they were told, also when a listener tells more. */
export interface Broadcast<T> {
  tell(value: T): void
  subscribe(listener: (value: T) => void): () => void
}

export function createBroadcast<T>(): Broadcast<T> {
  const listeners = new Set<(value: T) => void>()
  const untold: T[] = []
  let telling = false
  return {
    tell: (value) => {
      untold.push(value)
      if (telling) return
      telling = true
      try {
        for (let next = untold.shift(); next !== undefined; next = untold.shift()) {
          for (const listener of [...listeners]) listener(next)
        }
      } finally {
        telling = false
      }
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
