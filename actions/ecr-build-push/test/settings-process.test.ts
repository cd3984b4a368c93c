import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Fixture, startFixture } from './fixture.ts'

const POLICY = '{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any"},"action":{"type":"expire"}}]}'
const SETTINGS = {
  'create-repository': 'true',
  'tag-mutability': 'IMMUTABLE_WITH_EXCLUSION',
  'tag-mutability-exclusions': 'latest',
  'repository-tags': 'team=ml',
  'lifecycle-policy': 'ecr/policy.json',
}

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture()
  await fixture.write({ 'ecr/policy.json': POLICY })
})
afterEach(() => fixture.close())

const repositories = () => fixture.ecr.state.registry.repositories

describe('a repository that is missing', () => {
  test('is created as it is wanted, and then holds what it was told', async () => {
    const given = { ...SETTINGS, repository: 'ml/none', tags: 'v1,latest' }
    const { code, summary } = await fixture.push(given)
    expect(code).toBe(0)
    expect(summary).toContain('The repository was created.')
    const created = repositories().get('ml/none')
    expect(created).toMatchObject({ tagMutability: 'IMMUTABLE_WITH_EXCLUSION', lifecyclePolicy: POLICY })
    expect(created?.resourceTags.get('team')).toBe('ml')
    const first = created?.tags.get('v1')

    await fixture.write({ 'model.txt': 'new weights' })
    const moved = await fixture.push({ ...given, tags: 'latest' })
    expect({ code: moved.code, summary: moved.summary }).toMatchObject({
      code: 0,
      summary: expect.not.stringContaining('### Repository'),
    })
    expect(created?.tags.get('latest')).not.toBe(first)
    const { code: refused, outputs } = await fixture.push({ ...given, tags: 'v1' })
    expect({ refused, kind: outputs['failure-kind'] }).toEqual({ refused: 1, kind: 'conflict' })
    expect(created?.tags.get('v1')).toBe(first)
  })

  test('but whose lifecycle policy is refused is there without it, and nothing is built', async () => {
    fixture.ecr.state.registry.deny.push({ action: 'ecr:PutLifecyclePolicy' })
    const { code, outputs, errors } = await fixture.push({ ...SETTINGS, repository: 'ml/none' })
    expect({ code, kind: outputs['failure-kind'], retryable: outputs['retryable'] }).toEqual({
      code: 1,
      kind: 'auth',
      retryable: 'false',
    })
    expect(errors[0]?.title).toContain('The repository was created, but its lifecycle policy was refused')
    expect(repositories().get('ml/none')?.lifecyclePolicy).toBeUndefined()
    expect((await fixture.calls()).words).not.toContain('buildx build')
  })
})

test('a repository that exists is left as it is, and every difference is said', async () => {
  fixture.ecr.state.registry.deny.push({ action: 'ecr:ListTagsForResource' })
  const { code, outputs, summary, stdout } = await fixture.push(SETTINGS)
  expect(code).toBe(0)
  expect(fixture.repository).toMatchObject({ tagMutability: 'MUTABLE', lifecyclePolicy: undefined })
  expect(stdout).toContain('`tag-mutability` asks for IMMUTABLE_WITH_EXCLUSION (latest), it has MUTABLE')
  expect(summary).toContain('| `tag-mutability` | `IMMUTABLE_WITH_EXCLUSION (latest)` | `MUTABLE` |')
  expect(summary).toContain('| `lifecycle-policy` | `as given` | `none` |')
  expect(summary).toContain('`repository-tags` could not be compared')
  expect(JSON.parse(outputs['report'] ?? '')).toMatchObject({
    'repository-settings': {
      differences: [{ setting: 'tag-mutability' }, { setting: 'lifecycle-policy' }],
      notes: [expect.stringContaining('ecr:ListTagsForResource')],
    },
  })
})

test('a dry run says the differences too', async () => {
  const { code, summary } = await fixture.push({ ...SETTINGS, 'dry-run': 'true' })
  expect(code).toBe(0)
  expect(summary).toContain('| `lifecycle-policy` | `as given` | `none` |')
})
