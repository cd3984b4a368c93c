export { type Ancestry, createAncestry } from './ancestry.ts'
export { assertMerged } from './assert-merged.ts'
export { type AwaitedMerge, awaitMerge, evaluateMerge } from './await-merge.ts'
export type {
  Branch,
  BranchState,
  CommitAuthor,
  CommitDraft,
  CommittedFile,
  LandOutcome,
  LoggedCommit,
  ReadOptions,
} from './branch.ts'
export { type BumpRequest, type BumpResult, decideBump } from './bump.ts'
export type { BumpOrder } from './bump-message.ts'
export type { OnConflict, RunIdentity } from './bump-rules.ts'
export type { BumpedValue, FreeValue, WantedChange, Wish } from './change-set.ts'
export { formatDiff } from './diff.ts'
export { withProposal } from './ensure-pull-request.ts'
export { decideFiles, type FileChange, type FilesRequest, type FilesResult } from './files.ts'
export { parseFreeValue } from './free-value.ts'
export { type GitBranchOptions, openGitBranch } from './git-branch.ts'
export { type GitHubBranchOptions, openGitHubBranch } from './github-branch.ts'
export { headBranchName, type ProposalSubject } from './head-branch.ts'
export { type Decision, type Landed, type Landing, landChange, rehearseChange } from './land.ts'
export type { Proposal, PullRequestWish } from './look-at-proposal.ts'
export {
  ACTIONS_BOT,
  type BranchPlace,
  type GitHubPlace,
  openBranch,
  openGitHubPlace,
} from './open-branch.ts'
export { type Proposed, proposeChange } from './propose.ts'
export { formatPullRequest, type ProposalText, type ProposedValue } from './pull-request-text.ts'
export { type AllowedRegistry, parseAllowedRegistry } from './registries.ts'
export { rehearseProposal } from './rehearse-proposal.ts'
export { parseRepositoryPath } from './repository-path.ts'
export { decideRollback, type RollbackRequest, type Undo } from './rollback.ts'
export { type MergeStart, type MergeWish, planMerge, startMerge } from './start-merge.ts'
export {
  formatMessage,
  parseTrailerBlocks,
  parseTrailers,
  TRAILER,
  type TrailerLine,
  type Trailers,
} from './trailers.ts'
export { createTreeCheck, type TreeCheck } from './tree-check.ts'
