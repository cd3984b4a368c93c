import { Failure, type FailureKind, messageOf } from '@mlops-actions/diagnostics'
import type { Purpose } from './client.ts'
import { isRateLimit } from './rate-limit.ts'
import type { Refusal } from './refusal.wire.ts'

interface Meaning {
  readonly kind: FailureKind
  readonly code: string
  readonly next: string
}

const RIGHTS =
  "Give a token of a GitHub App (or a fine-grained personal token) that is installed on that repository with `contents: write` (and `pull_requests: write` for pull requests); the workflow's own GITHUB_TOKEN reaches no other repository"

/**
 * GitHub's own trouble, told with 200. What became of a mutation is not known then (cli/cli#4037, moderneinc/moderne-help#10).
 */
const BREAKDOWN = /Something went wrong|timed? ?out|internal (?:server )?error|wrongly returned a null value/i

/**
 * Any error of octokit as a Failure; one that is a Failure already, from the transport below, keeps its own
 * words.
 */
export function explainGitHub({ what, on }: Purpose, error: unknown, refusal: Refusal | undefined): Failure {
  if (refusal === undefined) return transportFailure({ what, on }, error)
  const { kind, code, next } = meaningOf(refusal)
  const id = refusal.headers['x-github-request-id']
  const seen = `${refusal.status === 200 ? refusal.type || 'an error' : `HTTP ${refusal.status}`}: ${refusal.message}${id === undefined ? '' : ` (request ${id})`}`
  return new Failure({ kind, code, what, on, seen, next, cause: error })
}

function meaningOf(refusal: Refusal): Meaning {
  const { status, type, message } = refusal
  if (isRateLimit(refusal)) {
    return {
      kind: 'rate-limit',
      code: 'GH_RATE_LIMIT',
      next: 'Wait for the limit to be reset, then run the job again; an App token has a larger one',
    }
  }
  if (type === 'STALE_DATA') return { kind: 'conflict', code: 'GH_STALE_DATA', next: 'Read the branch again' }
  if (/not permitted to create or approve pull requests/i.test(message)) {
    return {
      kind: 'policy',
      code: 'GH_PULLS_FORBIDDEN',
      next: 'Allow it in the settings of the repository or organization (Actions, General, "Allow GitHub Actions to create and approve pull requests"), or give a token of a GitHub App',
    }
  }
  if (isRule(refusal)) {
    return {
      kind: 'policy',
      code: 'GH_PROTECTED',
      next: 'Add the App or user of the token to the bypass list of the rule, or change the manifest by a pull request',
    }
  }
  if (status === 401)
    return { kind: 'auth', code: 'GH_AUTH', next: `The token is wrong or expired. ${RIGHTS}` }
  if (status === 404 || type === 'NOT_FOUND') {
    return {
      kind: 'not-found',
      code: 'GH_NOT_FOUND',
      next: `Correct the name; a private repository is also "not found" for a token without rights. ${RIGHTS}`,
    }
  }
  if (status === 403 || /^(?:FORBIDDEN|INSUFFICIENT_SCOPES)$/.test(type))
    return { kind: 'auth', code: 'GH_FORBIDDEN', next: RIGHTS }
  if (status >= 500 || type === 'SERVICE_UNAVAILABLE' || BREAKDOWN.test(message)) {
    return {
      kind: 'upstream',
      code: 'GH_UPSTREAM',
      next: 'Run the job again; if it stays, look at https://www.githubstatus.com',
    }
  }
  return { kind: 'config', code: 'GH_REFUSED', next: 'Do what GitHub says, then run again' }
}

/** Classic protection has a type of its own, rule sets have not always (Thinkmill/keystatic#1598). */
function isRule({ type, message }: Refusal): boolean {
  return (
    type === 'BRANCH_PROTECTION_RULE_VIOLATION' ||
    /rule violations? found|protected branch|must be made through a pull request|verified signatures/i.test(
      message,
    )
  )
}

/** Octokit wraps what `fetch` rejects with; the Failure inside says it better. */
function transportFailure({ what, on }: Purpose, error: unknown): Failure {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof Failure) return new Failure({ ...cause.details, what, cause: error })
  }
  const next = 'Run the job again; if it stays, look at https://www.githubstatus.com'
  return new Failure({
    kind: 'upstream',
    code: 'GH_UPSTREAM',
    what,
    on,
    seen: messageOf(error),
    next,
    cause: error,
  })
}
