import type { GitHubClient, RepositoryName } from './client.ts'
import {
  parseCommitsAhead,
  parseProposals,
  parsePullRequest,
  parseReviewRequests,
} from './pull-request.wire.ts'

/** A check or status of a pull request's head. */
export interface PullRequestCheck {
  readonly name: string
  /** Whether the branch asks for it. */
  readonly isRequired: boolean
  readonly outcome: 'pending' | 'passed' | 'failed'
}

/** How a pull request stands at one moment. */
export interface PullRequest {
  /** Of GraphQL. */
  readonly id: string
  readonly number: number
  readonly url: string
  readonly title: string
  readonly body: string
  readonly state: 'OPEN' | 'CLOSED' | 'MERGED'
  /** Of a fork, whose branches have the names that they like. */
  readonly isFromFork: boolean
  readonly head: string
  /** The newest commits of it. */
  readonly commits: readonly string[]
  /** What GitHub says of merging it now. UNKNOWN: it has not looked yet, or it is not open. */
  readonly mergeState:
    | 'CLEAN'
    | 'HAS_HOOKS'
    | 'UNSTABLE'
    | 'BLOCKED'
    | 'BEHIND'
    | 'DIRTY'
    | 'DRAFT'
    | 'UNKNOWN'
  readonly mergeCommit: string | undefined
  readonly isAutoMerging: boolean
  /** Whether its base has a merge queue. */
  readonly hasQueue: boolean
  readonly isQueued: boolean
  readonly labels: readonly string[]
  readonly checks: readonly PullRequestCheck[]
}

/** What there is of a head branch and a base to merge it into. */
export interface Proposals {
  readonly repositoryId: string
  /** Who the token is: `github-actions[bot]` for a workflow's own. */
  readonly viewer: string
  /** Where the head branch stands; undefined where it is not there. */
  readonly head: string | undefined
  /** The contexts that the base asks for, by protection of either kind. */
  readonly requiredChecks: readonly string[]
  /** Open ones. */
  readonly pullRequests: readonly PullRequest[]
  /** The newest that was closed and not merged, of this repository: branches of forks have the names that they like. */
  readonly closed: ClosedPullRequest | undefined
}

/** What somebody has said no to, or what was given up. */
export interface ClosedPullRequest {
  readonly url: string
  /** Where its branch stood then. */
  readonly head: string
  /** Login, without the `[bot]` of an App. */
  readonly closedBy: string
  readonly body: string
}

const FIELDS = `id number url title body state isCrossRepository headRefOid mergeStateStatus mergeCommit { oid }
  autoMergeRequest { mergeMethod } isMergeQueueEnabled isInMergeQueue labels(first: 100) { nodes { name } }
  commits(last: 50) { nodes { commit { oid } } }`
const CHECKS = `lastCommit: commits(last: 1) { nodes { commit { statusCheckRollup { contexts(first: 100) { nodes {
  __typename ... on CheckRun { name status conclusion isRequired(pullRequestNumber: $number) }
  ... on StatusContext { context state isRequired(pullRequestNumber: $number) } } } } } } }`

/** @throws Failure GH_NOT_FOUND for the repository or its base branch */
export async function readProposals(
  github: GitHubClient,
  { owner, name }: RepositoryName,
  { base, head }: { readonly base: string; readonly head: string },
): Promise<Proposals> {
  const query = `query($owner: String!, $name: String!, $base: String!, $head: String!, $baseRef: String!, $headRef: String!) {
    viewer { login } repository(owner: $owner, name: $name) { id
      headRef: ref(qualifiedName: $headRef) { target { oid } }
      baseRef: ref(qualifiedName: $baseRef) { refUpdateRule { requiredStatusCheckContexts }
        rules(first: 100) { nodes { parameters {
          ... on RequiredStatusChecksParameters { requiredStatusChecks { context } } } } } }
      pullRequests(headRefName: $head, baseRefName: $base, states: OPEN, first: 50) { nodes { ${FIELDS} } }
      closed: pullRequests(headRefName: $head, baseRefName: $base, states: CLOSED, last: 50) { nodes { url headRefOid body
        isCrossRepository timelineItems(itemTypes: CLOSED_EVENT, last: 1) { nodes { ... on ClosedEvent { actor { login } } } } } } } }`
  const purpose = { what: 'Cannot look for the pull request', on: `${owner}/${name} ${head}` }
  const refs = { baseRef: `refs/heads/${base}`, headRef: `refs/heads/${head}` }
  return parseProposals(await github.graphql(purpose, query, { owner, name, base, head, ...refs }))
}

/** One pull request with its checks. @throws Failure */
export async function readPullRequest(
  github: GitHubClient,
  { owner, name }: RepositoryName,
  number: number,
): Promise<PullRequest> {
  const query = `query($owner: String!, $name: String!, $number: Int!) {
    repository(owner: $owner, name: $name) { pullRequest(number: $number) { ${FIELDS} ${CHECKS} } } }`
  const purpose = { what: 'Cannot look at the pull request', on: `${owner}/${name}#${number}` }
  return parsePullRequest(await github.graphql(purpose, query, { owner, name, number }))
}

/** Who has been asked for a review so far, whether they gave it or not. */
export interface ReviewRequests {
  /** Logins. */
  readonly reviewers: readonly string[]
  /** Slugs. */
  readonly teams: readonly string[]
}

/**
 * By this step, by people, or by GitHub for the code owners. From the timeline, since a request is gone from the pull request
 * once there is a review, and since GraphQL shows teams to few tokens. Its first hundred events: who is asked is asked when it is opened.
 * @throws Failure
 */
export async function listReviewRequests(
  github: GitHubClient,
  { owner, name }: RepositoryName,
  number: number,
): Promise<ReviewRequests> {
  const purpose = { what: 'Cannot see who is asked for a review', on: `${owner}/${name}#${number}` }
  const route = 'GET /repos/{owner}/{repo}/issues/{issue_number}/timeline'
  const parameters = { owner, repo: name, issue_number: number, per_page: 100 }
  return parseReviewRequests(await github.rest(purpose, route, parameters))
}

/** A commit of the head branch that the base does not have. */
export interface CommitAhead {
  readonly oid: string
  readonly message: string
  /** SHAs of the first two: a merge has more than one. */
  readonly parents: readonly string[]
}

/** The newest hundred of them, and how many there are. @throws Failure where either branch is not there */
export async function listCommitsAhead(
  github: GitHubClient,
  { owner, name }: RepositoryName,
  { base, head }: { readonly base: string; readonly head: string },
): Promise<{ readonly total: number; readonly commits: readonly CommitAhead[] }> {
  const query = `query($owner: String!, $name: String!, $base: String!, $head: String!) {
    repository(owner: $owner, name: $name) { ref(qualifiedName: $base) { compare(headRef: $head) {
      commits(last: 100) { totalCount nodes { oid message parents(first: 2) { nodes { oid } } } } } } } }`
  const purpose = { what: 'Cannot read the branch', on: `${owner}/${name} ${head}` }
  const refs = { base: `refs/heads/${base}`, head: `refs/heads/${head}` }
  return parseCommitsAhead(await github.graphql(purpose, query, { owner, name, ...refs }))
}
