import { Failure, type World } from '@mlops-actions/diagnostics'
import {
  createCommit,
  disableAutoMerge,
  moveBranch,
  type PullRequest,
  readProposals,
  updatePullRequest,
} from '@mlops-actions/github'
import type { GitHubBranchOptions } from '../branch/github-branch.ts'
import { patiently, pauseBeforeTry } from '../branch/patience.ts'
import { assertMergeable } from './assert-mergeable.ts'
import { carries, ensurePullRequest } from './ensure-pull-request.ts'
import { lookAtProposal, type Proposal, type PullRequestWish, type SeenProposal } from './look-at-proposal.ts'
import { planProposal } from './plan-proposal.ts'
import { closedBody } from './pull-request-text.ts'

export interface Proposed<Result> {
  readonly does: 'nothing' | 'leave' | 'write' | 'close'
  /** Whether this step put a commit on the head branch. */
  readonly changed: boolean
  /** The head of the pull request; of the base where there is none. */
  readonly commit: string
  readonly attempts: number
  /** What was decided at the head of the base. */
  readonly result: Result
  /** Of that commit; undefined where nothing is proposed. */
  readonly message: string | undefined
  readonly pullRequest: PullRequest | undefined
}

const TRIES = 20

/**
 * Proposes a change by one pull request: of one commit, on the newest head of the base, on a branch of its own that the
 * next version takes over. The commit is made first, on no branch, and the branch moved to it in one step that compares
 * and swaps, so at no moment is there a half of it: a step that is killed leaves a commit that nothing refers to.
 * @param base the branch that is proposed to
 * @throws Failure of `decide` and `check`, of the server's rules, and GITOPS_FOREIGN_COMMITS for what others have put on that branch
 */
export async function proposeChange<Result>(
  world: World,
  base: GitHubBranchOptions,
  proposal: Proposal<Result>,
): Promise<Proposed<Result>> {
  const offered = new Set<string>()
  let first: Result | undefined
  for (let attempts = 1; ; attempts += 1) {
    const seen = await patiently(world, () => lookAtProposal(world, base, proposal, first))
    const { result, draft } = seen.decision
    first ??= result
    const plan = planProposal(seen)
    const common = { attempts, result, message: draft?.message }
    if (plan.does === 'refuse') throw plan.failure
    if (plan.does === 'nothing')
      return { ...common, does: 'nothing', changed: false, commit: seen.base, pullRequest: undefined }
    if (plan.does === 'close') {
      await patiently(world, () => close(seen))
      return { ...common, does: 'close', changed: false, commit: seen.base, pullRequest: undefined }
    }
    const wish = proposal.wish(result, draft?.message ?? '')
    if (draft !== undefined) await proposal.check?.({ ...draft, parent: seen.base })
    if (plan.does === 'write') assertMergeable(world, seen, proposal)
    const outcome = plan.does === 'leave' ? standing(seen) : await write(world, seen, offered)
    const settled = await settle(world, seen, wish, outcome)
    if (settled.status === 'proposed') {
      const { commit, pullRequest } = settled
      return { ...common, does: plan.does, changed: offered.has(commit), commit, pullRequest }
    }
    if (attempts === TRIES) throw settled.failure
    // What the base got from it is no conflict with another writer: it is what this one takes the place of.
    if (settled.hasEnded) first = undefined
    await pauseBeforeTry(world, attempts, settled.failure.details.seen)
  }
}

type Written =
  | { readonly status: 'accepted'; readonly commit: string; readonly isNew: boolean }
  /** Another writer was faster. `hasEnded`: the pull request that was seen is merged or closed by now. */
  | { readonly status: 'moved'; readonly failure: Failure; readonly hasEnded: boolean }

function standing<Result>({ proposals: { head = '' } }: SeenProposal<Result>): Written {
  return { status: 'accepted', commit: head, isNew: false }
}

type Settled =
  | { readonly status: 'proposed'; readonly commit: string; readonly pullRequest: PullRequest }
  | Exclude<Written, { status: 'accepted' }>

/** What the head branch has is worth nothing without a pull request that brings it onto the base. */
async function settle<Result>(
  world: World,
  seen: SeenProposal<Result>,
  wish: PullRequestWish,
  written: Written,
): Promise<Settled> {
  if (written.status === 'moved') return written
  const { commit, isNew } = written
  const pullRequest = await ensurePullRequest(world, seen, wish, { isNew, commit })
  if (carries(pullRequest, commit)) return { status: 'proposed', commit, pullRequest }
  const seenNow = `${pullRequest.url} is ${pullRequest.state.toLowerCase()} by now`
  return { status: 'moved', failure: movedElsewhere(seen.label, { seen: seenNow }), hasEnded: true }
}

async function write<Result>(
  world: World,
  { options, base, branch, label, decision, proposals, pullRequest }: SeenProposal<Result>,
  offered: Set<string>,
): Promise<Written> {
  const { github, repository } = options
  const { files = [], message = '' } = decision.draft ?? {}
  // With the message of the last version, which a squash would give to this one.
  if (pullRequest?.isAutoMerging === true) await disableAutoMerge(github, label, pullRequest.id)
  const change = { parent: base, message, files }
  // On no branch, so that it does no harm to make it twice.
  const commit = await patiently(world, () => createCommit(github, repository, change))
  offered.add(commit)
  const { repositoryId, head: from } = proposals
  const outcome = await moveBranch(github, label, { repositoryId, branch, from, to: commit })
  if (outcome.status === 'accepted') return { status: 'accepted', commit, isNew: true }
  // GitHub's words for a branch that stands elsewhere are not documented, and a lost answer has none: the branch tells.
  const refs = { base: options.branch, head: branch }
  const now = await patiently(world, () => readProposals(github, repository, refs))
  if (now.head === commit) return { status: 'accepted', commit, isNew: true }
  if (outcome.status === 'refused' && now.head === from) throw outcome.failure
  const hasEnded = pullRequest !== undefined && now.pullRequests.every(({ id }) => id !== pullRequest.id)
  return { status: 'moved', failure: movedElsewhere(label, outcome), hasEnded }
}

function movedElsewhere(
  on: string,
  outcome: { readonly seen: string } | { readonly failure: Failure },
): Failure {
  return new Failure({
    kind: 'conflict',
    code: 'GITOPS_CONTENTION',
    what: 'Cannot propose the change',
    on,
    seen: 'seen' in outcome ? outcome.seen : outcome.failure.details.seen,
    next: 'Run the job again; if it stays, give the writers of this target a common `concurrency:` group',
  })
}

async function close<Result>({ options, label, pullRequest }: SeenProposal<Result>): Promise<void> {
  if (pullRequest === undefined) return
  const body = closedBody(options.branch, pullRequest.body)
  await updatePullRequest(options.github, label, { id: pullRequest.id, state: 'CLOSED', body })
}
