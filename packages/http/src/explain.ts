import { cancelled, Failure } from '@mlops-actions/diagnostics'
import type { HttpRequest, HttpResponse } from './client.ts'
import type { Aborted } from './deadlines.ts'
import { requestIdOf, serverMessage, skewRemark } from './evidence.ts'
import { MEANINGS, SLOW } from './meanings.ts'
import { explainStatus } from './status.ts'
import type { Trouble } from './trouble.ts'
import { excerpt } from './words.ts'

/** Where and after how many attempts it happened. */
export interface Circumstances {
  /** Host and port: never the URL, whose path, query and user info can be secret. */
  readonly host: string
  readonly attempts: number
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** The trouble that ended a request as the sentence that its user reads. */
export function explain(trouble: Trouble, request: HttpRequest, circumstances: Circumstances): Failure {
  if (trouble.trouble === 'status' && trouble.response !== undefined) {
    return explainAnswer(trouble.response, request, circumstances)
  }
  const meaning = MEANINGS[trouble.trouble === 'status' ? 'network' : trouble.trouble]
  const details = [trouble.detail, attemptsRemark(circumstances)].filter((part) => part !== '')
  return new Failure({
    kind: meaning.kind,
    code: meaning.code,
    what: request.what,
    on: circumstances.host,
    seen: details.length === 0 ? meaning.seen : `${meaning.seen} (${details.join('; ')})`,
    next: meaning.next,
    ...(meaning.retryable === undefined ? {} : { retryable: meaning.retryable }),
    cause: trouble.cause ?? trouble,
  })
}

function explainAnswer(response: HttpResponse, request: HttpRequest, circumstances: Circumstances): Failure {
  const meaning = explainStatus(response)
  const own = request.explain?.(response)
  const remarks = [
    requestIdOf(response),
    attemptsRemark(circumstances),
    skewRemark(response, circumstances.now),
  ]
  const remark = remarks.filter((part) => part !== '').join('; ')
  const said = own?.seen ?? serverMessage(response)
  return new Failure({
    kind: own?.kind ?? meaning.kind,
    code: `HTTP_${response.status}`,
    what: request.what,
    on: circumstances.host,
    seen: `HTTP ${response.status}${remark === '' ? '' : ` (${remark})`}${said === '' ? '' : `: ${said}`}`,
    next: own?.next ?? meaning.next,
    ...(own?.kind === undefined && meaning.retryable !== undefined ? { retryable: meaning.retryable } : {}),
  })
}

/** A JSON body that is not what the API answers: another server, a proxy, another version. */
export function explainShape(
  problem: string,
  response: HttpResponse,
  request: HttpRequest,
  host: string,
): Failure {
  return new Failure({
    kind: 'upstream',
    code: 'HTTP_UNEXPECTED_SHAPE',
    what: request.what,
    on: host,
    seen: `HTTP ${response.status} with JSON of another shape: ${problem}; the body begins ${excerpt(response.body.toString())}`,
    next: 'Check that the URL is that of the API and that its version is supported',
    retryable: false,
  })
}

/** How a step ends whose request was aborted: by the runner, or by a deadline that the caller set. */
export function explainAbort(aborted: Aborted, request: HttpRequest, host: string): Failure {
  const reason = aborted.cause
  if (reason instanceof Failure) return reason
  if (!isTimeout(reason)) return cancelled(reason)
  return new Failure({
    kind: 'timeout',
    code: 'HTTP_TIMEOUT',
    what: request.what,
    on: host,
    seen: 'there was no answer in time',
    next: SLOW,
    cause: reason,
  })
}

/** `AbortSignal.timeout` gives a DOMException of this name. */
function isTimeout(reason: unknown): boolean {
  return typeof reason === 'object' && reason !== null && 'name' in reason && reason.name === 'TimeoutError'
}

function attemptsRemark({ attempts }: Circumstances): string {
  return attempts > 1 ? `${attempts} attempts` : ''
}
