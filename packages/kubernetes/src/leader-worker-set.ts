import type { LeaderWorkerSet } from './leader-worker-set.wire.ts'
import { conditionOf } from './metadata.wire.ts'

/**
 * Why the groups of a LeaderWorkerSet are not all of the newest template and ready; undefined where they are. Its own
 * condition Available is not enough: it stays True until the controller has read a new template, and means no update
 * only after that (kubernetes-sigs/lws pkg/controllers/leaderworkerset_controller.go updateConditions). Pure.
 */
export function notYetRolledOut({ metadata, spec, status }: LeaderWorkerSet): string | undefined {
  const { replicas: wanted } = spec
  const { observedGeneration, replicas, updatedReplicas, readyReplicas, conditions } = status
  if (observedGeneration !== undefined && observedGeneration < metadata.generation)
    return 'it has not been acted on yet'
  if (updatedReplicas < wanted) return `${updatedReplicas} of ${wanted} groups are new`
  if (replicas > updatedReplicas) return `${replicas - updatedReplicas} groups of before are still there`
  if (readyReplicas < wanted) return `${readyReplicas} of ${wanted} groups are ready`
  if (conditionOf(conditions, 'Available')?.status !== 'True') return 'it is not Available yet'
  return undefined
}
