import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { assertNoFork } from '../src/fork.wire.ts'
import { FILE, type Fixture, manifest, startFixture, V1, V2 } from './fixture.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bump-fork-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function check(eventName: string, payload: unknown): Promise<void> {
  const eventPath = join(folder, 'event.json')
  await writeFile(eventPath, typeof payload === 'string' ? payload : JSON.stringify(payload))
  return assertNoFork({ eventName, eventPath, repository: 'acme/churn' })
}

const pull = (repo: unknown) => ({ pull_request: { head: { repo } } })
const refused = { kind: 'policy', code: 'BUMP_FORK', retryable: false }

describe('what a fork proposes is not deployed', () => {
  test.each<[what: string, event: string, payload: unknown]>([
    ['a pull request', 'pull_request', pull({ full_name: 'eve/churn' })],
    ['a pull request with our secrets', 'pull_request_target', pull({ full_name: 'eve/churn' })],
    ['a review of one', 'pull_request_review', pull({ full_name: 'eve/churn' })],
    ['a pull request whose fork is gone', 'pull_request_target', pull(null)],
    ['a run', 'workflow_run', { workflow_run: { head_repository: { full_name: 'eve/churn' } } }],
    ['a run whose fork is gone', 'workflow_run', { workflow_run: { head_repository: null } }],
    ['a payload that cannot be read', 'pull_request_target', '{'],
    ['a payload without the pull request', 'pull_request_target', {}],
  ])('by %s', async (_what, event, payload) => {
    await expect(check(event, payload)).rejects.toMatchObject(refused)
  })
})

describe('what is our own is', () => {
  test.each<[what: string, event: string, payload: unknown]>([
    ['a push', 'push', { ref: 'refs/heads/main' }],
    ['a push whose payload nobody can read', 'push', '{'],
    ['a pull request of a branch', 'pull_request', pull({ full_name: 'ACME/churn' })],
    ['a run', 'workflow_run', { workflow_run: { head_repository: { full_name: 'acme/churn' } } }],
  ])('%s', async (_what, event, payload) => {
    await expect(check(event, payload)).resolves.toBeUndefined()
  })
})

describe('a step for a fork', () => {
  let fixture: Fixture
  beforeEach(async () => {
    fixture = await startFixture()
  })
  afterEach(() => fixture.close())

  test('asks the server for nothing, but may rehearse', async () => {
    const eventPath = join(folder, 'event.json')
    await writeFile(eventPath, JSON.stringify(pull({ full_name: 'eve/churn' })))
    const event = { eventName: 'pull_request_target', eventPath }
    await expect(fixture.run({ image: V2 }, event)).rejects.toMatchObject(refused)
    expect(fixture.github.requests).toEqual([])
    expect((await fixture.run({ image: V2, 'dry-run': 'true' }, event)).outputs['changed']).toBe(false)
    expect(await fixture.manifest(FILE)).toBe(manifest(V1))
  })
})
