import { Failure, type World } from '@mlops-actions/diagnostics'
import { fullJitter } from './backoff.ts'

/** States pushed by a server, of which only the newest counts: a verdict needs no history. */
export interface Feed<State> {
  /** The newest state that has not been taken yet. */
  take(): { readonly value: State } | undefined
  /** Resolves when a state arrives or the stream breaks, but after `ms` milliseconds at the latest; rejects when the step is cancelled. */
  next(ms: number): Promise<void>
  /** Whether a state has come over the stream that stands now: one that is only open may be dead. */
  readonly isLive: boolean
  close(): void
}

/** A stream that lived for so long has not failed in a row. */
const STABLE_MS = 30_000
const REOPEN = { base: 1_000, cap: 10_000 }

/** Where states arrive, and whether they do. */
interface Inbox<State> {
  newest: { readonly value: State } | undefined
  isLive: boolean
  wake: (() => void) | undefined
}

/**
 * Reads `events` in the background, and opens them again where they end or break. Neither is a failure of the wait:
 * polling goes on, and a break wakes it, for what was not pushed has to be looked for.
 */
export function createFeed<State>(
  world: World,
  events: ((signal: AbortSignal) => AsyncIterable<State>) | undefined,
): Feed<State> {
  const controller = new AbortController()
  const inbox: Inbox<State> = { newest: undefined, isLive: false, wake: undefined }
  const signal = AbortSignal.any([world.signal, controller.signal])
  if (events !== undefined) void follow(() => events(signal), { ...world, signal }, inbox)
  return {
    take() {
      const state = inbox.newest
      inbox.newest = undefined
      return state
    },
    async next(ms) {
      if (inbox.newest !== undefined) return
      const arrival = new Promise<void>((resolve) => {
        inbox.wake = resolve
      })
      await Promise.race([arrival, world.sleep(ms)])
      inbox.wake = undefined
    },
    get isLive() {
      return inbox.isLive
    },
    close: () => controller.abort(),
  }
}

/** Streams, one after the other, until the wait is over or the server says that there will be none. */
async function follow<State>(
  events: () => AsyncIterable<State>,
  world: World,
  inbox: Inbox<State>,
): Promise<void> {
  for (let breaks = 0; !world.signal.aborted; breaks += 1) {
    const opened = world.now()
    const end = await read(events, world, inbox)
    const wasLive = inbox.isLive
    inbox.isLive = false
    if (world.signal.aborted || end === 'refused') return
    if (world.now() - opened >= STABLE_MS) breaks = 0
    // One that breaks again and again must not drive the looks.
    if (wasLive && breaks === 0) inbox.wake?.()
    await world
      .sleep(REOPEN.base / 2 + fullJitter(breaks, { ...REOPEN, random: world.random }))
      .catch(() => {})
  }
}

/** Hands on every state of one stream; `refused` where it will not be better when it is opened again. */
async function read<State>(
  events: () => AsyncIterable<State>,
  { signal, log }: World,
  inbox: Inbox<State>,
): Promise<'ended' | 'refused'> {
  try {
    for await (const value of events()) {
      if (signal.aborted) return 'ended'
      inbox.newest = { value }
      inbox.isLive = true
      inbox.wake?.()
    }
    if (!signal.aborted) log.debug('The event stream ended; polling goes on.')
    return 'ended'
  } catch (thrown) {
    if (!signal.aborted) log.debug(`The event stream broke; polling goes on. ${String(thrown)}`)
    return thrown instanceof Failure && !thrown.retryable ? 'refused' : 'ended'
  }
}
