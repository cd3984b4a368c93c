import type { World } from '@mlops-actions/diagnostics'
import type { PullRequest } from '@mlops-actions/github'
import type { GitHubBranchOptions } from '../branch/github-branch.ts'
import type { Landed } from '../branch/land.ts'
import { patiently } from '../branch/patience.ts'
import { assertMergeable } from './assert-mergeable.ts'
import { lookAtProposal, type Proposal } from './look-at-proposal.ts'
import { planProposal } from './plan-proposal.ts'

/** What would become of the pull request. */
export interface Rehearsed<Result> extends Landed<Result> {
  readonly would: 'open' | 'update' | 'leave' | 'close' | 'nothing'
  /** The open one, if any. */
  readonly pullRequest: PullRequest | undefined
}

/**
 * What `proposeChange` would do as the base and the head branch are now; nothing is written.
 * @throws Failure as `proposeChange`, but for what only writing shows
 */
export async function rehearseProposal<Result>(
  world: World,
  base: GitHubBranchOptions,
  proposal: Proposal<Result>,
): Promise<Rehearsed<Result>> {
  const seen = await patiently(world, () => lookAtProposal(world, base, proposal, undefined))
  const plan = planProposal(seen)
  if (plan.does === 'refuse') throw plan.failure
  const { pullRequest } = seen
  const { draft, result } = seen.decision
  if (draft !== undefined) await proposal.check?.({ ...draft, parent: seen.base })
  if (plan.does === 'write') assertMergeable(world, seen, proposal)
  const would = plan.does === 'write' ? (pullRequest === undefined ? 'open' : 'update') : plan.does
  return { changed: false, commit: seen.base, attempts: 0, result, would, pullRequest }
}
