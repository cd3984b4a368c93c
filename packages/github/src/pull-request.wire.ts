import { boolean, field, nodes, number, text, unexpected, word } from './json.wire.ts'
import type {
  ClosedPullRequest,
  CommitAhead,
  Proposals,
  PullRequest,
  PullRequestCheck,
  ReviewRequests,
} from './pull-request.ts'

const STATES = ['OPEN', 'CLOSED', 'MERGED'] as const
const MERGE_STATES = [
  'CLEAN',
  'HAS_HOOKS',
  'UNSTABLE',
  'BLOCKED',
  'BEHIND',
  'DIRTY',
  'DRAFT',
  'UNKNOWN',
] as const

/** `data` of readProposals. */
export function parseProposals(data: unknown): Proposals {
  const repository = field(data, 'repository')
  const base = field(repository, 'baseRef')
  const head = field(repository, 'headRef')
  return {
    repositoryId: text(repository, 'id'),
    viewer: text(field(data, 'viewer'), 'login'),
    head: head === null ? undefined : text(field(head, 'target'), 'oid'),
    requiredChecks: base === null ? [] : requiredChecks(base),
    pullRequests: nodes(repository, 'pullRequests').map((pull) => pullRequest(pull)),
    closed: closedOf(nodes(repository, 'closed').findLast((pull) => !boolean(pull, 'isCrossRepository'))),
  }
}

/** Nobody is known to have closed it where the account is gone by now. */
function closedOf(pull: unknown): ClosedPullRequest | undefined {
  if (pull === undefined) return undefined
  const [event] = nodes(pull, 'timelineItems')
  const actor = event === undefined ? null : field(event, 'actor')
  const closedBy = actor === null ? '' : text(actor, 'login')
  return {
    url: text(pull, 'url'),
    head: text(pull, 'headRefOid'),
    closedBy: closedBy.replace(/\[bot\]$/, ''),
    body: text(pull, 'body'),
  }
}

/** Classic protection says it in one list, rule sets each in parameters of their own. */
function requiredChecks(base: unknown): string[] {
  const rule = field(base, 'refUpdateRule')
  const classic = rule === null ? [] : (field(rule, 'requiredStatusCheckContexts') ?? [])
  const ruled = nodes(base, 'rules').flatMap((node) => {
    const parameters = field(node, 'parameters')
    const isOther = typeof parameters !== 'object' || parameters === null
    return isOther || !('requiredStatusChecks' in parameters) ? [] : parameters.requiredStatusChecks
  })
  if (!Array.isArray(classic)) throw unexpected('requiredStatusCheckContexts', classic)
  return [
    ...classic.filter((context) => typeof context === 'string'),
    ...ruled.map((check) => text(check, 'context')),
  ]
}

/** `data` of readPullRequest. */
export function parsePullRequest(data: unknown): PullRequest {
  const pull = field(field(data, 'repository'), 'pullRequest')
  return { ...pullRequest(pull), checks: nodes(pull, 'lastCommit').flatMap(checksOf) }
}

/** `data` of the mutations that return a pull request. */
export function parseMutated(data: unknown, mutation: string): { readonly mergeCommit: string | undefined } {
  return { mergeCommit: oidOf(field(field(data, mutation), 'pullRequest'), 'mergeCommit') }
}

/** `data` of createPullRequest. */
export function parseCreated(data: unknown): number {
  return number(field(field(data, 'createPullRequest'), 'pullRequest'), 'number')
}

/** `data` of listCommitsAhead. */
export function parseCommitsAhead(data: unknown): { total: number; commits: readonly CommitAhead[] } {
  const comparison = field(field(field(data, 'repository'), 'ref'), 'compare')
  return {
    total: number(field(comparison, 'commits'), 'totalCount'),
    commits: nodes(comparison, 'commits').map((node) => ({
      oid: text(node, 'oid'),
      message: text(node, 'message'),
      parents: nodes(node, 'parents').map((parent) => text(parent, 'oid')),
    })),
  }
}

/** The body of listReviewRequests. */
export function parseReviewRequests(body: unknown): ReviewRequests {
  if (!Array.isArray(body)) throw unexpected('timeline', body)
  const asked = body.filter((event) => partOf(event, 'event') === 'review_requested')
  return {
    reviewers: textsOf(asked, 'requested_reviewer', 'login'),
    teams: textsOf(asked, 'requested_team', 'slug'),
  }
}

/** An event is about a user or about a team. */
function textsOf(events: readonly unknown[], who: string, key: string): string[] {
  return events.flatMap((event) => {
    const found = partOf(event, who)
    return found === null ? [] : [text(found, key)]
  })
}

/** What only some events have; null where it is not there. */
function partOf(event: unknown, key: string): unknown {
  return typeof event === 'object' && event !== null && Object.hasOwn(event, key) ? field(event, key) : null
}

function pullRequest(pull: unknown): PullRequest {
  return {
    id: text(pull, 'id'),
    number: number(pull, 'number'),
    url: text(pull, 'url'),
    title: text(pull, 'title'),
    body: text(pull, 'body'),
    state: word(pull, 'state', STATES),
    isFromFork: boolean(pull, 'isCrossRepository'),
    head: text(pull, 'headRefOid'),
    commits: nodes(pull, 'commits').map((node) => text(field(node, 'commit'), 'oid')),
    mergeState: word(pull, 'mergeStateStatus', MERGE_STATES),
    mergeCommit: oidOf(pull, 'mergeCommit'),
    isAutoMerging: field(pull, 'autoMergeRequest') !== null,
    hasQueue: boolean(pull, 'isMergeQueueEnabled'),
    isQueued: boolean(pull, 'isInMergeQueue'),
    labels: nodes(pull, 'labels').map((label) => text(label, 'name')),
    checks: [],
  }
}

function oidOf(value: unknown, key: string): string | undefined {
  const commit = field(value, key)
  return commit === null ? undefined : text(commit, 'oid')
}

function checksOf(node: unknown): PullRequestCheck[] {
  const rollup = field(field(node, 'commit'), 'statusCheckRollup')
  return rollup === null ? [] : nodes(rollup, 'contexts').map(checkOf)
}

const PASSED = new Set(['SUCCESS', 'NEUTRAL', 'SKIPPED'])
const PENDING = new Set(['PENDING', 'EXPECTED'])

/** A check run that has not ended has no conclusion; a status has only its state. */
function checkOf(check: unknown): PullRequestCheck {
  const isRun = text(check, '__typename') === 'CheckRun'
  const result = field(check, isRun ? 'conclusion' : 'state')
  const isPending = result === null || PENDING.has(String(result))
  return {
    name: text(check, isRun ? 'name' : 'context'),
    isRequired: boolean(check, 'isRequired'),
    outcome: isPending ? 'pending' : PASSED.has(String(result)) ? 'passed' : 'failed',
  }
}
