import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { realClock } from '../kubernetes/clock.ts'
import { RESOURCES } from '../kubernetes/resources.ts'
import type { KubernetesState } from '../kubernetes/state.ts'
import type { SandboxServer } from '../server.ts'
import type { Cluster } from './cluster.ts'
import { reconcileDeployment } from './deployment.ts'
import { collectGarbage } from './garbage.ts'
import { createIngress } from './gateway.ts'
import { reconcileInferenceService } from './inference-service.ts'
import { createKubelet } from './kubelet.ts'
import { DEMO_TIMINGS, type KServeOptions } from './options.ts'
import { createReconcileLoop } from './reconcile-loop.ts'
import { reconcileReplicaSet } from './replica-set.ts'
import { installDefaultRuntimes } from './runtimes.ts'
import { createTraffic } from './traffic.ts'

/** A cluster that runs InferenceServices. */
export interface KServeServer {
  /** Base URL of the gateway; a service is chosen by `Host: {name}-{namespace}.{domain}`. */
  readonly url: string
  readonly state: KubernetesState
  readonly gateway: SandboxServer
  /** `namespace/name` to the server behind `status.url`; it records requests and takes faults. */
  readonly fronts: ReadonlyMap<string, SandboxServer>
  /** Ends controllers, servers and every process of a pod. */
  close(): Promise<void>
}

/** Starts KServe in Standard mode with the controllers of Kubernetes that it needs, on the store of `state`. */
export async function startKServe(options: KServeOptions): Promise<KServeServer> {
  const clock = options.clock ?? realClock
  const over = new AbortController()
  const loop = createReconcileLoop(clock, over.signal)
  const cluster: Cluster = {
    state: options.state,
    clock,
    options,
    timings: { ...DEMO_TIMINGS, ...options.timings },
    signal: over.signal,
    frontUrls: new Map(),
    progress: new Map(),
    wakeAfter: loop.wakeAfter,
    ...createTraffic(),
  }
  if (options.defaultRuntimes !== false) installDefaultRuntimes(options.state.store)
  const root = await mkdtemp(join(tmpdir(), 'sandbox-kserve-'))
  const ingress = await createIngress(cluster, loop.wake)
  const kubelet = createKubelet(cluster, root)
  const unsubscribe = options.state.store.subscribe((change) => {
    // Events are written by the rounds themselves and decide nothing.
    if (change.type !== RESOURCES.events) loop.wake()
  })
  loop.start(() => {
    reconcileAll(cluster)
    kubelet.sync()
    ingress.sync()
  })
  return {
    url: ingress.gateway.url,
    state: options.state,
    gateway: ingress.gateway,
    fronts: ingress.fronts,
    close: async () => {
      unsubscribe()
      over.abort()
      await kubelet.closed()
      await ingress.close()
      await rm(root, { recursive: true, force: true })
    },
  }
}

function reconcileAll(cluster: Cluster): void {
  const { store } = cluster.state
  for (const isvc of store.list(RESOURCES.inferenceservices)) reconcileInferenceService(cluster, isvc)
  for (const deployment of store.list(RESOURCES.deployments)) reconcileDeployment(cluster, deployment)
  for (const set of store.list(RESOURCES.replicasets)) reconcileReplicaSet(cluster, set)
  collectGarbage(cluster)
}
