import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readScope } from '../src/scope.wire.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scope-'))
  await writeFile(join(folder, 'main.json'), JSON.stringify({ repository: { default_branch: 'main' } }))
  await writeFile(join(folder, 'empty.json'), JSON.stringify({ repository: { default_branch: '' } }))
  await writeFile(join(folder, 'broken.json'), '{')
  await writeFile(join(folder, 'cron.json'), JSON.stringify({ schedule: '0 2 * * *' }))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const cases: [eventName: string, ref: string, refProtected: boolean, payload: string, scope: string][] = [
  ['push', 'refs/heads/main', false, 'main.json', 'trusted'],
  // Its payload says its line of cron and nothing of the repository; it runs on the default branch only.
  ['schedule', 'refs/heads/main', false, 'cron.json', 'trusted'],
  ['schedule', 'refs/heads/main', false, 'none.json', 'trusted'],
  ['workflow_dispatch', 'refs/heads/release', true, 'main.json', 'trusted'],
  ['push', 'refs/heads/release', true, 'none.json', 'trusted'],
  ['push', 'refs/heads/feature', false, 'main.json', 'other'],
  ['push', 'refs/tags/main', false, 'main.json', 'other'],
  ['push', 'refs/heads/main', false, 'none.json', 'other'],
  ['push', 'refs/heads/main', false, 'broken.json', 'other'],
  ['push', 'refs/heads/', false, 'empty.json', 'other'],
  ['merge_group', 'refs/heads/gh-readonly-queue/main/pr-7', false, 'main.json', 'other'],
  ['pull_request', 'refs/pull/7/merge', false, 'main.json', 'other'],
  ['pull_request', 'refs/heads/main', true, 'main.json', 'other'],
  ['pull_request_target', 'refs/heads/main', true, 'main.json', 'other'],
  ['pull_request_review', 'refs/heads/main', true, 'main.json', 'other'],
  ['workflow_run', 'refs/heads/main', true, 'main.json', 'other'],
  ['issue_comment', 'refs/heads/main', true, 'main.json', 'other'],
  ['', 'refs/heads/main', true, 'main.json', 'other'],
]
test.each(cases)(
  '%s of %s (protected: %s, payload %s) is %s',
  async (eventName, ref, refProtected, payload, scope) => {
    expect(await readScope({ eventName, ref, refProtected, eventPath: join(folder, payload) })).toBe(scope)
  },
)
