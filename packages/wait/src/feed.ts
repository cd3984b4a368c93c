import type { World } from '@mlops-actions/diagnostics'

/** States pushed by a server, of which only the newest counts: a verdict needs no history. */
export interface Feed<State> {
  /** The newest state that has not been taken yet. */
  take(): { readonly value: State } | undefined
  /** Resolves when a state arrives, but after `ms` milliseconds at the latest; rejects when the step is cancelled. */
  next(ms: number): Promise<void>
  close(): void
}

/** Reads `events` in the background. Its end or its failure is no failure of the wait: polling goes on. */
export function createFeed<State>(
  world: World,
  events: ((signal: AbortSignal) => AsyncIterable<State>) | undefined,
): Feed<State> {
  const controller = new AbortController()
  let newest: { readonly value: State } | undefined
  let wake: (() => void) | undefined
  if (events !== undefined) {
    const signal = AbortSignal.any([world.signal, controller.signal])
    void read(
      () => events(signal),
      { ...world, signal },
      (value) => {
        newest = { value }
        wake?.()
        return !controller.signal.aborted
      },
    )
  }
  return {
    take() {
      const state = newest
      newest = undefined
      return state
    },
    async next(ms) {
      if (newest !== undefined) return
      const arrival = new Promise<void>((resolve) => {
        wake = resolve
      })
      await Promise.race([arrival, world.sleep(ms)])
      wake = undefined
    },
    close: () => controller.abort(),
  }
}

/** Hands on every state until `push` says that nobody listens any more. */
async function read<State>(
  events: () => AsyncIterable<State>,
  world: World,
  push: (state: State) => boolean,
): Promise<void> {
  try {
    for await (const state of events()) if (!push(state)) return
    if (!world.signal.aborted) world.log.debug('The event stream ended; polling goes on.')
  } catch (thrown) {
    if (world.signal.aborted) return
    world.log.debug(`The event stream broke; polling goes on. ${String(thrown)}`)
  }
}
