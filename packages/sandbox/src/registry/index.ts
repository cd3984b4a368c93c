import {
  type SandboxRequest,
  type SandboxResponse,
  type SandboxServer,
  type ServeOptions,
  serve,
} from '../server.ts'
import { authenticateRegistry } from './authenticate.ts'
import { createBearerGate } from './bearer.ts'
import { answerLayer } from './blobs.ts'
import { formatRegistryError, RegistryError } from './errors.ts'
import { routeRegistry } from './route.ts'
import { createRegistryState, type RegistryState } from './state.ts'

export { MEDIA_TYPES } from './manifest.ts'
export {
  addRepository,
  createRegistryState,
  issuePassword,
  type Repository as EcrRepository,
  sha256Digest,
} from './state.ts'

export interface RegistryOptions extends ServeOptions {
  /** Default: an empty registry of account 123456789012 in us-east-1. */
  readonly state?: RegistryState
  /** Milliseconds since the epoch; default: the real clock. */
  readonly now?: () => number
}

export interface RegistryServer extends SandboxServer {
  /** `127.0.0.1:port`, as image references begin. */
  readonly host: string
  readonly state: RegistryState
  /** The storage that GET of a blob redirects to: another origin, with its own requests and faults. */
  readonly layers: SandboxServer
}

/**
 * Starts a registry of ECR on loopback (OCI distribution v2), layers by redirect: a private one with Basic authentication,
 * one of ECR Public with Bearer tokens.
 */
export async function startRegistry(options: RegistryOptions = {}): Promise<RegistryServer> {
  const now = options.now ?? Date.now
  const state = options.state ?? createRegistryState()
  const layers = await serve((request) => answerLayer(request, state, now()))
  const admit = state.alias === undefined ? undefined : createBearerGate(state)
  const answer = (request: SandboxRequest): SandboxResponse =>
    answerRegistry(request, state, now(), layers.url)
  const server = await serve((request) => {
    const admitted = admit?.(request, now()) ?? { request }
    return 'response' in admitted ? admitted.response : answer(admitted.request)
  }, options)
  const close = async (): Promise<void> => {
    await Promise.all([server.close(), layers.close()])
  }
  return { ...server, host: new URL(server.url).host, state, layers, close }
}

function answerRegistry(
  request: SandboxRequest,
  state: RegistryState,
  now: number,
  layersUrl: string,
): SandboxResponse {
  const response = respond(request, state, now, layersUrl)
  return { ...response, headers: { 'docker-distribution-api-version': 'registry/2.0', ...response.headers } }
}

function respond(
  request: SandboxRequest,
  state: RegistryState,
  now: number,
  layersUrl: string,
): SandboxResponse {
  const verdict = authenticateRegistry(request, state, now)
  if (!verdict.ok) return verdict.response
  try {
    return routeRegistry({ request, state, principal: verdict.principal, now, layersUrl })
  } catch (error) {
    if (error instanceof RegistryError) return formatRegistryError(error)
    throw error
  }
}
