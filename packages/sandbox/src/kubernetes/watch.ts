import type { SandboxRequest, SandboxResponse } from '../server.ts'
import type { Clock } from './clock.ts'
import type { Json } from './json.ts'
import { createQueue } from './queue.ts'
import { matcherOf } from './read.ts'
import { apiVersionOf } from './resources.ts'
import type { Matcher } from './selectors.ts'
import type { KubernetesState } from './state.ts'
import { badRequest, expired } from './status.ts'
import type { StoreChange } from './store.ts'
import type { Target } from './target.ts'

export interface WatchTiming {
  readonly clock: Clock
  /** Time between two bookmarks of a quiet watch (about a minute on a real server). */
  readonly bookmarkEvery: number
}

/**
 * WATCH as newline-delimited JSON. Without a resourceVersion (or with `0`) what exists comes first as ADDED; with one,
 * what happened since. A version older than the history gives one ERROR event with a 410 Status and the end.
 * Source: kubernetes.io "Efficient detection of changes", apiserver endpoints/handlers/watch.go.
 * @throws SelectorError
 */
export function watch(
  request: SandboxRequest,
  target: Target,
  state: KubernetesState,
  timing: WatchTiming,
): SandboxResponse {
  const matches = matcherOf(target, request.query)
  const since = request.query.get('resourceVersion') ?? ''
  if (!/^\d*$/.test(since)) return badRequest(`invalid resource version "${since}"`)
  const lines = createQueue<string>(request.signal)
  const send = (type: string, object: Json): void => lines.push(`${JSON.stringify({ type, object })}\n`)
  const tell = (change: StoreChange): void => {
    const type = eventType(change, target, matches)
    if (type !== undefined) send(type, change.object)
  }
  if (!replay(Number(since), target, state, matches, send, tell)) lines.end()
  else attach(request, target, state, timing, lines, send, tell)
  return {
    status: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-cache, private' },
    body: lines.items,
  }
}

/** The past of the watch; false when it is no longer known. */
function replay(
  since: number,
  target: Target,
  state: KubernetesState,
  matches: Matcher,
  send: (type: string, object: Json) => void,
  tell: (change: StoreChange) => void,
): boolean {
  if (since === 0) {
    for (const object of state.store.list(target.type, target.namespace))
      if (matches(object)) send('ADDED', object)
    return true
  }
  const oldest = state.store.history[0]?.revision ?? state.store.revision() + 1
  if (since + 1 < oldest) {
    send('ERROR', expired(`too old resource version: ${since} (${oldest - 1})`))
    return false
  }
  for (const change of state.store.history) if (change.revision > since) tell(change)
  return true
}

function attach(
  request: SandboxRequest,
  target: Target,
  state: KubernetesState,
  timing: WatchTiming,
  lines: { end(): void },
  send: (type: string, object: Json) => void,
  tell: (change: StoreChange) => void,
): void {
  const unsubscribe = state.store.subscribe(tell)
  const over = new AbortController()
  const signal = AbortSignal.any([request.signal, over.signal])
  const bookmark = (): void => {
    const resourceVersion = String(state.store.revision())
    const head = { kind: target.type.kind, apiVersion: apiVersionOf(target.type) }
    if (
      request.query.get('allowWatchBookmarks') === 'true' ||
      request.query.get('allowWatchBookmarks') === '1'
    ) {
      send('BOOKMARK', { ...head, metadata: { resourceVersion, creationTimestamp: null } })
    }
  }
  const finish = (): void => {
    unsubscribe()
    over.abort()
    lines.end()
  }
  request.signal.addEventListener('abort', finish)
  const seconds = Number(request.query.get('timeoutSeconds') ?? '0')
  if (seconds > 0) {
    timing.clock.sleep(seconds * 1000, signal).then(() => {
      if (signal.aborted) return
      bookmark()
      finish()
    })
  }
  repeatBookmarks(bookmark, timing, signal)
}

async function repeatBookmarks(
  bookmark: () => void,
  timing: WatchTiming,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await timing.clock.sleep(timing.bookmarkEvery, signal)
    if (!signal.aborted) bookmark()
  }
}

/** A selector turns a change of labels into ADDED or DELETED for this watch. */
function eventType(change: StoreChange, target: Target, matches: Matcher): string | undefined {
  const { object, before } = change
  if (change.type !== target.type) return undefined
  if (target.namespace !== undefined && object.metadata.namespace !== target.namespace) return undefined
  const matched = before !== undefined && matches(before)
  if (change.change === 'DELETED') return matched ? 'DELETED' : undefined
  if (matches(object)) return matched ? 'MODIFIED' : 'ADDED'
  return matched ? 'DELETED' : undefined
}
