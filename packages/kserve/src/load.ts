export interface LoadPlan {
  /** Requests whose figures count. */
  readonly requests: number
  /** Requests under way at any moment. */
  readonly concurrency: number
  /** Requests before them, sent the same way and forgotten: connections, caches, first compilations. */
  readonly warmUp: number
}

/**
 * A closed loop: as many senders as the plan says, each sends its next request when its last is answered.
 * Gives the outcomes that count, in the order in which they were sent.
 * @param onAnswer called with the number of counted answers after each
 */
export async function probeLoad<T>(
  send: () => Promise<T>,
  { requests, concurrency, warmUp }: LoadPlan,
  signal: AbortSignal,
  onAnswer: (answered: number) => void = () => {},
): Promise<readonly T[]> {
  await runMany(warmUp, concurrency, signal, async () => void (await send()))
  const outcomes: T[] = []
  let answered = 0
  await runMany(requests, concurrency, signal, async (at) => {
    outcomes[at] = await send()
    answered += 1
    onAnswer(answered)
  })
  return outcomes
}

async function runMany(
  count: number,
  concurrency: number,
  signal: AbortSignal,
  run: (at: number) => Promise<void>,
): Promise<void> {
  let next = 0
  const sender = async () => {
    while (next < count) {
      signal.throwIfAborted()
      const at = next
      next += 1
      await run(at)
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, count) }, sender))
}
