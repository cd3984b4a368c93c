import type { SandboxRequest, SandboxResponse } from '../server.ts'
import type { Caller } from './access.ts'
import type { GitHubState, Repository } from './state.ts'

/** A call to the REST API for a repository that the caller may read. */
export interface RestCall {
  readonly request: SandboxRequest
  readonly state: GitHubState
  readonly repository: Repository
  readonly caller: Caller
  /** What the route's pattern caught. */
  readonly parts: readonly string[]
}

const DOCS = 'https://docs.github.com/rest'

export function json(status: number, body: unknown): SandboxResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
  }
}

/** An error as the REST API words it; the status stands in the body too, as text. */
export function refuse(
  status: number,
  message: string,
  more: Readonly<Record<string, unknown>> = {},
): SandboxResponse {
  return json(status, { message, ...more, documentation_url: DOCS, status: String(status) })
}

export function notFound(): SandboxResponse {
  return refuse(404, 'Not Found')
}

export function invalid(field: string): SandboxResponse {
  return refuse(422, 'Invalid request.', { errors: [{ resource: 'Request', code: 'invalid', field }] })
}
