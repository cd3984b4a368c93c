import { BlockList, isIP } from 'node:net'
import { Failure } from '@mlops-actions/diagnostics'
import type { InferenceService } from './inference-service.wire.ts'

/** Where a service is asked, and by which name it knows itself there. */
export interface Endpoint {
  /** Without a trailing slash; may have a path (gateways that route by path). */
  readonly url: string
  /** Sent as `Host` (and as the TLS server name) where the gateway is addressed by another name. */
  readonly hostHeader: string | undefined
}

export interface EndpointInputs {
  /** What the user gave; wins over what the cluster says. */
  readonly url: string | undefined
  readonly hostHeader: string | undefined
  readonly isvc: InferenceService | undefined
  /** Host name of the API server that told us of the service. */
  readonly apiHost: string | undefined
  /** Whether requests carry a secret header. */
  readonly carriesSecrets: boolean
}

/**
 * `url` of the user, else `status.url`. That one comes from the cluster: it may be plain http, as it mostly is, but must
 * not lead to this machine or to a metadata service (unless the cluster itself is on this machine), and no secret
 * header follows it over plain http.
 * @throws Failure `config` or `not-found`
 */
export function resolveEndpoint(inputs: EndpointInputs): Endpoint {
  const { url, hostHeader, isvc, apiHost, carriesSecrets } = inputs
  if (url !== undefined) return { url: bare(url), hostHeader }
  const told = isvc?.status.url
  if (told === undefined || !URL.canParse(told)) throw noUrl(isvc)
  const { hostname, protocol } = new URL(told)
  const isLocal = isLocalHost(hostname)
  if (isLocal && !(apiHost !== undefined && isLocalHost(apiHost))) {
    throw refuse(
      isvc,
      `its status.url leads to ${hostname}, an address of this machine or of a metadata service`,
    )
  }
  if (carriesSecrets && protocol !== 'https:' && !isLocal) {
    throw refuse(isvc, 'its status.url is plain http, and `headers` would be sent there in the clear')
  }
  return { url: bare(told), hostHeader }
}

const LOCAL = new BlockList()
LOCAL.addSubnet('127.0.0.0', 8, 'ipv4')
LOCAL.addSubnet('0.0.0.0', 8, 'ipv4')
LOCAL.addSubnet('169.254.0.0', 16, 'ipv4')
LOCAL.addAddress('::1', 'ipv6')
LOCAL.addAddress('::', 'ipv6')
LOCAL.addSubnet('fe80::', 10, 'ipv6')
LOCAL.addSubnet('fd00:ec2::', 32, 'ipv6')

function isLocalHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  const family = isIP(host)
  if (family === 0) return host === 'localhost' || host.endsWith('.localhost') || host.startsWith('metadata.')
  return LOCAL.check(host, family === 4 ? 'ipv4' : 'ipv6')
}

function bare(url: string): string {
  return url.replace(/\/+$/, '')
}

function noUrl(isvc: InferenceService | undefined): Failure {
  return new Failure({
    kind: isvc === undefined ? 'config' : 'not-found',
    code: 'ENDPOINT_UNKNOWN',
    what: 'Cannot ask the service',
    on: nameOf(isvc),
    seen: isvc === undefined ? 'there is neither a URL nor access to the cluster' : 'it has no status.url',
    next: 'Give the input `url`, with `host-header` where a gateway routes by host name',
  })
}

function refuse(isvc: InferenceService | undefined, seen: string): Failure {
  return new Failure({
    kind: 'config',
    code: 'ENDPOINT_REFUSED',
    what: 'Will not ask the service at the URL that the cluster gave',
    on: nameOf(isvc),
    seen,
    next: 'Give the input `url` yourself, by https where a secret header is sent',
  })
}

function nameOf(isvc: InferenceService | undefined): string {
  return isvc === undefined
    ? 'the service'
    : `InferenceService ${isvc.metadata.namespace}/${isvc.metadata.name}`
}
