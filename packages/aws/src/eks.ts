import { Failure, type World } from '@mlops-actions/diagnostics'
import { createHttp, type HttpClient } from '@mlops-actions/http'
import { assertRoleArn, assumedRole, type CredentialProvider } from './credentials.ts'
import { describeCluster, type EksEndpoint } from './eks-describe.ts'
import { eksToken } from './eks-token.ts'
import { assertRegion, resolveRegion } from './region.ts'

export interface EksOptions {
  readonly cluster: string
  /** ARN of the role to assume with GitHub's OIDC token; undefined takes the keys in the environment. */
  readonly role: string | undefined
  readonly region: string | undefined
  readonly idToken: (audience: string) => Promise<string>
  /** Shows in CloudTrail. */
  readonly sessionName: string
  /** PEM, trusted in addition to the system's when STS and EKS are asked: a proxy of the job may break TLS open. */
  readonly caCert: string | undefined
  readonly requestTimeout: number
}

/** An EKS cluster with AWS credentials for it. */
export interface EksAccess {
  readonly cluster: string
  readonly region: string
  /** A token for its Kubernetes API; renewed as long as the step lives. @throws Failure `auth` without credentials */
  token(): Promise<string>
  /** Where its Kubernetes API is; needs `eks:DescribeCluster`. @throws Failure */
  describe(): Promise<EksEndpoint>
}

type Keys = Awaited<ReturnType<CredentialProvider>>

/** Half of a token's life of 14 minutes: every request carries one that outlives it. */
const REUSED_FOR_MS = 7 * 60_000

/** Keys this close to their end are not signed with any more. */
const KEYS_END_MS = 5 * 60_000

/**
 * Access to an EKS cluster by AWS credentials alone: a role by OIDC, else those in the environment. AWS is asked as
 * everything else is: by the job's proxy, and with its CA.
 * @throws Failure `config` without a region
 */
export function openEks(world: World, options: EksOptions): EksAccess {
  const { cluster } = options
  const region = assertRegion(resolveRegion(world, { input: options.region }), `EKS cluster ${cluster}`)
  const provide = assumedKeys(world, options, region) ?? (async () => keysIn(world, cluster))
  let last: { readonly token: string; readonly madeAt: number } | undefined
  return {
    cluster,
    region,
    async token() {
      const now = world.now()
      if (last === undefined || now - last.madeAt > REUSED_FOR_MS) {
        last = { token: eksToken({ cluster, region, keys: await provide(), now }), madeAt: now }
        world.mask(last.token)
      }
      return last.token
    },
    async describe() {
      const keys = await provide()
      return overHttp(world, options, (http) => describeCluster(world, http, { cluster, region, keys }))
    },
  }
}

/** Keys of the role, kept as long as they are good; undefined where none is to be assumed. */
function assumedKeys(world: World, options: EksOptions, region: string): (() => Promise<Keys>) | undefined {
  const { role, idToken, sessionName, requestTimeout } = options
  if (role === undefined) return undefined
  assertRoleArn(role)
  const assume = (http: HttpClient): Promise<Keys> =>
    assumedRole(world, { role, region, idToken, sessionName, over: { http, requestTimeout } })()
  let kept: Keys | undefined
  return async () => {
    const end = kept?.expiration?.getTime() ?? 0
    if (kept === undefined || world.now() > end - KEYS_END_MS) kept = await overHttp(world, options, assume)
    return kept
  }
}

/** A client of its own for each turn: minutes pass between two of them, and nobody says which is the last. */
async function overHttp<T>(
  world: World,
  { caCert, requestTimeout }: EksOptions,
  ask: (http: HttpClient) => Promise<T>,
): Promise<T> {
  const configured = world.env['AWS_ENDPOINT_URL_EKS']
  const http = createHttp(world, {
    requestTimeout,
    caCert,
    trustedOrigins: configured ? [configured] : [],
  })
  try {
    return await ask(http)
  } finally {
    http.close()
  }
}

/** How the Kubernetes API of a cluster is reached, in the words of a kubeconfig. */
export interface EksConnection {
  readonly server: string
  readonly token: () => Promise<string>
  /** PEM. */
  readonly caCert?: string
}

export interface EksConnectionOptions extends EksOptions {
  /** Its endpoint where that is known; then nobody is asked for it. */
  readonly server: string | undefined
}

/** By its name alone, or at the endpoint that is given. @throws Failure */
export async function connectEks(world: World, options: EksConnectionOptions): Promise<EksConnection> {
  const { caCert, server } = options
  const eks = openEks(world, options)
  if (server !== undefined)
    return {
      server: server.replace(/\/+$/, ''),
      token: eks.token,
      ...(caCert === undefined ? {} : { caCert }),
    }
  const found = await eks.describe()
  const trusted = caCert === undefined ? found.caCert : `${caCert.trimEnd()}\n${found.caCert}`
  return { server: found.server, token: eks.token, caCert: trusted }
}

/** What aws-actions/configure-aws-credentials leaves behind. */
function keysIn({ env, mask }: World, cluster: string): Keys {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = env
  if (!accessKeyId || !secretAccessKey) throw noCredentials(cluster)
  mask(secretAccessKey)
  if (!sessionToken) return { accessKeyId, secretAccessKey }
  mask(sessionToken)
  return { accessKeyId, secretAccessKey, sessionToken }
}

function noCredentials(cluster: string): Failure {
  return new Failure({
    kind: 'auth',
    code: 'EKS_CREDENTIALS',
    what: 'Cannot make a token for the EKS cluster',
    on: `EKS cluster ${cluster}`,
    seen: 'neither role-to-assume nor AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are set',
    next: 'Give role-to-assume (and the job `id-token: write`), or run aws-actions/configure-aws-credentials before',
  })
}
