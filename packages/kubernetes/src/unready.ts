import { conditionOf } from './metadata.wire.ts'
import type { Pod } from './pod.wire.ts'
import { isActive } from './rollout-progress.ts'
import type { RolloutState } from './rollout-state.ts'
import { isReady, newestOf, ownedBy } from './version.ts'

/** The first pod of the newest version that is not ready. Pure. */
export function unreadyPod({ deployment, replicaSets, pods }: RolloutState): Pod | undefined {
  const newest = deployment && newestOf(replicaSets, deployment)
  if (newest === undefined) return undefined
  return pods.find((pod) => isActive(pod) && ownedBy(pod, newest) && !isReady(pod))
}

/** What a pod that is not ready is doing: `pod churn-x7k2p waits: ContainerCreating`. Pure. */
export function describeUnready({ metadata: { name }, status }: Pod): string {
  const init = status.initContainerStatuses.find(({ state }) => state.running !== undefined)
  // A sidecar is an init container that never ends.
  const isInitialized = conditionOf(status.conditions, 'Initialized')?.status === 'True'
  if (init !== undefined && !isInitialized) return `pod ${name} is in its init container ${init.name}`
  const containers = [...status.initContainerStatuses, ...status.containerStatuses]
  const reason = containers.map(({ state }) => state.waiting?.reason ?? '').find((one) => one !== '')
  if (reason !== undefined) return `pod ${name} waits: ${reason}`
  return status.containerStatuses.some(({ state }) => state.running !== undefined)
    ? `pod ${name} runs, and is not ready`
    : `pod ${name} is ${status.phase || 'new'}`
}
