import type { World } from '@mlops-actions/diagnostics'

/** What a group needs to know of its threads. */
interface Member {
  /** Jobs under way. */
  readonly waiting: number
  /** Files that it holds open. */
  readonly readings: number
  /** Nobody can ask it any more. */
  readonly isEnded: boolean
  end(reason: unknown): void
}

/** A group of threads, started when they are needed. */
export interface Threads<One extends Member> {
  /** How many there are. */
  readonly count: number
  /** The one with the least to do; a new one rather than one that is busy. */
  take(load: (thread: One) => number): One
  /** The same among those that fit; undefined where none does, and there may be no more. */
  takeAmong(load: (thread: One) => number, fits: (thread: One) => boolean): One | undefined
  /** Ends those that have nothing to do, for their memory; others start when they are needed. */
  rest(): void
  /** Ends all of them at once. */
  close(): void
}

export interface ThreadsOptions<One> {
  readonly start: () => One
  readonly most: number
  /** What they do, for sentences: `hash files`. */
  readonly what: string
}

/** Threads end with the signal or with `close`; one that has died is replaced when the next is needed. */
export function createThreads<One extends Member>(
  { signal }: Pick<World, 'signal'>,
  { start, most, what }: ThreadsOptions<One>,
): Threads<One> {
  let running: One[] = []
  let isClosed = false
  const end = (reason: unknown): void => {
    for (const thread of running.splice(0)) thread.end(reason)
  }
  const closed = () => new Error(`the threads that ${what} have been closed`)
  const onAbort = () => end(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  const more = (): One => {
    const thread = start()
    running.push(thread)
    return thread
  }
  const takeAmong = (load: (thread: One) => number, fits: (thread: One) => boolean): One | undefined => {
    signal.throwIfAborted()
    if (isClosed) throw closed()
    running = running.filter(({ isEnded }) => !isEnded)
    const [idlest] = running.filter(fits).sort((one, other) => load(one) - load(other))
    const isEnough = running.length >= most || (idlest !== undefined && load(idlest) === 0)
    return isEnough ? idlest : more()
  }
  return {
    get count() {
      return running.length
    },
    take: (load) => takeAmong(load, () => true) ?? more(),
    takeAmong,
    rest: () => {
      const isIdle = ({ waiting, readings }: One) => waiting + readings === 0
      for (const thread of running.filter(isIdle)) thread.end(new Error(`a thread that could ${what} rests`))
      running = running.filter(({ isEnded }) => !isEnded)
    },
    close: () => {
      isClosed = true
      signal.removeEventListener('abort', onAbort)
      end(closed())
    },
  }
}
