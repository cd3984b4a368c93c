import { randomUUID } from 'node:crypto'
import { createAnswers } from './answers.ts'
import { git } from './git.ts'
import { headOf } from './repositories.ts'
import { fullName, type GitHubState, type Repository } from './state.ts'

export type MergeMethod = 'MERGE' | 'SQUASH' | 'REBASE'

/** How a pull request shall be merged; no words of its own: those that GitHub makes. */
export interface MergeOrder {
  readonly method: MergeMethod
  readonly headline: string | undefined
  readonly body: string | undefined
}

export interface Pull {
  readonly number: number
  /** Of GraphQL. */
  readonly id: string
  readonly headRef: string
  readonly baseRef: string
  readonly author: string
  /** Of a fork, whose branch may have any name. */
  readonly isFromFork: boolean
  title: string
  body: string
  state: 'OPEN' | 'CLOSED' | 'MERGED'
  /** Login of who closed it without merging; GitHub itself closes in the name of who has emptied the branch. */
  closedBy: string | undefined
  /** Where the head stood when it was closed or merged. */
  lastHead: string | undefined
  mergeCommit: string | undefined
  readonly labels: Set<string>
  /** Who is asked for a review and has not given it. */
  readonly reviewers: Set<string>
  readonly teamReviewers: Set<string>
  /** Everybody who ever was, by whom. */
  readonly reviewRequests: ReviewRequest[]
  approvals: number
  autoMerge: MergeOrder | undefined
  isQueued: boolean
}

export interface ReviewRequest {
  readonly by: string
  readonly reviewer?: string
  readonly team?: string
}

/** What a branch asks of a pull request before it is merged. */
export interface MergeRules {
  readonly requiredChecks?: readonly string[]
  readonly requiredReviews?: number
  readonly mergeQueue?: boolean
}

/** What GitHub says no with. */
export class PullRefusal extends Error {}

export interface NewPull {
  readonly headRef: string
  readonly baseRef: string
  readonly title: string
  readonly body: string
  readonly author: string
}

/** @throws PullRefusal where there is one already, or nothing to merge */
export async function openPull(repository: Repository, asked: NewPull): Promise<Pull> {
  const { headRef, baseRef } = asked
  if (findOpen(repository, headRef, baseRef) !== undefined)
    throw new PullRefusal(`A pull request already exists for ${repository.owner}:${headRef}.`)
  if ((await commitsBetween(repository, baseRef, headRef)).length === 0)
    throw new PullRefusal(`No commits between ${baseRef} and ${headRef}`)
  const pull: Pull = {
    ...asked,
    number: repository.pulls.length + 1,
    id: `PR_${randomUUID()}`,
    state: 'OPEN',
    isFromFork: false,
    closedBy: undefined,
    lastHead: undefined,
    mergeCommit: undefined,
    labels: new Set(),
    reviewers: new Set(),
    teamReviewers: new Set(),
    reviewRequests: [],
    approvals: 0,
    autoMerge: undefined,
    isQueued: false,
  }
  repository.pulls.push(pull)
  const owners = repository.codeOwners.filter((login) => login !== asked.author)
  askReviewers(pull, asked.author, { reviewers: owners, teams: [] })
  return pull
}

export function askReviewers(
  pull: Pull,
  by: string,
  { reviewers, teams }: { readonly reviewers: readonly string[]; readonly teams: readonly string[] },
): void {
  for (const reviewer of reviewers) {
    pull.reviewers.add(reviewer)
    pull.reviewRequests.push({ by, reviewer })
  }
  for (const team of teams) {
    pull.teamReviewers.add(team)
    pull.reviewRequests.push({ by, team })
  }
}

export function findOpen({ pulls }: Repository, headRef: string, baseRef?: string): Pull | undefined {
  return pulls.find(
    (pull) =>
      pull.state === 'OPEN' &&
      pull.headRef === headRef &&
      (baseRef === undefined || pull.baseRef === baseRef),
  )
}

/** Closes it without merging: a person, or GitHub itself when there is nothing left to merge. */
export async function closePull(repository: Repository, pull: Pull, by = 'ann'): Promise<void> {
  pull.closedBy = by
  pull.lastHead = await headOf(repository, pull.headRef)
  pull.state = 'CLOSED'
  pull.autoMerge = undefined
  pull.isQueued = false
}

/** What GitHub does by itself when a branch has moved: a pull request without a head or without commits is closed. */
export async function followBranch(repository: Repository, branch: string): Promise<void> {
  for (const pull of repository.pulls.filter(
    ({ state, headRef }) => state === 'OPEN' && headRef === branch,
  )) {
    const commits = await commitsBetween(repository, pull.baseRef, branch)
    if (commits.length === 0) await closePull(repository, pull)
  }
}

export async function pullHead(repository: Repository, pull: Pull): Promise<string> {
  const head = pull.lastHead ?? (await headOf(repository, pull.headRef))
  if (head === undefined) throw new Error(`${fullName(repository)}#${pull.number} has no head`)
  return head
}

const lists = createAnswers<readonly string[]>()

/** The commits of one branch that another has not, oldest first; none where one of them is not there. */
export async function commitsBetween(
  repository: Repository,
  base: string,
  head: string,
): Promise<readonly string[]> {
  const [from, to] = [await headOf(repository, base), await headOf(repository, head)]
  if (from === undefined || to === undefined) return []
  return lists(repository, `${from}..${to}`, async () => {
    const lines = await git(repository.directory, ['rev-list', '--reverse', `${from}..${to}`])
    return lines.split('\n').filter((line) => line !== '')
  })
}

/** The newest of each context on a commit. */
export function checksOf(
  { statuses }: Pick<GitHubState, 'statuses'>,
  repository: Repository,
  sha: string,
): ReadonlyMap<string, string> {
  const own = statuses.filter((status) => status.repository === fullName(repository) && status.sha === sha)
  return new Map(own.map(({ context, state }) => [context, state]))
}
