import { isScan } from './build-facts.ts'
import type { Explanation, Rule } from './build-rule.ts'

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
    /User: (\S+) is not authorized to perform: (ecr(?:-public)?:\w+)(?: on resource: (\S+))?/,
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
    /failed to resolve source metadata for (\S+): error getting credentials - err: exec: "([^"]+)": executable file not found/,
    ([, image, program]) => ({
      kind: 'config',
      code: 'CREDENTIAL_HELPER',
      what: BASE,
      on: "the user's Docker configuration",
      next: `Install ${program} on the runner, or take it out of \`credsStore\` or \`credHelpers\` there, or name the registry of ${image} in \`registries\``,
    }),
  ],
  [
    /failed to resolve source metadata for (\S+): error getting credentials - err: /,
    ([, image]) => ({
      kind: 'auth',
      code: 'CREDENTIAL_HELPER',
      what: BASE,
      on: "the user's Docker configuration",
      next: `Let its program for credentials answer for the registry of ${image}, or name that in \`registries\``,
    }),
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
    // buildx waits for twenty seconds, and says this whatever is wrong.
    /^context deadline exceeded$/,
    () => ({
      kind: 'upstream',
      code: 'BUILDER_UNREACHABLE',
      on: 'the builder',
      next: 'Start the builder, and look at the way to it (network, certificates, kubectl or ssh): buildx has waited for it and does not say more',
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
    /\bEOF\b|connection reset|broken pipe|use of closed network connection|i\/o timeout|TLS handshake timeout|connection refused|no such host|unexpected status .* 5\d\d/,
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
