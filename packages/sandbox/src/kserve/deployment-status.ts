import { type JsonObject, listAt, numberAt, textAt } from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import { type Cluster, type Condition, nowText, withTransitions } from './cluster.ts'

/** Status of a Deployment from its ReplicaSets, with the conditions Available, Progressing and ReplicaFailure. */
export function deploymentStatus(
  cluster: Cluster,
  deployment: KubeObject,
  freshName: string,
  sets: readonly KubeObject[],
): JsonObject {
  const total = (field: string, of = sets): number =>
    of.reduce((sum, set) => sum + (numberAt(set, 'status', field) ?? 0), 0)
  const fresh = sets.filter((set) => set.metadata.name === freshName)
  const counts = {
    replicas: total('replicas'),
    updatedReplicas: total('replicas', fresh),
    readyReplicas: total('readyReplicas'),
    availableReplicas: total('availableReplicas'),
  }
  const desired = numberAt(deployment, 'spec', 'replicas') ?? 1
  const minimum = desired - Math.floor(desired * 0.25)
  const conditions: Condition[] = [
    availableCondition(counts.availableReplicas >= minimum),
    progressingCondition(cluster, deployment, freshName, {
      ...counts,
      desired,
      freshAvailable: total('availableReplicas', fresh),
    }),
    ...replicaFailure(sets),
  ]
  return {
    observedGeneration: deployment.metadata.generation,
    ...counts,
    unavailableReplicas: Math.max(0, Math.max(desired, counts.replicas) - counts.availableReplicas),
    conditions: withTransitions(listAt(deployment, 'status', 'conditions'), nowText(cluster), conditions),
  }
}

/** What `kubectl rollout status` calls done. */
export function isComplete(status: JsonObject): boolean {
  return listAt(status, 'conditions').some((one) => textAt(one, 'reason') === 'NewReplicaSetAvailable')
}

function availableCondition(available: boolean): Condition {
  return available
    ? {
        type: 'Available',
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
      }
    : {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
      }
}

interface Counts {
  readonly desired: number
  readonly replicas: number
  readonly updatedReplicas: number
  readonly availableReplicas: number
  readonly freshAvailable: number
}

/**
 * True while the numbers move; False with ProgressDeadlineExceeded once they have stood still for the deadline.
 * A complete rollout stays complete when pods fail later. Source: pkg/controller/deployment/progress.go.
 */
function progressingCondition(
  cluster: Cluster,
  deployment: KubeObject,
  fresh: string,
  counts: Counts,
): Condition {
  const { desired, replicas, updatedReplicas, availableReplicas } = counts
  const complete = updatedReplicas === desired && replicas === desired && availableReplicas === desired
  const { uid } = deployment.metadata
  const now = cluster.clock.now()
  const mark = `${fresh} ${desired} ${updatedReplicas} ${replicas - updatedReplicas} ${counts.freshAvailable}`
  const seen = cluster.progress.get(uid)
  const wasComplete = listAt(deployment, 'status', 'conditions').some(
    (one) =>
      textAt(one, 'reason') === 'NewReplicaSetAvailable' &&
      (textAt(one, 'message') ?? '').includes(`"${fresh}"`),
  )
  if (complete || (wasComplete && updatedReplicas === replicas)) {
    cluster.progress.set(uid, { mark, at: now })
    return progressing('True', 'NewReplicaSetAvailable', `ReplicaSet "${fresh}" has successfully progressed.`)
  }
  if (seen?.mark !== mark) cluster.progress.set(uid, { mark, at: now })
  const still = seen?.mark === mark ? now - seen.at : 0
  if (still >= cluster.timings.progressDeadline) {
    return progressing(
      'False',
      'ProgressDeadlineExceeded',
      `ReplicaSet "${fresh}" has timed out progressing.`,
    )
  }
  cluster.wakeAfter(cluster.timings.progressDeadline - still)
  return updatedReplicas === 0
    ? progressing('True', 'NewReplicaSetCreated', `Created new replica set "${fresh}"`)
    : progressing('True', 'ReplicaSetUpdated', `ReplicaSet "${fresh}" is progressing.`)
}

function progressing(status: Condition['status'], reason: string, message: string): Condition {
  return { type: 'Progressing', status, reason, message }
}

function replicaFailure(sets: readonly KubeObject[]): Condition[] {
  const failed = sets
    .flatMap((set) => listAt(set, 'status', 'conditions'))
    .find((one) => textAt(one, 'type') === 'ReplicaFailure' && textAt(one, 'status') === 'True')
  if (!failed) return []
  return [
    { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: textAt(failed, 'message') },
  ]
}
