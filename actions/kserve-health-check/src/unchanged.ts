import { Failure } from '@mlops-actions/diagnostics'
import type { RolloutProof } from '@mlops-actions/kubernetes'

/**
 * After the probes: the same ReplicaSet must still serve, no pod of it may have ended meanwhile. That an autoscaler
 * added or took pods under the load is no failure.
 * @throws Failure `conflict` for another rollout, `workload` for a restart
 */
export function assertUnchanged(before: RolloutProof, after: RolloutProof, on: string): void {
  if (before.replicaSet !== after.replicaSet) {
    throw new Failure({
      kind: 'conflict',
      code: 'ROLLOUT_REPLACED',
      what: 'Another rollout began while this one was checked',
      on,
      seen: `the pods of ${after.replicaSet} serve now, those of ${before.replicaSet} were checked`,
      next: 'Check the newer version; let deployments of one service wait for each other with `concurrency:`',
      retryable: false,
    })
  }
  const restarted = after.pods.find(({ uid, restarts }) => {
    return before.pods.some((pod) => pod.uid === uid && pod.restarts < restarts)
  })
  if (restarted === undefined) return
  throw new Failure({
    kind: 'workload',
    code: 'POD_RESTARTED',
    what: 'The new version ended while it was checked',
    on: `pod ${restarted.name}`,
    seen: 'it became ready, and its server ended and was started again during the probes',
    next: 'Read the log of its former life with `kubectl logs --previous`: memory, a time-out of a probe, or a request that it cannot bear',
  })
}
