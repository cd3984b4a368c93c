import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { parseOciManifest } from '@mlops-actions/oci'
import {
  createRecorder,
  explainBuild,
  isSameImage,
  parseAnnotation,
  readFacts,
  refusedTag,
} from '../src/index.ts'

type Store = 'graph' | 'containerd'
interface Recorded {
  readonly madeBy: string
  readonly cases: Readonly<Record<string, { readonly exitCode: number; readonly stderr: string }>>
}

const read = (store: Store): Recorded =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', `${store}.json`), 'utf8'))
const RECORDED: Readonly<Record<Store, Recorded>> = { graph: read('graph'), containerd: read('containerd') }

function replay(store: Store, name: string) {
  const found = RECORDED[store].cases[name]
  if (found === undefined) throw new Error(`${store} has no case ${name}`)
  const said: string[] = []
  const recorder = createRecorder((line) => said.push(line))
  const bytes = Buffer.from(found.stderr)
  // Pieces that end inside of lines and of characters, as a pipe gives them.
  for (let at = 0; at < bytes.length; at += 97) recorder.push(bytes.subarray(at, at + 97))
  recorder.end()
  return { record: recorder.record(), exitCode: found.exitCode, said }
}

function explain(store: Store, name: string) {
  return explainBuild({ ...replay(store, name), image: '127.0.0.1:5000/ml/churn' })
}

const BOTH: [name: string, kind: string, code: string, next: string][] = [
  ['missing COPY source', 'workload', 'COPY_SOURCE', 'Put /nowhere.txt into the context'],
  ['syntax', 'workload', 'DOCKERFILE_SYNTAX', 'Correct this line'],
  ['failing RUN', 'workload', 'RUN_FAILED', 'Make this command end with 0'],
  ['missing target', 'config', 'NO_TARGET', 'name of a stage'],
  ['missing base', 'not-found', 'BASE_MISSING', 'instead of 127.0.0.1:5000/ml/churn:nowhere'],
  [
    'base of a host that is not there',
    'upstream',
    'BASE_UNREACHABLE',
    'the registry of nohost.invalid/ml/base:1',
  ],
  [
    'base of a registry that is down',
    'upstream',
    'BASE_UNREACHABLE',
    'the registry of 127.0.0.1:5000/ml/other:v1',
  ],
  ['base that may not be read', 'auth', 'BASE_DENIED', '`ecr:BatchGetImage`'],
  ['missing repository', 'not-found', 'ECR_NO_REPOSITORY', 'create-repository: true'],
  ['denied BatchCheckLayerAvailability', 'auth', 'ECR_ACCESS_DENIED', '`ecr:BatchCheckLayerAvailability`'],
  ['denied InitiateLayerUpload', 'auth', 'ECR_ACCESS_DENIED', '`ecr:InitiateLayerUpload`'],
  ['denied CompleteLayerUpload', 'auth', 'ECR_ACCESS_DENIED', '`ecr:CompleteLayerUpload`'],
  ['denied PutImage', 'auth', 'ECR_ACCESS_DENIED', '`ecr:PutImage`'],
  ['denied BatchGetImage', 'auth', 'ECR_ACCESS_DENIED', '`ecr:BatchGetImage`'],
  ['full repository', 'auth', 'ECR_ACCESS_DENIED', 'as many images as its quota allows'],
  ['taken immutable tag', 'conflict', 'ECR_TAG_IMMUTABLE', 'another tag, such as the commit'],
  ['throttled', 'rate-limit', 'ECR_THROTTLED', 'later'],
  ['unavailable', 'upstream', 'ECR_PUSH_INTERRUPTED', 'Run the step again'],
  ['reset', 'upstream', 'ECR_PUSH_INTERRUPTED', 'Run the step again'],
  ['unknown option', 'config', 'BUILDX_FLAG', 'does not know --nowhere'],
  ['unknown builder', 'config', 'NO_BUILDER', 'Create the builder nowhere'],
]
const CASES: [Store, string, string, string, string][] = [
  ...BOTH.flatMap(([name, ...want]): [Store, string, string, string, string][] => [
    ['graph', name, ...want],
    ['containerd', name, ...want],
  ]),
  ['graph', 'no credentials', 'auth', 'ECR_NO_CREDENTIALS', '`registry` just as the image does'],
  ['containerd', 'no credentials', 'auth', 'ECR_UNAUTHORIZED', 'a registry of ECR'],
  ['graph', 'wrong password', 'auth', 'ECR_UNAUTHORIZED', 'a registry of ECR'],
  ['containerd', 'wrong password', 'auth', 'ECR_UNAUTHORIZED', 'a registry of ECR'],
  ['graph', 'expired token', 'auth', 'ECR_TOKEN_EXPIRED', 'lives 12 hours'],
  // With this store the registry's words do not arrive.
  ['containerd', 'expired token', 'auth', 'ECR_ACCESS_DENIED', '`ecr:BatchCheckLayerAvailability`'],
  ['graph', 'two platforms', 'config', 'DOCKER_DRIVER', 'setup-buildx-action'],
  ['graph', 'cache export', 'config', 'DOCKER_DRIVER', 'setup-buildx-action'],
  ['graph', 'attestation', 'config', 'DOCKER_DRIVER', 'setup-buildx-action'],
  ['containerd', 'cache export', 'config', 'ECR_CACHE_MANIFEST', 'image-manifest=true'],
]

