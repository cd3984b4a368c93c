/** Why an image does not arrive, as far as the runtime's words tell. */
export type PullProblem = 'missing' | 'denied' | 'platform' | 'throttled' | 'unreachable' | 'unknown'

const PATTERNS: readonly (readonly [PullProblem, RegExp])[] = [
  ['platform', /no match for platform|no matching manifest for|exec format error/i],
  ['throttled', /toomanyrequests|429 Too Many|rate limit/i],
  ['missing', /not ?found|manifest unknown|name unknown|does not exist|404/i],
  ['denied', /unauthorized|denied|forbidden|no basic auth|authorization failed|\b40[13]\b/i],
  ['unreachable', /timeout|timed out|no such host|connection refused|i\/o|EOF|\b50[0234]\b|TLS|x509/i],
]

/** Reads the message of ErrImagePull or ImagePullBackOff (containerd and CRI-O spell them alike). */
export function classifyPull(message: string): PullProblem {
  return PATTERNS.find(([, pattern]) => pattern.test(message))?.[0] ?? 'unknown'
}

/** Whether trying again will not help unless somebody changes something. */
export function isFinal(problem: PullProblem): boolean {
  return problem === 'missing' || problem === 'denied' || problem === 'platform'
}

const ADVICE: Readonly<Record<PullProblem, string>> = {
  missing: 'Push the image under exactly this name, or correct the image in the manifest',
  denied:
    'Let the nodes pull it: for ECR the node role needs AmazonEC2ContainerRegistryPullOnly and the repository policy must allow its account; elsewhere add an imagePullSecret to the ServiceAccount',
  platform: 'Build the image for the architecture of the nodes (`platforms` of ecr-build-push)',
  throttled: 'Wait, or pull through a cache of your own: the registry limits how often it is asked',
  unreachable: 'Check that the nodes reach the registry: DNS, NAT or VPC endpoints, proxy, its CA',
  unknown: 'Read the message above; try to pull the image from a node of the cluster',
}

export function pullAdvice(message: string): string {
  return ADVICE[classifyPull(message)]
}
