import { parseBlob, parseBranch, parseCommit } from './answers.wire.ts'
import type { GitHubClient, RepositoryName } from './client.ts'

export interface BranchFile {
  readonly path: string
  /** As git writes it: `100644`, `100755`, `120000` (symlink), `160000` (submodule), `040000` (folder). */
  readonly mode: string
  readonly oid: string
}

/** A branch at one moment. */
export interface BranchSnapshot {
  readonly head: string
  /** Newest first. */
  readonly history: readonly { readonly oid: string; readonly message: string }[]
  /**
   * In the order of the paths asked for; undefined where nothing is. A symlink is not followed, nor is
   * anything below one found.
   */
  readonly files: readonly (BranchFile | undefined)[]
}

/**
 * The head of a branch, its newest commits, and what stands at some paths of it: one request, so one
 * moment. Undefined where the branch does not exist.
 * @throws Failure GH_NOT_FOUND for the repository, and for everything else that GitHub refuses
 */
export async function readBranch(
  github: GitHubClient,
  { owner, name }: RepositoryName,
  branch: string,
  { paths, commits }: { readonly paths: readonly string[]; readonly commits: number },
): Promise<BranchSnapshot | undefined> {
  const { declared, fields, values } = commitFields(paths)
  const query = `query($owner: String!, $name: String!, $ref: String!, $commits: Int!${declared}) {
    repository(owner: $owner, name: $name) { ref(qualifiedName: $ref) { target { ${fields} } } } }`
  const purpose = { what: 'Cannot read the branch', on: `${owner}/${name} ${branch}` }
  return parseBranch(
    await github.graphql(purpose, query, { owner, name, ref: `refs/heads/${branch}`, commits, ...values }),
    paths,
  )
}

/**
 * The same of a commit, which need not be the head of any branch. Undefined where the repository does not have it.
 * @throws Failure
 */
export async function readCommit(
  github: GitHubClient,
  { owner, name }: RepositoryName,
  oid: string,
  { paths, commits }: { readonly paths: readonly string[]; readonly commits: number },
): Promise<BranchSnapshot | undefined> {
  const { declared, fields, values } = commitFields(paths)
  const query = `query($owner: String!, $name: String!, $oid: GitObjectID!, $commits: Int!${declared}) {
    repository(owner: $owner, name: $name) { object(oid: $oid) { ${fields} } } }`
  const purpose = { what: 'Cannot read the commit', on: `${owner}/${name} ${oid.slice(0, 12)}` }
  const data = await github.graphql(purpose, query, { owner, name, oid, commits, ...values })
  return parseCommit(data, paths)
}

/** What is asked of a commit: its history, and an entry for each path. */
function commitFields(paths: readonly string[]) {
  const declared = paths.map((_, index) => `, $path${index}: String!`).join('')
  const files = paths.map((_, index) => `file${index}: file(path: $path${index}) { mode oid }`).join(' ')
  return {
    declared,
    fields: `oid ... on Commit { history(first: $commits) { nodes { oid message } } ${files} }`,
    values: Object.fromEntries(paths.map((path, index) => [`path${index}`, path])),
  }
}

/**
 * The bytes of a blob. Not by GraphQL's `text`, which is decoded, nor as raw text, which octokit decodes.
 */
export async function readBlob(
  github: GitHubClient,
  { owner, name }: RepositoryName,
  oid: string,
): Promise<Buffer> {
  const purpose = { what: 'Cannot read the file', on: `${owner}/${name}` }
  const route = 'GET /repos/{owner}/{repo}/git/blobs/{file_sha}'
  return parseBlob(await github.rest(purpose, route, { owner, repo: name, file_sha: oid }))
}
