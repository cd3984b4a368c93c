import type { Json } from '../kubernetes/json.ts'
import type { User } from '../kubernetes/state.ts'
import {
  type SandboxRequest,
  type SandboxResponse,
  type SandboxServer,
  type ServeOptions,
  serve,
} from '../server.ts'
import { denialOf, denialText, type Principal, verifySignature } from '../sigv4/index.ts'

/** What DescribeCluster says of a cluster. */
export interface EksCluster {
  readonly name: string
  /** Its Kubernetes API; absent while it is being made. */
  readonly endpoint?: string
  /** PEM. */
  readonly ca?: string
  readonly status: 'CREATING' | 'ACTIVE'
}

export interface EksOptions extends ServeOptions {
  readonly region: string
  readonly accountId: string
  readonly principals: readonly Principal[]
  readonly clusters: readonly EksCluster[]
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** EKS's own API, as far as DescribeCluster (API reference, version 2017-11-01). */
export async function startEks(options: EksOptions): Promise<SandboxServer> {
  return serve((request) => describe(options, request), options)
}

function describe(options: EksOptions, request: SandboxRequest): SandboxResponse {
  const { accountId, clusters, now, principals, region } = options
  const verdict = verifySignature(request, { principals, regions: [region], service: 'eks', now: now() })
  if (!verdict.ok)
    return refuse(
      403,
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    )
  const [, name] = /^\/clusters\/([^/]+)$/.exec(request.path) ?? []
  if (request.method !== 'GET' || name === undefined) return refuse(404, 'NotFoundException', 'Not Found')
  const arn = `arn:aws:eks:${region}:${accountId}:cluster/${name}`
  const action = 'eks:DescribeCluster'
  const denial = denialOf([], verdict.principal, { action, resource: name, arn })
  if (denial !== undefined)
    return refuse(
      403,
      'AccessDeniedException',
      `User: ${verdict.principal.arn} is not authorized to perform: ${action} on resource: ${arn} ${denialText(denial, action)}`,
    )
  const found = clusters.find((one) => one.name === name)
  if (found === undefined)
    return refuse(404, 'ResourceNotFoundException', `No cluster found for name: ${name}.`)
  const { endpoint, ca, status } = found
  return answer(200, {
    cluster: {
      name,
      arn,
      status,
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(ca === undefined ? {} : { certificateAuthority: { data: Buffer.from(ca).toString('base64') } }),
    },
  })
}

/** Tokens are accepted for 15 minutes, whatever their URL says (aws-iam-authenticator pkg/token/token.go). */
const TOKEN_MS = 15 * 60_000
const EMPTY: readonly never[] = []

/**
 * Who a bearer token of a cluster's Kubernetes API is of, as the authenticator of EKS asks STS: the presigned
 * GetCallerIdentity has to be signed by a known principal, for this cluster.
 */
export function eksUser(
  token: string,
  {
    cluster,
    principals,
    region,
    now,
  }: Pick<EksOptions, 'principals' | 'region'> & { cluster: string; now: number },
): User | undefined {
  const [, encoded] = /^k8s-aws-v1\.(.+)$/.exec(token) ?? []
  const text = Buffer.from(encoded ?? '', 'base64url').toString('utf8')
  if (encoded === undefined || !URL.canParse(text)) return undefined
  const url = new URL(text)
  if (url.searchParams.get('Action') !== 'GetCallerIdentity') return undefined
  const request: SandboxRequest = {
    method: 'GET',
    path: url.pathname,
    rawPath: url.pathname,
    query: url.searchParams,
    rawQuery: url.search.slice(1),
    headers: { host: url.host, 'x-k8s-aws-id': cluster },
    signal: new AbortController().signal,
    body: Buffer.alloc(0),
    content: nothing(),
  }
  const signedAt = signedAtOf(url)
  if (now - signedAt >= TOKEN_MS) return undefined
  const verdict = verifySignature(request, {
    principals,
    regions: [region],
    service: 'sts',
    now: Math.min(now, signedAt),
  })
  return verdict.ok ? { username: verdict.principal.arn, groups: ['system:authenticated'] } : undefined
}

async function* nothing(): AsyncGenerator<Buffer> {
  yield* EMPTY
}

function signedAtOf(url: URL): number {
  const date = url.searchParams.get('X-Amz-Date') ?? ''
  const iso = date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')
  return Date.parse(iso) || 0
}

function refuse(status: number, type: string, message: string): SandboxResponse {
  const response = answer(status, { message })
  return { ...response, headers: { ...response.headers, 'x-amzn-errortype': type } }
}

function answer(status: number, body: Json): SandboxResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
