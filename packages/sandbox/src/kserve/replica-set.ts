import { type JsonObject, listAt, numberAt, objectAt, textAt, textsAt } from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import { RESOURCES } from '../kubernetes/resources.ts'
import {
  type Cluster,
  type Condition,
  isOwnedBy,
  keyOfObject,
  nowText,
  ownedBy,
  setStatus,
  withTransitions,
} from './cluster.ts'
import { recordEvent } from './events.ts'
import { isPodReady } from './model-status.ts'
import { SOURCE_URI } from './predictor-template.ts'

/** ReplicaSet -> Pods. Source: kubernetes pkg/controller/replicaset/replica_set.go. */
export function reconcileReplicaSet(cluster: Cluster, set: KubeObject): void {
  const wanted = numberAt(set, 'spec', 'replicas') ?? 0
  const before = activePods(cluster, set)
  const refused = before.length < wanted ? createPods(cluster, set, wanted - before.length) : undefined
  for (const pod of victims(before, before.length - wanted)) deletePod(cluster, set, pod)
  const pods = activePods(cluster, set)
  const ready = pods.filter(isPodReady).length
  const failure: Condition[] =
    refused === undefined
      ? []
      : [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: refused }]
  setStatus(cluster, keyOfObject(set), {
    observedGeneration: set.metadata.generation,
    replicas: pods.length,
    fullyLabeledReplicas: pods.length,
    readyReplicas: ready,
    availableReplicas: ready,
    ...(failure.length === 0
      ? {}
      : { conditions: withTransitions(listAt(set, 'status', 'conditions'), nowText(cluster), failure) }),
  })
}

/** Pods of the set that are not on their way out. */
function activePods(cluster: Cluster, set: KubeObject): KubeObject[] {
  return cluster.state.store
    .list(RESOURCES.pods, set.metadata.namespace)
    .filter((pod) => isOwnedBy(pod, set) && pod.metadata.deletionTimestamp === undefined)
}

/** Pods that do not serve go first, then the youngest. */
function victims(pods: readonly KubeObject[], count: number): KubeObject[] {
  const order = [...pods].sort((a, b) => {
    const readiness = Number(isPodReady(a)) - Number(isPodReady(b))
    if (readiness !== 0) return readiness
    return a.metadata.creationTimestamp < b.metadata.creationTimestamp ? 1 : -1
  })
  return order.slice(0, Math.max(0, count))
}

/** The message of the admission that refused a pod, if one did. */
function createPods(cluster: Cluster, set: KubeObject, count: number): string | undefined {
  for (let made = 0; made < count; made += 1) {
    const draft = podOf(set)
    const refusal = missingAccount(cluster, draft) ?? cluster.options.admit?.(draftObject(cluster, draft))
    if (refusal !== undefined) {
      const message = `pods "${set.metadata.name}-" is forbidden: ${refusal}`
      recordEvent(cluster, set, {
        type: 'Warning',
        reason: 'FailedCreate',
        message: `Error creating: ${message}`,
        component: 'replicaset-controller',
      })
      return message
    }
    const created = cluster.state.store.create(RESOURCES.pods, draft)
    recordEvent(cluster, set, {
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: `Created pod: ${created.metadata.name}`,
      component: 'replicaset-controller',
    })
  }
  return undefined
}

/** Admission ServiceAccount. Every namespace has `default`; the sandbox writes no object for it. */
function missingAccount(cluster: Cluster, draft: JsonObject): string | undefined {
  const name = textAt(draft, 'spec', 'serviceAccountName') ?? 'default'
  const namespace = textAt(draft, 'metadata', 'namespace') ?? 'default'
  if (name === 'default' || cluster.state.store.get({ type: RESOURCES.serviceaccounts, namespace, name }))
    return undefined
  return `error looking up service account ${namespace}/${name}: serviceaccount "${name}" not found`
}

/** What an admission webhook sees: the pod without a life of its own. */
function draftObject(cluster: Cluster, draft: JsonObject): KubeObject {
  const meta = objectAt(draft, 'metadata')
  return {
    ...draft,
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: String(meta['generateName']),
      namespace: String(meta['namespace']),
      uid: '',
      resourceVersion: '',
      generation: 0,
      creationTimestamp: nowText(cluster),
      labels: textsAt(meta, 'labels'),
      annotations: textsAt(meta, 'annotations'),
    },
  }
}

function deletePod(cluster: Cluster, set: KubeObject, pod: KubeObject): void {
  cluster.state.store.remove(keyOfObject(pod))
  recordEvent(cluster, set, {
    type: 'Normal',
    reason: 'SuccessfulDelete',
    message: `Deleted pod: ${pod.metadata.name}`,
    component: 'replicaset-controller',
  })
}

/** The pod of the template, with the storage-initializer that KServe's pod webhook adds (webhook/admission/pod). */
function podOf(set: KubeObject): JsonObject {
  const template = objectAt(set, 'spec', 'template')
  const uri = textsAt(template, 'metadata', 'annotations')[SOURCE_URI]
  const spec = objectAt(template, 'spec')
  return {
    metadata: {
      ...objectAt(template, 'metadata'),
      generateName: `${set.metadata.name}-`,
      namespace: set.metadata.namespace ?? 'default',
      ownerReferences: [ownedBy(set)],
    },
    spec: uri === undefined ? spec : { ...spec, initContainers: [storageInitializer(uri)] },
  }
}

function storageInitializer(uri: string): JsonObject {
  return {
    name: 'storage-initializer',
    image: 'kserve/storage-initializer:v0.20.0',
    args: [uri, '/mnt/models'],
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [{ name: 'kserve-provision-location', mountPath: '/mnt/models' }],
  }
}
