import type { GitHubClient, RepositoryName } from './client.ts'
import { parseCreated } from './pull-request.wire.ts'

export interface PullRequestText {
  readonly title: string
  /** Markdown of fewer than 65,536 characters. */
  readonly body: string
}

/** Opens a pull request and returns its number. @throws Failure, GH_REFUSED also where there is one already */
export async function createPullRequest(
  github: GitHubClient,
  on: string,
  {
    repositoryId,
    base,
    head,
    ...text
  }: PullRequestText & { readonly repositoryId: string; readonly base: string; readonly head: string },
): Promise<number> {
  const query = `mutation($input: CreatePullRequestInput!) {
    createPullRequest(input: $input) { pullRequest { number } } }`
  const input = { repositoryId, baseRefName: base, headRefName: head, ...text }
  return parseCreated(await github.graphql({ what: 'Cannot open the pull request', on }, query, { input }))
}

/** Gives a pull request other words, or closes it. @throws Failure */
export async function updatePullRequest(
  github: GitHubClient,
  on: string,
  { id, ...change }: { readonly id: string; readonly state?: 'CLOSED' } & Partial<PullRequestText>,
): Promise<void> {
  const query = `mutation($input: UpdatePullRequestInput!) {
    updatePullRequest(input: $input) { pullRequest { number } } }`
  const input = { pullRequestId: id, ...change }
  await github.graphql({ what: 'Cannot change the pull request', on }, query, { input })
}

/** Adds labels to those that it has; GitHub makes what is new to the repository. @throws Failure */
export async function addLabels(
  github: GitHubClient,
  { owner, name }: RepositoryName,
  number: number,
  labels: readonly string[],
): Promise<void> {
  const purpose = { what: 'Cannot label the pull request', on: `${owner}/${name}#${number}` }
  const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/labels'
  await github.rest(purpose, route, { owner, repo: name, issue_number: number, labels })
}

/** @throws Failure GH_REFUSED for who cannot review it, the author among them */
export async function requestReviewers(
  github: GitHubClient,
  { owner, name }: RepositoryName,
  number: number,
  { reviewers, teams }: { readonly reviewers: readonly string[]; readonly teams: readonly string[] },
): Promise<void> {
  const purpose = { what: 'Cannot ask for a review', on: `${owner}/${name}#${number}` }
  const route = 'POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers'
  const asked = {
    ...(reviewers.length > 0 ? { reviewers } : {}),
    ...(teams.length > 0 ? { team_reviewers: teams } : {}),
  }
  await github.rest(purpose, route, { owner, repo: name, pull_number: number, ...asked })
}
