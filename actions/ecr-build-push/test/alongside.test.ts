import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type Fixture, startFixture } from './fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

const TOO_OLD = /it is github\.com\/docker\/buildx v0\.25\.0 abc; only 0\.26 and newer take the token/

/** The build would take an hour: this ends only because it is ended. */
test('a buildx that is too old is found while it builds, which ends the build', async () => {
  const path = await fixture.before(
    'case "$2" in version) echo github.com/docker/buildx v0.25.0 abc; exit;; build) exec sleep 3600;; esac',
  )
  const { failure } = await fixture.push({ reuse: 'false' }, { PATH: path })
  expect(failure).toMatchObject({ kind: 'config', code: 'BUILDX_TOO_OLD' })
  expect(failure?.details.seen).toMatch(TOO_OLD)
  expect(fixture.repository.tags.size).toBe(0)
})

test('what a failed build says yields to a buildx that is too old for it', async () => {
  const path = await fixture.before(
    'case "$2" in version) echo github.com/docker/buildx v0.25.0 abc; exit;; build) echo ERROR: no basic auth credentials >&2; exit 1;; esac',
  )
  const { failure } = await fixture.push({ reuse: 'false' }, { PATH: path })
  expect(failure?.code).toBe('BUILDX_TOO_OLD')
})

test.each([
  ['a dry run', { 'dry-run': 'true' }],
  ['a repository that has to be created', { repository: 'ml/none', 'create-repository': 'true' }],
])('a buildx that is too old is found before %s says or does anything', async (_, inputs) => {
  const path = await fixture.before(
    'case "$2" in version) echo github.com/docker/buildx v0.25.0 abc; exit;; build) exit 3;; esac',
  )
  const { failure, log } = await fixture.push(inputs, { PATH: path })
  expect(failure?.code).toBe('BUILDX_TOO_OLD')
  expect(log).not.toContain('Build and push')
  expect(fixture.ecr.state.registry.repositories.has('ml/none')).toBe(false)
})
