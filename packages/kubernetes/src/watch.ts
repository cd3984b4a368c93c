import { Failure, messageOf, type World } from '@mlops-actions/diagnostics'
import { jsonLines } from '@mlops-actions/http'
import { fullJitter } from '@mlops-actions/wait'
import { listAll, selectionQuery } from './list.ts'
import { identify } from './metadata.wire.ts'
import { pathOf, type ResourceType, type Selection } from './resource.ts'
import { isWatchEvent, readStatus } from './status.wire.ts'
import type { Transport } from './transport.ts'

/** Servers end a watch between 30 and 60 minutes by themselves; asking for less keeps proxies content. */
const WATCH_SECONDS = 240
/** Bookmarks come about every minute, so silence for this long means a dead connection. */
const IDLE_MS = 150_000

/** Thrown inside: what was known is too old, so list again. */
class Expired extends Error {}

/**
 * List, then watch from that version (kubernetes.io "Efficient detection of changes"). A watch that ends goes on from
 * the last version seen; a 410 lists anew; whatever else breaks it is tried again, at most every 30 s.
 * @throws Failure when the list or the watch is refused in a way that cannot pass
 */
export async function* watchSelection<T>(
  world: World,
  transport: Transport,
  type: ResourceType<T>,
  selection: Selection,
  signal: AbortSignal,
): AsyncGenerator<readonly T[], void, undefined> {
  const objects = new Map<string, T>()
  let version: string | undefined
  for (let troubles = 0; !signal.aborted; ) {
    try {
      if (version === undefined) {
        const listing = await listAll(transport, type, selection)
        objects.clear()
        for (const item of listing.items) objects.set(keyOf(item), item)
        version = listing.resourceVersion
        yield [...objects.values()]
      }
      for await (const event of changes(transport, type, selection, version, signal)) {
        troubles = 0
        version = event.version
        if (event.kind === 'bookmark') continue
        if (event.kind === 'gone') objects.delete(event.key)
        else objects.set(event.key, event.object)
        yield [...objects.values()]
      }
    } catch (thrown) {
      if (signal.aborted) return
      if (thrown instanceof Expired) {
        version = undefined
        continue
      }
      if (thrown instanceof Failure && !thrown.retryable) throw thrown
      world.log.debug(`The watch of ${type.plural} broke and is tried again: ${messageOf(thrown)}`)
      version = undefined
    }
    troubles += 1
    await world.sleep(fullJitter(troubles, { base: 250, cap: 30_000, random: world.random }))
  }
}

type Change<T> =
  | { readonly kind: 'bookmark'; readonly version: string }
  | { readonly kind: 'gone'; readonly version: string; readonly key: string }
  | { readonly kind: 'there'; readonly version: string; readonly key: string; readonly object: T }

async function* changes<T>(
  { http, send }: Transport,
  type: ResourceType<T>,
  selection: Selection,
  version: string,
  signal: AbortSignal,
): AsyncGenerator<Change<T>, void, undefined> {
  const query = selectionQuery(selection)
  query.set('watch', '1')
  query.set('allowWatchBookmarks', 'true')
  query.set('resourceVersion', version)
  query.set('timeoutSeconds', String(WATCH_SECONDS))
  const intent = { verb: 'watch', type, namespace: selection.namespace } as const
  const path = `${pathOf(type, selection.namespace)}?${query}`
  const stream = await send(intent, path, (request) =>
    http.stream({ ...request, idleTimeout: IDLE_MS, signal, tolerate: [410] }),
  )
  try {
    if (stream.status === 410) throw new Expired()
    for await (const line of jsonLines(stream.chunks)) yield readChange(line, type)
  } finally {
    stream.close()
  }
}

/** @throws Expired for the ERROR event that says 410; Error for every other one */
function readChange<T>(line: unknown, type: ResourceType<T>): Change<T> {
  const event = isWatchEvent(line)
  if (event.type === 'ERROR') {
    const refusal = readStatus(event.object)
    if (refusal?.code === 410) throw new Expired()
    throw new Error(refusal?.message ?? 'the watch ended with an error')
  }
  const { version, key } = identify(event.object)
  if (event.type === 'BOOKMARK') return { kind: 'bookmark', version }
  if (event.type === 'DELETED') return { kind: 'gone', version, key }
  return { kind: 'there', version, key, object: type.check(event.object) }
}

function keyOf(object: unknown): string {
  return identify(object).key
}
