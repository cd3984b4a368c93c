export type {
  ApplicationName,
  ApplicationQuery,
  Argocd,
  CommitInfo,
} from './api/argocd.ts'
export { type ArgocdOptions, createArgocd } from './api/client.ts'
export { createPodReader } from './api/read-pods.ts'
export { readTurn, syncsByItself, type Turn } from './api/turn.ts'
export { askingNodes, versionsIn } from './live/declared.ts'
export { evaluate, type Judged } from './live/evaluate.ts'
export { createLiveJudge, type LiveJudge } from './live/judge.ts'
export { type Memory, NOTHING_SEEN } from './live/memory.ts'
export { failedRevision, isSyncing } from './live/operation.ts'
export {
  comparedAtOf,
  type Declared,
  isThere,
  type Live,
  type LiveState,
  type LiveWant,
  type PodTrouble,
  type Relation,
  shortRevision,
} from './live/state.ts'
export type { Waiting } from './live/verdict.ts'
export type { Application } from './model/application.wire.ts'
export { type ChildName, childrenNamed, isDeleting, isOwnedBySet } from './model/family.ts'
export { describePaused } from './model/paused.ts'
export type { Blocking, ResourceTree, SyncWindow, TreeNode } from './model/resource.wire.ts'
export { ROLLOUTS } from './model/rollout.wire.ts'
export {
  allSources,
  isCommit,
  isRange,
  isSameRepository,
  relateVersion,
  revisionOf,
  type SelectedSource,
  selectPackages,
  selectSources,
  syncedRevision,
} from './model/source.ts'
export { childrenOf, isOutdated, newestSet, unfinishedNodes } from './model/tree.ts'
export { podsOfDeployment } from './model/tree-pods.ts'
export { authorized, bearer, cookie } from './session/authorized.ts'
export { warnOfExpiry } from './session/expiry.ts'
export { type Credentials, type SignInOptions, signIn } from './session/sign-in.ts'
