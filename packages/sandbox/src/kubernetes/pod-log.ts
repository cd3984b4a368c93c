import type { SandboxRequest, SandboxResponse } from '../server.ts'
import { listAt, objectAt, textAt } from './json.ts'
import type { KubeObject } from './object.wire.ts'
import { RESOURCES } from './resources.ts'
import type { KubernetesState, LogLine } from './state.ts'
import { badRequest, notFound } from './status.ts'
import type { Target } from './target.ts'

/** What a log is asked for; shared by the Kubernetes API and by Argo CD's log endpoint. */
export interface LogQuery {
  readonly container: string | undefined
  readonly previous: boolean
  /** Undefined: every line. */
  readonly tailLines: number | undefined
}

/** `GET …/pods/{name}/log`: plain text; `tailLines`, `previous`, `container`, `timestamps`, `limitBytes`. */
export function readPodLog(
  request: SandboxRequest,
  target: Target,
  name: string,
  state: KubernetesState,
): SandboxResponse {
  const pod = state.store.get({ type: RESOURCES.pods, namespace: target.namespace ?? '', name })
  if (!pod) return notFound(target.type, name)
  const { query } = request
  const tail = query.get('tailLines')
  const lines = logLines(pod, state, {
    container: query.get('container') ?? undefined,
    previous: query.get('previous') === 'true',
    tailLines: tail === null ? undefined : Number(tail),
  })
  if ('problem' in lines) return badRequest(lines.problem)
  const stamped = query.get('timestamps') === 'true'
  const text = lines.lines
    .map(({ at, text }) => `${stamped ? `${new Date(at).toISOString()} ` : ''}${text}\n`)
    .join('')
  const limit = Number(query.get('limitBytes') ?? '0')
  const body = limit > 0 ? Buffer.from(text).subarray(0, limit) : text
  return { status: 200, headers: { 'content-type': 'text/plain' }, body }
}

/** The lines of one container, or why there are none, in the kubelet's words (kubelet_pods.go). */
export function logLines(
  pod: KubeObject,
  state: KubernetesState,
  query: LogQuery,
): { lines: readonly LogLine[] } | { problem: string } {
  const { name, namespace = '' } = pod.metadata
  const names = ['containers', 'initContainers'].flatMap((field) =>
    listAt(pod, 'spec', field).map((one) => textAt(one, 'name') ?? ''),
  )
  const main = listAt(pod, 'spec', 'containers').map((one) => textAt(one, 'name') ?? '')
  const container = query.container ?? (main.length === 1 ? main[0] : undefined)
  if (container === undefined) {
    const choice = `choose one of: [${names.join(' ')}]`
    return { problem: `a container name must be specified for pod ${name}, ${choice}` }
  }
  if (!names.includes(container)) return { problem: `container ${container} is not valid for pod ${name}` }
  const log = state.logs.get(`${namespace}/${name}/${container}`)
  const wanted = query.previous ? log?.previous : log?.current
  if (wanted === undefined) {
    if (query.previous)
      return { problem: `previous terminated container "${container}" in pod "${name}" not found` }
    const why = waitingText(pod, container)
    return { problem: `container "${container}" in pod "${name}" is waiting to start: ${why}` }
  }
  return { lines: query.tailLines === undefined ? wanted : tailOf(wanted, query.tailLines) }
}

function tailOf(lines: readonly LogLine[], count: number): readonly LogLine[] {
  return count <= 0 ? [] : lines.slice(-count)
}

function waitingText(pod: KubeObject, container: string): string {
  const statuses = ['containerStatuses', 'initContainerStatuses'].flatMap((field) =>
    listAt(pod, 'status', field),
  )
  const status = statuses.find((one) => textAt(one, 'name') === container)
  const reason = textAt(objectAt(status, 'state', 'waiting'), 'reason') ?? 'ContainerCreating'
  const pulling = ['ErrImagePull', 'ImagePullBackOff'].includes(reason)
  return pulling ? 'trying and failing to pull image' : reason
}
