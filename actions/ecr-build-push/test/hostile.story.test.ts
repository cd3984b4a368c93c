import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { type Fixture, startFixture } from './fixture.ts'

const VALUES = [
  '$(touch canary)',
  '`touch canary`',
  ';touch canary',
  '-rf',
  '--pull',
  `it's "x"`,
  'a,b=c d',
  'a\nb',
  'a\r\nb',
  'a\u0000b',
  '${{ github.token }}',
  'é😀',
]

/** Each line is a cache of its own. */
const firstLine = (value: string): string => value.split(/\r?\n/)[0] ?? ''

/** How an input carries a value, and the one argument or variable of docker in which it then stands as it is. */
interface Way {
  readonly given: (value: string) => Readonly<Record<string, string>>
  readonly argument?: (value: string, workspace: string) => string
  readonly variable?: (value: string) => string
  /** Is not for the build, which must not see it. */
  readonly unseen?: boolean
  /** Made before, so that a value can be refused only for what it is. */
  readonly exists?: 'file' | 'folder'
}

const pair = (input: string, option: string): Way => ({
  given: (value) => ({ [input]: `KEY=${value}` }),
  argument: (value) => `--${option}=KEY=${value}`,
})
const CREATE = { 'create-repository': 'true' }
const TCP = { buildkit: 'tcp://buildkitd.example:1234' }

const WAYS: Readonly<Record<string, Way>> = {
  context: {
    given: (value) => ({ context: value, file: 'Dockerfile' }),
    argument: (value, root) => join(root, value),
    exists: 'folder',
  },
  file: {
    given: (value) => ({ file: value }),
    argument: (value, root) => `--file=${join(root, value)}`,
    exists: 'file',
  },
  target: { given: (value) => ({ target: value }), argument: (value) => `--target=${value}` },
  builder: { given: (value) => ({ builder: value }), argument: (value) => `--builder=${value}` },
  tags: { given: (value) => ({ tags: value }) },
  platforms: { given: (value) => ({ platforms: value }) },
  'build-args': pair('build-args', 'build-arg'),
  labels: pair('labels', 'label'),
  annotations: pair('annotations', 'annotation'),
  'build-contexts': {
    given: (value) => ({ 'build-contexts': `base=${value}` }),
    argument: (value, root) => `--build-context=base=${join(root, value)}`,
    exists: 'folder',
  },
  secrets: { given: (value) => ({ secrets: `pip=${value}` }), variable: (value) => `=${value}` },
  'secret-files': { given: (value) => ({ 'secret-files': `pip=${value}` }), exists: 'file' },
  ssh: { given: (value) => ({ ssh: `default=${value}` }), exists: 'file' },
  'cache-from': {
    given: (value) => ({ 'cache-from': `type=local,src=${value}` }),
    argument: (value) => `--cache-from=type=local,src=${firstLine(value)}`,
  },
  'cache-to': {
    given: (value) => ({ 'cache-to': `type=local,dest=${value}` }),
    argument: (value) => `--cache-to=type=local,dest=${firstLine(value)}`,
  },
  outputs: {
    given: (value) => ({ outputs: `type=local,dest=${value}` }),
    argument: (value) => `--output=type=local,dest=${value}`,
  },
  'secret-envs': { given: (value) => ({ 'secret-envs': `pip=${value}` }) },
  repository: { given: (value) => ({ repository: value }) },
  registry: { given: (value) => ({ registry: value }) },
  registries: { given: (value) => ({ registries: `ghcr.io=me:${value}` }) },
  buildkit: { given: (value) => ({ buildkit: value }) },
  'buildkit-ca': { given: (value) => ({ 'buildkit-ca': value, ...TCP }) },
  'buildkit-cert': { given: (value) => ({ 'buildkit-cert': value, ...TCP }) },
  'buildkit-key': { given: (value) => ({ 'buildkit-key': value, ...TCP }) },
  smoke: { given: (value) => ({ smoke: `8080/${value}` }) },
  'smoke-env': { given: (value) => ({ smoke: '8080/', 'smoke-env': `KEY=${value}` }), unseen: true },
  'add-hosts': { given: (value) => ({ 'add-hosts': `db:${value}` }) },
  ulimit: { given: (value) => ({ ulimit: `nofile=${value}` }) },
  sbom: { given: (value) => ({ sbom: `generator=${value}` }) },
  digests: { given: (value) => ({ mode: 'merge', digests: value, reuse: 'true' }) },
  ignore: { given: (value) => ({ scan: 'wait', ignore: `CVE-2026-1 ${value}` }) },
  'kms-key': { given: (value) => ({ ...CREATE, encryption: 'KMS', 'kms-key': value }) },
  'repository-tags': { given: (value) => ({ ...CREATE, 'repository-tags': `team=${value}` }) },
  'aws-region': { given: (value) => ({ 'aws-region': value }) },
  'role-to-assume': { given: (value) => ({ 'role-to-assume': value }) },
  'ca-cert': { given: (value) => ({ 'ca-cert': value }), exists: 'file' },
  'lifecycle-policy': {
    given: (value) => ({ 'lifecycle-policy': value, 'create-repository': 'true' }),
    exists: 'file',
  },
}

