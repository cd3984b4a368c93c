export { type DirEntry, dirOid, formatDirObject, parseDirObject } from './formats/dir-object.wire.ts'
export { createHashPool, type HashPool } from './objects/hash-pool.ts'
export {
  type BoundOutput,
  type Inventory,
  type InventoryOptions,
  takeInventory,
} from './objects/inventory.ts'
export { collectEarly, markLessOften } from './objects/memory.ts'
export type { Place, TrackedObject } from './objects/object.ts'
export type { Problem, ProblemKind } from './objects/problem.ts'
export { applyPublish, type PublishResult, planCopies } from './publish/publish.ts'
export { type PublishPlan, type PublishRequest, planPublish } from './publish/publish-plan.ts'
export { applyPull, type PullResult } from './pull/apply.ts'
export type { PullWork } from './pull/bring.ts'
export { finishDirectories } from './pull/directories.ts'
export { findExtraFiles, removeExtraFiles } from './pull/extra.ts'
export { type ForeignRepository, listImport, overrideConfig } from './pull/foreign.ts'
export { type Listed, listOutputs } from './pull/listings.ts'
export { type PullOptions, preparePull } from './pull/prepare.ts'
export {
  bytesToFetch,
  type PullPlan,
  type PullProblem,
  type PullProblemKind,
  type PullStep,
} from './pull/pull-plan.ts'
export {
  contentId,
  type SuppliedEntry,
  type Supply,
  type WantedFile,
  type WantedOutput,
  wantedFiles,
} from './pull/wanted.ts'
export { assertCacheSpace, type FillCacheOptions, fillCache } from './push/fill-cache.ts'
export { setPastAside } from './push/past-problems.ts'
export { type PushPlan, type Step, toSend } from './push/plan.ts'
export { HASH_WHILE_SENDING_FROM, type PrepareOptions, preparePush, type Stores } from './push/prepare.ts'
export { applyPush, type PushOptions, type PushResult } from './push/push.ts'
export { planRunCache, pushRunCache, type RunCachePlan } from './push/run-cache.ts'
export { verifyPush } from './push/verify.ts'
export type { GitFacts } from './record/add.ts'
export { appendIgnoreLine, ignoreLine } from './record/gitignore.ts'
export { pathsToRecord, type Recording, type RecordOrder, recordOutputs } from './record/record.ts'
export { type FileEdit, writeRecords } from './record/texts.ts'
export { type Binding, bindOutputs, type LeftOut } from './repository/bind.ts'
export { collectStages, type Stage } from './repository/collect.ts'
export { type CommitTreeOptions, type CommittedFile, commitTree } from './repository/commit-tree.ts'
export type { DvcConfig, LinkType } from './repository/config.ts'
export { lockRepository } from './repository/lock.ts'
export { type BoundPast, readOtherCommits, remotesOf, remoteUrls } from './repository/other-commits.ts'
export {
  type HashName,
  isDirectoryOid,
  md5Of,
  type Origin,
  type Output,
  type RepositoryOrigin,
  recordFileOf,
} from './repository/output.ts'
export { selectedEntries } from './repository/parts.ts'
export { bindPast, type Past, readPast } from './repository/past.ts'
export { pastFacts, pastParagraphs } from './repository/past-report.ts'
export { type Remote, resolveRemote } from './repository/remote.ts'
export {
  hiddenWarnings,
  type Repository,
  readCommittedRepository,
  readRepository,
} from './repository/repository.ts'
export { type GitRoot, revisionTree } from './repository/revision.ts'
export { assertNotBeingWritten } from './repository/rwlock.ts'
export { parsePublicUrl } from './repository/s3-url.ts'
export { readSettled } from './repository/settled.ts'
export { type SelectedOutput, type Selection, selectOutputs } from './repository/targets.ts'
export { type FileTree, type TreeEntry, workspaceTree } from './repository/tree.ts'
export {
  compareOutputs,
  type FileChanges,
  type ListFiles,
  type OutputChange,
} from './status/compare.ts'
export { evaluateStatus, type PullableFile, type Status } from './status/status.ts'
export { type Connections, type ConnectOptions, connectRemotes } from './store/connect.ts'
export {
  type DownloadOptions,
  type DownloadTarget,
  downloadObject,
  type WantedObject,
} from './store/download.ts'
export { fetchDirObject } from './store/fetch-dir.ts'
export { createPace, DEFAULT_PACE, type Pace } from './store/pace.ts'
export { readObject } from './store/read-object.ts'
export { createStore, type Store, type StoreOptions } from './store/store.ts'
export { createSurveys, type Survey, type Surveys, surveyRemote } from './store/survey.ts'
