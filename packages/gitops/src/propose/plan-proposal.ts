import { Failure } from '@mlops-actions/diagnostics'
import type { ClosedPullRequest, PullRequest } from '@mlops-actions/github'

/** How a wish stands to what the head branch has already. */
export type OnHead =
  /** There is no such branch. */
  | { readonly is: 'absent' }
  /** The very same is proposed there. */
  | { readonly is: 'there' }
  /** Something that the wish itself gives way to. */
  | { readonly is: 'superseded' }
  /** A later run has proposed something else. */
  | { readonly is: 'newer'; readonly failure: Failure }
  /** Something else, which is older or of nobody's run. */
  | { readonly is: 'other' }

export interface ProposalState {
  /** For people: `acme/gitops mlops/bump/churn/3f2a9c01d4`. */
  readonly label: string
  /** Whether the base lacks what is wished. */
  readonly isNeeded: boolean
  readonly onHead: OnHead
  /** What somebody else has put on the head branch, for people. */
  readonly foreignWork: string | undefined
  /** The newest that was closed without a merge, and not by this step. */
  readonly declined: ClosedPullRequest | undefined
  /** Where the head branch stands; undefined where it is not there. */
  readonly head: string | undefined
  /** The open one, if any. */
  readonly pullRequest: PullRequest | undefined
}

/** What is to be done with the head branch and its pull request. */
export type ProposalPlan =
  | { readonly does: 'nothing' }
  /** The pull request is as it should be. */
  | { readonly does: 'leave' }
  /** A commit on the newest base becomes the head, and a pull request is open for it. */
  | { readonly does: 'write' }
  /** What it proposes is older than what the base has. */
  | { readonly does: 'close' }
  | { readonly does: 'refuse'; readonly failure: Failure }

/** Pure: one pull request for a target, of one commit, on the newest base; nobody else's work is touched. */
export function planProposal(state: ProposalState): ProposalPlan {
  const { onHead, pullRequest } = state
  const isOurs = state.foreignWork === undefined
  if (!state.isNeeded) {
    const isLater = onHead.is === 'newer' || onHead.is === 'superseded'
    const isMoot = pullRequest !== undefined && isOurs && !isLater && !pullRequest.isQueued
    return { does: isMoot ? 'close' : 'nothing' }
  }
  if (onHead.is === 'superseded') return { does: 'nothing' }
  if (onHead.is === 'newer') return { does: 'refuse', failure: onHead.failure }
  if (onHead.is === 'there' && pullRequest !== undefined && !isOutdated(pullRequest)) return { does: 'leave' }
  if (state.foreignWork !== undefined)
    return { does: 'refuse', failure: foreignCommits(state, state.foreignWork) }
  if (onHead.is === 'there' && pullRequest === undefined && isDeclined(state))
    return { does: 'refuse', failure: saidNo(state) }
  if (pullRequest?.isQueued === true) return { does: 'refuse', failure: inQueue(state.label, pullRequest) }
  return { does: 'write' }
}

/** Another base would make it mergeable: it conflicts, or the branch wants its newest commit in it. */
function isOutdated({ mergeState, isQueued }: PullRequest): boolean {
  return !isQueued && (mergeState === 'DIRTY' || mergeState === 'BEHIND')
}

function foreignCommits({ label, pullRequest }: ProposalState, seen: string): Failure {
  const where = pullRequest === undefined ? 'the branch' : pullRequest.url
  return new Failure({
    kind: 'conflict',
    code: 'GITOPS_FOREIGN_COMMITS',
    what: 'Refusing to replace commits of somebody else',
    on: label,
    seen,
    next: `Merge or close ${where} and delete the branch, then run again`,
    retryable: false,
  })
}

/** Who closes a pull request and leaves its branch has said no to what stands there. */
function isDeclined({ declined, head }: ProposalState): boolean {
  return declined !== undefined && declined.head === head
}

function saidNo({ label, declined }: ProposalState): Failure {
  return new Failure({
    kind: 'policy',
    code: 'GITOPS_PR_DECLINED',
    what: 'Refusing to propose again what was closed',
    on: label,
    seen: `${declined?.url} proposed the same and was closed by ${declined?.closedBy || 'somebody'}`,
    next: 'Reopen it, or delete its branch and run again to have it proposed anew; another version is proposed as ever',
    retryable: false,
  })
}

function inQueue(label: string, { url }: PullRequest): Failure {
  return new Failure({
    kind: 'conflict',
    code: 'GITOPS_QUEUED',
    what: 'Cannot change a pull request that is in the merge queue',
    on: label,
    seen: `${url} proposes another value and is about to be merged`,
    next: 'Run the job again when the queue has merged it, or take it out of the queue',
    retryable: true,
  })
}
