import type { GraphQLError } from 'graphql/error/GraphQLError.js'
import { type Caller, canRead, canWrite, loginOf } from './access.ts'
import { commitToBranch } from './commit.ts'
import { tryGit } from './git.ts'
import { type CommitNode, commitNode, refNode } from './graphql-nodes.ts'
import { assertAllowed, problem } from './graphql-problems.ts'
import { createPullMutations, repositoryId } from './graphql-pull-mutations.ts'
import { pullFields } from './graphql-pulls.ts'
import { headOf } from './repositories.ts'
import { findRepository, fullName, type GitHubState, type Repository } from './state.ts'

interface RepositoryArguments {
  readonly owner: string
  readonly name: string
}

/** The input of `createCommitOnBranch`, as `graphql` hands it on after checking it against the schema. */
interface CommitInput {
  readonly clientMutationId?: string
  readonly branch: { readonly repositoryNameWithOwner?: string; readonly branchName?: string }
  readonly expectedHeadOid: string
  readonly message: { readonly headline: string; readonly body?: string }
  readonly fileChanges?: {
    readonly additions?: readonly { readonly path: string; readonly contents: string }[]
    readonly deletions?: readonly { readonly path: string }[]
  }
}

/** The fields of Query and Mutation that the sandbox has, for one caller. */
export function createRoot(state: GitHubState, caller: Caller) {
  return {
    repository: ({ owner, name }: RepositoryArguments) =>
      repositoryNode(state, readable(state, caller, owner, name)),
    viewer: { login: loginOf(caller) },
    ...createPullMutations(state, caller),
    createCommitOnBranch: ({ input }: { readonly input: CommitInput }) =>
      createCommitOnBranch(state, caller, input),
  }
}

function repositoryNode(state: GitHubState, repository: Repository) {
  return {
    id: repositoryId(repository),
    nameWithOwner: fullName(repository),
    isPrivate: repository.isPrivate,
    defaultBranchRef: () => refNode(repository, repository.defaultBranch),
    ref: ({ qualifiedName }: { readonly qualifiedName: string }) =>
      refNode(repository, qualifiedName.replace(/^refs\/heads\//, '')),
    object: ({ oid }: { readonly oid: string }) => objectNode(repository, oid),
    ...pullFields(state, repository),
  }
}

/** A commit by its SHA; the other types of objects are nobody's question here. */
async function objectNode(repository: Repository, oid: string): Promise<CommitNode | null> {
  const { stdout } = await tryGit(repository.directory, ['cat-file', '-t', oid])
  return stdout.toString().trim() === 'commit' ? commitNode(repository, oid) : null
}

async function createCommitOnBranch(state: GitHubState, caller: Caller, input: CommitInput) {
  const [owner = '', name = ''] = (input.branch.repositoryNameWithOwner ?? '').split('/')
  const branch = input.branch.branchName ?? ''
  const repository = readable(state, caller, owner, name)
  if (!canWrite(caller, repository)) throw problem('FORBIDDEN', 'Resource not accessible by integration')
  const head = await headOf(repository, branch)
  if (head === undefined) throw problem('NOT_FOUND', `No branch named ${branch} found`)
  if (head !== input.expectedHeadOid) throw stale(input.expectedHeadOid)
  assertAllowed(repository, branch)
  const { headline, body = '' } = input.message
  const login = loginOf(caller)
  const oid = await commitToBranch(repository.directory, branch, {
    parent: head,
    message: body === '' ? `${headline}\n` : `${headline}\n\n${body}\n`,
    author: { name: login, email: `${login}@users.noreply.github.com` },
    time: Math.floor(state.now() / 1_000),
    additions: (input.fileChanges?.additions ?? []).map(({ path, contents }) => ({
      path,
      contents: Buffer.from(contents, 'base64'),
    })),
    deletions: (input.fileChanges?.deletions ?? []).map(({ path }) => path),
  })
  if (oid === undefined) throw stale(input.expectedHeadOid)
  return {
    clientMutationId: input.clientMutationId,
    commit: commitNode(repository, oid),
    ref: refNode(repository, branch),
  }
}

function readable(state: GitHubState, caller: Caller, owner: string, name: string): Repository {
  const repository = findRepository(state, owner, name)
  if (repository !== undefined && canRead(caller, repository)) return repository
  throw problem('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`)
}

function stale(expected: string): GraphQLError {
  return problem(
    'STALE_DATA',
    `Expected branch to point to "${expected}" but it did not.  Pull and try again.`,
  )
}
