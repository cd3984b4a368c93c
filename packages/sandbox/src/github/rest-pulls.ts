import type { SandboxResponse } from '../server.ts'
import { canWritePulls, loginOf } from './access.ts'
import { loadDescription } from './openapi.wire.ts'
import { askReviewers, commitsBetween, type Pull } from './pulls.ts'
import { json, notFound, type RestCall, refuse } from './rest-answer.ts'
import { readBody } from './rest-body.wire.ts'
import { complete } from './schema.ts'
import { fullName } from './state.ts'

/** Labels that the repository does not have are made, as on GitHub. */
export async function addLabels(call: RestCall): Promise<SandboxResponse> {
  const pull = pullOf(call)
  if (pull === undefined) return notFound()
  if (!canWritePulls(call.caller, call.repository))
    return refuse(403, 'Resource not accessible by integration')
  for (const label of readBody<{ labels: readonly string[] }>(call.request).labels) pull.labels.add(label)
  return json(
    200,
    [...pull.labels].map((name) => ({ name })),
  )
}

export async function requestReviewers(call: RestCall): Promise<SandboxResponse> {
  const pull = pullOf(call)
  if (pull === undefined) return notFound()
  if (!canWritePulls(call.caller, call.repository))
    return refuse(403, 'Resource not accessible by integration')
  const { reviewers = [], team_reviewers = [] } = readBody<{
    reviewers?: readonly string[]
    team_reviewers?: readonly string[]
  }>(call.request)
  if (reviewers.includes(pull.author))
    return refuse(422, 'Review cannot be requested from pull request author.')
  askReviewers(pull, loginOf(call.caller), { reviewers, teams: team_reviewers })
  return json(201, {
    number: pull.number,
    requested_reviewers: [...pull.reviewers].map((login) => ({ login })),
    requested_teams: [...pull.teamReviewers].map((slug) => ({ slug })),
  })
}

/** The timeline of a pull request, which is an issue there; of it the events by which somebody is asked for a review. */
export async function listTimeline(call: RestCall): Promise<SandboxResponse> {
  const pull = pullOf(call)
  if (pull === undefined) return notFound()
  const { schemas } = await loadDescription()
  const schema = { $ref: '#/components/schemas/review-requested-issue-event' }
  const events = pull.reviewRequests.map(({ by, reviewer, team }) => ({
    event: 'review_requested',
    review_requester: { login: by },
    ...(reviewer === undefined ? {} : { requested_reviewer: { login: reviewer } }),
    ...(team === undefined ? {} : { requested_team: { slug: team } }),
  }))
  return json(
    200,
    events.map((event) => complete(schemas, event, schema)),
  )
}

/**
 * The open pull requests that have the commit; of a commit that is on the default branch GitHub lists the merged one, which
 * is left out here.
 */
export async function listPullsOfCommit({
  state,
  repository,
  parts: [sha = ''],
}: RestCall): Promise<SandboxResponse> {
  const open = repository.pulls.filter((pull) => pull.state === 'OPEN')
  const commits = await Promise.all(
    open.map(({ baseRef, headRef }) => commitsBetween(repository, baseRef, headRef)),
  )
  const found = open.filter((_, index) => commits[index]?.includes(sha))
  const url = `${state.url()}/${fullName(repository)}`
  return json(
    200,
    found.map(({ number, title, headRef, baseRef }) => ({
      number,
      title,
      state: 'open',
      html_url: `${url}/pull/${number}`,
      head: { ref: headRef },
      base: { ref: baseRef },
    })),
  )
}

function pullOf({ repository, parts: [number = ''] }: RestCall): Pull | undefined {
  return repository.pulls[Number(number) - 1]
}
