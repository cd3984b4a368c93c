import { Failure, type World } from '@mlops-actions/diagnostics'
import {
  type HttpClient,
  type HttpResponse,
  optional,
  record,
  string,
  withDefault,
} from '@mlops-actions/http'
import type { CredentialProvider } from './credentials.ts'
import { createSigner } from './shortcut/sign.ts'
import { sha256Hex } from './sigv4.ts'

export interface EksEndpoint {
  readonly server: string
  /** PEM. */
  readonly caCert: string
}

const isDescribed = record({
  cluster: record({
    status: withDefault(string, ''),
    endpoint: optional(string),
    certificateAuthority: optional(record({ data: withDefault(string, '') })),
  }),
})

export interface Asked {
  readonly cluster: string
  readonly region: string
  readonly keys: Awaited<ReturnType<CredentialProvider>>
}

/** EKS DescribeCluster (API reference): where a cluster is answered as long as it is being made, there is no endpoint yet. */
export async function describeCluster(
  world: Pick<World, 'now' | 'env'>,
  http: HttpClient,
  asked: Asked,
): Promise<EksEndpoint> {
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
