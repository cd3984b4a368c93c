/** Wakes who waits for something to have happened; how often it did is not counted. */
export interface Bell {
  ring(): void
  /** Everything is over, or has failed. */
  end(failure?: unknown): void
  /** Resolves with true when it has rung since the last time, with false at the end; rejects with what it ended by. */
  next(): Promise<boolean>
}

export function createBell(): Bell {
  let hasRung = Promise.withResolvers<void>()
  let ending: { readonly failure: unknown } | undefined
  return {
    ring: () => hasRung.resolve(),
    end(failure) {
      ending ??= { failure }
      hasRung.resolve()
    },
    async next() {
      await hasRung.promise
      if (ending?.failure !== undefined) throw ending.failure
      if (ending !== undefined) return false
      hasRung = Promise.withResolvers()
      return true
    },
  }
}
