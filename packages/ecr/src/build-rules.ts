import { isScan } from './build-facts.ts'
import type { Explanation, Rule } from './build-rule.ts'

const config = (code: string, next: string, on?: string): Explanation => ({
  kind: 'config',
  code,
  next,
  ...(on === undefined ? {} : { on }),
})

const DRIVER_LIMITS: Readonly<Record<string, string>> = {
  'Multi-platform build': '`platforms`',
  'Cache export': '`cache-to`',
  Attestation: '`provenance` or `sbom`',
  'OCI exporter': '`outputs`',
  'Docker exporter': '`outputs`',
}

/** What stands in the way before anything is built. */
export const SETUP_RULES: readonly Rule[] = [
  [
    /(Cannot connect to the Docker daemon|failed to connect to the docker API|error during connect)/,
    () => config('DOCKER_DAEMON', 'Start the Docker daemon, or take a runner image that has one running'),
  ],
  [
    /no builder "?([^"]+)"? found/,
    ([, name]) =>
      config(
        'NO_BUILDER',
        `Create the builder ${name} before, as docker/setup-buildx-action does`,
        'the input `builder`',
      ),
  ],
  [
    /(Multi-platform build|Cache export|Attestation|OCI exporter|Docker exporter) is not supported for the docker driver/,
    ([, limit = '']) =>
      config(
        'DOCKER_DRIVER',
        'Run docker/setup-buildx-action before this step, or turn on the containerd image store of the daemon, or leave the input away',
        `the input ${DRIVER_LIMITS[limit]}`,
      ),
  ],
  [
    /push-by-digest is currently not implemented for docker driver/,
    () =>
      config(
        'DOCKER_DRIVER',
        'Run docker/setup-buildx-action before this step: the builder of the Docker engine itself pushes nothing without a tag',
        'the input `push-by-digest`',
      ),
  ],
  [
    /unknown flag: (--\S+)/,
    ([, flag]) =>
      config('BUILDX_FLAG', `Update buildx on the runner: it does not know ${flag}`, 'docker buildx'),
  ],
  [
    /target stage "?([^"]+)"? could not be found/,
    () => config('NO_TARGET', 'Give the name of a stage (`FROM … AS name`)', 'the input `target`'),
  ],
  [
    /failed to read dockerfile: open (\S+): no such file/,
    () =>
      config(
        'NO_DOCKERFILE',
        'Give the path of the Dockerfile from the root of the repository',
        'the input `file`',
      ),
  ],
  [
    /unable to prepare context/,
    () =>
      config(
        'NO_CONTEXT',
        'Give a folder of the repository; was it checked out before this step?',
        'the input `context`',
      ),
  ],
  [
    /no space left on device/,
    () => config('DISK_FULL', 'Free space on the runner, or take a larger one', 'the disk of the runner'),
  ],
]

const workload = (code: string, next: string): Explanation => ({ kind: 'workload', code, next })

const BASE = 'Cannot read the base image'

const SCANNER_FAILED: Explanation = {
  kind: 'workload',
  code: 'SBOM_FAILED',
  what: 'Cannot make the SBOM of the image',
  on: 'the input `sbom`',
  next: 'Read above what the scanner said at last, or name another one as `generator=image`',
}

/** What is wrong with the Dockerfile or with what it runs, and with what the builder reads for it. */
export const BUILD_RULES: readonly Rule[] = [
  [
    /did not complete successfully: exit code: 137/,
    () => workload('RUN_KILLED', 'The kernel ended this command: it wants more memory than the runner has'),
  ],
  [
    /did not complete successfully: exit code: (\d+)/,
    ([, code], facts) =>
      isScan(facts)
        ? SCANNER_FAILED
        : workload('RUN_FAILED', `Make this command end with 0 instead of ${code}; its last lines are above`),
  ],
  [
    /failed to calculate checksum of ref\b.*?"(\/[^"]*)": not found/,
    ([, path]) =>
      workload(
        'COPY_SOURCE',
        `Put ${path} into the context (it is looked for below \`context\`), and look whether .dockerignore leaves it out`,
      ),
  ],
  [
    /dockerfile parse error|unknown instruction|failed to parse/,
    () => workload('DOCKERFILE_SYNTAX', 'Correct this line of the Dockerfile'),
  ],
  [
    /User: (\S+) is not authorized to perform: (ecr:\w+)(?: on resource: (\S+))?/,
    ([, who, action, resource = 'its repository']) => ({
      kind: 'auth',
      code: 'BASE_DENIED',
      what: BASE,
      next: `Allow ${who} \`${action}\` on ${resource}`,
    }),
  ],
  [
    /unexpected status code https?:\/\/([^/\s]+)\/v2\/(\S+)\/blobs\/\S+: (401|403|429)\b/,
    ([, host, path, status]) => ofLayer(`${host}/${path}`, status === '429'),
  ],
  [
    /failed to resolve source metadata for (\S+): .*(?:429|toomanyrequests)/i,
    ([, image]) => ({
      kind: 'rate-limit',
      code: 'BASE_RATE_LIMIT',
      what: BASE,
      next: `Pull ${image} through a mirror or a pull-through cache of your own registry, or name its registry in \`registries\` with a login`,
    }),
  ],
  [
    /failed to resolve source metadata for (\S+): .*(?:401|403|unauthorized|denied|authorization failed|no basic auth)/i,
    ([, image]) => ({
      kind: 'auth',
      code: 'BASE_DENIED',
      what: BASE,
      next: `Name the registry of ${image} in \`registries\`, or log in to it before this step; in ECR allow the role \`ecr:BatchGetImage\` and \`ecr:GetDownloadUrlForLayer\` on it; does the image exist?`,
    }),
  ],
  [
    /failed to resolve source metadata for (\S+): .*not found/,
    ([, image]) => ({
      kind: 'not-found',
      code: 'BASE_MISSING',
      what: BASE,
      next: `Name a base image that exists instead of ${image}`,
    }),
  ],
  [
    /failed to resolve source metadata for (\S+): /,
    ([, image]) => ({
      kind: 'upstream',
      code: 'BASE_UNREACHABLE',
      what: BASE,
      next: `Check the host in ${image}, then run the step again; if it stays, look at the network between the builder and the registry of ${image}, or take the image from a mirror of your own`,
    }),
  ],
  [
    /failed to receive status|rpc error: code = Unavailable/,
    () => ({
      kind: 'upstream',
      code: 'BUILDER_GONE',
      next: 'Run the step again; if it stays, the builder ends by itself: look at its memory and at its log',
    }),
  ],
  [
    /\bEOF\b|connection reset|broken pipe|i\/o timeout|TLS handshake timeout|connection refused|no such host|unexpected status .* 5\d\d/,
    () => ({
      kind: 'upstream',
      code: 'BUILD_INTERRUPTED',
      next: 'Run the step again; if it stays, look at the network between the builder and what it reads: URLs of ADD, contexts, caches',
    }),
  ],
]

/** A base whose manifest may be read, and a layer not: at ECR that is another right. */
function ofLayer(repository: string, isThrottled: boolean): Explanation {
  if (isThrottled)
    return {
      kind: 'rate-limit',
      code: 'BASE_RATE_LIMIT',
      what: BASE,
      next: `Pull from ${repository} through a mirror or a pull-through cache of your own registry, or let fewer jobs pull at once`,
    }
  return {
    kind: 'auth',
    code: 'BASE_DENIED',
    what: BASE,
    next: `Allow the role \`ecr:GetDownloadUrlForLayer\` on ${repository}, or log in to its registry before this step`,
  }
}
