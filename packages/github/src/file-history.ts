import { type HistoryPage, parseHistoryPage } from './answers.wire.ts'
import type { BranchSnapshot } from './branch.ts'
import type { GitHubClient, RepositoryName } from './client.ts'

type LoggedCommit = BranchSnapshot['history'][number]

/** The most that GitHub gives out at once. */
const PAGE = 100

export interface FileHistory {
  /** Newest first. */
  readonly commits: readonly LoggedCommit[]
  /** Whether there are more, further back. */
  readonly hasOlder: boolean
}

/**
 * The commits that changed a file, as the history of a commit has them.
 * @param head the commit to go back from
 * @param most pages of a hundred are read until there are as many
 * @throws Failure as `readBranch`
 */
export async function readFileHistory(
  github: GitHubClient,
  { owner, name }: RepositoryName,
  { head, path, most }: { readonly head: string; readonly path: string; readonly most: number },
): Promise<FileHistory> {
  const query = `query($owner: String!, $name: String!, $head: GitObjectID!, $path: String!, $after: String) {
    repository(owner: $owner, name: $name) { object(oid: $head) { ... on Commit {
      history(first: ${PAGE}, path: $path, after: $after) { nodes { oid message }
        pageInfo { hasNextPage endCursor } } } } } }`
  const purpose = { what: 'Cannot read the history', on: `${path} in ${owner}/${name}` }
  const commits: LoggedCommit[] = []
  let page: HistoryPage = { commits: [], next: undefined }
  do {
    const variables = { owner, name, head, path, after: page.next ?? null }
    page = parseHistoryPage(await github.graphql(purpose, query, variables))
    commits.push(...page.commits)
  } while (page.next !== undefined && commits.length < most)
  return { commits, hasOlder: page.next !== undefined }
}
