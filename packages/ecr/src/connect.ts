import { resolveRegion, roleCredentials } from '@mlops-actions/aws'
import { createEcr } from '@mlops-actions/aws/ecr'
import type { World } from '@mlops-actions/diagnostics'
import { createHttp, type HttpClient } from '@mlops-actions/http'
import type { EcrApi } from './api.ts'
import { registryUrl } from './registry-host.ts'

/** The step that asks. */
export interface Caller extends World {
  readonly context: { readonly runId: string }
  readonly idToken: (audience: string) => Promise<string>
}

/** How it asks, whomever. */
export interface Access {
  /** Milliseconds. */
  readonly requestTimeout: number
  /** PEM. */
  readonly caCert: string | undefined
}

/** Whom to ask, as what. */
export interface Peer {
  /** Undefined: the SDK's own chain of credentials. */
  readonly role: string | undefined
  readonly region: string | undefined
  /** Of a registry; it can say the region. */
  readonly host: string | undefined
}

/** How many requests' time one call may take, when it has to be repeated. */
const REQUESTS = 3
/** All of them, with what lies between, fit into that time where the server answers at once: then its answer is what is told. */
const ATTEMPTS = 6

/** A client for the API of ECR and for these registries, where the job says that they are. @throws Failure `config` */
export function openHttp(
  world: World,
  { requestTimeout, caCert }: Access,
  registries: readonly string[] = [],
): HttpClient {
  const { AWS_ENDPOINT_URL_ECR: ofEcr, AWS_ENDPOINT_URL: ofAll } = world.env
  const endpoints = [ofEcr, ofAll].flatMap((url) => (url === undefined || url === '' ? [] : [url]))
  const trustedOrigins = [...endpoints, ...registries.map(registryUrl)]
  return createHttp(world, { requestTimeout, idleTimeout: requestTimeout, caCert, trustedOrigins })
}

/**
 * A client of the ECR API with the role and the region that are asked for; nothing is asked yet.
 * @returns also the region, where it can be known
 * @throws Failure `config` for what is no role ARN
 */
export function openEcr(
  world: Caller,
  { requestTimeout }: Access,
  http: HttpClient,
  { role, region: input, host }: Peer,
): { readonly ecr: EcrApi; readonly region: string | undefined } {
  const { env, idToken, context } = world
  const region = resolveRegion(world, { input, resource: host })
  const sessionName = `mlops-actions-${context.runId}`
  const credentials = roleCredentials(world, { role, region, idToken, sessionName })
  const retry = { world, attempts: ATTEMPTS }
  const client = createEcr({ http, region, credentials, requestTimeout, env, retry })
  return { ecr: { client, patience: REQUESTS * requestTimeout }, region }
}