describe('what a real buildx says of a failure is understood', () => {
  test.each(CASES)('%s store: %s', (store, name, kind, code, next) => {
    const failure = explain(store, name)
    expect({ kind: failure.kind, code: failure.code }).toEqual({ kind, code })
    expect(failure.details.next).toContain(next)
    expect(failure.details.seen).not.toBe('')
  })

  test.each([
    ['two platforms', '`platforms`'],
    ['cache export', '`cache-to`'],
    ['attestation', '`provenance` or `sbom`'],
  ])('%s: the input is named', (name, input) => {
    expect(explain('graph', name).details.on).toBe(`the input ${input}`)
  })
})

describe('a step that failed', () => {
  test.each(['graph', 'containerd'] as const)('is named with its line and its last words (%s)', (store) => {
    const { on, seen } = explain(store, 'failing RUN').details
    expect(on).toMatch(/^Dockerfile:3, \[2\/2\] RUN --network=none/)
    expect(seen).toMatch(/did not complete successfully: exit code: \d+\n│ .*\/bin\/train/)
  })

  test('is the one that failed, not one that was cancelled with it', () => {
    const step = (name: string, error: string) => ({ name, error, took: 1, cached: false, output: [] })
    const steps = [step('[a 1/1] RUN x', 'context canceled'), step('[b 1/1] RUN y', 'exit code: 1')]
    const made = { manifest: undefined, config: undefined }
    expect(readFacts({ steps, text: [], made }, 1).step?.name).toBe('[b 1/1] RUN y')
  })
})

describe('a build that went well', () => {
  test.each(['graph', 'containerd'] as const)('is shown step by step, with what was made (%s)', (store) => {
    const { record, said } = replay(store, 'pushed')
    expect(said.filter((line) => line.includes('[1/1] COPY model.txt /'))).toHaveLength(1)
    expect(said.some((line) => line.includes('[internal]'))).toBe(false)
    expect(record.steps.find(({ name }) => name === '[1/1] COPY model.txt /')).toMatchObject({
      cached: false,
      took: expect.any(Number),
      error: undefined,
    })
    expect(record.made.config).toMatch(/^sha256:[0-9a-f]{64}$/)
    if (store === 'containerd') expect(record.made.manifest).toMatch(/^sha256:[0-9a-f]{64}$/)
  })
})

describe('a tag that does not move', () => {
  test.each(['graph', 'containerd'] as const)('is read out of the refusal (%s)', (store) => {
    expect(refusedTag(replay(store, 'taken immutable tag').record)).toBe('v1')
  })
  test('is not guessed', () => expect(refusedTag({ text: ['ERROR: no'], steps: [] })).toBeUndefined())

  const digestOf = (digit: string) => `sha256:${digit.repeat(64)}`
  const stored = (manifest: object) => ({
    digest: digestOf('a'),
    manifest: parseOciManifest(JSON.stringify({ schemaVersion: 2, ...manifest }), ''),
  })
  const image = (annotations?: object) => stored({ config: { digest: digestOf('c'), size: 1 }, annotations })
  test.each([
    ['the same manifest', 'a', undefined, image(), true],
    ['the same configuration, packed otherwise', 'b', 'c', image(), true],
    ['another image', 'b', 'd', image(), false],
    ['an index', 'b', undefined, stored({ manifests: [] }), false],
    ['the very index', 'a', undefined, stored({ manifests: [] }), true],
  ])('%s', (_, manifest, config, there, same) => {
    const made = { manifest: digestOf(manifest), config: config && digestOf(config) }
    expect(isSameImage(made, there)).toBe(same)
  })

  test.each([
    [undefined, false],
    [{ team: 'ops' }, false],
    [{ team: 'ml' }, true],
  ])('the same configuration, where team=ml is asked for and %j is there', (annotations, same) => {
    const made = { manifest: undefined, config: digestOf('c') }
    expect(isSameImage(made, image(annotations), [parseAnnotation('team=ml')])).toBe(same)
  })
})

