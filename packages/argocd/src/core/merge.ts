/**
 * What comes of several streams, as it comes. Ends when all of them have; where one fails, or nobody reads on, the others
 * are aborted.
 */
export async function* merge<T>(
  open: readonly ((signal: AbortSignal) => AsyncIterable<T>)[],
  signal: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  const over = new AbortController()
  const both = AbortSignal.any([signal, over.signal])
  const next = new Map<AsyncIterator<T>, Promise<readonly [AsyncIterator<T>, IteratorResult<T>]>>()
  const ask = (from: AsyncIterator<T>) =>
    next.set(
      from,
      from.next().then((result) => [from, result] as const),
    )
  for (const stream of open) ask(stream(both)[Symbol.asyncIterator]())
  try {
    while (next.size > 0) {
      const [from, result] = await Promise.race(next.values())
      if (result.done === true) next.delete(from)
      else {
        ask(from)
        yield result.value
      }
    }
  } finally {
    over.abort()
    // How an aborted one ends is nobody's matter.
    for (const ended of next.values()) ended.catch(() => undefined)
  }
}
