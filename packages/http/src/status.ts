import type { FailureKind } from '@mlops-actions/diagnostics'
import type { HttpResponse } from './client.ts'

export interface StatusMeaning {
  readonly kind: FailureKind
  readonly next: string
  readonly retryable?: boolean
}

const BY_STATUS: Readonly<Record<number, StatusMeaning>> = {
  401: { kind: 'auth', next: 'Check the token or password: it is missing, wrong or expired' },
  403: { kind: 'auth', next: 'Grant this identity the permission that the request needs' },
  404: { kind: 'not-found', next: 'Check the name, and that this identity may see it' },
  407: { kind: 'config', next: 'Put user and password into the proxy URL (HTTPS_PROXY, HTTP_PROXY)' },
  408: { kind: 'upstream', next: 'Run the step again' },
  409: { kind: 'conflict', next: 'Run the step again; somebody else may have changed it at the same time' },
  410: { kind: 'not-found', next: 'It is gone: check the name and the API version' },
  412: { kind: 'conflict', next: 'Run the step again; it changed after it was read' },
  423: { kind: 'conflict', next: 'Run the step again when the lock is released' },
  429: { kind: 'rate-limit', next: 'Run the step again later, or ask for a higher limit' },
  501: { kind: 'upstream', next: 'The server does not support this: check its version', retryable: false },
}

const REFUSED: StatusMeaning = {
  kind: 'config',
  next: 'The server does not accept this request: check the inputs it was made from',
}
const BROKEN: StatusMeaning = {
  kind: 'upstream',
  next: 'Run the step again; if it stays, look at the log of the server with the request id',
}

/** What an error status means where the caller does not know better (RFC 9110, 15.5 and 15.6). */
export function explainStatus({ status }: Pick<HttpResponse, 'status'>): StatusMeaning {
  return BY_STATUS[status] ?? (status >= 500 ? BROKEN : REFUSED)
}
