import { resolveRegion, roleCredentials } from '@mlops-actions/aws'
import { createEcr, createEcrPublic, ECR_PUBLIC_REGION } from '@mlops-actions/aws/ecr'
import type { World } from '@mlops-actions/diagnostics'
import { createHttp, type HttpClient } from '@mlops-actions/http'
import type { EcrApi } from './api.ts'
import { createGallery } from './public/gallery.ts'
import { parseRegistryHost, registryUrl } from './registry-host.ts'
import { fetchToken } from './token.ts'

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
  /** Of a registry; it can say the region, and that it is ECR Public. */
  readonly host: string | undefined
}

const OF_ECR = 'AWS_ENDPOINT_URL_ECR'
const OF_ECR_PUBLIC = 'AWS_ENDPOINT_URL_ECR_PUBLIC'
const OF_ALL = 'AWS_ENDPOINT_URL'

/** How many requests' time one call may take, when it has to be repeated. */
const REQUESTS = 3
/** All of them, with what lies between, fit into that time where the server answers at once: then its answer is what is told. */
const ATTEMPTS = 6

/** A client for the APIs of ECR and for these registries, where the job says that they are. @throws Failure `config` */
export function openHttp(
  world: World,
  { requestTimeout, caCert }: Access,
  registries: readonly string[] = [],
): HttpClient {
  const endpoints = given(world, OF_ECR, OF_ECR_PUBLIC, OF_ALL)
  const trustedOrigins = [...endpoints, ...registries.map(registryUrl)]
  return createHttp(world, { requestTimeout, idleTimeout: requestTimeout, caCert, trustedOrigins })
}

/**
 * A client of the ECR API, or of that of ECR Public where the host says so, with the role and the region that are asked
 * for; nothing is asked yet.
 * @returns also the region, where it can be known
 * @throws Failure `config` for what is no role ARN
 */
export function openEcr(
  world: Caller,
  access: Access,
  http: HttpClient,
  { role, region: input, host }: Peer,
): { readonly ecr: EcrApi; readonly region: string | undefined } {
  const { requestTimeout } = access
  const { env, idToken, context } = world
  const isPublic = parseRegistryHost(host ?? '').kind === 'public'
  const region = isPublic ? ECR_PUBLIC_REGION : resolveRegion(world, { input, resource: host })
  const sessionName = `mlops-actions-${context.runId}`
  const credentials = roleCredentials(world, { role, region, idToken, sessionName })
  const retry = { world, attempts: ATTEMPTS }
  const options = { http, region, credentials, requestTimeout, env, retry }
  const patience = REQUESTS * requestTimeout
  if (!isPublic) return { ecr: { client: createEcr(options), patience }, region }
  const gallery = createGallery({
    isElsewhere: given(world, OF_ECR_PUBLIC, OF_ALL).length > 0,
    open: (registry) => openHttp(world, access, [registry]),
    auth: async () => (await fetchToken(world, ecr)).auth,
    mask: (token) => world.mask(token),
  })
  const ecr = { client: createEcrPublic(options), patience, gallery }
  return { ecr, region }
}

/** Endpoints of somebody's own, as the SDK reads them. */
function given({ env }: Pick<World, 'env'>, ...names: readonly string[]): readonly string[] {
  return names.map((name) => env[name] ?? '').filter((url) => url !== '')
}
