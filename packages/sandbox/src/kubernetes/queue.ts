/** A queue between a callback that pushes and one reader that iterates: how streams get their lines. */
export interface Queue<T> {
  push(item: T): void
  /** The reader sees what was pushed before, then the end. */
  end(): void
  readonly items: AsyncIterable<T>
}

export function createQueue<T>(signal: AbortSignal): Queue<T> {
  const waiting: T[] = []
  let ended = signal.aborted
  let wake: () => void = () => {}
  const stir = (): void => wake()
  signal.addEventListener('abort', () => {
    ended = true
    waiting.length = 0
    stir()
  })
  async function* read(): AsyncGenerator<T> {
    while (true) {
      const item = waiting.shift()
      if (item !== undefined) yield item
      else if (ended) return
      else
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
  }
  return {
    push: (item) => {
      if (ended) return
      waiting.push(item)
      stir()
    },
    end: () => {
      ended = true
      stir()
    },
    items: read(),
  }
}
