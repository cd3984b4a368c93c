import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { createRecorder, explainBuild } from '../src/index.ts'

type Engine = 'graph' | 'containerd' | 'locked'
type Cases = Readonly<Record<string, { readonly exitCode: number; readonly stderr: string }>>
const read = (engine: Engine): Cases =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', `inputs-${engine}.json`), 'utf8')).cases
const RECORDED: Readonly<Record<Engine, Cases>> = {
  graph: read('graph'),
  containerd: read('containerd'),
  locked: read('locked'),
}
const IMAGE = '127.0.0.1:5000/ml/churn'

function explain(stderr: string, exitCode: number) {
  const recorder = createRecorder(() => {})
  recorder.push(Buffer.from(stderr))
  recorder.end()
  const { kind, code, details } = explainBuild({ record: recorder.record(), exitCode, image: IMAGE })
  return { kind, code, what: details.what, on: details.on, next: details.next }
}

/** What is wrong with an input: all of one kind. */
const BOTH: [name: string, input: string, code: string, next: string][] = [
  [
    'key with a passphrase',
    'ssh',
    'SSH_KEY',
    'Load the key into an agent before this step and give `ssh: default`, or take a key without a passphrase',
  ],
  ['file that is no key', 'ssh', 'SSH_KEY', 'Give the path of a private key: /context/key.pub is none'],
  [
    'no agent for a RUN',
    'ssh',
    'NO_SSH',
    'Give the step `ssh: default`: a RUN of the Dockerfile requires it',
  ],
  [
    'no secret for a RUN',
    'secrets',
    'NO_SECRET',
    'Give the step a line `pip=…` in `secrets`, `secret-envs` or `secret-files`: a RUN of the Dockerfile requires it',
  ],
  [
    'RUN that wants the network of the host',
    'network',
    'NETWORK_HOST',
    'Give the step `network: host`: a RUN of the Dockerfile asks for it',
  ],
  [
    'RUN without any network',
    'network',
    'NO_NETWORK',
    'Start the daemon with a bridge, or give `network: host` or `network: none`',
  ],
  [
    'host-gateway',
    'add-hosts',
    'HOST_GATEWAY',
    'Give the address itself: this builder does not know one for host-gateway',
  ],
  [
    'annotation of an index',
    'annotations',
    'NO_INDEX',
    'Leave `index:` away, or build for several `platforms`: a single image has no index',
  ],
  [
    'file that cannot be written',
    'outputs',
    'OUTPUT_PATH',
    'Let dest=… be a path that this job may write, and not /proc/nowhere/x.tar',
  ],
]
const DRIVER =
  'Run docker/setup-buildx-action before this step, or turn on the containerd image store of the daemon, or leave the input away'

describe('an input that cannot be had is named, with what to do', () => {
  test.each<[Engine, string, string, string, string]>([
    ...BOTH.flatMap((row): [Engine, string, string, string, string][] => [
      ['graph', ...row],
      ['containerd', ...row],
    ]),
    ['graph', 'SBOM', 'provenance` or `sbom', 'DOCKER_DRIVER', DRIVER],
    ['graph', 'archive of an image', 'outputs', 'DOCKER_DRIVER', DRIVER],
    ['graph', 'archive for docker load', 'outputs', 'DOCKER_DRIVER', DRIVER],
    [
      'locked',
      'network host that the daemon forbids',
      'network',
      'NETWORK_HOST',
      'Let the builder allow network.host, as those of docker/setup-buildx-action do, or leave `network: host` away',
    ],
  ])('%s: %s', (engine, name, input, code, next) => {
    const { stderr = '', exitCode = 0 } = RECORDED[engine][name] ?? {}
    const what = 'Cannot build the image'
    expect(explain(stderr, exitCode)).toEqual({
      kind: 'config',
      code,
      what,
      on: `the input \`${input}\``,
      next,
    })
  })
})

const SCANNER =
  'Run the step again; where Docker Hub cannot be reached, give `sbom: generator=…` with a copy of the scanner in a registry of your own'
const BASE_LAYER: readonly [Engine, string, string, string][] = (['graph', 'containerd'] as const).flatMap(
  (engine): [Engine, string, string, string][] => [
    [
      engine,
      'layer of a base that may not be read',
      'BASE_DENIED',
      'Allow arn:aws:iam::123456789012:user/sandbox `ecr:GetDownloadUrlForLayer` on arn:aws:ecr:us-east-1:123456789012:repository/ml/base',
    ],
    [
      engine,
      'layer of a base that is throttled',
      'BASE_RATE_LIMIT',
      'Pull from 127.0.0.1:5000/ml/base through a mirror or a pull-through cache of your own registry, or let fewer jobs pull at once',
    ],
  ],
)

describe('what the builder reads and writes beside the image', () => {
  test.each<[Engine, string, string, string]>([
    ...BASE_LAYER,
    ['containerd', 'SBOM scanner that cannot be had', 'BASE_UNREACHABLE', SCANNER],
    [
      'containerd',
      'SBOM',
      'BASE_UNREACHABLE',
      'Check the host in nohost.invalid/scan:1, then run the step again; if it stays, look at the network between the builder and the registry of nohost.invalid/scan:1, or take the image from a mirror of your own',
    ],
    [
      'containerd',
      'cache without a repository',
      'ECR_PUSH_INTERRUPTED',
      'Run the step again; if it stays, there may be no such repository: create it (`create-repository: true` creates that of the image)',
    ],
    [
      'containerd',
      'cache that may not be written',
      'ECR_ACCESS_DENIED',
      'Allow the role of this job `ecr:InitiateLayerUpload` on the repository',
    ],
  ])('%s: %s', (engine, name, code, next) => {
    const { stderr = '', exitCode = 0 } = RECORDED[engine][name] ?? {}
    expect(explain(stderr, exitCode)).toMatchObject({ code, next })
  })

  test('a cache is called one, by its input', () => {
    const { stderr = '' } = RECORDED.containerd['cache that may not be written'] ?? {}
    expect(explain(stderr, 1)).toMatchObject({ what: 'Cannot export the cache', on: 'the input `cache-to`' })
  })
})

const step = (name: string, error: string): string =>
  `${JSON.stringify({ vertexes: [{ digest: 'd', name, error, started: '2026-01-01T00:00:00Z' }] })}\nERROR: failed to build: failed to solve: ${error}\n`
const SCAN = '[linux/amd64] generating sbom using docker.io/docker/buildkit-syft-scanner:stable-1'
const FAILED = 'process "/bin/syft-scanner" did not complete successfully:'
const UPLOADS = 'https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/v2/ml/churn/blobs/uploads/'

/** Words that are not recorded: of a scanner without a network, of a right that nobody asks for, and of ECR itself. */
test.each([
  [
    step(SCAN, `${FAILED} network bridge not found`),
    'config',
    'the input `sbom`',
    'Start the daemon with a bridge: the scanner of the SBOM runs in its default network',
  ],
  [
    'ERROR: failed to build: failed to solve: failed to load LLB: security.insecure is not allowed',
    'workload',
    IMAGE,
    'Take what needs security.insecure out of the Dockerfile: no input of this action grants it',
  ],
  [
    step('pushing layers', `failed to push x: failed to do request: Post "${UPLOADS}": EOF`),
    'upstream',
    IMAGE,
    'Run the step again; if it stays, there may be no such repository: create it (`create-repository: true` creates that of the image)',
  ],
])('%s', (stderr, kind, on, next) => {
  expect(explain(stderr, 1)).toMatchObject({ kind, on, next })
})
