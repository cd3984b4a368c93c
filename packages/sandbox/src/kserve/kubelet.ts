import { rm } from 'node:fs/promises'
import { objectAt } from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import { RESOURCES } from '../kubernetes/resources.ts'
import { type Cluster, nowText } from './cluster.ts'
import { createPodContext, type PodContext, publish, tell } from './pod-context.ts'
import { obtainImage } from './pod-image.ts'
import { runInitContainer } from './pod-init.ts'
import { runServer } from './pod-main.ts'

const NODE = 'sandbox-node-1'

/** Gives every pod a worker that lives as long as the pod does. */
export interface Kubelet {
  /** Starts workers for new pods and ends those of deleted ones. */
  sync(): void
  /** Resolves when every worker has ended; the cluster's signal must be aborted before. */
  closed(): Promise<void>
}

/** @param root directory for the pods' files */
export function createKubelet(cluster: Cluster, root: string): Kubelet {
  const workers = new Map<string, { stop: AbortController; done: Promise<void> }>()
  const begin = (pod: KubeObject): void => {
    const stop = new AbortController()
    const context = createPodContext(cluster, pod, AbortSignal.any([stop.signal, cluster.signal]), root)
    const done = live(context).finally(() => workers.delete(pod.metadata.uid))
    workers.set(pod.metadata.uid, { stop, done })
  }
  return {
    sync: () => {
      const pods = new Map(cluster.state.store.list(RESOURCES.pods).map((pod) => [pod.metadata.uid, pod]))
      for (const [uid, pod] of pods) {
        if (!workers.has(uid) && pod.metadata.deletionTimestamp === undefined) begin(pod)
      }
      for (const [uid, worker] of workers) {
        const pod = pods.get(uid)
        if (pod === undefined || pod.metadata.deletionTimestamp !== undefined) worker.stop.abort()
      }
    },
    closed: async () => {
      await Promise.all([...workers.values()].map((worker) => worker.done))
    },
  }
}

/** The life of a pod: a node, its model, its image, its server; in the end nothing of it is left. */
async function live(context: PodContext): Promise<void> {
  const { cluster, run, stopping, key, pod } = context
  if (await scheduled(context)) {
    const initialized = run.init === undefined || (await runInitContainer(context, run.init))
    const image = initialized ? await obtainImage(context, run.main) : undefined
    if (image) await runServer(context, image)
  }
  await untilAborted(stopping)
  await rm(context.directory, { recursive: true, force: true })
  forgetUrls(context)
  if (cluster.signal.aborted) return
  for (const container of [run.init, run.main]) {
    cluster.state.logs.delete(`${key.namespace}/${key.name}/${container?.name ?? ''}`)
  }
  if (cluster.state.store.get(key)?.metadata.uid === pod.metadata.uid)
    cluster.state.store.remove(key, { force: true })
}

function forgetUrls({ cluster, key }: PodContext): void {
  const path = `${key.namespace}/${key.name}`
  for (const name of [...cluster.state.podUrls.keys()])
    if (name === path || name.startsWith(`${path}:`)) cluster.state.podUrls.delete(name)
}

async function scheduled(context: PodContext): Promise<boolean> {
  const { cluster, pod, run, stopping, key } = context
  const { store } = cluster.state
  while (!stopping.aborted) {
    const refusal = cluster.options.schedule?.(pod)
    if (refusal === undefined) {
      const current = store.get(key)
      if (current?.metadata.uid !== pod.metadata.uid) return false
      store.update(key, { ...current, spec: { ...objectAt(current, 'spec'), nodeName: NODE } })
      run.scheduled = true
      run.startTime = nowText(cluster)
      tell(
        context,
        'Normal',
        'Scheduled',
        `Successfully assigned ${key.namespace}/${key.name} to ${NODE}`,
        'default-scheduler',
      )
      publish(context)
      return true
    }
    run.unschedulable = refusal
    publish(context)
    tell(context, 'Warning', 'FailedScheduling', refusal, 'default-scheduler')
    await cluster.clock.sleep(cluster.timings.pullBackOff, stopping)
  }
  return false
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
