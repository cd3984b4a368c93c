import { compact, isObject, type Json, type JsonObject, textAt } from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import { logLines } from '../kubernetes/pod-log.ts'
import { RESOURCES } from '../kubernetes/resources.ts'
import type { SandboxRequest, SandboxResponse } from '../server.ts'
import { pathOf } from './application.ts'
import type { Argocd } from './context.ts'
import { ApiError, answer, streamError } from './errors.ts'
import { selectFields } from './fields.ts'
import { untyped } from './read-api.ts'
import type { ManagedResource } from './state.ts'
import { groupOf, nodeJson, resourceTree } from './tree.ts'

/** GET …/resource-tree */
export function readTree(argocd: Argocd, app: KubeObject): SandboxResponse {
  return answer(200, {
    nodes: resourceTree(argocd.state, pathOf(app)).map(nodeJson),
    orphanedNodes: null,
    hosts: null,
  })
}

/** GET …/managed-resources: as the last comparison saw them, states as JSON text. */
export function readManaged(argocd: Argocd, request: SandboxRequest, app: KubeObject): SandboxResponse {
  const { query } = request
  const matches = (field: 'group' | 'kind' | 'namespace' | 'name', one: ManagedResource): boolean =>
    (query.get(field) ?? '') === '' || query.get(field) === one[field]
  const items = (argocd.state.managed.get(pathOf(app)) ?? [])
    .filter(
      (one) =>
        matches('group', one) && matches('kind', one) && matches('namespace', one) && matches('name', one),
    )
    .map(managedJson)
  return answer(200, selectFields({ items }, query.get('fields') ?? ''))
}

function managedJson(one: ManagedResource): JsonObject {
  const text = (value: JsonObject | undefined): string =>
    value === undefined ? 'null' : JSON.stringify(masked(value))
  return compact({
    group: one.group === '' ? undefined : one.group,
    kind: one.kind,
    namespace: one.namespace === '' ? undefined : one.namespace,
    name: one.name,
    targetState: text(one.target),
    liveState: text(one.live),
    normalizedLiveState: text(one.live),
    predictedLiveState: text(one.predicted),
    resourceVersion: one.live?.metadata.resourceVersion,
    hook: one.hook ? true : undefined,
    modified: one.status === 'OutOfSync' ? true : undefined,
  })
}

/** Values of a Secret never leave the server. */
function masked(object: JsonObject): JsonObject {
  if (object['kind'] !== 'Secret') return object
  const hide = (value: Json | undefined): Json =>
    isObject(value) ? Object.fromEntries(Object.keys(value).map((key) => [key, '++++++++'])) : {}
  return { ...object, data: hide(object['data']), stringData: hide(object['stringData']) }
}

/** GET …/resource: read from the cluster now, but only what belongs to the application. */
export function readResource(argocd: Argocd, request: SandboxRequest, app: KubeObject): SandboxResponse {
  const { query } = request
  const kind = query.get('kind') ?? ''
  const name = query.get('resourceName') ?? ''
  const found = resourceTree(argocd.state, pathOf(app)).find(
    ({ object }) =>
      object.kind === kind &&
      object.metadata.name === name &&
      groupOf(object) === (query.get('group') ?? '') &&
      (object.metadata.namespace ?? '') === (query.get('namespace') ?? ''),
  )
  if (!found) {
    const group = query.get('group') ?? ''
    throw new ApiError(3, `${kind} ${group} ${name} not found as part of application ${app.metadata.name}`)
  }
  return answer(200, { manifest: JSON.stringify(masked(found.object)) })
}

/** GET …/events: of a resource, or of the Application itself. */
export function readEvents(argocd: Argocd, request: SandboxRequest, app: KubeObject): SandboxResponse {
  const { query } = request
  const uid = query.get('resourceUID') || app.metadata.uid
  const name = query.get('resourceName') || app.metadata.name
  const events = argocd.state.kubernetes.store
    .list(RESOURCES.events)
    .filter(
      (event) =>
        textAt(event, 'involvedObject', 'uid') === uid && textAt(event, 'involvedObject', 'name') === name,
    )
  return answer(200, { metadata: {}, items: events.map(untyped) })
}

/** GET …/pods/{pod}/logs: NDJSON, the last entry has `last: true` and no content. */
export function readLogs(
  argocd: Argocd,
  request: SandboxRequest,
  app: KubeObject,
  pod: string,
): SandboxResponse {
  const { query } = request
  const found = resourceTree(argocd.state, pathOf(app)).find(
    ({ object }) => object.kind === 'Pod' && object.metadata.name === pod,
  )
  if (!found) throw new ApiError(3, `pod ${pod} not found as part of application ${app.metadata.name}`)
  const tail = Number(query.get('tailLines') ?? '0')
  const read = logLines(found.object, argocd.state.kubernetes, {
    container: query.get('container') || undefined,
    previous: query.get('previous') === 'true',
    tailLines: tail > 0 ? tail : undefined,
  })
  const headers = { 'content-type': 'application/json' }
  if ('problem' in read) {
    return { status: 200, headers, body: `${JSON.stringify(streamError(new ApiError(2, read.problem)))}\n` }
  }
  const entries = read.lines.map(({ at, text }): JsonObject => {
    const timeStampStr = new Date(at).toISOString()
    return { content: text, timeStamp: timeStampStr, last: false, timeStampStr, podName: pod }
  })
  const end = {
    content: '',
    last: true,
    timeStampStr: new Date(argocd.clock.now()).toISOString(),
    podName: pod,
  }
  return {
    status: 200,
    headers,
    body: [...entries, end].map((result) => `${JSON.stringify({ result })}\n`).join(''),
  }
}
