import { commitNode } from './graphql-nodes.ts'
import { mergeStateOf, rulesOf } from './merges.ts'
import { checksOf, commitsBetween, type Pull, pullHead } from './pulls.ts'
import { fullName, type GitHubState, type Repository } from './state.ts'

interface PullFilter {
  readonly headRefName?: string
  readonly baseRefName?: string
  readonly states?: readonly string[]
  readonly first?: number
  readonly last?: number
}

/** What a Repository of GraphQL knows of pull requests. */
export function pullFields(state: GitHubState, repository: Repository) {
  return {
    pullRequests: ({ headRefName, baseRefName, states, first = 100, last = first }: PullFilter) => {
      const found = repository.pulls.filter(
        (pull) =>
          (headRefName === undefined || pull.headRef === headRefName) &&
          (baseRefName === undefined || pull.baseRef === baseRefName) &&
          (states === undefined || states.includes(pull.state)),
      )
      const nodes = found
        .slice(0, first)
        .slice(-last)
        .map((pull) => pullNode(state, repository, pull))
      return { totalCount: found.length, nodes }
    },
    pullRequest: ({ number }: { readonly number: number }) => {
      const pull = repository.pulls[number - 1]
      return pull === undefined ? null : pullNode(state, repository, pull)
    },
  }
}

/** A PullRequest of GraphQL. */
export function pullNode(state: GitHubState, repository: Repository, pull: Pull) {
  const { autoMerge, mergeCommit, labels } = pull
  return {
    __typename: 'PullRequest',
    ...pull,
    url: `${state.url()}/${fullName(repository)}/pull/${pull.number}`,
    merged: pull.state === 'MERGED',
    closed: pull.state !== 'OPEN',
    isDraft: false,
    isCrossRepository: pull.isFromFork,
    headRefName: pull.headRef,
    baseRefName: pull.baseRef,
    headRefOid: () => pullHead(repository, pull),
    mergeCommit: mergeCommit === undefined ? null : commitNode(repository, mergeCommit),
    mergeStateStatus: () => mergeStateOf(state, repository, pull),
    isMergeQueueEnabled: rulesOf(repository, pull).mergeQueue === true,
    isInMergeQueue: pull.isQueued,
    autoMergeRequest: autoMerge === undefined ? null : { mergeMethod: autoMerge.method },
    labels: { totalCount: labels.size, nodes: [...labels].map((name) => ({ name })) },
    reviewRequests: { totalCount: pull.reviewers.size + pull.teamReviewers.size, nodes: [] },
    timelineItems: closings(pull),
    reviews: { totalCount: pull.approvals, nodes: [] },
    commits: () => commits(state, repository, pull),
  }
}

/** Of the timeline, the event that we ask for. The login of a bot lacks its `[bot]` there. */
function closings({ closedBy }: Pull) {
  const events =
    closedBy === undefined
      ? []
      : [
          {
            __typename: 'ClosedEvent',
            actor: { __typename: 'User', login: closedBy.replace(/\[bot\]$/, '') },
          },
        ]
  return { totalCount: events.length, nodes: events }
}

async function commits(state: GitHubState, repository: Repository, pull: Pull) {
  const head = await pullHead(repository, pull)
  const ahead = pull.state === 'OPEN' ? await commitsBetween(repository, pull.baseRef, pull.headRef) : [head]
  const nodes = ahead.map((oid) => ({
    commit: { ...commitNode(repository, oid), statusCheckRollup: rollup(state, repository, pull, oid) },
  }))
  return { totalCount: nodes.length, nodes }
}

function rollup(state: GitHubState, repository: Repository, pull: Pull, oid: string) {
  const checks = [...checksOf(state, repository, oid)]
  if (checks.length === 0) return null
  const required = rulesOf(repository, pull).requiredChecks ?? []
  const nodes = checks.map(([context, result]) => ({
    __typename: 'StatusContext',
    context,
    state: result.toUpperCase(),
    isRequired: required.includes(context),
  }))
  return { state: 'PENDING', contexts: { totalCount: nodes.length, nodes } }
}
