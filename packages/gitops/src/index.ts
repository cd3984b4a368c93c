export type {
  Branch,
  BranchState,
  CommitAuthor,
  CommitDraft,
  CommittedFile,
  LandOutcome,
  LoggedCommit,
  ReadOptions,
} from './branch/branch.ts'
export { type GitBranchOptions, openGitBranch } from './branch/git-branch.ts'
export { type GitHubBranchOptions, openGitHubBranch } from './branch/github-branch.ts'
export { type Decision, type Landed, type Landing, landChange, rehearseChange } from './branch/land.ts'
export {
  ACTIONS_BOT,
  type BranchPlace,
  type GitHubPlace,
  openBranch,
  openGitHubPlace,
} from './branch/open-branch.ts'
export { parseRepositoryPath } from './branch/repository-path.ts'
export { createTreeCheck, type TreeCheck } from './branch/tree-check.ts'
export { type Ancestry, createAncestry } from './decide/ancestry.ts'
export { type BumpRequest, type BumpResult, decideBump } from './decide/bump.ts'
export type { BumpOrder } from './decide/bump-message.ts'
export type { OnConflict, RunIdentity } from './decide/bump-rules.ts'
export type { BumpedValue, FreeValue, WantedChange, Wish } from './decide/change-set.ts'
export { formatDiff } from './decide/diff.ts'
export { decideFiles, type FileChange, type FilesRequest, type FilesResult } from './decide/files.ts'
export { parseFreeValue } from './decide/free-value.ts'
export { type AllowedRegistry, parseAllowedRegistry } from './decide/registries.ts'
export { decideRollback, type RollbackRequest, type Undo } from './decide/rollback.ts'
export { assertMerged } from './propose/assert-merged.ts'
export { type AwaitedMerge, awaitMerge, evaluateMerge } from './propose/await-merge.ts'
export { withProposal } from './propose/ensure-pull-request.ts'
export { headBranchName, type ProposalSubject } from './propose/head-branch.ts'
export type { Proposal, PullRequestWish } from './propose/look-at-proposal.ts'
export { type Proposed, proposeChange } from './propose/propose.ts'
export { formatPullRequest, type ProposalText, type ProposedValue } from './propose/pull-request-text.ts'
export { type Rehearsed, rehearseProposal } from './propose/rehearse-proposal.ts'
export { type MergeStart, type MergeWish, planMerge, startMerge } from './propose/start-merge.ts'
export {
  formatMessage,
  parseTrailerBlocks,
  parseTrailers,
  TRAILER,
  type TrailerLine,
  type Trailers,
} from './trailers/trailers.ts'