test('text that is no status at all is kept, and its last lines are the reason', () => {
  const recorder = createRecorder(() => {})
  recorder.push(
    Buffer.from(
      '{"half":\nCannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
    ),
  )
  recorder.end()
  const failure = explainBuild({ record: recorder.record(), exitCode: 1, image: 'x' })
  expect(failure).toMatchObject({ kind: 'config', code: 'DOCKER_DAEMON' })
})

const saying = (...text: string[]) => ({ steps: [], text, made: { manifest: undefined, config: undefined } })

test('silence is no success, and no defect of ours', () => {
  expect(explainBuild({ record: saying(), exitCode: undefined, image: 'x' })).toMatchObject({
    kind: 'upstream',
    code: 'BUILD_FAILED',
    message: expect.stringContaining('buildx ended with a signal and no message'),
  })
})

test('a builder that ends in the middle is not a push that broke', () => {
  const said =
    'ERROR: failed to build: failed to receive status: rpc error: code = Unavailable desc = error reading from server: EOF'
  expect(explainBuild({ record: saying(said), exitCode: 1, image: 'x' })).toMatchObject({
    kind: 'upstream',
    code: 'BUILDER_GONE',
    details: { what: 'Cannot build the image', next: expect.stringContaining('memory') },
  })
})

test('nothing that was not about a push is called one', () => {
  const words = ['connection refused', 'EOF', 'unauthorized', 'no such host', 'unexpected status from GET request to https://x/v2/: 500 Internal Server Error', 'toomanyrequests'] // biome-ignore format: one line
  for (const word of words) {
    const record = saying(`ERROR: failed to solve: process a thing: ${word}`)
    expect(explainBuild({ record, exitCode: 1, image: 'x' }).details.what).toBe('Cannot build the image')
  }
})

test('an endless line and an endless log do not fill the memory', () => {
  const recorder = createRecorder(() => {})
  const log = {
    vertexes: [{ digest: 'd', name: '[1/1] RUN x' }],
    logs: [{ vertex: 'd', data: btoa('y\n'.repeat(50_000)) }],
  }
  recorder.push(Buffer.from(`${JSON.stringify(log)}\n`))
  for (let times = 0; times < 40; times++) recorder.push(Buffer.alloc(100_000, 'x'))
  recorder.end()
  expect(JSON.stringify(recorder.record()).length).toBeLessThan(10_000)
})

// What buildx 0.29.1 said after its twenty seconds, of a closed port.
test('a builder that buildx does not reach is named, since buildx does not', () => {
  const waiting =
    '{"vertexes":[{"digest":"sha256:79c3","name":"[internal] waiting for connection","started":"2026-11-28T07:47:30.932000729Z","completed":"2026-11-28T07:47:50.932969189Z","error":"context deadline exceeded"}]}\n'
  const recorder = createRecorder(() => {})
  recorder.push(Buffer.from(`${waiting}ERROR: failed to build: context deadline exceeded\n`))
  recorder.end()
  expect(explainBuild({ record: recorder.record(), exitCode: 1, image: 'x' })).toMatchObject({
    kind: 'upstream',
    code: 'BUILDER_UNREACHABLE',
    details: { on: 'the builder', next: expect.stringContaining('kubectl or ssh') },
  })
})

test('a right of ECR Public is named as that', () => {
  const said =
    'ERROR: failed to solve: failed to push x: unexpected status from HEAD request to https://x/v2/a/b/blobs/sha256:0: 403 Forbidden'
  const build = { record: saying(said), exitCode: 1, image: 'x' }
  expect(explainBuild({ ...build, isPublic: true }).details.next).toContain(
    '`ecr-public:BatchCheckLayerAvailability`',
  )
  expect(explainBuild(build).details.next).toContain('`ecr:BatchCheckLayerAvailability`')
})

test.each([
  '403 Forbidden',
  'User: arn:aws:sts::1:assumed-role/ci/x is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:eu-west-1:1:repository/base',
])('a right on the base of an image for ECR Public is one of ECR: %s', (words) => {
  const said = `ERROR: failed to solve: failed to resolve source metadata for 123456789012.dkr.ecr.eu-west-1.amazonaws.com/base:1: ${words}`
  const { next } = explainBuild({ record: saying(said), exitCode: 1, image: 'x', isPublic: true }).details
  expect(next).toContain('`ecr:BatchGetImage`')
  expect(next).not.toContain('ecr-public')
})
