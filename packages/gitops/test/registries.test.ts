import { describe, expect, test } from '@jest/globals'
import { HOSTILE_VALUES } from '../../../test/harness/hostile.ts'
import { decideBump, parseAllowedRegistry, type WantedChange } from '../src/index.ts'
import { FILE, request, service } from './fixture.ts'
import { createLine } from './line.ts'

const covers = (pattern: string, repository: string): boolean =>
  parseAllowedRegistry(pattern).covers(repository)

describe('an allowed registry', () => {
  test.each([
    ['registry.example', 'registry.example/churn'],
    ['registry.example:5000', 'registry.example:5000/churn'],
    ['registry.example/team', 'registry.example/team/churn'],
    ['registry.example/team', 'registry.example/team'],
    ['*.dkr.ecr.eu-west-1.amazonaws.com/ml-*', '123.dkr.ecr.eu-west-1.amazonaws.com/ml-churn/server'],
  ])('%s covers %s', (pattern, repository) => {
    expect(covers(pattern, repository)).toBe(true)
  })

  test.each([
    ['registry.example', 'registry.example:5000/churn'],
    ['registry.example', 'registry.example.evil/churn'],
    ['registry.example', 'evil/registry.example/churn'],
    ['registry.example', 'registryxexample/churn'],
    ['registry.example/team', 'registry.example/teams/churn'],
    ['*.example', 'evil/a.example/churn'],
    ['registry.example/*/prod', 'registry.example/a/b/prod'],
  ])('%s does not cover %s', (pattern, repository) => {
    expect(covers(pattern, repository)).toBe(false)
  })

  test.each([
    ...HOSTILE_VALUES,
    '',
    '/a',
    'a//b',
    'a/',
    'A',
    'https://a',
    'a.b:',
    '*.*.*.*.a',
    'a?',
    '(a+)+',
  ])('is not %j', (pattern) => {
    expect(() => parseAllowedRegistry(pattern)).toThrow(
      expect.objectContaining({ want: expect.stringContaining('a registry') }),
    )
  })
})

describe('a bump', () => {
  const allowedRegistries = ['registry.example/churn', 'docker.io/library'].map(parseAllowedRegistry)
  const bump = (change: Partial<WantedChange>, image?: string) => {
    const line = createLine({ [FILE]: service('churn', image === undefined ? {} : { image }) })
    const { changes, ...asked } = request('registry.example/churn:v2')
    const [wanted] = changes
    const all = [{ ...wanted, ...change } as WantedChange]
    const rules = { allowedRegistries, allowRepositoryChange: true }
    return line.land(decideBump({ ...asked, ...rules, changes: all }, line.state(), undefined))
  }
  const refused = expect.objectContaining({ kind: 'policy', code: 'GITOPS_REGISTRY_NOT_ALLOWED' })

  test('takes an image of an allowed registry, by whatever name', () => {
    expect(bump({})).toMatchObject({ outcome: 'changed' })
    expect(bump({ value: 'nginx:1' })).toMatchObject({ outcome: 'changed' })
  })

  test('is refused an image, or a model that is one, of another', () => {
    expect(() => bump({ value: 'evil.example/churn:v2' })).toThrow(refused)
    expect(() => bump({ value: 'acme/churn:v2' })).toThrow(refused)
    expect(() => bump({ set: 'storage-uri', value: 'oci://evil.example/churn:v2' })).toThrow(refused)
  })

  test('takes a model that is no image, and what stands there already', () => {
    expect(bump({ set: 'storage-uri', value: 's3://ml/churn/v2/' })).toMatchObject({ outcome: 'changed' })
    expect(bump({ value: 'evil.example/churn:v1' }, 'evil.example/churn:v1')).toMatchObject({
      outcome: 'already-there',
    })
  })
})
