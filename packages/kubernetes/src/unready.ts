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

/** How far a pod that is not ready has come: in an init container, kept from starting, started, or none of these yet. */
export type UnreadyStage =
  | { readonly stage: 'init'; readonly container: string }
  | { readonly stage: 'waits'; readonly reason: string }
  | { readonly stage: 'runs' | 'new' }

export function stageOfUnready({ status }: Pod): UnreadyStage {
  const init = status.initContainerStatuses.find(({ state }) => state.running !== undefined)
  // A sidecar is an init container that never ends.
  const isInitialized = conditionOf(status.conditions, 'Initialized')?.status === 'True'
  if (init !== undefined && !isInitialized) return { stage: 'init', container: init.name }
  const containers = [...status.initContainerStatuses, ...status.containerStatuses]
  const reason = containers.map(({ state }) => state.waiting?.reason ?? '').find((one) => one !== '')
  if (reason !== undefined) return { stage: 'waits', reason }
  return { stage: status.containerStatuses.some(({ state }) => state.running !== undefined) ? 'runs' : 'new' }
}

/** What a pod that is not ready is doing: `pod churn-x7k2p waits: ContainerCreating`. Pure. */
export function describeUnready(pod: Pod): string {
  const on = `pod ${pod.metadata.name}`
  const seen = stageOfUnready(pod)
  if (seen.stage === 'init') return `${on} is in its init container ${seen.container}`
  if (seen.stage === 'waits') return `${on} waits: ${seen.reason}`
  return seen.stage === 'runs' ? `${on} runs, and is not ready` : `${on} is ${pod.status.phase || 'new'}`
}
