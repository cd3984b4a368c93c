import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { testWorld } from '../../../../test/harness/world.ts'
import {
  type ContentKey,
  contentKey,
  type KeyedRequest,
  type KeyOptions,
} from '../../src/content-key/content-key.ts'
import { Unkeyable } from '../../src/content-key/unkeyable.ts'
import { parseAnnotation, parseOutput } from '../../src/index.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'key-'))
  await mkdir(join(root, 'models'))
  await writeFile(join(root, 'Dockerfile'), 'ARG V=3\nFROM python:$V\nCOPY . /\n')
})
afterEach(() => rm(root, { recursive: true, force: true }))

const DIGEST = `sha256:${'a'.repeat(64)}`
const OPTIONS: KeyOptions = {
  scope: 'other',
  machine: ['x64'],
  digestOf: async () => DIGEST,
  say: () => {},
}

function keyOf(request: Partial<KeyedRequest> = {}, options: Partial<KeyOptions> = {}): Promise<ContentKey> {
  const whole: KeyedRequest = {
    context: root,
    file: join(root, 'Dockerfile'),
    push: true,
    target: undefined,
    platforms: [],
    buildArgs: new Map(),
    buildContexts: new Map(),
    secrets: [],
    labels: new Map(),
    cacheFrom: [],
    cacheTo: [],
    noCache: false,
    pull: false,
    provenance: 'false',
    ssh: [],
    annotations: [],
    sbom: 'false',
    network: 'default',
    shmSize: undefined,
    ulimits: [],
    addHosts: [],
    outputs: [],
    builder: undefined,
    ...request,
  }
  return contentKey(testWorld(), whole, { ...OPTIONS, ...options })
}

test('the key is a tag, the same for the same build', async () => {
  const { tag, bases } = await keyOf()
  expect(tag).toMatch(/^ctx-[0-9a-f]{64}$/)
  expect([...bases]).toEqual([['python:3', DIGEST]])
  expect((await keyOf()).tag).toBe(tag)
})

const counting: [what: string, request: Partial<KeyedRequest>, options: Partial<KeyOptions>][] = [
  ['who made it', {}, { scope: 'trusted' }],
  ['the machine, where no platform is given', {}, { machine: ['arm64'] }],
  ['another digest of a base', {}, { digestOf: async () => `sha256:${'b'.repeat(64)}` }],
  ['a build argument', { buildArgs: new Map([['A', '1']]) }, {}],
  ['a build argument that names the base', { buildArgs: new Map([['V', '4']]) }, {}],
  ['the target', { target: 'serve' }, {}],
  ['platforms', { platforms: ['linux/amd64'] }, {}],
  ['a label of the user', { labels: new Map([['team', 'churn']]) }, {}],
  ['a secret that is given', { secrets: [{ id: 'pip', env: 'X' }] }, {}],
  ['an attestation', { provenance: 'true' }, {}],
  ['an SBOM', { sbom: 'true' }, {}],
  ['who makes the SBOM', { sbom: 'generator=scan:1' }, {}],
  ['an agent that is given', { ssh: [{ id: 'default', paths: ['/run/agent'] }] }, {}],
  ['an annotation', { annotations: [parseAnnotation('a=b')] }, {}],
  ['where an annotation stands', { annotations: [parseAnnotation('manifest[linux/amd64]:a=b')] }, {}],
  ['the network', { network: 'host' }, {}],
  ['shared memory', { shmSize: 1 }, {}],
  ['a limit', { ulimits: ['nofile=1'] }, {}],
  ['a host', { addHosts: ['db=10.0.0.7'] }, {}],
  ['how the image is packed', { outputs: [parseOutput('type=image,compression=zstd')] }, {}],
  ['what the image was asked before it was pushed', { smoke: '[8080,"/ready"]' }, {}],
]
test.each(counting)('%s counts', async (_, request, options) => {
  expect((await keyOf(request, options)).tag).not.toBe((await keyOf()).tag)
})

test.each<[string, Partial<KeyedRequest>, Partial<KeyOptions>]>([
  ['where the secret comes from', { secrets: [{ id: 'pip', file: '/x' }] }, {}],
])('%s does not count', async (_, request, options) => {
  const one = await keyOf({ secrets: [{ id: 'pip', env: 'X' }] })
  expect((await keyOf(request, options)).tag).toBe(one.tag)
})

test('where an agent is does not count', async () => {
  const at = (path: string) => keyOf({ ssh: [{ id: 'default', paths: [path] }] })
  expect((await at('/tmp/ssh-1/agent')).tag).toBe((await at('/tmp/ssh-2/agent')).tag)
})

