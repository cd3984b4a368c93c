export type { Application, ApplicationSource } from './application.wire.ts'
export {
  type ApplicationName,
  type Argocd,
  type ArgocdOptions,
  type Blocking,
  type ContainerName,
  createArgocd,
} from './client.ts'
export { createLiveJudge, type LiveJudge } from './live.ts'
export { failedRevision, isSyncing } from './live-operation.ts'
export type { Live, LiveState, LiveWant, PodTrouble, Relation } from './live-state.ts'
export { createPodReader } from './read-pods.ts'
export type { ResourceTree, SyncWindow, TreeNode } from './resource.wire.ts'
export { isCommit, isSameRepository, revisionOf, type SelectedSource, selectSources } from './source.ts'
export { childrenOf, unfinishedNodes } from './tree.ts'
export { readTurn, syncsByItself, type Turn } from './turn.ts'
