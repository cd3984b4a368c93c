import type { FailureKind } from '@mlops-actions/diagnostics'
import type { HttpResponse } from '@mlops-actions/http'
import { isApiError } from './api.wire.ts'

export interface Explanation {
  readonly seen?: string
  readonly next?: string
  readonly kind?: FailureKind
}

/** Sentences with which the server reports as 500 what no repetition will change (reference: resource_manager.go CreateRun). */
const PERMANENT =
  /error fetching manifest|conversion error|invalid pipeline job inputs|Failed to generate the ExecutionSpec/

/**
 * What an error status of KFP means. `details[0].message` is the short text; the rest of the body is the internal chain.
 * @param right the RBAC verb and resource that the call needs, such as `create runs`
 */
export function explainFor(right: string): (response: HttpResponse) => Explanation | undefined {
  return (response) => {
    const said = apiMessage(response)
    const seen = said === '' ? {} : { seen: said }
    if (response.status === 401) return { ...seen, ...unauthenticated(response) }
    if (response.status === 403)
      return {
        ...seen,
        next: `Allow this identity to ${right} of the API group pipelines.kubeflow.org in the namespace (kubeflow-edit has that right)`,
      }
    if (response.status >= 500 && PERMANENT.test(chainOf(response)))
      return {
        ...seen,
        kind: 'config',
        next: 'Check the pipeline, its version and its parameters: the server cannot make a workflow of them',
      }
    return said === '' ? undefined : seen
  }
}

/** oauth2-proxy answers `{}` on API paths; Istio a sentence of plain text. */
function unauthenticated({ body }: HttpResponse): Explanation {
  const text = body.toString('utf8').trim()
  const seen =
    text === '{}' || text === '' ? 'a login proxy stands before it, and was given no valid token' : ''
  return {
    ...(seen === '' ? {} : { seen }),
    next: 'Give a valid `token` for this KFP (a ServiceAccount token with audience pipelines.kubeflow.org, or what the ingress accepts); it may have expired',
  }
}

/** The sentence of an error that a person should read; '' where there is none. */
export function apiMessage(response: HttpResponse): string {
  const error = readError(response)
  if (error === undefined) return ''
  return error.details[0]?.message || error.message || error.error || error.error_message
}

function chainOf(response: HttpResponse): string {
  const error = readError(response)
  return error === undefined ? '' : [error.message, ...error.details.map(({ message }) => message)].join(' ')
}

/** Whether the API server itself explained this error; a proxy's page or text does not count. */
export function isExplained(response: HttpResponse): boolean {
  return chainOf(response).trim() !== ''
}

function readError({ body }: HttpResponse): ReturnType<typeof isApiError> | undefined {
  try {
    return isApiError(JSON.parse(body.toString('utf8')))
  } catch {
    return undefined
  }
}
