/** Time as the sandbox's own actors see it; a test drives it by hand. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Resolves when the time has passed, and at once when the signal is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>
}

export const realClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const done = (): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, milliseconds)
      signal?.addEventListener('abort', done)
    }),
}

export interface ManualClock extends Clock {
  /** Moves the time on and wakes, in order, every sleeper whose time has come. */
  advance(milliseconds: number): Promise<void>
  /** How many sleep now. */
  sleeping(): number
}

/** A clock that stands still until it is told to go on. */
export function createManualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
  let current = start
  const sleepers = new Set<{ due: number; wake: () => void }>()
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  return {
    now: () => current,
    sleeping: () => sleepers.size,
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve()
        const sleeper = {
          due: current + milliseconds,
          wake: () => {
            sleepers.delete(sleeper)
            resolve()
          },
        }
        sleepers.add(sleeper)
        signal?.addEventListener('abort', sleeper.wake)
      }),
    advance: async (milliseconds) => {
      const end = current + milliseconds
      await settle()
      for (;;) {
        const [next] = [...sleepers].filter((one) => one.due <= end).sort((a, b) => a.due - b.due)
        if (!next) break
        current = Math.max(current, next.due)
        next.wake()
        await settle()
      }
      current = end
      await settle()
    },
  }
}
