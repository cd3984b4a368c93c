import { Failure, type World, withDetails } from '@mlops-actions/diagnostics'
import {
  addLabels,
  createPullRequest,
  listReviewRequests,
  type PullRequest,
  readProposals,
  readPullRequest,
  requestReviewers,
  updatePullRequest,
} from '@mlops-actions/github'
import { patiently } from '../branch/patience.ts'
import type { PullRequestWish, SeenProposal } from './look-at-proposal.ts'

type Seen = Pick<SeenProposal<unknown>, 'options' | 'branch' | 'label' | 'proposals' | 'pullRequest'>

/**
 * Opens the pull request, or brings the open one up to date. What it has already is not done again: a step that was killed
 * in between is finished by the next one, and nobody is asked for a review twice. One that was merged or closed since it
 * was seen is left as it is, and returned.
 * @param isNew whether its commit is, so that what a person has made of the title is out of date
 * @throws Failure, with the commit and the pull request in its outputs
 */
export async function ensurePullRequest(
  world: World,
  seen: Seen,
  wish: PullRequestWish,
  { isNew, commit }: { readonly isNew: boolean; readonly commit: string },
): Promise<PullRequest> {
  let opened = seen.pullRequest
  try {
    return await patiently(world, async () => {
      const { github, repository } = seen.options
      if (opened === undefined) opened = await open(seen, wish)
      // Making the commit took its time.
      else if (isNew) opened = await readPullRequest(github, repository, opened.number)
      return opened.state === 'OPEN' ? complete(seen, opened, wish, isNew) : opened
    })
  } catch (error) {
    throw error instanceof Failure ? withProposal(error, commit, opened) : error
  }
}

async function complete(
  seen: Seen,
  { id, number, title: given, body, labels }: PullRequest,
  wish: PullRequestWish,
  isNew: boolean,
): Promise<PullRequest> {
  const { github, repository } = seen.options
  const title = isNew ? wish.title : given
  if (body !== wish.body || given !== title)
    await updatePullRequest(github, seen.label, { id, title, body: wish.body })
  const missing = wish.labels.filter((label) => !labels.includes(label))
  if (missing.length > 0) await addLabels(github, repository, number, missing)
  await askReviewers(seen.options, number, wish)
  return readPullRequest(github, repository, number)
}

/** Whom nobody has asked yet: GitHub asks the code owners by itself. */
async function askReviewers(
  { github, repository }: Seen['options'],
  number: number,
  { reviewers, teamReviewers }: PullRequestWish,
): Promise<void> {
  if (reviewers.length + teamReviewers.length === 0) return
  const asked = await listReviewRequests(github, repository, number)
  const missing = {
    reviewers: reviewers.filter(isMissing(asked.reviewers)),
    teams: teamReviewers.filter(isMissing(asked.teams)),
  }
  if (missing.reviewers.length + missing.teams.length > 0)
    await requestReviewers(github, repository, number, missing)
}

/** GitHub does not tell names apart by case. */
function isMissing(asked: readonly string[]): (name: string) => boolean {
  const known = new Set(asked.map((name) => name.toLowerCase()))
  return (name) => !known.has(name.toLowerCase())
}

/** Where the answer is a refusal or is lost, it may be open all the same: by us, or by another run. */
async function open(seen: Seen, { title, body }: PullRequestWish): Promise<PullRequest> {
  const { options, branch: head, label, proposals } = seen
  const { github, repository, branch: base } = options
  const asked = { repositoryId: proposals.repositoryId, base, head, title, body }
  try {
    return await readPullRequest(github, repository, await createPullRequest(github, label, asked))
  } catch (error) {
    const { pullRequests } = await readProposals(github, repository, { base, head })
    const found = pullRequests.find(({ isFromFork }) => !isFromFork)
    if (found !== undefined) return found
    throw error
  }
}

/** Whether a pull request can still bring the commit onto the base, or has done so. */
export function carries({ state, head }: PullRequest, commit: string): boolean {
  return state === 'OPEN' || (state === 'MERGED' && head === commit)
}

/** A failure behind the commit: what is there by then stands in its outputs. */
export function withProposal(
  failure: Failure,
  commit: string,
  pullRequest: PullRequest | undefined,
): Failure {
  const { number, url } = pullRequest ?? {}
  return withDetails(failure, {
    outputs: {
      'commit-sha': commit,
      ...(number === undefined ? {} : { 'pr-number': number, 'pr-url': url }),
    },
  })
}
