import {
  type ChangedFile,
  type ComparisonStatus,
  parseChangedFiles,
  parseComparison,
} from './answers.wire.ts'
import type { GitHubClient, RepositoryName } from './client.ts'

/** How `head` stands to `base`: `ahead` contains it, `behind` is contained in it. */
export type Comparison = ComparisonStatus
export type { ChangedFile }

/**
 * Compares two commits of a repository: whether a branch contains a commit without having any of its
 * history here.
 * @throws Failure GH_NOT_FOUND when either is unknown
 */
export async function compareCommits(
  github: GitHubClient,
  { owner, name }: RepositoryName,
  base: string,
  head: string,
): Promise<Comparison> {
  return parseComparison(await compare(github, { owner, name }, base, head))
}

/**
 * The files that `head` has changed since it left `base`, with their contents' SHAs; the first three hundred.
 * @throws Failure GH_NOT_FOUND when either is unknown
 */
export async function listChangedFiles(
  github: GitHubClient,
  repository: RepositoryName,
  base: string,
  head: string,
): Promise<readonly ChangedFile[]> {
  return parseChangedFiles(await compare(github, repository, base, head))
}

function compare(
  github: GitHubClient,
  { owner, name }: RepositoryName,
  base: string,
  head: string,
): Promise<unknown> {
  const on = `${owner}/${name} ${base.slice(0, 12)}...${head.slice(0, 12)}`
  const parameters = { owner, repo: name, basehead: `${base}...${head}`, per_page: '1' }
  const route = 'GET /repos/{owner}/{repo}/compare/{basehead}'
  return github.rest({ what: 'Cannot compare two commits', on }, route, parameters)
}
