export type { KubernetesClient, Listing, LogQuery } from './client.ts'
export { readPem, resolveConnection } from './connect.ts'
export type { Connection, ConnectionInputs } from './connection.ts'
export { createKubernetes } from './create.ts'
export { type Condition, conditionOf, isCondition, isMetadata, type Metadata } from './metadata.wire.ts'
export type { ContainerStatus } from './pod.wire.ts'
export * from './pods.ts'
export type { ObjectName, ResourceType, Selection } from './resource.ts'
export { countReady } from './rollout-progress.ts'
export type {
  LivePod,
  Memory,
  RolloutProof,
  RolloutVerdict,
  RolloutWant,
} from './rollout-state.ts'
export { type ServingVersion, servingVersions } from './serving.ts'
export type { ClientOptions } from './transport.ts'
export { unreadyPod } from './unready.ts'
export { SERVER_CONTAINER } from './version.ts'
