import { DEPLOYMENTS, type Deployment, PODS, type Pod, REPLICA_SETS, type ReplicaSet } from '../src/index.ts'

/**
 * Objects in the shapes of Kubernetes 1.33 (k8s.io/api apps/v1, core/v1) with a KServe 0.20 predictor in Standard mode;
 * they pass the client's own checks, as what a server sends does.
 */
export const NEW = `registry.test/churn@sha256:${'9'.repeat(64)}`
export const OLD = `registry.test/churn@sha256:${'1'.repeat(64)}`
export const MODEL = 's3://ml/churn/v2/'

interface Version {
  readonly image?: string
  readonly storageUri?: string
}

const SOURCE_URI = 'internal.serving.kserve.io/storage-initializer-sourceuri'

function template({ image = NEW, storageUri = MODEL }: Version) {
  return {
    metadata: { annotations: { [SOURCE_URI]: storageUri } },
    spec: { containers: [{ name: 'kserve-container', image }] },
  }
}

export interface DeploymentOptions extends Version {
  readonly replicas?: number
  readonly generation?: number
  readonly observed?: number
  readonly counts?: { replicas?: number; updatedReplicas?: number; availableReplicas?: number }
  readonly conditions?: readonly { type: string; status: string; reason?: string; message?: string }[]
}

export function deployment(options: DeploymentOptions = {}): Deployment {
  const { replicas = 1, generation = 4, observed = generation, conditions = [] } = options
  const all = { replicas, updatedReplicas: replicas, availableReplicas: replicas }
  return DEPLOYMENTS.check({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'churn-predictor', namespace: 'models', uid: 'd', generation },
    spec: { replicas, template: template(options) },
    status: { observedGeneration: observed, ...all, ...options.counts, conditions },
  })
}

export function replicaSet(name: 'new' | 'old', version: Version = {}): ReplicaSet {
  const isNew = name === 'new'
  return REPLICA_SETS.check({
    metadata: {
      name: `churn-predictor-${name}`,
      uid: name,
      ownerReferences: [{ kind: 'Deployment', name: 'churn-predictor', uid: 'd' }],
      annotations: { 'deployment.kubernetes.io/revision': isNew ? '2' : '1' },
    },
    spec: { replicas: 1, template: template(isNew ? version : { image: OLD, ...version }) },
  })
}

export interface PodOptions extends Version {
  readonly set?: 'new' | 'old' | 'none'
  readonly ready?: boolean
  readonly restarts?: number
  readonly imageID?: string
  readonly state?: object
  readonly lastState?: object
  readonly init?: object
  readonly conditions?: readonly object[]
  readonly deleted?: boolean
  readonly phase?: string
}

let pods = 0

export function pod(options: PodOptions = {}): Pod {
  const {
    set = 'new',
    image = set === 'new' ? NEW : OLD,
    ready = true,
    restarts = 0,
    phase = 'Running',
  } = options
  pods += 1
  const owner = { kind: 'ReplicaSet', name: `churn-predictor-${set}`, uid: set }
  return PODS.check({
    metadata: {
      name: `churn-predictor-${set}-x7k2p`,
      uid: `pod-${set}-${pods}`,
      ownerReferences: set === 'none' ? [] : [owner],
      ...(options.deleted === true ? { deletionTimestamp: '2026-01-15T12:00:00Z' } : {}),
    },
    spec: { containers: [{ name: 'kserve-container', image }] },
    status: {
      phase,
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }, ...(options.conditions ?? [])],
      containerStatuses: [
        {
          name: 'kserve-container',
          image,
          imageID: options.imageID ?? image,
          ready,
          restartCount: restarts,
          state: options.state ?? { running: { startedAt: '2026-01-15T12:00:00Z' } },
          lastState: options.lastState ?? {},
        },
      ],
      ...(options.init === undefined ? {} : { initContainerStatuses: [options.init] }),
    },
  })
}
