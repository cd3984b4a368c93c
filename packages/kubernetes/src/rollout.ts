import { isActive, notYetComplete, notYetWanted, statusOf } from './rollout-progress.ts'
import type { Memory, RolloutProof, RolloutState, RolloutVerdict, RolloutWant } from './rollout-state.ts'
import { troublesOfRollout } from './rollout-troubles.ts'
import { hasLasted } from './sightings.ts'
import { describeUnready, unreadyPod } from './unready.ts'
import { imageOf, isReady, newestOf, ownedBy, storageUriOf } from './version.ts'
import type { Deployment } from './workload.wire.ts'

/**
 * Whether the wanted version, and nothing else, serves: the verdict on a Deployment, its ReplicaSets and its pods.
 * A rollout is complete by the rule of `kubectl rollout status` (kubernetes/kubectl pkg/polymorphichelpers), and then
 * every ready pod must belong to the newest ReplicaSet and run the wanted image. Pure.
 */
export function evaluateRollout(state: RolloutState, want: RolloutWant, memory: Memory): RolloutVerdict {
  const { deployment } = state
  if (deployment === undefined) return pending('the Deployment does not exist yet')
  const behind = notYetWanted(deployment, want)
  if (behind !== undefined) return pending(behind)
  const troubles = troublesOfRollout(state, want)
  const lasting = troubles.find(({ key, patience }) => {
    return patience !== undefined && hasLasted(memory.sightings, key, patience, memory.now)
  })
  if (lasting !== undefined) return { status: 'failed', trouble: lasting }
  const unfinished = notYetComplete(state, deployment, want)
  if (unfinished === undefined) return { status: 'done', proof: proofOf(state, deployment, want) }
  const [first] = troubles
  if (first === undefined) {
    const unready = unreadyPod(state)
    return pending(unready === undefined ? unfinished : `${unfinished}; ${describeUnready(unready)}`)
  }
  const warning = `${first.on}: ${first.reason}${first.isLog ? '' : `: ${first.message}`}`
  return { status: 'pending', reason: `${unfinished}; ${warning}`, warning }
}

function proofOf(
  { replicaSets, pods }: RolloutState,
  deployment: Deployment,
  want: RolloutWant,
): RolloutProof {
  const fresh = newestOf(replicaSets, deployment)
  const live = pods.filter(
    (pod) => isActive(pod) && fresh !== undefined && ownedBy(pod, fresh) && isReady(pod),
  )
  return {
    deployment: deployment.metadata.name,
    replicaSet: fresh?.metadata.name ?? '',
    image: imageOf(deployment.spec.template.spec, want.container) ?? '',
    storageUri: storageUriOf(deployment.spec.template),
    pods: live.map((pod) => ({
      name: pod.metadata.name,
      uid: pod.metadata.uid,
      restarts: pod.status.containerStatuses.reduce((sum, { restartCount }) => sum + restartCount, 0),
      imageId: statusOf(pod, want.container)?.imageID ?? '',
    })),
  }
}

function pending(reason: string): RolloutVerdict {
  return { status: 'pending', reason }
}
