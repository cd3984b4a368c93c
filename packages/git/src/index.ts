export { findMergeBase, isAncestor, isKnown, isOnBranch } from './ancestry.ts'
export {
  fetchBranch,
  fetchHistory,
  type History,
  type LoggedCommit,
  type Offer,
  pushCommit,
  resolveRemoteBranch,
} from './branch.ts'
export { parseBranchName } from './branch-name.ts'
export { type Checkout, openCheckout, readOrigin } from './checkout.ts'
export { type CommitAuthor, type NewCommit, writeCommit } from './commit.ts'
export { extractTree } from './extract-tree.ts'
export { fetchCommit } from './fetch-commit.ts'
export { isIgnored, isTracked, uncommittedFiles } from './ignored.ts'
export { type PushOutcome, type PushTranscript, readPush } from './push-outcome.ts'
export { isPrivateWay, parseRemoteUrl, type RemoteUrl } from './remote-url.ts'
export { type Credential, type GitRepository, openRepository, type RepositoryOptions } from './repository.ts'
export {
  assertWholeHistory,
  isShallow,
  listRevisions,
  type RevisionScope,
  resolveRevision,
} from './revisions.ts'
export { bringBlobs, readBlob, readEntries, readEntry, type TreeEntry } from './tree-entry.ts'
export { listTreeFiles, readBlobs, type TreeFile } from './tree-files.ts'
