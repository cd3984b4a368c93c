import { Failure } from '@mlops-actions/diagnostics'
import type { HttpClient } from '@mlops-actions/http'
import { readBody } from './body.wire.ts'
import type { Endpoint } from './endpoint.ts'
import { withLoginAdvice } from './login.ts'

/** The KServe V1 protocol (`:predict`), or V2, the Open Inference Protocol (`/infer`). */
export type Protocol = 'v1' | 'v2'

/** One model behind an endpoint. */
export interface ModelTarget extends Endpoint {
  readonly protocol: Protocol
  readonly model: string
}

/** `…/v2/models/{m}/ready`: `/v2/health/ready` says true whatever happens (kserve/kserve rest/v2_endpoints.py). */
export function readinessUrl({ url, protocol, model }: ModelTarget): string {
  const name = encodeURIComponent(model)
  return protocol === 'v1' ? `${url}/v1/models/${name}` : `${url}/v2/models/${name}/ready`
}

export function inferenceUrl({ url, protocol, model }: ModelTarget): string {
  const name = encodeURIComponent(model)
  return protocol === 'v1' ? `${url}/v1/models/${name}:predict` : `${url}/v2/models/${name}/infer`
}

export function hostHeaders({ hostHeader }: Endpoint): Readonly<Record<string, string>> {
  return hostHeader === undefined ? {} : { host: hostHeader }
}

/** Every error status: this client judges them itself. */
export const ANY_STATUS: readonly number[] = Array.from({ length: 200 }, (_, index) => 400 + index)

/** What one question for readiness gave. */
export interface ReadinessLook {
  readonly status: number
  /** Where the body is JSON with `ready`. */
  readonly ready: boolean | undefined
  /** The model server's own words for an error; undefined where something before it answered. */
  readonly serverError: string | undefined
  /** The name of the service has no record; there is no status then. */
  readonly unresolved?: Failure
}

/**
 * Asks once whether the model is ready; a name without a record is an answer too, since records come after services.
 * @throws Failure for an answer that never came, and for a login page
 */
export async function lookAtReadiness(http: HttpClient, target: ModelTarget): Promise<ReadinessLook> {
  const request = http.request({
    url: readinessUrl(target),
    headers: { accept: 'application/json', ...hostHeaders(target) },
    what: `Cannot ask whether the model "${target.model}" is ready`,
    tolerate: ANY_STATUS,
    retries: 0,
    maxBytes: 64 * 1024,
  })
  const response = await request.catch((thrown: unknown) => {
    if (thrown instanceof Failure && thrown.code === 'HTTP_HOST_UNKNOWN') return thrown
    throw withLoginAdvice(thrown)
  })
  if (response instanceof Failure)
    return { status: 0, ready: undefined, serverError: undefined, unresolved: response }
  return { status: response.status, ...readBody(response.body) }
}
