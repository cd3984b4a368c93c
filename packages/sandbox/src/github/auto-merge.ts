import { assertMethod, completeMerge, mergeStateOf, rulesOf } from './merges.ts'
import { type MergeOrder, type Pull, PullRefusal, pullHead } from './pulls.ts'
import { fullName, type GitHubState, type Repository } from './state.ts'

/**
 * Merges the pull request as soon as its branch allows it; where the branch has a merge queue it gets into the queue then.
 * @throws PullRefusal as GitHub refuses what can be merged at once, or a repository without the feature
 */
export async function enableAutoMerge(
  state: GitHubState,
  repository: Repository,
  pull: Pull,
  order: MergeOrder,
): Promise<void> {
  if (!repository.allowsAutoMerge)
    throw new PullRefusal('Pull request Auto merge is not allowed for this repository')
  const now = await mergeStateOf(state, repository, pull)
  if (rulesOf(repository, pull).mergeQueue !== true) assertMethod(repository, order)
  if (now === 'CLEAN' || now === 'UNSTABLE')
    throw new PullRefusal(`Pull request Pull request is in ${now.toLowerCase()} status`)
  pull.autoMerge = order
  await settle(state, repository)
}

/** @throws PullRefusal where the base has no queue, or does not allow the merge yet */
export async function enqueue(
  state: GitHubState,
  repository: Repository,
  pull: Pull,
  expectedHead: string | undefined,
): Promise<void> {
  if (rulesOf(repository, pull).mergeQueue !== true)
    throw new PullRefusal('A merge queue is not enabled for this branch')
  if (expectedHead !== undefined && expectedHead !== (await pullHead(repository, pull)))
    throw new PullRefusal('Head branch was modified. Review and try the merge again.')
  const now = await mergeStateOf(state, repository, pull)
  if (now !== 'CLEAN' && now !== 'UNSTABLE') throw new PullRefusal('Pull Request is not mergeable')
  pull.isQueued = true
}

/** What GitHub does by itself when a check or a review came in. */
export async function settle(state: GitHubState, repository: Repository): Promise<void> {
  for (const pull of repository.pulls) {
    const { autoMerge } = pull
    if (autoMerge === undefined) continue
    const now = await mergeStateOf(state, repository, pull)
    if (now !== 'CLEAN' && now !== 'UNSTABLE') continue
    if (rulesOf(repository, pull).mergeQueue === true)
      Object.assign(pull, { autoMerge: undefined, isQueued: true })
    else await completeMerge(repository, pull, autoMerge)
  }
}

/** The merge queue merges what is in it, with messages of its own. */
export async function runMergeQueue(repository: Repository, baseRef: string): Promise<void> {
  const order = { method: 'SQUASH', headline: undefined, body: undefined } as const
  for (const pull of repository.pulls)
    if (pull.isQueued && pull.baseRef === baseRef) await completeMerge(repository, pull, order)
}

/** How a test reports a check: as `POST /statuses/SHA` does. */
export async function reportCheck(
  state: GitHubState,
  repository: Repository,
  { sha, context, result }: { readonly sha: string; readonly context: string; readonly result: string },
): Promise<void> {
  const more = { description: '', targetUrl: '' }
  state.statuses.push({ repository: fullName(repository), sha, state: result, context, ...more })
  await settle(state, repository)
}

/** How a test reviews. */
export async function approvePull(state: GitHubState, repository: Repository, pull: Pull): Promise<void> {
  pull.approvals += 1
  await settle(state, repository)
}
