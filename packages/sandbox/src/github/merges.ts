import { createAnswers } from './answers.ts'
import { git, tryGit } from './git.ts'
import {
  checksOf,
  commitsBetween,
  followBranch,
  type MergeOrder,
  type MergeRules,
  type Pull,
  PullRefusal,
  pullHead,
} from './pulls.ts'
import { headOf } from './repositories.ts'
import type { GitHubState, Repository } from './state.ts'

export type MergeState = 'CLEAN' | 'UNSTABLE' | 'BLOCKED' | 'DIRTY' | 'UNKNOWN'

/** As GitHub computes `mergeStateStatus`, by a merge that real git tries. */
export async function mergeStateOf(
  state: GitHubState,
  repository: Repository,
  pull: Pull,
): Promise<MergeState> {
  if (pull.state !== 'OPEN') return 'UNKNOWN'
  if ((await mergedTree(repository, pull)) === undefined) return 'DIRTY'
  const head = await pullHead(repository, pull)
  if (unmetRule(state, repository, pull, head) !== undefined) return 'BLOCKED'
  const checks = checksOf(state, repository, head)
  return [...checks.values()].every((result) => result === 'success') ? 'CLEAN' : 'UNSTABLE'
}

export function rulesOf({ mergeRules }: Repository, { baseRef }: Pull): MergeRules {
  return mergeRules.get(baseRef) ?? {}
}

/** What the branch still asks for, as GitHub says it. */
function unmetRule(state: GitHubState, repository: Repository, pull: Pull, head: string): string | undefined {
  const { requiredChecks = [], requiredReviews = 0 } = rulesOf(repository, pull)
  const checks = checksOf(state, repository, head)
  const check = requiredChecks.find((context) => checks.get(context) !== 'success')
  if (check !== undefined) return `Required status check "${check}" is expected.`
  return pull.approvals < requiredReviews
    ? `At least ${requiredReviews} approving review is required by reviewers with write access.`
    : undefined
}

/** Merges at once. @throws PullRefusal */
export async function mergePull(
  state: GitHubState,
  repository: Repository,
  pull: Pull,
  order: MergeOrder & { readonly expectedHead?: string | undefined },
): Promise<void> {
  if (pull.state !== 'OPEN') throw new PullRefusal('Pull Request is not mergeable')
  const head = await pullHead(repository, pull)
  if (order.expectedHead !== undefined && order.expectedHead !== head)
    throw new PullRefusal('Head branch was modified. Review and try the merge again.')
  assertMethod(repository, order)
  const unmet = unmetRule(state, repository, pull, head)
  if (unmet !== undefined) throw new PullRefusal(`Repository rule violations found\n\n${unmet}\n\n`)
  if (rulesOf(repository, pull).mergeQueue === true)
    throw new PullRefusal(
      'Repository rule violations found\n\nChanges must be made through the merge queue\n\n',
    )
  await completeMerge(repository, pull, order)
}

export function assertMethod({ mergeMethods }: Repository, { method }: MergeOrder): void {
  if (mergeMethods.includes(method)) return
  const words = { MERGE: 'Merge commits', SQUASH: 'Squash merges', REBASE: 'Rebase merges' }
  throw new PullRefusal(`${words[method]} are not allowed on this repository.`)
}

/** Without asking the rules: they are met, or it is the queue's own merge. Whoever asks while it is under way gets the same one. */
export async function completeMerge(repository: Repository, pull: Pull, order: MergeOrder): Promise<void> {
  if (pull.state === 'MERGED') return
  const underWay = merges.get(pull) ?? merge(repository, pull, order)
  merges.set(pull, underWay)
  await underWay.finally(() => merges.delete(pull))
}

const merges = new WeakMap<Pull, Promise<void>>()

async function merge(repository: Repository, pull: Pull, order: MergeOrder): Promise<void> {
  const tree = await mergedTree(repository, pull)
  if (tree === undefined) throw new PullRefusal('Pull Request is not mergeable')
  const head = await pullHead(repository, pull)
  const base = (await headOf(repository, pull.baseRef)) ?? ''
  const parents = order.method === 'MERGE' ? [base, head] : [base]
  const message = await messageOf(repository, pull, order)
  const commit = await commitTree(repository, tree, parents, message)
  await git(repository.directory, ['update-ref', `refs/heads/${pull.baseRef}`, commit, base])
  Object.assign(pull, {
    state: 'MERGED',
    mergeCommit: commit,
    lastHead: head,
    autoMerge: undefined,
    isQueued: false,
  })
  if (!repository.deletesMergedBranches) return
  await git(repository.directory, ['update-ref', '-d', `refs/heads/${pull.headRef}`])
  await followBranch(repository, pull.headRef)
}

async function messageOf(repository: Repository, pull: Pull, { method, headline, body }: MergeOrder) {
  const { owner, directory } = repository
  const [first = ''] = await commitsBetween(repository, pull.baseRef, pull.headRef)
  if (method === 'REBASE') return git(directory, ['show', '--no-patch', '--format=%B', first])
  const given = { headline: headline ?? '', body: body ?? '' }
  if (method === 'MERGE')
    return `${given.headline || `Merge pull request #${pull.number} from ${owner}/${pull.headRef}`}\n\n${given.body || pull.title}\n`
  // GitHub's own words for a squash: the title with the number, and what the commits say.
  const said = await git(directory, ['show', '--no-patch', '--format=%b', first])
  return `${given.headline || `${pull.title} (#${pull.number})`}\n\n${given.body || said}\n`
}

/** The tree of the merge, by `git merge-tree`; undefined where it conflicts. */
async function mergedTree(repository: Repository, pull: Pull): Promise<string | undefined> {
  const base = await headOf(repository, pull.baseRef)
  const head = await headOf(repository, pull.headRef)
  if (base === undefined || head === undefined) return undefined
  return trees(repository, `${base} ${head}`, async () => {
    const args = ['merge-tree', '--write-tree', base, head]
    const { exitCode, stdout } = await tryGit(repository.directory, args)
    return exitCode === 0 ? stdout.toString().trim() : undefined
  })
}

const trees = createAnswers<string | undefined>()

async function commitTree(
  { directory }: Repository,
  tree: string,
  parents: readonly string[],
  message: string,
): Promise<string> {
  const who = { name: 'GitHub', email: 'noreply@github.com' }
  const env = {
    GIT_AUTHOR_NAME: who.name,
    GIT_AUTHOR_EMAIL: who.email,
    GIT_COMMITTER_NAME: who.name,
    GIT_COMMITTER_EMAIL: who.email,
  }
  const args = ['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent])]
  return git(directory, args, { input: message, env })
}
