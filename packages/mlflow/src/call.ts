import { Failure, type FailureKind } from '@mlops-actions/diagnostics'
import type { HttpClient, HttpRequest, HttpResponse, Validate } from '@mlops-actions/http'
import { isMlflowError, type MlflowError } from './mlflow.wire.ts'

export interface MlflowOptions {
  /** The tracking URI, `https://mlflow.example.com`. */
  readonly url: string
}

/** One call below `/api/2.0/mlflow/`. */
export interface Call {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly what: string
  /** Whether it may be sent again after an ambiguous end. */
  readonly idempotent?: boolean
}

export interface Answered<T> {
  readonly value: T
}
export interface Refused {
  readonly error: MlflowError
  readonly failure: Failure
}

/** `error_code` -> what it means to us, where the status would mislead (mlflow/exceptions.py ERROR_CODE_TO_HTTP_STATUS). */
const KINDS: Readonly<Record<string, FailureKind>> = {
  INVALID_PARAMETER_VALUE: 'config',
  BAD_REQUEST: 'config',
  RESOURCE_ALREADY_EXISTS: 'conflict',
  RESOURCE_DOES_NOT_EXIST: 'not-found',
  NOT_FOUND: 'not-found',
  ENDPOINT_NOT_FOUND: 'not-found',
  PERMISSION_DENIED: 'auth',
  UNAUTHENTICATED: 'auth',
  CUSTOMER_UNAUTHORIZED: 'auth',
  REQUEST_LIMIT_EXCEEDED: 'rate-limit',
  RESOURCE_EXHAUSTED: 'rate-limit',
}

/** Sends a call. @throws Failure, in MLflow's own words */
export async function send<T>(
  http: HttpClient,
  options: MlflowOptions,
  call: Call,
  validate: Validate<T>,
): Promise<T> {
  const answer = await trySend(http, options, call, validate)
  if ('value' in answer) return answer.value
  throw answer.failure
}

/**
 * Sends a call whose refusal may be an answer: what MLflow itself refuses comes back with its `error_code`.
 * @throws Failure for everything that is not MLflow's own refusal: network, login page, HTML 404
 */
export async function trySend<T>(
  http: HttpClient,
  { url }: MlflowOptions,
  call: Call,
  validate: Validate<T>,
): Promise<Answered<T> | Refused> {
  let error: MlflowError | undefined
  const { method = 'GET', path, query, body, what, idempotent } = call
  const request: HttpRequest = {
    method,
    url: `${url.replace(/\/+$/, '')}/api/2.0/mlflow/${path}${query === undefined ? '' : `?${new URLSearchParams(query)}`}`,
    body: body === undefined ? undefined : { json: body },
    what,
    idempotent,
    explain: (response) => {
      error = readError(response)
      return error === undefined ? explainForeign(response) : explainError(error)
    },
  }
  try {
    return { value: await http.json(request, validate) }
  } catch (failure) {
    if (error !== undefined && failure instanceof Failure) return { error, failure }
    throw failure
  }
}

function readError({ body }: HttpResponse): MlflowError | undefined {
  try {
    return isMlflowError(JSON.parse(body.toString('utf8')))
  } catch {
    return undefined
  }
}

function explainError({ error_code, message }: MlflowError) {
  const kind = KINDS[error_code]
  return { seen: `${error_code}: ${message}`, ...(kind === undefined ? {} : { kind }) }
}

/** Plain text of the built-in authentication, or a page of the web framework: not the API's own words. */
function explainForeign({ status }: HttpResponse) {
  if (status === 401)
    return {
      next: 'Give MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, to the step',
    }
  if (status === 403)
    return {
      next: 'Grant this user READ on the experiment and the model; or add the host to --allowed-hosts of the server',
    }
  return undefined
}
