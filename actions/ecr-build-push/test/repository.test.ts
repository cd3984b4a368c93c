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
  test('is a failure with advice, before anything is built', async () => {
    const { failure } = await fixture.push({ repository: 'ml/none' })
    expect(failure?.kind).toBe('not-found')
    expect(failure?.message).toContain('create-repository: true')
    expect((await fixture.calls()).words).not.toContain('buildx build')
  })

  test('is created when that is wanted, as it is wanted', async () => {
    const { failure, summary } = await fixture.push({
      repository: 'ml/none',
      'create-repository': 'true',
      'tag-mutability': 'IMMUTABLE',
    })
    expect(failure).toBeUndefined()
    expect(summary).toContain('The repository was created.')
    expect(fixture.ecr.state.registry.repositories.get('ml/none')?.tagMutability).toBe('IMMUTABLE')
  })

  test('is created as it is wanted, and then holds what it was told', async () => {
    const given = { ...SETTINGS, repository: 'ml/none', tags: 'v1,latest' }
    const { failure, summary } = await fixture.push(given)
    expect(failure).toBeUndefined()
    expect(summary).toContain('The repository was created.')
    const created = repositories().get('ml/none')
    expect(created).toMatchObject({ tagMutability: 'IMMUTABLE_WITH_EXCLUSION', lifecyclePolicy: POLICY })
    expect(created?.resourceTags.get('team')).toBe('ml')
    const first = created?.tags.get('v1')

    await fixture.write({ 'model.txt': 'new weights' })
    const moved = await fixture.push({ ...given, tags: 'latest' })
    expect(moved.failure).toBeUndefined()
    expect(moved.summary).not.toContain('### Repository')
    expect(created?.tags.get('latest')).not.toBe(first)
    const refused = await fixture.push({ ...given, tags: 'v1' })
    expect(refused.failure?.kind).toBe('conflict')
    expect(created?.tags.get('v1')).toBe(first)
  })

  test('but whose lifecycle policy is refused is there without it, and nothing is built', async () => {
    fixture.ecr.state.registry.deny.push({ action: 'ecr:PutLifecyclePolicy' })
    const { failure } = await fixture.push({ ...SETTINGS, repository: 'ml/none' })
    expect(failure).toMatchObject({ kind: 'auth', retryable: false })
    expect(failure?.details.what).toContain(
      'The repository was created, but its lifecycle policy was refused',
    )
    expect(repositories().get('ml/none')?.lifecyclePolicy).toBeUndefined()
    expect((await fixture.calls()).words).not.toContain('buildx build')
  })
})

test('a repository that exists is left as it is, and every difference is said', async () => {
  fixture.ecr.state.registry.deny.push({ action: 'ecr:ListTagsForResource' })
  const { failure, outputs, summary, log } = await fixture.push(SETTINGS)
  expect(failure).toBeUndefined()
  expect(fixture.repository).toMatchObject({ tagMutability: 'MUTABLE', lifecyclePolicy: undefined })
  expect(log).toContain('`tag-mutability` asks for IMMUTABLE_WITH_EXCLUSION (latest), it has MUTABLE')
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
  const { failure, summary } = await fixture.push({ ...SETTINGS, 'dry-run': 'true' })
  expect(failure).toBeUndefined()
  expect(summary).toContain('| `lifecycle-policy` | `as given` | `none` |')
})
