import type { World } from '@mlops-actions/diagnostics'
import type { GitHubBranchOptions } from '../branch/github-branch.ts'
import type { Landed } from '../branch/land.ts'
import { patiently } from '../branch/patience.ts'
import { lookAtProposal, type Proposal, type SeenProposal } from './look-at-proposal.ts'
import { type ProposalPlan, planProposal } from './plan-proposal.ts'

/**
 * What `proposeChange` would do as the base and the head branch are now; nothing is written.
 * @throws Failure as `proposeChange`, but for what only writing shows
 */
export async function rehearseProposal<Result>(
  world: World,
  base: GitHubBranchOptions,
  proposal: Proposal<Result>,
): Promise<Landed<Result>> {
  const seen = await patiently(world, () => lookAtProposal(world, base, proposal, undefined))
  const plan = planProposal(seen)
  if (plan.does === 'refuse') throw plan.failure
  const { draft, result } = seen.decision
  if (draft !== undefined) await proposal.check?.({ ...draft, parent: seen.base })
  world.log.info(`${seen.label}: ${wouldDo(plan, seen)}`)
  return { changed: false, commit: seen.base, attempts: 0, result }
}

function wouldDo<Result>({ does }: ProposalPlan, { pullRequest }: SeenProposal<Result>): string {
  if (does === 'leave') return `${pullRequest?.url} proposes this already`
  if (does === 'close') return `would close ${pullRequest?.url}`
  if (does !== 'write') return 'would propose nothing'
  return pullRequest === undefined ? 'would open a pull request' : `would bring ${pullRequest.url} up to date`
}
