/** What a registry's host name says about it. */
export interface RegistryHost {
  /** With its port, as image references begin. */
  readonly host: string
  /** `private`: ECR of an account; `public`: ECR Public; `loopback`: this machine; `other`: not Amazon's, as far as the name tells. */
  readonly kind: 'private' | 'public' | 'loopback' | 'other'
  /** Twelve digits. */
  readonly account: string | undefined
  readonly region: string | undefined
}

// awslabs/amazon-ecr-credential-helper (ecr-login/api/client.go): every partition, FIPS, and the dual-stack names.
const PRIVATE = [
  /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|sc2s\.sgov\.gov|c2s\.ic\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)$/,
  /^(\d{12})\.dkr-ecr(?:-fips)?\.([a-z0-9-]+)\.on\.(?:aws|amazonwebservices\.com\.cn)$/,
]
/** Of ECR Public; the other one of it is for IPv6. */
export const PUBLIC_HOST = 'public.ecr.aws'
const PUBLIC = new Set([PUBLIC_HOST, 'ecr-public.aws.com'])
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/

/** Reads a registry's host name; pure, nothing is looked up. */
export function parseRegistryHost(host: string): RegistryHost {
  for (const pattern of PRIVATE) {
    const [, account, region] = pattern.exec(host) ?? []
    if (account !== undefined) return { host, kind: 'private', account, region }
  }
  const kind = PUBLIC.has(host) ? 'public' : LOOPBACK.test(host) ? 'loopback' : 'other'
  return { host, kind, account: undefined, region: undefined }
}

/** Where a registry answers. Docker, too, speaks plain http with this machine, and with nobody else. */
export function registryUrl(host: string): string {
  return `${parseRegistryHost(host).kind === 'loopback' ? 'http' : 'https'}://${host}`
}

/** Ends of host names of ECR by how a region begins; the rest are `amazonaws.com` (AWS SDK, partitions). */
const SUFFIXES: readonly (readonly [beginning: string, suffix: string])[] = [
  ['cn-', 'amazonaws.com.cn'],
  ['eusc-', 'amazonaws.eu'],
  ['us-iso-', 'c2s.ic.gov'],
  ['us-isob-', 'sc2s.sgov.gov'],
  ['eu-isoe-', 'cloud.adc-e.uk'],
  ['us-isof-', 'csp.hci.ic.gov'],
]

/** The host that ECR itself names for the registry of an account, as the `proxyEndpoint` of its tokens. */
export function formatRegistryHost(account: string, region: string): string {
  const suffix = SUFFIXES.find(([beginning]) => region.startsWith(beginning))?.[1] ?? 'amazonaws.com'
  return `${account}.dkr.ecr.${region}.${suffix}`
}
