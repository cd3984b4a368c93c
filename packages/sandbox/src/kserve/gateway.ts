import { textAt } from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import { RESOURCES } from '../kubernetes/resources.ts'
import { forward, readyPods } from '../kubernetes/service-proxy.ts'
import type { SandboxRequest, SandboxResponse, SandboxServer } from '../server.ts'
import { serve } from '../server.ts'
import type { Cluster } from './cluster.ts'
import { predictorName } from './predictor.ts'

/** How traffic gets in: one front server per InferenceService, and one gateway for all, by Host header. */
export interface Ingress {
  readonly gateway: SandboxServer
  /** `namespace/name` to the server behind `status.url`. */
  readonly fronts: ReadonlyMap<string, SandboxServer>
  /** Starts a front for each new InferenceService and closes those of deleted ones. */
  sync(): void
  close(): Promise<void>
}

/** @param changed called when a front has begun to listen: its URL may now stand in a status */
export async function createIngress(cluster: Cluster, changed: () => void): Promise<Ingress> {
  const turns = new Map<string, number>()
  const fronts = new Map<string, SandboxServer>()
  const starting = new Map<string, Promise<void>>()
  const domain = cluster.options.domain ?? 'example.com'
  const gateway = await serve((request) => {
    const host = (request.headers['host'] ?? '').replace(/:\d+$/, '')
    const isvc = services(cluster).find(
      (one) => `${one.metadata.name}-${one.metadata.namespace}.${domain}` === host,
    )
    return isvc ? route(cluster, isvc, request, turns) : { status: 404, headers: { server: 'istio-envoy' } }
  })
  const begin = async (path: string): Promise<void> => {
    const server = await serve((request) => {
      const isvc = services(cluster).find((one) => pathOf(one) === path)
      return isvc ? route(cluster, isvc, request, turns) : { status: 404, headers: { server: 'istio-envoy' } }
    })
    fronts.set(path, server)
    cluster.frontUrls.set(path, server.url)
    changed()
  }
  return {
    gateway,
    fronts,
    sync: () => {
      const paths = new Set(services(cluster).map(pathOf))
      for (const path of paths) if (!starting.has(path)) starting.set(path, begin(path))
      for (const [path, server] of fronts) {
        if (paths.has(path)) continue
        fronts.delete(path)
        starting.delete(path)
        cluster.frontUrls.delete(path)
        void server.close()
      }
    },
    close: async () => {
      await Promise.all(starting.values())
      await Promise.all([gateway.close(), ...[...fronts.values()].map((server) => server.close())])
    },
  }
}

function services(cluster: Cluster): KubeObject[] {
  return cluster.state.store.list(RESOURCES.inferenceservices)
}

function pathOf(isvc: KubeObject): string {
  return `${isvc.metadata.namespace}/${isvc.metadata.name}`
}

/** Passes a request to the ready pods in turn; the pod counts as busy until its answer is complete. */
async function route(
  cluster: Cluster,
  isvc: KubeObject,
  request: SandboxRequest,
  turns: Map<string, number>,
): Promise<SandboxResponse> {
  const { state } = cluster
  const namespace = isvc.metadata.namespace ?? ''
  const service = state.store.get({ type: RESOURCES.services, namespace, name: predictorName(isvc) })
  const pods = service && textAt(service, 'spec', 'type') === 'ClusterIP' ? readyPods(service, state) : []
  const urls = pods.flatMap((pod) => state.podUrls.get(`${namespace}/${pod.metadata.name}`) ?? [])
  const turn = (turns.get(pathOf(isvc)) ?? -1) + 1
  turns.set(pathOf(isvc), turn)
  const url = urls[turn % urls.length]
  if (url === undefined) {
    return {
      status: 503,
      headers: { 'content-type': 'text/plain', server: 'istio-envoy' },
      body: 'no healthy upstream',
    }
  }
  const finish = cluster.busy(url)
  const target = new URL(`${request.rawPath}${request.rawQuery === '' ? '' : `?${request.rawQuery}`}`, url)
  try {
    const answer = await forward(request, target, ['host'])
    return { ...answer, body: counted(answer.body, finish) }
  } catch (error) {
    finish()
    throw error
  }
}

async function* counted(body: SandboxResponse['body'], finish: () => void): AsyncGenerator<string | Buffer> {
  try {
    if (typeof body === 'string' || Buffer.isBuffer(body)) yield body
    else if (body) yield* body
  } finally {
    finish()
  }
}
