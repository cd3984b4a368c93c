export { type BranchFile, type BranchSnapshot, readBlob, readBranch, readCommit } from './branch.ts'
export { createGitHub, type GitHubClient, type GitHubOptions, type RepositoryName } from './client.ts'
export { type CommitDraft, type CommitOutcome, commitOnBranch } from './commit.ts'
export { type ChangedFile, type Comparison, compareCommits, listChangedFiles } from './compare.ts'
export { type FileHistory, readFileHistory } from './file-history.ts'
export {
  disableAutoMerge,
  enableAutoMerge,
  enqueuePullRequest,
  type MergeMethod,
  type MergeOrder,
  mergePullRequest,
} from './merge.ts'
export { type Move, type MoveOutcome, moveBranch } from './move-branch.ts'
export { createCommit, type NewCommit } from './new-commit.ts'
export {
  type ClosedPullRequest,
  type CommitAhead,
  listCommitsAhead,
  listReviewRequests,
  type Proposals,
  type PullRequest,
  type PullRequestCheck,
  readProposals,
  readPullRequest,
} from './pull-request.ts'
export {
  addLabels,
  createPullRequest,
  type PullRequestText,
  requestReviewers,
  updatePullRequest,
} from './write-pull-request.ts'
