export type { Application, ApplicationSource, ResourceTree, TreeNode } from './application.wire.ts'
export {
  type ApplicationName,
  type Argocd,
  type ArgocdOptions,
  createArgocd,
  type PodName,
} from './client.ts'
export { createLiveJudge, type LiveJudge } from './live.ts'
export type { Live, LiveState, LiveWant } from './live-state.ts'
export { type PodTrouble, troubledPods, unfinishedNodes } from './pods.ts'
export { isCommit, isSameRepository, revisionOf, type SelectedSource, selectSources } from './source.ts'
