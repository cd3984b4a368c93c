import { Failure } from '@mlops-actions/diagnostics'
import { hasLasted, type Memory, type Patience } from '@mlops-actions/kubernetes'
import { done, failed, pending, type Verdict } from '@mlops-actions/wait'
import { type ModelTarget, type ReadinessLook, readinessUrl } from './protocol.ts'

/** A route needs a moment to reach every gateway; what still is a 404 then is a wrong URL. */
const ROUTE: Patience = { looks: 2, lasting: 30_000 }

/**
 * A record made by external-dns for a new service comes within its interval (1 minute unless set), and resolvers keep for
 * a while that there was none; a name that is not there then is misspelt, or only known inside another network.
 */
const RECORD: Patience = { looks: 2, lasting: 120_000 }

/** What the observer must remember from look to look. */
export function readinessKeys({ status, serverError, unresolved }: ReadinessLook): readonly string[] {
  if (unresolved !== undefined) return ['no record']
  return status === 404 && serverError === undefined ? ['readiness 404'] : []
}

/**
 * Judged by the status, since V2 servers may answer without a body: 2xx is ready, 503 (KServe) and 400 (MLServer,
 * Triton) are not yet, 404 of the model server is a wrong name. Source: kserve/kserve rest/v1_endpoints.py,
 * open-inference-protocol inference_rest.md. Pure.
 */
export function evaluateReadiness(
  look: ReadinessLook,
  target: ModelTarget,
  memory: Memory,
): Verdict<{ readonly status: number }> {
  const { status, ready, serverError, unresolved } = look
  if (unresolved !== undefined) {
    if (hasLasted(memory.sightings, 'no record', RECORD, memory.now)) return failed(unresolved)
    return pending(`the name ${new URL(target.url).host} does not resolve yet`)
  }
  if (status >= 200 && status < 300) {
    return ready === false ? pending(`the model "${target.model}" is not ready yet`) : done({ status })
  }
  if (status === 401 || status === 403) return failed(refused(look, target))
  if (status === 404 && serverError !== undefined) return failed(unknownModel(look, target))
  if (status === 404) {
    if (!hasLasted(memory.sightings, 'readiness 404', ROUTE, memory.now))
      return pending('the gateway knows no route yet (HTTP 404)')
    return failed(noRoute(target))
  }
  if (status === 501) return failed(wrongProtocol(look, target))
  return pending(
    `the model "${target.model}" is not ready yet (HTTP ${status}${serverError === undefined ? '' : `: ${serverError}`})`,
  )
}

function unknownModel({ status, serverError = '' }: ReadinessLook, { model, url }: ModelTarget): Failure {
  return new Failure({
    kind: 'not-found',
    code: 'MODEL_UNKNOWN',
    what: `The server does not know the model "${model}"`,
    on: url,
    seen: `HTTP ${status}: ${serverError}`,
    next: 'Set model-name: it is the name of the InferenceService unless the container sets `--model_name`; and check protocol',
  })
}

function noRoute(target: ModelTarget): Failure {
  return new Failure({
    kind: 'not-found',
    code: 'ROUTE_UNKNOWN',
    what: 'Nothing answers for the service at this URL',
    on: target.url,
    seen: `HTTP 404 without a word of a model server, for 30 s (${new URL(readinessUrl(target)).pathname})`,
    next: 'Check url and host-header: the host that the gateway routes by is that of the status.url of the InferenceService; check protocol too',
  })
}

function refused({ status, serverError }: ReadinessLook, { url }: ModelTarget): Failure {
  return new Failure({
    kind: 'auth',
    code: 'ENDPOINT_AUTH',
    what: 'The service is behind a login',
    on: url,
    seen: `HTTP ${status}${serverError === undefined ? '' : `: ${serverError}`}`,
    next: 'Give what it asks for with the input `headers` (`Authorization: Bearer …`), from a secret',
  })
}

function wrongProtocol({ status, serverError }: ReadinessLook, { url, protocol }: ModelTarget): Failure {
  return new Failure({
    kind: 'config',
    code: 'PROTOCOL_UNSUPPORTED',
    what: `The server does not speak protocol ${protocol}`,
    on: url,
    seen: `HTTP ${status}${serverError === undefined ? '' : `: ${serverError}`}`,
    next: `Set protocol: ${protocol === 'v1' ? 'v2' : 'v1'}`,
    retryable: false,
  })
}
