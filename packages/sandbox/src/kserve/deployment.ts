import { createHash } from 'node:crypto'
import { canonicalJson, type JsonObject, numberAt, objectAt } from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import { RESOURCES } from '../kubernetes/resources.ts'
import { type Cluster, isOwnedBy, keyOfObject, ownedBy, removeIfThere, setStatus } from './cluster.ts'
import { deploymentStatus, isComplete } from './deployment-status.ts'
import { recordEvent } from './events.ts'
import { planRollout } from './rollout.ts'

/** Deployment -> ReplicaSets by rolling update. Source: kubernetes pkg/controller/deployment. */
export function reconcileDeployment(cluster: Cluster, deployment: KubeObject): void {
  if (deployment.metadata.deletionTimestamp !== undefined) return
  const hash = templateHash(objectAt(deployment, 'spec', 'template'))
  const name = `${deployment.metadata.name}-${hash}`
  const owned = replicaSetsOf(cluster, deployment)
  const fresh =
    owned.find((set) => set.metadata.name === name) ?? createReplicaSet(cluster, deployment, name, hash)
  const old = owned.filter((set) => set.metadata.name !== name)
  const desired = numberAt(deployment, 'spec', 'replicas') ?? 1
  const plan = planRollout({ desired, fresh: countsOf(fresh), old: old.map(countsOf) })
  // A scaled-down service needs no surge: everything follows the wanted number.
  scale(cluster, deployment, fresh, desired === 0 ? 0 : plan.fresh)
  for (const set of old)
    scale(cluster, deployment, set, desired === 0 ? 0 : (plan.old.get(set.metadata.name) ?? 0))
  const sets = replicaSetsOf(cluster, deployment)
  const status = deploymentStatus(cluster, deployment, name, sets)
  setStatus(cluster, keyOfObject(deployment), status)
  if (isComplete(status)) forgetOldSets(cluster, deployment, sets, name)
}

/** Oldest first. */
export function replicaSetsOf(cluster: Cluster, deployment: KubeObject): KubeObject[] {
  const sets = cluster.state.store.list(RESOURCES.replicasets, deployment.metadata.namespace)
  return sets.filter((set) => isOwnedBy(set, deployment)).sort((a, b) => revisionOf(a) - revisionOf(b))
}

const REVISION = 'deployment.kubernetes.io/revision'

function revisionOf(object: KubeObject): number {
  return Number(object.metadata.annotations?.[REVISION] ?? '0')
}

function countsOf(set: KubeObject): { name: string; replicas: number; available: number } {
  return {
    name: set.metadata.name,
    replicas: numberAt(set, 'spec', 'replicas') ?? 0,
    available: numberAt(set, 'status', 'availableReplicas') ?? 0,
  }
}

/** Ten characters as on a real cluster, from sha256 instead of FNV. */
function templateHash(template: JsonObject): string {
  return createHash('sha256').update(canonicalJson(template)).digest('hex').slice(0, 10)
}

function createReplicaSet(cluster: Cluster, deployment: KubeObject, name: string, hash: string): KubeObject {
  const template = objectAt(deployment, 'spec', 'template')
  const labels: JsonObject = { ...objectAt(template, 'metadata', 'labels'), 'pod-template-hash': hash }
  const selector = { ...objectAt(deployment, 'spec', 'selector', 'matchLabels'), 'pod-template-hash': hash }
  const revision = Math.max(0, ...replicaSetsOf(cluster, deployment).map(revisionOf)) + 1
  return cluster.state.store.create(RESOURCES.replicasets, {
    metadata: {
      name,
      namespace: deployment.metadata.namespace ?? 'default',
      labels,
      annotations: { [REVISION]: String(revision) },
      ownerReferences: [ownedBy(deployment)],
    },
    spec: {
      replicas: 0,
      selector: { matchLabels: selector },
      template: { ...template, metadata: { ...objectAt(template, 'metadata'), labels } },
    },
  })
}

function scale(cluster: Cluster, deployment: KubeObject, set: KubeObject, size: number): void {
  const before = numberAt(set, 'spec', 'replicas') ?? 0
  // A template that returns (a rollback) is the newest revision again.
  const isFresh =
    set.metadata.labels?.['pod-template-hash'] === templateHash(objectAt(deployment, 'spec', 'template'))
  const newest = Math.max(...replicaSetsOf(cluster, deployment).map(revisionOf))
  const revision = isFresh && revisionOf(set) < newest ? newest + 1 : revisionOf(set)
  if (before === size && revision === revisionOf(set)) return
  cluster.state.store.update(keyOfObject(set), {
    ...set,
    metadata: { ...set.metadata, annotations: { ...set.metadata.annotations, [REVISION]: String(revision) } },
    spec: { ...objectAt(set, 'spec'), replicas: size },
  })
  if (before === size) return
  const verb = size > before ? 'up' : 'down'
  recordEvent(cluster, deployment, {
    type: 'Normal',
    reason: 'ScalingReplicaSet',
    message: `Scaled ${verb} replica set ${set.metadata.name} from ${before} to ${size}`,
    component: 'deployment-controller',
  })
}

function forgetOldSets(
  cluster: Cluster,
  deployment: KubeObject,
  sets: readonly KubeObject[],
  fresh: string,
): void {
  const limit = numberAt(deployment, 'spec', 'revisionHistoryLimit') ?? 10
  const empty = sets.filter((set) => set.metadata.name !== fresh && numberAt(set, 'status', 'replicas') === 0)
  for (const set of empty.slice(0, Math.max(0, empty.length - limit)))
    removeIfThere(cluster, keyOfObject(set))
}
