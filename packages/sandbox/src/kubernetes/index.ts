export { type Clock, createManualClock, type ManualClock, realClock } from './clock.ts'
export type { Json, JsonObject } from './json.ts'
export { addNamespaces } from './namespaces.ts'
export type { KubeObject, ObjectMeta } from './object.wire.ts'
export { apiVersionOf, findKind, RESOURCES, type ResourceType } from './resources.ts'
export { type KubernetesOptions, type KubernetesServer, startKubernetes } from './server.ts'
export {
  type ContainerLog,
  createKubernetesState,
  type DenyRule as KubernetesDenyRule,
  type KubernetesState,
  type LogLine as PodLogLine,
  type RbacRule,
  type User as KubernetesUser,
  type Verb as KubernetesVerb,
} from './state.ts'
export {
  type ChangeType,
  createObjectStore,
  keyOf,
  type ObjectKey,
  type ObjectStore,
  type StoreChange,
  StoreError,
} from './store.ts'
