import { Failure, type World } from '@mlops-actions/diagnostics'
import {
  type ClosedPullRequest,
  listCommitsAhead,
  type Proposals,
  type PullRequest,
  type PullRequestText,
  readProposals,
} from '@mlops-actions/github'
import type { BranchState } from '../branch/branch.ts'
import { decideOn } from '../branch/further-back.ts'
import { type GitHubBranchOptions, openGitHubBranch } from '../branch/github-branch.ts'
import type { Decided, Landing } from '../branch/land.ts'
import { findForeignWork } from './foreign-work.ts'
import { headBranchName, type ProposalSubject } from './head-branch.ts'
import type { OnHead } from './plan-proposal.ts'
import { isClosedByStep } from './pull-request-text.ts'

/** How a pull request is to look. */
export interface PullRequestWish extends PullRequestText {
  readonly labels: readonly string[]
  readonly reviewers: readonly string[]
  readonly teamReviewers: readonly string[]
}

export interface Proposal<Result>
  extends Pick<Landing<Result>, 'paths' | 'mayBeMissing' | 'decide' | 'check'> {
  /** Pure: whether that is a branch that has what is wished, and not one that is left alone for another reason. */
  readonly isThere: (result: Result) => boolean
  /** Whether it gives way to what is proposed already; otherwise it takes the place of that. */
  readonly givesWay: boolean
  /** Pure: what the pull request is about. */
  readonly subject: (result: Result) => ProposalSubject
  /** Whether the caller waits for the merge: then nothing is proposed that can never be merged. */
  readonly waitsForMerge: boolean
  /** Pure: how the pull request is to look, for what was decided and the message of its commit. */
  readonly wish: (result: Result, message: string) => PullRequestWish
}

/** Everything of one moment that the plan needs, and the ways to act on it. */
export interface SeenProposal<Result> {
  readonly options: GitHubBranchOptions
  readonly branch: string
  readonly label: string
  /** Head of the base. */
  readonly base: string
  readonly decision: Decided<Result>
  readonly isNeeded: boolean
  readonly proposals: Proposals
  readonly pullRequest: PullRequest | undefined
  readonly declined: ClosedPullRequest | undefined
  readonly head: string | undefined
  readonly onHead: OnHead
  readonly foreignWork: string | undefined
}

/** @throws Failure of `decide` for the base, and of the server */
export async function lookAtProposal<Result>(
  world: World,
  options: GitHubBranchOptions,
  { paths, mayBeMissing = false, decide, subject, isThere, givesWay }: Proposal<Result>,
  first: Result | undefined,
): Promise<SeenProposal<Result>> {
  const { github, repository } = options
  const read = (branch: string) => (history?: number) =>
    openGitHubBranch({ ...options, branch }).read(paths, { mayBeMissing, history })
  const near = await read(options.branch)()
  const decision = await decideOn(world, near, (state) => decide(state, first), read(options.branch))
  const branch = headBranchName(subject(decision.result))
  const refs = { base: options.branch, head: branch }
  const proposals = await readProposals(github, repository, refs)
  const hasHead = proposals.head !== undefined
  return {
    options,
    branch,
    label: `${repository.owner}/${repository.name} ${branch}`,
    base: decision.head,
    decision,
    isNeeded: decision.draft !== undefined,
    proposals,
    pullRequest: proposals.pullRequests.find(({ isFromFork }) => !isFromFork),
    declined: declinedOf(proposals),
    head: proposals.head,
    onHead: hasHead
      ? await compareWithHead(world, read(branch), { decide, isThere, givesWay })
      : { is: 'absent' },
    foreignWork: await lookForForeignWork(options, refs, { base: decision.head, head: proposals.head }),
  }
}

/**
 * What this step has closed itself was out of date, which says nothing of the next time. Who the token is does not tell:
 * behind one of a person that person closes by hand, too.
 */
function declinedOf({ closed, viewer }: Proposals): ClosedPullRequest | undefined {
  const isOwn = closed?.closedBy === viewer.replace(/\[bot\]$/, '') && isClosedByStep(closed.body)
  return isOwn ? undefined : closed
}

async function lookForForeignWork(
  { github, repository }: GitHubBranchOptions,
  refs: { readonly base: string; readonly head: string },
  { base, head }: { readonly base: string; readonly head: string | undefined },
): Promise<string | undefined> {
  if (head === undefined) return undefined
  const ahead = await listCommitsAhead(github, repository, refs)
  return findForeignWork(github, repository, { base, head, ...ahead })
}

/** Whatever else is wrong with what the branch has, it is to be replaced. */
async function compareWithHead<Result>(
  world: World,
  read: (history?: number) => Promise<BranchState>,
  { decide, isThere, givesWay }: Pick<Proposal<Result>, 'decide' | 'isThere' | 'givesWay'>,
): Promise<OnHead> {
  try {
    const { draft, result } = await decideOn(world, await read(), (state) => decide(state, undefined), read)
    if (draft === undefined && isThere(result)) return { is: 'there' }
    return { is: draft === undefined && givesWay ? 'superseded' : 'other' }
  } catch (error) {
    if (!(error instanceof Failure) || error.retryable) throw error
    return error.code === 'GITOPS_NEWER_DEPLOYMENT' ? { is: 'newer', failure: error } : { is: 'other' }
  }
}
