import { join } from 'node:path'
import { listAt } from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import type { LogLine } from '../kubernetes/state.ts'
import type { ObjectKey } from '../kubernetes/store.ts'
import { type Cluster, keyOfObject, setStatus } from './cluster.ts'
import { recordEvent } from './events.ts'
import { type ContainerRun, createPodRun, type PodRun, podStatus, waiting } from './pod-run.ts'

/** What the steps of one pod's life share. */
export interface PodContext {
  readonly cluster: Cluster
  readonly pod: KubeObject
  readonly key: ObjectKey
  readonly run: PodRun
  /** Aborted when the pod is to end. */
  readonly stopping: AbortSignal
  /** Directory of this pod alone. */
  readonly directory: string
}

export function createPodContext(
  cluster: Cluster,
  pod: KubeObject,
  stopping: AbortSignal,
  root: string,
): PodContext {
  const directory = join(root, pod.metadata.uid)
  return { cluster, pod, key: keyOfObject(pod), run: createPodRun(pod), stopping, directory }
}

export function modelDirectory(context: PodContext): string {
  return join(context.directory, 'models')
}

/** Writes what the kubelet knows into the pod's status. */
export function publish({ cluster, key, run }: PodContext): void {
  const pod = cluster.state.store.get(key)
  if (pod?.metadata.uid !== run.pod.metadata.uid) return
  setStatus(cluster, key, podStatus(cluster, run, listAt(pod, 'status', 'conditions')))
}

export function tell(
  { cluster, pod }: PodContext,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
  component = 'kubelet',
): void {
  if (cluster.state.store.get(keyOfObject(pod)))
    recordEvent(cluster, pod, { type, reason, message, component })
}

const LOG_LINES = 1_000

/** Begins a new log for a container; what it printed before becomes `previous`. */
export function openLog({ cluster, pod }: PodContext, container: ContainerRun): (text: string) => void {
  const key = `${pod.metadata.namespace}/${pod.metadata.name}/${container.name}`
  const { logs } = cluster.state
  const lines: LogLine[] = []
  logs.set(key, { current: lines, previous: logs.get(key)?.current })
  let rest = ''
  return (text) => {
    const parts = `${rest}${text}`.split('\n')
    rest = parts.pop() ?? ''
    lines.push(...parts.map((line) => ({ at: cluster.clock.now(), text: line })))
    lines.splice(0, Math.max(0, lines.length - LOG_LINES))
  }
}

/** The last lines of a container's log, for terminationMessagePolicy FallbackToLogsOnError (80 lines, 2048 bytes). */
export function logTail({ cluster, pod }: PodContext, container: ContainerRun): string {
  const log = cluster.state.logs.get(`${pod.metadata.namespace}/${pod.metadata.name}/${container.name}`)
  const lines = (log?.current ?? []).slice(-80).map((line) => line.text)
  return lines.join('\n').slice(-2048)
}

/** Doubled from `first` with each failure, capped by the cluster's limit. */
export function backOffOf(cluster: Cluster, first: number, failures: number): number {
  return Math.min(cluster.timings.backOffLimit, first * 2 ** Math.max(0, failures - 1))
}

/**
 * What follows the end of a container: the first time it starts again at once, after that it waits in
 * CrashLoopBackOff (kubelet doBackOff). The restart counts when the container begins anew.
 */
export async function waitForRestart(
  context: PodContext,
  container: ContainerRun,
  failures: number,
): Promise<void> {
  const { cluster, pod, stopping } = context
  const { name, namespace = '', uid } = pod.metadata
  publish(context)
  await cluster.clock.sleep(cluster.timings.probeEvery, stopping)
  container.lastState = { ...container.state }
  if (failures > 1) {
    const delay = backOffOf(cluster, cluster.timings.crashBackOff, failures - 1)
    const place = `restarting failed container=${container.name} pod=${name}_${namespace}(${uid})`
    container.state = waiting('CrashLoopBackOff', `back-off ${formatSeconds(delay)} ${place}`)
    publish(context)
    tell(context, 'Warning', 'BackOff', `Back-off ${place}`)
    await cluster.clock.sleep(delay, stopping)
  }
  container.restartCount += 1
}

function formatSeconds(milliseconds: number): string {
  const seconds = milliseconds / 1000
  return seconds >= 60 ? `${Math.floor(seconds / 60)}m${Math.round(seconds % 60)}s` : `${seconds}s`
}
