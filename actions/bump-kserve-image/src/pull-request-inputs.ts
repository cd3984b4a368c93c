import { boolean, collection, duration, oneOf, type Problem, text } from '@mlops-actions/runner'
import { Expected, parseList } from '@mlops-actions/text'

/** GitHub takes no longer label. */
const LONGEST_LABEL = 50

/** What there is to say about a pull request. */
export const pullRequestFields = {
  'pull-request': boolean({ default: 'false' }),
  'pull-request-title': text(),
  labels: collection('list', (given) => parseList(given).map(parseLabel))(),
  reviewers: collection('list', (given) => parseList(given).map(parseLogin))(),
  'team-reviewers': collection('list', (given) => parseList(given).map(parseTeam))(),
  'auto-merge': oneOf('off', 'merge', 'squash', 'rebase')({ default: 'off' }),
  'wait-for-merge': duration({ default: '0s' }),
} as const

interface PullRequestInputs {
  readonly pullRequest: boolean
  readonly pullRequestTitle: string | undefined
  readonly labels: readonly string[]
  readonly reviewers: readonly string[]
  readonly teamReviewers: readonly string[]
  readonly autoMerge: string
  readonly waitForMerge: number
  readonly transport: string
  readonly sshKey: string | undefined
  readonly timeout: number
}

/** The rules between these inputs and the others. */
export function checkPullRequest(given: PullRequestInputs, problem: Problem): void {
  if (given.pullRequest) checkUsed(given, problem)
  else checkUnused(given, problem)
}

function checkUsed(given: PullRequestInputs, problem: Problem): void {
  if (given.transport === 'git')
    problem('transport', 'a pull request is made by the API; want `auto` or `api` with `pull-request: true`')
  if (given.sshKey !== undefined) problem('ssh-key', 'a deploy key cannot open pull requests; give a `token`')
  if (given.waitForMerge > given.timeout)
    problem('wait-for-merge', 'is longer than `timeout`, which ends the whole step')
}

function checkUnused(given: PullRequestInputs, problem: Problem): void {
  const used = {
    'pull-request-title': given.pullRequestTitle !== undefined,
    labels: given.labels.length > 0,
    reviewers: given.reviewers.length > 0,
    'team-reviewers': given.teamReviewers.length > 0,
    'auto-merge': given.autoMerge !== 'off',
    'wait-for-merge': given.waitForMerge > 0,
  }
  for (const [name, isUsed] of Object.entries(used)) {
    if (isUsed) problem(name, 'is for `pull-request: true` only')
  }
}

function parseLabel(given: string): string {
  if (given.length > LONGEST_LABEL) throw new Expected(`labels of at most ${LONGEST_LABEL} characters`)
  return given
}

function parseLogin(given: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(given)) throw new Expected('logins of users, such as octocat')
  return given
}

/** `platform`, or `acme/platform` as people mention it. */
function parseTeam(given: string): string {
  const [, slug] = /^(?:[A-Za-z0-9-]+\/)?([A-Za-z0-9][A-Za-z0-9_.-]{0,99})$/.exec(given) ?? []
  if (slug === undefined) throw new Expected('names of teams, such as platform or acme/platform')
  return slug
}
