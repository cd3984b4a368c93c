export { type BranchFile, type BranchSnapshot, readBlob, readBranch } from './branch.ts'
export { createGitHub, type GitHubClient, type GitHubOptions, type RepositoryName } from './client.ts'
export { type CommitDraft, type CommitOutcome, commitOnBranch } from './commit.ts'
export { type Comparison, compareCommits } from './compare.ts'
