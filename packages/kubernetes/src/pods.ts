// What is known of pods and Deployments without asking a cluster: for those who get them from somebody else, such as Argo CD.

export { EVENTS, type KubernetesEvent, lastSeen } from './event.wire.ts'
export { describeTrouble, explainTrouble, type TroubleContext } from './explain-trouble.ts'
export { notYetServing } from './knative.ts'
export {
  KNATIVE_SERVICES,
  type KnativeService,
  REVISIONS,
  type Revision,
} from './knative.wire.ts'
export { notYetRolledOut } from './leader-worker-set.ts'
export { LEADER_WORKER_SETS, type LeaderWorkerSet } from './leader-worker-set.wire.ts'
export { isMetadata } from './metadata.wire.ts'
export { PODS, type Pod } from './pod.wire.ts'
export { troublesOfPod } from './pod-trouble.ts'
export { evaluateRollout } from './rollout.ts'
export { isActive } from './rollout-progress.ts'
export type { RolloutState } from './rollout-state.ts'
export { createRefused, rolloutKeys } from './rollout-troubles.ts'
export { hasLasted, type Patience, remember, type Sighting, type Sightings } from './sightings.ts'
export type { Trouble, TroubleCode } from './trouble.ts'
export { describeUnready, stageOfUnready, unreadyPod } from './unready.ts'
export { imageOf, matchesImage, repositoryOf, storageUriOf } from './version.ts'
export {
  DEPLOYMENTS,
  type Deployment,
  type PodTemplate,
  REPLICA_SETS,
  type ReplicaSet,
} from './workload.wire.ts'
