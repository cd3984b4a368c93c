import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { commitFiles, type Repository } from '@mlops-actions/sandbox/github'
import { FILE, type Fixture, manifest, startFixture, TOKEN, V1, V2 } from './fixture.ts'

const V3 = 'registry.example/churn:v3'

let fixture: Fixture
let product: Repository
let older: string
let newer: string

beforeEach(async () => {
  fixture = await startFixture()
  product = await fixture.github.createRepository('acme/churn', { isPrivate: true, files: { a: '1' } })
  older = await commit('2')
  newer = await commit('3')
})
afterEach(() => fixture.close())

function commit(text: string, branch = 'main'): Promise<string> {
  return commitFiles(fixture.github.state, product, { files: { a: text }, message: text, branch })
}

describe.each<[string, Record<string, string>]>([
  ['git', { transport: 'git' }],
  ['the API', { transport: 'api' }],
  ['a pull request', { transport: 'api', 'pull-request': 'true' }],
])('a new run of an older commit, by %s,', (_way, transport) => {
  const run = (image: string, sha: string, runId: string, more: Record<string, string> = {}) =>
    fixture.run({ ...transport, 'source-token': TOKEN, image, ...more }, { sha, runId })

  beforeEach(() => fixture.run({ 'source-token': TOKEN, image: V3 }, { sha: newer, runId: '100' }))

  test('does not replace what was built from one that contains it', async () => {
    await expect(run(V2, older, '101')).rejects.toMatchObject({
      code: 'GITOPS_NEWER_DEPLOYMENT',
      retryable: false,
      message: expect.stringMatching(
        `${newer.slice(0, 12)} of the product is deployed, which contains the commit ${older.slice(0, 12)}.*allow-downgrade: true`,
      ),
    })
    expect(await fixture.manifest()).toBe(manifest(V3))
  })

  test('does so where it is told to', async () => {
    const { outputs } = await run(V2, older, '101', { 'allow-downgrade': 'true' })
    expect(outputs['changed']).toBe(true)
    expect(fixture.github.requests.filter(({ path }) => path.includes('/compare/'))).toEqual([])
  })

  test.each([
    ['a newer commit', () => commit('4')],
    ['the same commit', () => newer],
    ['a commit that the history does not have', () => 'd'.repeat(40)],
  ])('but one of %s deploys', async (_what, shaOf) => {
    expect((await run(V2, await shaOf(), '101')).outputs['changed']).toBe(true)
  })
})

test('a token that may not read the product leaves it to the run ids', async () => {
  const given = { 'source-token': 'ghs_anotherToken', image: V3 }
  await fixture.run(given, { sha: newer, runId: '100' })
  expect((await fixture.run({ ...given, image: V2 }, { sha: older, runId: '101' })).outputs['changed']).toBe(
    true,
  )
  await expect(fixture.run({ ...given, image: V1 }, { sha: older, runId: '99' })).rejects.toMatchObject({
    code: 'GITOPS_NEWER_DEPLOYMENT',
  })
  expect(await fixture.manifest(FILE)).toBe(manifest(V2))
})

test('nothing is asked where the value stands already, or a later run decides alone', async () => {
  const given = { 'source-token': TOKEN, image: V3 }
  await fixture.run(given, { sha: newer, runId: '100' })
  await fixture.run(given, { sha: older, runId: '101' })
  expect(fixture.github.requests.filter(({ path }) => path.includes('/compare/'))).toEqual([])
})
