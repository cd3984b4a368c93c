import type { SandboxResponse } from '../server.ts'
import { canWritePulls } from './access.ts'
import type { Pull } from './pulls.ts'
import { json, notFound, type RestCall, refuse } from './rest-answer.ts'
import { readBody } from './rest-body.wire.ts'

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
  for (const login of reviewers) pull.reviewers.add(login)
  for (const team of team_reviewers) pull.teamReviewers.add(team)
  return json(201, {
    number: pull.number,
    requested_reviewers: [...pull.reviewers].map((login) => ({ login })),
    requested_teams: [...pull.teamReviewers].map((slug) => ({ slug })),
  })
}

function pullOf({ repository, parts: [number = ''] }: RestCall): Pull | undefined {
  return repository.pulls[Number(number) - 1]
}
