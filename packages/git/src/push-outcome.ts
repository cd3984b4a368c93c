import { Failure } from '@mlops-actions/diagnostics'
import { explainRemote, lastWords } from './remote-failure.ts'

/** What a push came to. */
export type PushOutcome =
  | { readonly status: 'accepted' }
  /** The branch has another head than ours was made on: read it and apply the change again. */
  | { readonly status: 'moved'; readonly seen: string }
  /** The connection ended before the server said: the commit may be there or not. */
  | { readonly status: 'unknown'; readonly seen: string }
  /** A second try changes nothing. */
  | { readonly status: 'refused'; readonly failure: Failure }

/** What `git push --porcelain` left behind. */
export interface PushTranscript {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

const MOVED =
  /\((?:non-fast-forward|fetch first|stale info|needs force|incorrect old value provided|failed to update ref|reference already exists)\)|cannot lock ref|failed to lock/
const RULE = /GH006|GH013|hook declined|protected branch|push declined|prohibited|not allowed/i

/**
 * Reads a push's transcript. The words are git's own (builtin/send-pack.c, remote.c), with the reasons that
 * GitHub and GitLab put into the parentheses after `[remote rejected]`.
 */
export function readPush(on: string, { exitCode, stdout, stderr }: PushTranscript): PushOutcome {
  if (exitCode === 0) return { status: 'accepted' }
  const all = `${stdout}\n${stderr}`
  const seen = lastWords(`${stderr}\n${rejectionLine(stdout)}`)
  if (MOVED.test(all)) return { status: 'moved', seen }
  if (RULE.test(all)) return { status: 'refused', failure: ruleFailure(on, seen) }
  const known = explainRemote(stderr)
  if (known !== undefined)
    return { status: 'refused', failure: new Failure({ ...known, what: WHAT, on, seen }) }
  if (/\[remote rejected\]|\[rejected\]/.test(all))
    return { status: 'refused', failure: rejectedFailure(on, seen) }
  return { status: 'unknown', seen }
}

const WHAT = 'Cannot push the commit'

/** The line of the ref that was not updated: `!<TAB>from:to<TAB>[rejected] (fetch first)`. */
function rejectionLine(stdout: string): string {
  const line = stdout.split('\n').find((text) => text.startsWith('!'))
  return line === undefined ? '' : line.replaceAll('\t', ' ')
}

function ruleFailure(on: string, seen: string): Failure {
  const next =
    'Add the App or user of the token to the bypass list of the rule, or let the API make the commit (`transport: api`) where the rule asks for signatures'
  return new Failure({ kind: 'policy', code: 'GIT_PUSH_PROTECTED', what: WHAT, on, seen, next })
}

function rejectedFailure(on: string, seen: string): Failure {
  return new Failure({
    kind: 'policy',
    code: 'GIT_PUSH_REJECTED',
    what: WHAT,
    on,
    seen,
    next: 'The server turned the commit down: do what it says, then run again',
  })
}
