import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { startEcrPublic } from '@mlops-actions/sandbox/ecr-public'
import { DEFAULT_PRINCIPAL } from '@mlops-actions/sandbox/s3'
import { readmePolicy } from '../../../test/harness/readme-policy.ts'
import { MOVED } from '../src/elsewhere.ts'
import { inputs } from '../src/inputs.ts'
import { startFixture } from './fixture.ts'

const README = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')

/** docker/build-push-action v7, action.yml. */
const THEIRS = [
  'add-hosts',
  'allow',
  'annotations',
  'attests',
  'build-args',
  'build-contexts',
  'builder',
  'cache-from',
  'cache-to',
  'call',
  'cgroup-parent',
  'context',
  'file',
  'github-token',
  'labels',
  'load',
  'network',
  'no-cache',
  'no-cache-filters',
  'outputs',
  'platforms',
  'provenance',
  'pull',
  'push',
  'sbom',
  'secret-envs',
  'secret-files',
  'secrets',
  'shm-size',
  'ssh',
  'tags',
  'target',
  'ulimit',
]

function section(name: string): string {
  return README.split(`<!-- ${name}:start -->`)[1]?.split(`<!-- ${name}:end -->`)[0] ?? ''
}

function words(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word)
}

describe('the table for moving from build-push-action', () => {
  const rows = section('moving')
    .trim()
    .split('\n')
    .slice(2)
    .map((row) => row.split('|').map((cell) => cell.trim()))

  test('has each of its inputs once', () => {
    expect(rows.flatMap(([, there = '']) => words(there))).toEqual(THEIRS)
  })

  test('names inputs that there are, and says why where there is none', () => {
    const names = Object.keys(inputs.fields)
    for (const [, there, here = '', why = ''] of rows) {
      for (const name of words(here)) expect(names).toContain(name)
      expect([there, here === '' ? why : here]).not.toContain('')
    }
  })

  test('calls an input here as it is called there, wherever that name is taken', () => {
    const names = new Set(Object.keys(inputs.fields))
    for (const [, there = '', here = ''] of rows)
      for (const name of words(there).filter((one) => names.has(one))) expect(words(here)).toContain(name)
  })

  test('says of each that is not taken here what the step says that refuses it', () => {
    const names = new Set(Object.keys(inputs.fields))
    const gone = rows.filter(([, there = '']) => !words(there).some((name) => names.has(name)))
    expect(
      gone.map(([, there = '', here = '', why = '']) => [words(there)[0], { here: words(here), why }]),
    ).toEqual(Object.entries(MOVED))
  })
})

describe.each([
  ['ECR', 'Token', false],
  ['ECR Public', 'PublicToken', true],
])('the policy of the README for %s', (_registry, first, wanted) => {
  test('allows what the table of permissions asks for, and nothing else', () => {
    const table = section('permissions')
      .split('\n')
      .filter((row) => row.startsWith('| AWS |') && row.includes('ecr-public:') === wanted)
      .flatMap((row) => words(row.split(' on ')[0] ?? ''))
    const allowed: readonly string[] = readmePolicy('ecr-build-push', first).Statement.flatMap(
      ({ Action }) => Action,
    )
    expect([...new Set(allowed)].sort()).toEqual([...new Set(table)].sort())
  })
})

test('with the policy of the README for ECR Public an image is pushed to a repository that it creates, and reused', async () => {
  const policy = readmePolicy('ecr-build-push', 'PublicToken')
  const gallery = await startEcrPublic({ principals: [{ ...DEFAULT_PRINCIPAL, policy }] })
  const fixture = await startFixture()
  try {
    const given = {
      registry: 'public.ecr.aws',
      repository: 'a1b2c3d4/churn',
      'create-repository': 'true',
      'repository-tags': 'team=ml',
    }
    const push = (tags: string) =>
      fixture.push({ ...given, tags }, { AWS_ENDPOINT_URL_ECR_PUBLIC: gallery.url })
    expect((await push('v1')).failure).toBeUndefined()
    const { failure, outputs, log } = await push('v2')
    expect(failure).toBeUndefined()
    expect(outputs['cache-hit']).toBe('true')
    expect(log).not.toContain('could not be compared')
    const elsewhere = await fixture.push(
      { ...given, repository: 'a1b2c3d4/other' },
      { AWS_ENDPOINT_URL_ECR_PUBLIC: gallery.url },
    )
    expect(elsewhere.failure?.kind).toBe('auth')
  } finally {
    await Promise.all([fixture.close(), gallery.close()])
  }
})
