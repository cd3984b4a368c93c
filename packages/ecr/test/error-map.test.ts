import { describe, expect, test } from '@jest/globals'
import { createRecorder, explainBuild } from '../src/index.ts'

const IMAGE = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/ml/churn'
const URL = 'https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/v2/ml/churn'
const ROLE = 'arn:aws:sts::123456789012:assumed-role/ml-push/run-42'

/** As buildx says it of a push that failed. */
function ofPush(words: string) {
  const recorder = createRecorder(() => {})
  const step = { digest: 'd', name: 'pushing layers', error: words, started: '2026-01-01T00:00:00Z' }
  recorder.push(
    Buffer.from(
      `${JSON.stringify({ vertexes: [step] })}\nERROR: failed to build: failed to solve: failed to push ${IMAGE}:v1: ${words}\n`,
    ),
  )
  recorder.end()
  const { kind, code, details } = explainBuild({ record: recorder.record(), exitCode: 1, image: IMAGE })
  return { kind, code, on: details.on, next: details.next }
}

const allow = (action: string): string => `Allow the role of this job \`${action}\` on the repository`
const FULL = '; the same answer comes when the repository holds as many images as its quota allows'
const AGAIN =
  'Run the step again; what has arrived is not sent a second time. If it stays, look at the network between runner and registry'
const LATER = 'Run the step again later, or let fewer jobs push at once'
const CREATE = 'Give the step `create-repository: true`, or create the repository'
const TAKEN =
  'Push under another tag, such as the commit, or exempt this tag with a mutability exclusion filter of the repository'
const MAYBE_MISSING =
  'Run the step again; if it stays, there may be no such repository: create it (`create-repository: true` creates that of the image)'

describe('what a registry says of a push, and what it means', () => {
  test.each([
    [
      `denied: User: ${ROLE} is not authorized to perform: ecr:InitiateLayerUpload on resource: arn:aws:ecr:eu-west-1:123456789012:repository/ml/churn because no identity-based policy allows it`,
      'auth',
      `Allow ${ROLE} \`ecr:InitiateLayerUpload\` on arn:aws:ecr:eu-west-1:123456789012:repository/ml/churn`,
    ],
    [
      `unexpected status from HEAD request to ${URL}/blobs/sha256:ab: 403 Forbidden`,
      'auth',
      allow('ecr:BatchCheckLayerAvailability'),
    ],
    [
      `unexpected status from HEAD request to ${URL}/manifests/v1: 403 Forbidden`,
      'auth',
      allow('ecr:BatchGetImage'),
    ],
    [
      `unexpected status from POST request to ${URL}/blobs/uploads/: 403 Forbidden`,
      'auth',
      allow('ecr:InitiateLayerUpload'),
    ],
    [
      `unexpected status from PATCH request to ${URL}/blobs/uploads/x: 403 Forbidden`,
      'auth',
      allow('ecr:UploadLayerPart'),
    ],
    [
      `unexpected status from PUT request to ${URL}/blobs/uploads/x?digest=sha256:ab: 403 Forbidden`,
      'auth',
      allow('ecr:CompleteLayerUpload'),
    ],
    [
      `unexpected status from PUT request to ${URL}/manifests/v1: 403 Forbidden`,
      'auth',
      `${allow('ecr:PutImage')}${FULL}`,
    ],
    [
      `unexpected status from GET request to ${URL}/manifests/v1: 403 Forbidden`,
      'auth',
      allow('ecr:BatchGetImage'),
    ],
    [
      `unexpected status from GET request to ${URL}/blobs/sha256:ab: 403 Forbidden`,
      'auth',
      allow('ecr:GetDownloadUrlForLayer'),
    ],
    [
      "name unknown: The repository with name 'ml/churn' does not exist in the registry with id '123456789012'",
      'not-found',
      CREATE,
    ],
    [`unexpected status from POST request to ${URL}/blobs/uploads/: 404 Not Found`, 'not-found', CREATE],
    [`failed to do request: Post "${URL}/blobs/uploads/": EOF`, 'upstream', MAYBE_MISSING],
    [
      "tag invalid: The image tag 'v1' already exists in the 'ml/churn' repository and cannot be overwritten because the repository is immutable.",
      'conflict',
      TAKEN,
    ],
    [`unexpected status from PUT request to ${URL}/manifests/v1: 400 Bad Request`, 'conflict', TAKEN],
    [
      'no basic auth credentials',
      'auth',
      'Name the registry in the input `registry` just as the image does: FIPS, dual-stack and other regions have hosts of their own',
    ],
    [
      'denied: Your authorization token has expired. Reauthenticate and try again.',
      'auth',
      'Run the step again: it gets a new token, which lives 12 hours',
    ],
    ['toomanyrequests: Rate exceeded', 'rate-limit', LATER],
    [`unexpected status from PUT request to ${URL}/manifests/v1: 429 Too Many Requests`, 'rate-limit', LATER],
    ['ThrottlingException: Rate exceeded', 'rate-limit', LATER],
    [`unexpected status from PUT request to ${URL}/manifests/v1: 503 Service Unavailable`, 'upstream', AGAIN],
    [`failed to do request: Put "${URL}/blobs/uploads/x": EOF`, 'upstream', AGAIN],
    [
      `failed to do request: Put "${URL}/blobs/uploads/x": net/http: TLS handshake timeout`,
      'upstream',
      AGAIN,
    ],
  ])('%s', (words, kind, next) => {
    expect(ofPush(words)).toMatchObject({ kind, on: IMAGE, next })
  })

  test('a manifest of a cache that is refused is a matter of its input', () => {
    const recorder = createRecorder(() => {})
    const words = `error writing manifest blob: failed commit on ref "sha256:ab": unexpected status from PUT request to ${URL}/manifests/cache: 400 Bad Request`
    recorder.push(Buffer.from(`ERROR: failed to build: failed to solve: ${words}\n`))
    recorder.end()
    const { kind, details } = explainBuild({ record: recorder.record(), exitCode: 1, image: IMAGE })
    expect({ kind, on: details.on, next: details.next }).toEqual({
      kind: 'config',
      on: 'the input `cache-to`',
      next: 'Add image-manifest=true,oci-mediatypes=true, and let its tag be mutable',
    })
  })

  test.each([
    ['Multi-platform build', '`platforms`'],
    ['Cache export', '`cache-to`'],
    ['Attestation', '`provenance` or `sbom`'],
    ['OCI exporter', '`outputs`'],
    ['Docker exporter', '`outputs`'],
  ])('%s that the driver cannot: the input is named', (what, input) => {
    const recorder = createRecorder(() => {})
    recorder.push(Buffer.from(`ERROR: failed to build: ${what} is not supported for the docker driver.\n`))
    recorder.end()
    const { details } = explainBuild({ record: recorder.record(), exitCode: 1, image: IMAGE })
    expect({ on: details.on, next: details.next }).toEqual({
      on: `the input ${input}`,
      next: 'Run docker/setup-buildx-action before this step, or turn on the containerd image store of the daemon, or leave the input away',
    })
  })
})
