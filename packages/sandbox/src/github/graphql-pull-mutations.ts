import { type Caller, canWrite, canWritePulls, loginOf } from './access.ts'
import { enableAutoMerge, enqueue } from './auto-merge.ts'
import { tryGit } from './git.ts'
import { assertAllowed, problem } from './graphql-problems.ts'
import { pullNode } from './graphql-pulls.ts'
import { mergePull } from './merges.ts'
import {
  closePull,
  findOpen,
  followBranch,
  type MergeMethod,
  openPull,
  type Pull,
  PullRefusal,
} from './pulls.ts'
import { fullName, type GitHubState, type Repository } from './state.ts'

// The inputs are as `graphql` hands them on, after checking them against GitHub's schema.
interface CreateInput {
  readonly repositoryId: string
  readonly baseRefName: string
  readonly headRefName: string
  readonly title: string
  readonly body?: string
}
interface UpdateInput {
  readonly pullRequestId: string
  readonly title?: string
  readonly body?: string
  readonly state?: 'OPEN' | 'CLOSED'
}
interface MergeInput {
  readonly pullRequestId: string
  readonly expectedHeadOid?: string
  readonly commitHeadline?: string
  readonly commitBody?: string
  readonly mergeMethod: MergeMethod
}
interface UpdateRefsInput {
  readonly repositoryId: string
  readonly refUpdates: readonly {
    readonly name: string
    readonly beforeOid?: string
    readonly afterOid: string
    readonly force?: boolean
  }[]
}

export function repositoryId(repository: Repository): string {
  return `R_${Buffer.from(fullName(repository).toLowerCase()).toString('base64url')}`
}

/** The mutations of pull requests, and that of several refs at once. */
export function createPullMutations(state: GitHubState, caller: Caller) {
  const change = async (id: string, act: (repository: Repository, pull: Pull) => Promise<void>) => {
    const { repository, pull } = pullOf(state, id)
    if (!canWritePulls(caller, repository)) throw forbidden()
    await act(repository, pull).catch(asProblem)
    return { pullRequest: pullNode(state, repository, pull) }
  }
  return {
    updateRefs: ({ input }: { readonly input: UpdateRefsInput }) => updateRefs(state, caller, input),
    createPullRequest: async ({ input }: { readonly input: CreateInput }) => {
      const repository = repositoryOf(state, input.repositoryId)
      if (!canWritePulls(caller, repository)) throw forbidden()
      const { headRefName: headRef, baseRefName: baseRef, title, body = '' } = input
      const asked = { headRef, baseRef, title, body, author: loginOf(caller) }
      const pull = await openPull(repository, asked).catch(asProblem)
      return { pullRequest: pullNode(state, repository, pull) }
    },
    updatePullRequest: ({ input }: { readonly input: UpdateInput }) =>
      change(input.pullRequestId, async (repository, pull) => {
        pull.title = input.title ?? pull.title
        pull.body = input.body ?? pull.body
        if (input.state === 'CLOSED') await closePull(repository, pull, loginOf(caller))
      }),
    mergePullRequest: ({ input }: { readonly input: MergeInput }) =>
      change(input.pullRequestId, (repository, pull) =>
        mergePull(state, repository, pull, { ...orderOf(input), expectedHead: input.expectedHeadOid }),
      ),
    enablePullRequestAutoMerge: ({ input }: { readonly input: MergeInput }) =>
      change(input.pullRequestId, (repository, pull) =>
        enableAutoMerge(state, repository, pull, orderOf(input)),
      ),
    disablePullRequestAutoMerge: ({ input }: { readonly input: { readonly pullRequestId: string } }) =>
      change(input.pullRequestId, async (_repository, pull) => {
        if (pull.autoMerge === undefined)
          throw new PullRefusal("Can't disable auto-merge for this pull request")
        pull.autoMerge = undefined
      }),
    enqueuePullRequest: ({ input }: { readonly input: MergeInput }) =>
      change(input.pullRequestId, (repository, pull) =>
        enqueue(state, repository, pull, input.expectedHeadOid),
      ),
  }
}

function orderOf({ mergeMethod, commitHeadline, commitBody }: MergeInput) {
  return { method: mergeMethod, headline: commitHeadline, body: commitBody }
}

const NOTHING = '0'.repeat(40)

/** All or none, by one transaction of real git; `beforeOid` is a compare-and-swap. */
async function updateRefs(
  state: GitHubState,
  caller: Caller,
  { repositoryId: id, refUpdates }: UpdateRefsInput,
) {
  const repository = repositoryOf(state, id)
  if (!canWrite(caller, repository)) throw forbidden()
  const lines: string[] = []
  for (const { name, beforeOid, afterOid, force = false } of refUpdates) {
    const branch = name.replace(/^refs\/heads\//, '')
    assertAllowed(repository, branch)
    if (findOpen(repository, branch)?.isQueued === true) throw problem('UNPROCESSABLE', QUEUED)
    const isForced = force || afterOid === NOTHING || beforeOid === NOTHING
    if (!isForced && !(await isAncestor(repository, name, afterOid)))
      throw problem('UNPROCESSABLE', 'Update is not a fast forward')
    lines.push(`update ${name} ${afterOid}${beforeOid === undefined ? '' : ` ${beforeOid}`}\n`)
  }
  const options = { input: lines.join('') }
  const { exitCode } = await tryGit(repository.directory, ['update-ref', '--stdin'], options)
  // The words of GitHub for this are not known: nobody may rely on them.
  if (exitCode !== 0) throw problem('UNPROCESSABLE', 'A ref does not point to the expected commit')
  for (const { name } of refUpdates) await followBranch(repository, name.replace(/^refs\/heads\//, ''))
  return {}
}

const QUEUED =
  'A pull request for this branch has been added to a merge queue. Branches that are queued for merging cannot be updated. To modify this branch, dequeue the associated pull request.'

async function isAncestor({ directory }: Repository, name: string, commit: string): Promise<boolean> {
  return (await tryGit(directory, ['merge-base', '--is-ancestor', name, commit])).exitCode === 0
}

function repositoryOf({ repositories }: GitHubState, id: string): Repository {
  const found = [...repositories.values()].find((repository) => repositoryId(repository) === id)
  if (found === undefined)
    throw problem('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`)
  return found
}

function pullOf({ repositories }: GitHubState, id: string): { repository: Repository; pull: Pull } {
  for (const repository of repositories.values()) {
    const pull = repository.pulls.find((candidate) => candidate.id === id)
    if (pull !== undefined) return { repository, pull }
  }
  throw problem('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`)
}

function forbidden() {
  return problem('FORBIDDEN', 'Resource not accessible by integration')
}

function asProblem(thrown: unknown): never {
  throw thrown instanceof PullRefusal ? problem('UNPROCESSABLE', thrown.message) : thrown
}