test('two annotations, hosts, limits or packings are told from each other', async () => {
  const requests: Partial<KeyedRequest>[] = [
    { annotations: [parseAnnotation('a=b')] },
    { annotations: [parseAnnotation('a=c')] },
    { annotations: [parseAnnotation('index:a=b')] },
    { addHosts: ['a=10.0.0.1'] },
    { addHosts: ['a=10.0.0.2'] },
    { ulimits: ['nofile=1'] },
    { ulimits: ['nofile=2'] },
    { outputs: [parseOutput('type=image,compression=zstd')] },
    { outputs: [parseOutput('type=image,compression=gzip')] },
  ]
  const tags = await Promise.all(requests.map(async (request) => (await keyOf(request)).tag))
  expect(new Set(tags).size).toBe(requests.length)
})

test.each<[string, Partial<KeyedRequest>]>([
  ['a cache to read', { cacheFrom: ['type=gha'] }],
  ['a cache to write', { cacheTo: ['type=gha'] }],
  ['the builder', { builder: 'other' }],
])('%s does not count', async (_, request) => {
  expect((await keyOf(request)).tag).toBe((await keyOf()).tag)
})

test('the machine does not count where platforms are given', async () => {
  const platforms = ['linux/amd64']
  const other = await keyOf({ platforms }, { machine: ['arm64'] })
  expect(other.tag).toBe((await keyOf({ platforms })).tag)
})

test('the order of build arguments does not count, their values do not run into each other', async () => {
  const tagOf = async (pairs: [string, string][]) => (await keyOf({ buildArgs: new Map(pairs) })).tag
  expect(
    await tagOf([
      ['A', '1'],
      ['B', '2'],
    ]),
  ).toBe(
    await tagOf([
      ['B', '2'],
      ['A', '1'],
    ]),
  )
  expect(await tagOf([['A', '1,B=2']])).not.toBe(
    await tagOf([
      ['A', '1'],
      ['B', '2'],
    ]),
  )
})

test('the Dockerfile counts where it is not in the context', async () => {
  await writeFile(join(root, '.dockerignore'), 'Dockerfile*\n')
  const before = await keyOf()
  await writeFile(join(root, 'Dockerfile'), 'ARG V=3\nFROM python:$V\n')
  expect((await keyOf()).tag).not.toBe(before.tag)
})

test('a folder of another context counts by its files, less its own .dockerignore', async () => {
  const buildContexts = new Map([['model', join(root, 'models')]])
  await writeFile(join(root, '.dockerignore'), 'models\n')
  await writeFile(join(root, 'models/.dockerignore'), '*.log\n')
  const before = await keyOf({ buildContexts })
  await writeFile(join(root, 'models/x.log'), 'x')
  expect((await keyOf({ buildContexts })).tag).toBe(before.tag)
  await writeFile(join(root, 'models/x.bin'), 'x')
  expect((await keyOf({ buildContexts })).tag).not.toBe(before.tag)
})

test('an image as a context counts by its digest', async () => {
  const asked: string[] = []
  await keyOf(
    { buildContexts: new Map([['base', 'docker-image://alpine:3']]) },
    {
      digestOf: async (image) => {
        asked.push(image)
        return DIGEST
      },
    },
  )
  expect(asked.sort()).toEqual(['alpine:3', 'python:3'])
})

test('an image that is named by its digest is asked for nowhere', async () => {
  await writeFile(join(root, 'Dockerfile'), `FROM python:3@${DIGEST}\n`)
  expect((await keyOf({}, { digestOf: undefined })).bases.get(`python:3@${DIGEST}`)).toBe(DIGEST)
})

describe('there is no key', () => {
  test.each<[string, Partial<KeyedRequest>, string]>([
    ['where every step is to be built anew', { noCache: true }, '`no-cache`'],
    ['where newer bases are looked for', { pull: true }, '`pull`'],
    ['where files are asked for too', { outputs: [parseOutput('type=local,dest=out')] }, '`outputs`'],
    ['where the daemon is to have the image too', { outputs: [parseOutput('type=docker')] }, '`outputs`'],
    [
      'of a context that git fetches',
      { buildContexts: new Map([['x', 'https://x.example/y.git']]) },
      'build context x',
    ],
    ['of a context by ssh', { buildContexts: new Map([['x', 'git@x.example:y.git']]) }, 'build context x'],
    ['of a layout of images', { buildContexts: new Map([['x', 'oci-layout:///tmp/x']]) }, 'build context x'],
  ])('%s', async (_, request, says) => {
    await expect(keyOf(request)).rejects.toThrow(says)
    await expect(keyOf(request)).rejects.toThrow(Unkeyable)
  })

  test('where nobody may be asked for a base', async () => {
    await expect(keyOf({}, { digestOf: undefined })).rejects.toThrow('python:3')
  })

  test('where a base cannot be asked for, and nothing is hashed any longer', async () => {
    const digestOf = async (): Promise<string> => {
      throw new Unkeyable('no network')
    }
    await expect(keyOf({}, { digestOf })).rejects.toThrow('no network')
  })
})
