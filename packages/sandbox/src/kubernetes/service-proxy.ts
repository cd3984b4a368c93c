import { request as httpRequest, type IncomingMessage } from 'node:http'
import type { SandboxRequest, SandboxResponse } from '../server.ts'
import { type JsonObject, listAt, textAt, textsAt } from './json.ts'
import type { KubeObject } from './object.wire.ts'
import { RESOURCES } from './resources.ts'
import type { KubernetesState } from './state.ts'
import { notFound, refuse } from './status.ts'
import type { Target } from './target.ts'

/** Pods behind a Service that are Ready and not on their way out: the endpoints. */
export function readyPods(service: KubeObject, state: KubernetesState): KubeObject[] {
  const selector = Object.entries(textsAt(service, 'spec', 'selector'))
  if (selector.length === 0) return []
  return state.store.list(RESOURCES.pods, service.metadata.namespace).filter((pod) => {
    const labels = textsAt(pod, 'metadata', 'labels')
    return selector.every(([key, value]) => labels[key] === value) && isReady(pod)
  })
}

function isReady(pod: KubeObject): boolean {
  if (pod.metadata.deletionTimestamp !== undefined) return false
  return listAt(pod, 'status', 'conditions').some(
    (condition) => textAt(condition, 'type') === 'Ready' && textAt(condition, 'status') === 'True',
  )
}

/**
 * `…/services/[scheme:]name[:port]/proxy/{path}`: the API server passes the request on to a ready pod.
 * An ExternalName service cannot be proxied; without endpoints the answer is 503 (registry/core/service/storage/rest.go).
 */
export async function proxyService(
  request: SandboxRequest,
  target: Target,
  reference: string,
  state: KubernetesState,
): Promise<SandboxResponse> {
  const parts = reference.split(':')
  const name = (parts.length === 3 ? parts[1] : parts[0]) ?? ''
  const port = (parts.length === 3 ? parts[2] : parts[1]) ?? ''
  const service = state.store.get({ type: RESOURCES.services, namespace: target.namespace ?? '', name })
  if (!service) return notFound(RESOURCES.services, name)
  const unavailable = (message: string): SandboxResponse => refuse(503, 'ServiceUnavailable', message)
  const asked = portOf(service, port)
  if (!asked) return unavailable(`no service port "${port}" found for service "${name}"`)
  const [url] = readyPods(service, state).flatMap((pod) => urlOf(state, pod, asked) ?? [])
  if (url === undefined) return unavailable(`no endpoints available for service "${reference}"`)
  return forward(request, new URL(`${target.rest === '' ? '/' : target.rest}${queryOf(request)}`, url), [
    'host',
    'authorization',
  ])
}

function portOf(service: KubeObject, port: string): JsonObject | undefined {
  const ports = listAt(service, 'spec', 'ports')
  if (port === '') return ports.length === 1 ? ports[0] : undefined
  return ports.find((one) => textAt(one, 'name') === port || String(one['port']) === port)
}

function urlOf(state: KubernetesState, pod: KubeObject, port: JsonObject): string | undefined {
  const path = `${pod.metadata.namespace}/${pod.metadata.name}`
  return state.podUrls.get(`${path}:${String(port['targetPort'])}`) ?? state.podUrls.get(path)
}

function queryOf(request: SandboxRequest): string {
  return request.rawQuery === '' ? '' : `?${request.rawQuery}`
}

const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'upgrade',
  'expect',
])

/** Sends a request without the named headers to a server on loopback and streams its answer; 502 if unreachable. */
export function forward(
  request: SandboxRequest,
  url: URL,
  dropped: readonly string[],
): Promise<SandboxResponse> {
  const headers = Object.fromEntries(
    Object.entries(request.headers).filter(([name]) => !HOP_BY_HOP.has(name) && !dropped.includes(name)),
  )
  return new Promise((resolve) => {
    const outgoing = httpRequest(
      url,
      {
        method: request.method,
        headers: { ...headers, 'content-length': request.body.length },
        agent: false,
        signal: request.signal,
      },
      (incoming) => resolve(answerOf(incoming)),
    )
    outgoing.on('error', (error) => {
      const message = `error trying to reach service: ${error.message}`
      resolve(refuse(502, 'ServiceUnavailable', message))
    })
    outgoing.end(request.body)
  })
}

function answerOf(incoming: IncomingMessage): SandboxResponse {
  const headers = Object.fromEntries(
    Object.entries(incoming.headersDistinct).flatMap(([name, values]) =>
      HOP_BY_HOP.has(name) ? [] : [[name, (values ?? []).join(', ')]],
    ),
  )
  return { status: incoming.statusCode ?? 502, headers, body: incoming }
}
