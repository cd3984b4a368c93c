import { findEntry, readCommit, readLine } from '../git/objects.ts'
import { git } from './git.ts'
import { commitsBetween } from './pulls.ts'
import { headOf } from './repositories.ts'
import type { Repository } from './state.ts'

/** A Ref as GraphQL sees it; null for a branch that is not there. */
export async function refNode(repository: Repository, branch: string) {
  const head = await headOf(repository, branch)
  if (head === undefined) return null
  const requiredChecks = repository.mergeRules.get(branch)?.requiredChecks ?? []
  return {
    __typename: 'Ref',
    name: branch,
    prefix: 'refs/heads/',
    target: commitNode(repository, head),
    compare: ({ headRef }: { readonly headRef: string }) => comparisonNode(repository, branch, headRef),
    // What a branch asks for stands in a rule of the old kind here, and in none of the new.
    refUpdateRule: { pattern: branch, requiredStatusCheckContexts: requiredChecks },
    rules: { totalCount: 0, nodes: [] },
  }
}

async function comparisonNode(repository: Repository, base: string, head: string) {
  const oids = await commitsBetween(repository, base, head.replace(/^refs\/heads\//, ''))
  return {
    aheadBy: oids.length,
    commits: { totalCount: oids.length, nodes: oids.map((oid) => commitNode(repository, oid)) },
  }
}

export interface CommitNode {
  readonly __typename: 'Commit'
  readonly oid: string
  readonly message: () => Promise<string>
  readonly messageHeadline: () => Promise<string>
  readonly file: (args: { readonly path: string }) => Promise<object | null>
  readonly parents: () => Promise<object>
  readonly history: (page: HistoryArguments) => Promise<object>
}

interface HistoryArguments {
  readonly first?: number
  readonly path?: string
  readonly after?: string | null
}

export function commitNode(repository: Repository, oid: string): CommitNode {
  const show = (format: string): Promise<string> =>
    git(repository.directory, ['show', '--no-patch', `--format=${format}`, oid])
  return {
    __typename: 'Commit',
    oid,
    message: async () => {
      const commit = await readCommit(repository.directory, oid)
      return (commit?.message ?? (await show('%B'))).trimEnd()
    },
    messageHeadline: () => show('%s'),
    parents: async () => {
      const [, ...parents] = (await git(repository.directory, ['rev-list', '--parents', '-1', oid])).split(
        ' ',
      )
      return { totalCount: parents.length, nodes: parents.map((parent) => commitNode(repository, parent)) }
    },
    file: ({ path }) => treeEntry(repository, oid, path),
    history: (page) => history(repository, oid, page),
  }
}

/**
 * The entry of exactly that path; a symlink above it hides it, as on GitHub. `mode` is a decimal number.
 */
async function treeEntry({ directory }: Repository, commit: string, path: string): Promise<object | null> {
  const found = await findEntry(directory, commit, path)
  const entry = found === undefined ? await listEntry(directory, commit, path) : found
  if (entry === null) return null
  const { mode, type, oid } = entry
  return { mode: Number.parseInt(mode, 8), type, oid, path, name: path.split('/').at(-1) }
}

async function listEntry(directory: string, commit: string, path: string) {
  const line = await git(directory, ['--literal-pathspecs', 'ls-tree', '--full-tree', commit, '--', path])
  const [, mode = '', type = '', oid = ''] = /^(\d+) (\w+) ([0-9a-f]+)\t/.exec(line) ?? []
  return oid === '' ? null : { mode, type, oid }
}

/** A cursor is, as on GitHub, the commit that the history goes back from and how far down it stands. */
async function history(
  repository: Repository,
  from: string,
  { first = 100, path, after }: HistoryArguments,
): Promise<object> {
  const skip = after == null ? 0 : Number(after.split(' ')[1]) + 1
  const line =
    path === undefined && skip === 0 ? await readLine(repository.directory, from, first) : undefined
  const oids = line ?? (await listCommits(repository.directory, from, { first, path, skip }))
  return {
    totalCount: oids.length,
    nodes: oids.map((oid) => commitNode(repository, oid)),
    pageInfo: {
      hasNextPage: async () =>
        (await listCommits(repository.directory, from, { first: 1, path, skip: skip + oids.length })).length >
        0,
      endCursor: oids.length === 0 ? null : `${from} ${skip + oids.length - 1}`,
    },
  }
}

async function listCommits(
  directory: string,
  from: string,
  { first, path, skip }: { readonly first: number; readonly path: string | undefined; readonly skip: number },
): Promise<readonly string[]> {
  const paths = path === undefined ? [] : ['--', path]
  const range = [`--max-count=${first}`, `--skip=${skip}`]
  const lines = await git(directory, ['--literal-pathspecs', 'rev-list', ...range, from, ...paths])
  return lines.split('\n').filter((line) => line !== '')
}
