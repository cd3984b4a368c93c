import type { Clock } from '../kubernetes/clock.ts'
import { type Json, type JsonObject, objectAt, sameJson, textAt } from '../kubernetes/json.ts'
import { timestamp } from '../kubernetes/lifecycle.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import { findKind, type ResourceType } from '../kubernetes/resources.ts'
import type { KubernetesState } from '../kubernetes/state.ts'
import { keyOf, type ObjectKey } from '../kubernetes/store.ts'
import type { KServeOptions, Timings } from './options.ts'

/** What every controller works with. */
export interface Cluster {
  readonly state: KubernetesState
  readonly clock: Clock
  readonly options: KServeOptions
  readonly timings: Timings
  /** Aborted when the sandbox closes. */
  readonly signal: AbortSignal
  /** `namespace/name` of an InferenceService to the URL of its front server, once that listens. */
  readonly frontUrls: Map<string, string>
  /** Counts a request to a pod's server; the function that it gives back ends the count. */
  busy(url: string): () => void
  /** Resolves when no request to the server is under way. */
  idle(url: string): Promise<void>
  /** uid of a Deployment to the last time (milliseconds) at which its rollout moved on. */
  readonly progress: Map<string, { mark: string; at: number }>
  /** Asks for another round of reconciliation after so many milliseconds. */
  wakeAfter(milliseconds: number): void
}

export function nowText(cluster: Cluster): string {
  return timestamp(cluster.clock.now())
}

/** Creates the object, or changes what differs in spec, labels and annotations (those of others stay); the answer is what is stored. */
export function ensure(cluster: Cluster, type: ResourceType, wanted: JsonObject): KubeObject {
  const { store } = cluster.state
  const key = keyOf(type, wanted)
  const before = store.get(key)
  if (!before) return store.create(type, wanted)
  const metadata: JsonObject = {
    ...before.metadata,
    labels: { ...before.metadata.labels, ...objectAt(wanted, 'metadata', 'labels') },
    annotations: { ...before.metadata.annotations, ...objectAt(wanted, 'metadata', 'annotations') },
  }
  return store.update(key, { ...before, ...wanted, metadata })
}

/** Writes a status; nothing happens when it is the same or the object is gone. */
export function setStatus(cluster: Cluster, key: ObjectKey, status: JsonObject): void {
  const { store } = cluster.state
  const object = store.get(key)
  if (object && !sameJson(objectAt(object, 'status'), status)) store.update(key, { status }, 'status')
}

export function removeIfThere(cluster: Cluster, key: ObjectKey): void {
  if (cluster.state.store.get(key)) cluster.state.store.remove(key)
}

export function keyOfObject(object: KubeObject): ObjectKey {
  const type = findKind(object.apiVersion, object.kind)
  if (!type) throw new Error(`${object.apiVersion} ${object.kind} is not known here`)
  return keyOf(type, object)
}

/** The ownerReference that makes the garbage collector take a child with its owner. */
export function ownedBy(owner: KubeObject): JsonObject {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  }
}

export function isOwnedBy(object: KubeObject, owner: KubeObject): boolean {
  return (object.metadata.ownerReferences ?? []).some((one) => textAt(one, 'uid') === owner.metadata.uid)
}

export interface Condition {
  readonly type: string
  readonly status: 'True' | 'False' | 'Unknown'
  readonly reason?: string | undefined
  readonly message?: string | undefined
}

/** Conditions with their transition times: a time stays while the status stays. Sorted by type, as KServe keeps them. */
export function withTransitions(
  before: readonly JsonObject[],
  now: string,
  wanted: readonly Condition[],
): Json[] {
  return wanted.map((condition) => {
    const old = before.find((one) => textAt(one, 'type') === condition.type)
    const same = old !== undefined && textAt(old, 'status') === condition.status
    return {
      type: condition.type,
      status: condition.status,
      ...(condition.reason === undefined || condition.reason === '' ? {} : { reason: condition.reason }),
      ...(condition.message === undefined || condition.message === '' ? {} : { message: condition.message }),
      lastTransitionTime: same ? (textAt(old, 'lastTransitionTime') ?? now) : now,
    }
  })
}

export function objectReference(object: KubeObject): JsonObject {
  const { name, namespace = '', uid, resourceVersion } = object.metadata
  return { kind: object.kind, namespace, name, uid, apiVersion: object.apiVersion, resourceVersion }
}
