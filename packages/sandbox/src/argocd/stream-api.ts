import type { Json, JsonObject } from '../kubernetes/json.ts'
import { createQueue } from '../kubernetes/queue.ts'
import { RESOURCES } from '../kubernetes/resources.ts'
import type { SandboxRequest, SandboxResponse } from '../server.ts'
import { pathOf } from './application.ts'
import type { Argocd } from './context.ts'
import { selectFields } from './fields.ts'
import { isVisible, presented, visibleApps } from './read-api.ts'
import type { Session } from './state.ts'
import { nodeJson, resourceTree } from './tree.ts'

/**
 * GET /api/v1/stream/applications. Opens with ADDED for what is there, unless it is not newer than `resourceVersion`.
 * Without permission nothing ever comes, and no error. Source: argo-cd:server/application Watch.
 */
export function streamApps(
  argocd: Argocd,
  request: SandboxRequest,
  session: Session,
): Promise<SandboxResponse> {
  const { state } = argocd
  const { store } = state.kubernetes
  const fields = request.query.get('fields') ?? ''
  const since = Number(request.query.get('resourceVersion') || '0')
  return stream(argocd, request, (send) => {
    const last = new Map<string, string>()
    const tell = (type: string, app: Parameters<typeof presented>[1]): void => {
      const payload: JsonObject = { result: { type, application: presented(state, app) } }
      const text = JSON.stringify(selectFields(payload, fields))
      // The server leaves out what would repeat the last message of an application.
      if (fields !== '' && last.get(pathOf(app)) === text) return
      last.set(pathOf(app), text)
      send(text)
    }
    if (state.stream !== 'silent') {
      for (const app of visibleApps(state, session, request.query)) {
        if (Number(app.metadata.resourceVersion) > since) tell('ADDED', app)
      }
    }
    return store.subscribe((change) => {
      if (change.type !== RESOURCES.applications || state.stream !== 'normal') return
      if (isVisible(state, session, request.query, change.object)) tell(change.change, change.object)
    })
  })
}

/** GET /api/v1/stream/applications/{name}/resource-tree: the whole tree whenever something in it changes. */
export function streamTree(argocd: Argocd, request: SandboxRequest, app: string): Promise<SandboxResponse> {
  return stream(argocd, request, (send) => {
    let last = ''
    const tell = (): void => {
      const tree: Json = { result: { nodes: resourceTree(argocd.state, app).map(nodeJson) } }
      const text = JSON.stringify(tree)
      if (text !== last) send(text)
      last = text
    }
    tell()
    return argocd.state.kubernetes.store.subscribe((change) => {
      if (change.type !== RESOURCES.events) tell()
    })
  })
}

/**
 * The two framings of argoproj/pkg grpc/http/forwarders.go: server-sent events with keep-alive comments where they are
 * accepted, JSON lines without keep-alive elsewhere. Headers leave with the first bytes, so a stream without events
 * shows nothing for 15 s, or for ever.
 */
async function stream(
  argocd: Argocd,
  request: SandboxRequest,
  begin: (send: (text: string) => void) => () => void,
): Promise<SandboxResponse> {
  const sse = (request.headers['accept'] ?? '').includes('text/event-stream')
  const signal = AbortSignal.any([request.signal, argocd.signal])
  const queue = createQueue<string>(signal)
  const end = begin((text) => queue.push(sse ? `data: ${text} \n\n\n` : `${text}\n`))
  signal.addEventListener('abort', end, { once: true })
  if (sse) void keepAlive(argocd, signal, () => queue.push(':\n'))
  const lines = queue.items[Symbol.asyncIterator]()
  const first = await lines.next()
  async function* body(): AsyncGenerator<string> {
    if (first.done === true) return
    yield first.value
    for (let next = await lines.next(); next.done !== true; next = await lines.next()) yield next.value
  }
  const type = sse ? 'text/event-stream' : 'application/json'
  return { status: 200, headers: { 'content-type': type, 'cache-control': 'no-cache' }, body: body() }
}

async function keepAlive(argocd: Argocd, signal: AbortSignal, beat: () => void): Promise<void> {
  while (!signal.aborted) {
    await argocd.clock.sleep(argocd.timings.keepAliveEvery, signal)
    if (!signal.aborted) beat()
  }
}