let fixture: Fixture
let path: string
let argumentsFile: string
let environmentFile: string

beforeAll(async () => {
  fixture = await startFixture()
  argumentsFile = join(fixture.workspace, '..', 'arguments')
  environmentFile = join(fixture.workspace, '..', 'environment')
  path = await fixture.before(
    '[ "$1" = context ] && { echo unix:///var/run/docker.sock; exit; }',
    `[ "$2" = build ] && { printf '%s\\0' "$@" > '${argumentsFile}'; env -0 > '${environmentFile}'; exit 3; }`,
  )
})
afterAll(() => fixture.close())

/** What the build was called with, or undefined where none was started. */
async function build(given: Readonly<Record<string, string>>) {
  for (const file of [argumentsFile, environmentFile]) await rm(file, { force: true })
  const { failure } = await fixture.push({ reuse: 'false', ...given }, { PATH: path })
  const read = async (file: string) => (await readFile(file, 'utf8').catch(() => '')).split('\0').slice(0, -1)
  return { failure, words: await read(argumentsFile), variables: await read(environmentFile) }
}

/** A file or a folder of that very name in the workspace, where one can have it. */
async function provide(value: string, kind: Way['exists']): Promise<void> {
  const target = join(fixture.workspace, value)
  if (kind === undefined || value.includes('\0')) return
  await mkdir(kind === 'folder' ? target : dirname(target), { recursive: true })
  if (kind === 'file') await writeFile(target, 'FROM scratch\n')
}

async function remove(value: string): Promise<void> {
  if (!value.includes('\0')) await rm(join(fixture.workspace, value), { recursive: true, force: true })
}

const OPTION = /^--[a-z][a-z-]*(?:=|$)/

describe.each(Object.entries(WAYS))('%s', (input, { given, argument, variable, unseen, exists }) => {
  test.each(VALUES)('takes %j for what it is, or refuses it', async (value) => {
    await provide(value, exists)
    const { failure, words, variables } = await build(given(value)).finally(() => remove(value))
    expect(existsSync(join(fixture.workspace, 'canary'))).toBe(false)
    if (words.length === 0) {
      expect(failure).toMatchObject({ kind: expect.stringMatching(/^(?:config|auth)$/) })
      expect(failure?.message).toContain(input)
      return
    }
    // docker has one context, and everything before it is an option with its value in it.
    const [context, ...options] = words.slice(2).toReversed()
    for (const word of options) expect(word).toMatch(OPTION)
    expect(context).toMatch(/^\//)
    if (argument !== undefined)
      expect(words.filter((word) => word === argument(value, fixture.workspace))).toHaveLength(1)
    if (unseen === true)
      expect([...words, ...variables].filter((word) => word.endsWith(`=${value}`))).toEqual([])
    if (variable === undefined) return
    expect(variables.filter((one) => one.endsWith(variable(value)))).not.toEqual([])
    expect(words.filter((word) => word.includes(value))).toEqual([])
  })
})
