import { type ComparisonStatus, parseComparison } from './answers.wire.ts'
import type { GitHubClient, RepositoryName } from './client.ts'

/** How `head` stands to `base`: `ahead` contains it, `behind` is contained in it. */
export type Comparison = ComparisonStatus

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
  const purpose = {
    what: 'Cannot compare two commits',
    on: `${owner}/${name} ${base.slice(0, 12)}...${head.slice(0, 12)}`,
  }
  const parameters = { owner, repo: name, basehead: `${base}...${head}`, per_page: '1' }
  return parseComparison(
    await github.rest(purpose, 'GET /repos/{owner}/{repo}/compare/{basehead}', parameters),
  )
}
