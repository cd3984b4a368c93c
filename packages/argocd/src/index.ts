export type {
  ApplicationName,
  ApplicationQuery,
  Argocd,
  ContainerName,
  SyncOptions,
} from './api/argocd.ts'
export { type ArgocdOptions, createArgocd } from './api/client.ts'
export { createPodReader } from './api/read-pods.ts'
export { readTurn, syncsByItself, type Turn } from './api/turn.ts'
export { createLiveJudge, type LiveJudge } from './live/judge.ts'
export { failedRevision, isSyncing } from './live/operation.ts'
export type { Live, LiveState, LiveWant, PodTrouble, Relation } from './live/state.ts'
export type { Application, ApplicationSource } from './model/application.wire.ts'
export type { Blocking, ResourceTree, SyncWindow, TreeNode } from './model/resource.wire.ts'
export { isCommit, isSameRepository, revisionOf, type SelectedSource, selectSources } from './model/source.ts'
export { childrenOf, unfinishedNodes } from './model/tree.ts'
