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
