import { createHash } from 'node:crypto'
import { compact, type JsonObject, listAt, textAt } from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import { type Cluster, type Condition, nowText, withTransitions } from './cluster.ts'

/** The life of one container, in the words of containerStatuses. */
export interface ContainerRun {
  readonly name: string
  readonly image: string
  imageID: string
  state: JsonObject
  lastState: JsonObject
  restartCount: number
  ready: boolean
  /** A process has run at least once. */
  created: boolean
}

/** The life of one pod as its kubelet knows it. */
export interface PodRun {
  readonly pod: KubeObject
  scheduled: boolean
  unschedulable: string | undefined
  startTime: string | undefined
  readonly init: ContainerRun | undefined
  readonly main: ContainerRun
}

export function waiting(reason: string, message?: string): JsonObject {
  return { waiting: compact({ reason, message }) }
}

export function createPodRun(pod: KubeObject): PodRun {
  const [main] = listAt(pod, 'spec', 'containers')
  const [init] = listAt(pod, 'spec', 'initContainers')
  const fresh = (container: JsonObject | undefined, reason: string): ContainerRun => ({
    name: textAt(container, 'name') ?? '',
    image: textAt(container, 'image') ?? '',
    imageID: '',
    state: waiting(reason),
    lastState: {},
    restartCount: 0,
    ready: false,
    created: false,
  })
  return {
    pod,
    scheduled: false,
    unschedulable: undefined,
    startTime: undefined,
    init: init && fresh(init, 'PodInitializing'),
    main: fresh(main, init ? 'PodInitializing' : 'ContainerCreating'),
  }
}

/** Pod status from its containers. Pending until the server container has been created once, then Running. */
export function podStatus(cluster: Cluster, run: PodRun, before: readonly JsonObject[]): JsonObject {
  const initialized = run.init === undefined || run.init.ready
  const conditions: Condition[] = [
    run.scheduled
      ? { type: 'PodScheduled', status: 'True' }
      : { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: run.unschedulable },
  ]
  if (run.scheduled) {
    const containers = readiness(run)
    conditions.push(
      initialized
        ? { type: 'Initialized', status: 'True' }
        : {
            type: 'Initialized',
            status: 'False',
            reason: 'ContainersNotInitialized',
            message: `containers with incomplete status: [${run.init?.name ?? ''}]`,
          },
      { ...containers, type: 'ContainersReady' },
      { ...containers, type: 'Ready' },
    )
  }
  return compact({
    phase: run.main.created ? 'Running' : 'Pending',
    conditions: withTransitions(before, nowText(cluster), conditions),
    startTime: run.startTime,
    ...(run.scheduled
      ? { hostIP: '127.0.0.1', podIP: '127.0.0.1', containerStatuses: [statusOf(run, run.main)] }
      : {}),
    ...(run.scheduled && run.init ? { initContainerStatuses: [statusOf(run, run.init)] } : {}),
  })
}

function readiness(run: PodRun): Condition {
  if (run.main.ready) return { type: 'Ready', status: 'True' }
  const message = `containers with unready status: [${run.main.name}]`
  return { type: 'Ready', status: 'False', reason: 'ContainersNotReady', message }
}

function statusOf(run: PodRun, container: ContainerRun): JsonObject {
  const { name, image, imageID, state, lastState, restartCount, ready, created } = container
  return compact({
    name,
    image,
    imageID,
    state,
    lastState,
    restartCount,
    ready,
    started: state['running'] !== undefined,
    containerID: created ? containerId(run.pod, container) : undefined,
  })
}

export function containerId(pod: KubeObject, container: ContainerRun): string {
  const text = `${pod.metadata.uid}/${container.name}/${container.restartCount}`
  return `containerd://${createHash('sha256').update(text).digest('hex')}`
}

/** `repository@sha256:…`: the image without its tag, by the digest that was pulled. */
export function imageIdOf(image: string, digest: string): string {
  const repository = image.replace(/@.*$/, '').replace(/:[^:/]+$/, '')
  return `${repository}@${digest}`
}

const REFERENCE =
  /^(?:[\w.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*(?::[\w][\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/

/** distribution/reference grammar, enough to tell InvalidImageName. */
export function isImageName(image: string): boolean {
  return REFERENCE.test(image)
}
