import type { BuildFacts } from './build-facts.ts'
import type { Explanation, Rule } from './build-rule.ts'

const WHAT = 'Cannot push the image'

const auth = (code: string, next: string): Explanation => ({ kind: 'auth', code, what: WHAT, next })
const passing = (code: string, kind: 'rate-limit' | 'upstream', next: string): Explanation => ({
  kind,
  code,
  what: WHAT,
  next,
})

const MISSING: Explanation = {
  kind: 'not-found',
  code: 'ECR_NO_REPOSITORY',
  what: WHAT,
  next: 'Give the step `create-repository: true`, or create the repository',
}

/** Whether the tag is taken is only known when one looks: the daemon's own image store hides what the registry said. */
const TAKEN: Explanation = {
  kind: 'conflict',
  code: 'ECR_TAG_IMMUTABLE',
  what: WHAT,
  next: 'Push under another tag, such as the commit, or exempt this tag with a mutability exclusion filter of the repository',
}

const ALL_OF_A_PUSH =
  'ecr:BatchCheckLayerAvailability`, `ecr:InitiateLayerUpload`, `ecr:UploadLayerPart`, `ecr:CompleteLayerUpload`, `ecr:BatchGetImage` and `ecr:PutImage'

/**
 * What a registry that refuses a push means by it (BuildKit's and the daemon's words; docker/build-push-action#901,
 * aws-actions/amazon-ecr-login#14, moby/buildkit#3776, aws/containers-roadmap#876).
 */
export const PUSH_RULES: readonly Rule[] = [
  [
    /User: (\S+) is not authorized to perform: (ecr(?:-public)?:\w+)(?: on resource: (\S+))?/,
    ([, who, action, resource = 'the repository']) =>
      auth('ECR_ACCESS_DENIED', `Allow ${who} \`${action}\` on ${resource}`),
  ],
  [
    /authorization token has expired/,
    () => auth('ECR_TOKEN_EXPIRED', 'Run the step again: it gets a new token, which lives 12 hours'),
  ],
  [
    /no basic auth credentials/,
    () =>
      auth(
        'ECR_NO_CREDENTIALS',
        'Name the registry in the input `registry` just as the image does: FIPS, dual-stack and other regions have hosts of their own',
      ),
  ],
  [/name unknown: The repository with name|name_unknown|repository name not known/i, () => MISSING],
  [/tag invalid: .*immutable|ImageTagAlreadyExists/i, () => TAKEN],
  [/toomanyrequests|Throttling|Rate exceeded|429 Too Many Requests/i, () => throttled()],
  [
    /(?:error writing manifest blob|exporting cache).*400 Bad Request|400 Bad Request.*(?:cache manifest|exporting cache)/,
    () => ({
      kind: 'config',
      code: 'ECR_CACHE_MANIFEST',
      what: 'Cannot export the cache',
      on: 'the input `cache-to`',
      next: 'Add image-manifest=true,oci-mediatypes=true, and let its tag be mutable',
    }),
  ],
  [
    /unexpected status from (HEAD|GET|POST|PATCH|PUT) request to (\S+?): (\d{3})/,
    ([, method = '', url = '', status]) => ofStatus(method, url, Number(status)),
  ],
  // The daemon's own pusher says neither which request it was nor, of an empty answer, anything at all.
  [
    /error parsing HTTP 403 response body: unexpected end of JSON input|denied:\s*$/,
    () => denied(ALL_OF_A_PUSH),
  ],
  // ECR ends the connection where it would have to say that there is no repository (docker/build-push-action#850).
  [
    /Post "?https?:\/\/\S+\/blobs\/uploads\/\S*: (?:EOF|.*connection reset)/,
    () =>
      passing(
        'ECR_PUSH_INTERRUPTED',
        'upstream',
        'Run the step again; if it stays, there may be no such repository: create it (`create-repository: true` creates that of the image)',
      ),
  ],
  [
    /unauthorized/i,
    () =>
      auth('ECR_UNAUTHORIZED', 'Run the step again; is `registry` a registry of ECR, and of this region?'),
  ],
  [
    /received unexpected HTTP status: 5\d\d|\bEOF\b|connection reset|broken pipe|use of closed network connection|i\/o timeout|TLS handshake timeout|connection refused|no such host|unexpected status .* 5\d\d/,
    () => interrupted(),
  ],
]

/** Whether these words are about pushing, and not about a base image or the build itself. */
export function isAboutPush({ said, step }: BuildFacts): boolean {
  return (
    /^(?:pushing|exporting) /.test(step?.name ?? '') ||
    /failed to push|error writing manifest blob|^Error response from daemon: denied/.test(said)
  )
}

function ofStatus(method: string, url: string, status: number): Explanation {
  if (status === 401)
    return auth(
      'ECR_UNAUTHORIZED',
      'Run the step again; is `registry` a registry of ECR, and of this region?',
    )
  if (status === 403) return denied(actionOf(method, url))
  if (status === 404 && method === 'POST') return MISSING
  if (status === 400 && method === 'PUT' && url.includes('/manifests/')) return TAKEN
  return status === 429 ? throttled() : interrupted()
}

/** The IAM action that a request of the distribution protocol needs at ECR. */
export function actionOf(method: string, url: string): string {
  const manifest = url.includes('/manifests/')
  switch (method) {
    case 'HEAD':
      return manifest ? 'ecr:BatchGetImage' : 'ecr:BatchCheckLayerAvailability'
    case 'POST':
      return 'ecr:InitiateLayerUpload'
    case 'PATCH':
      return 'ecr:UploadLayerPart'
    case 'PUT':
      return manifest ? 'ecr:PutImage' : 'ecr:CompleteLayerUpload'
    default:
      return manifest ? 'ecr:BatchGetImage' : 'ecr:GetDownloadUrlForLayer'
  }
}

/** ECR also answers 403 to a manifest when the repository is full (medic/cht-core#9175). */
function denied(action: string): Explanation {
  const full = action.includes('PutImage')
    ? '; the same answer comes when the repository holds as many images as its quota allows'
    : ''
  return auth('ECR_ACCESS_DENIED', `Allow the role of this job \`${action}\` on the repository${full}`)
}

function throttled(): Explanation {
  return passing('ECR_THROTTLED', 'rate-limit', 'Run the step again later, or let fewer jobs push at once')
}

function interrupted(): Explanation {
  return passing(
    'ECR_PUSH_INTERRUPTED',
    'upstream',
    'Run the step again; what has arrived is not sent a second time. If it stays, look at the network between runner and registry',
  )
}
