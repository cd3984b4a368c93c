import { Failure, type World } from '@mlops-actions/diagnostics'
import {
  createHttp,
  type HttpClient,
  type HttpResponse,
  optional,
  record,
  string,
  withDefault,
} from '@mlops-actions/http'
import { type CredentialProvider, roleCredentials } from './credentials.ts'
import { eksToken } from './eks-token.ts'
import { assertRegion, resolveRegion } from './region.ts'
import { createSigner } from './shortcut/sign.ts'
import { sha256Hex } from './sigv4.ts'

export interface EksOptions {
  readonly cluster: string
  /** ARN of the role to assume with GitHub's OIDC token; undefined takes the keys in the environment. */
  readonly role: string | undefined
  readonly region: string | undefined
  readonly idToken: (audience: string) => Promise<string>
  /** Shows in CloudTrail. */
  readonly sessionName: string
}

/** An EKS cluster with AWS credentials for it. */
export interface EksAccess {
  readonly cluster: string
  readonly region: string
  /** A token for its Kubernetes API; renewed as long as the step lives. @throws Failure `auth` without credentials */
  token(): Promise<string>
  /** Where its Kubernetes API is; needs `eks:DescribeCluster`. @throws Failure */
  describe(http: HttpClient): Promise<EksEndpoint>
}

export interface EksEndpoint {
  readonly server: string
  /** PEM. */
  readonly caCert: string
}

type Here = Pick<World, 'now' | 'mask' | 'env'>

/** Half of a token's life of 14 minutes: every request carries one that outlives it. */
const REUSED_FOR_MS = 7 * 60_000

/**
 * Access to an EKS cluster by AWS credentials alone: a role by OIDC, else those in the environment.
 * @throws Failure `config` without a region
 */
export function openEks(world: Here, options: EksOptions): EksAccess {
  const { cluster, role, idToken, sessionName } = options
  const region = assertRegion(resolveRegion(world, { input: options.region }), `EKS cluster ${cluster}`)
  const provide =
    roleCredentials(world, { role, region, idToken, sessionName }) ?? fromEnvironment(world, cluster)
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
    describe: async (http) => describeCluster(world, http, { cluster, region, keys: await provide() }),
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
  /** PEM, trusted in any case. */
  readonly caCert: string | undefined
  readonly requestTimeout: number
}

/** By its name alone, or at the endpoint that is given. @throws Failure */
export async function connectEks(world: World, options: EksConnectionOptions): Promise<EksConnection> {
  const { caCert, requestTimeout, server } = options
  const eks = openEks(world, options)
  if (server !== undefined)
    return {
      server: server.replace(/\/+$/, ''),
      token: eks.token,
      ...(caCert === undefined ? {} : { caCert }),
    }
  const configured = world.env['AWS_ENDPOINT_URL_EKS']
  const http = createHttp(world, { requestTimeout, trustedOrigins: configured ? [configured] : [] })
  try {
    const found = await eks.describe(http)
    const trusted = caCert === undefined ? found.caCert : `${caCert.trimEnd()}\n${found.caCert}`
    return { server: found.server, token: eks.token, caCert: trusted }
  } finally {
    http.close()
  }
}

const isDescribed = record({
  cluster: record({
    status: withDefault(string, ''),
    endpoint: optional(string),
    certificateAuthority: optional(record({ data: withDefault(string, '') })),
  }),
})

interface Asked {
  readonly cluster: string
  readonly region: string
  readonly keys: Awaited<ReturnType<CredentialProvider>>
}

/** EKS DescribeCluster (API reference): where a cluster is answered as long as it is being made, there is no endpoint yet. */
async function describeCluster(world: Here, http: HttpClient, asked: Asked): Promise<EksEndpoint> {
  const { cluster, region, keys } = asked
  const base = endpointOf(world, region)
  const path = `/clusters/${encodeURIComponent(cluster)}`
  const payload = sha256Hex('')
  const headers = { host: new URL(base).host }
  const sign = createSigner(region, 'eks')
  const signed = sign({ method: 'GET', path, query: {}, headers, payload }, keys, world.now())
  const { host: _host, ...sent } = signed
  const what = 'Cannot describe the EKS cluster'
  const request = { url: `${base}${path}`, headers: sent, what, explain: explainDescribe(asked) }
  const { cluster: found } = await http.json(request, isDescribed)
  const { endpoint, certificateAuthority } = found
  // A token is sent there: never in the clear, whatever answered.
  if (endpoint === undefined || !endpoint.startsWith('https://') || certificateAuthority === undefined)
    throw unfinished(asked, found.status)
  return { server: endpoint, caCert: Buffer.from(certificateAuthority.data, 'base64').toString('utf8') }
}

/** The endpoint that a request to EKS goes to; the SDK's variable for it is heeded, too. */
function endpointOf({ env }: Pick<World, 'env'>, region: string): string {
  const given = env['AWS_ENDPOINT_URL_EKS']
  if (given) return given.replace(/\/+$/, '')
  return `https://eks.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`
}

function explainDescribe({ cluster, region }: Asked) {
  return ({ status }: HttpResponse): { next: string } | undefined => {
    if (status === 403)
      return {
        next: `Allow the role eks:DescribeCluster on the cluster ${cluster}, or give its endpoint and CA yourself`,
      }
    if (status === 404) return { next: `Check the name ${cluster} and the region ${region}` }
    return undefined
  }
}

function unfinished({ cluster }: Asked, status: string): Failure {
  return new Failure({
    kind: 'upstream',
    code: 'EKS_ENDPOINT',
    what: 'Cannot describe the EKS cluster',
    on: `EKS cluster ${cluster}`,
    seen: `it has no endpoint yet (${status})`,
    next: 'Run this step again when the cluster is ACTIVE',
  })
}

/** What aws-actions/configure-aws-credentials leaves behind. */
function fromEnvironment({ env, mask }: Here, cluster: string): CredentialProvider {
  return async () => {
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
