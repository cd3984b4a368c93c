import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { commitFiles, headOf, protectBranch, readFileAt, reportCheck } from '@mlops-actions/sandbox/github'
import { HOSTILE_TEXT } from '../../../test/harness/hostile.ts'
import { FILE, type Fixture, manifest, readInputs, startFixture, V1, V2 } from './fixture.ts'

let fixture: Fixture

beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

const run = (given: Record<string, string>, context?: Parameters<Fixture['run']>[1]) =>
  fixture.run({ transport: 'auto', 'pull-request': 'true', ...given }, context)

const pull = (number = 1) => {
  const found = fixture.repository.pulls[number - 1]
  if (found === undefined) throw new Error(`there is no #${number}`)
  return found
}
const headOfPull = async () => (await headOf(fixture.repository, pull().headRef)) ?? ''

describe('a pull request', () => {
  test('proposes both values for a protected branch, and says what it is about', async () => {
    await protectBranch(fixture.repository, 'main', 'GH013')
    const before = await fixture.head()
    const given = {
      image: V2,
      'storage-uri': 's3://ml/churn/v2/',
      labels: 'deployment, churn',
      reviewers: 'ann',
      'team-reviewers': 'acme/platform',
    }
    const { outputs, summary } = await run(given)
    expect(await fixture.head()).toBe(before)
    const url = `${fixture.github.url}/acme/gitops/pull/1`
    expect(outputs).toMatchObject({
      changed: true,
      'from-this-run': false,
      'commit-sha': await headOfPull(),
      'previous-image': V1,
      'new-image': V2,
      files: [FILE],
      'pr-number': 1,
      'pr-url': url,
      merged: false,
    })
    expect(outputs['merge-commit-sha']).toBeUndefined()
    expect(await readFileAt(fixture.repository, await headOfPull(), FILE)).toBe(
      manifest(V2, 's3://ml/churn/v2/'),
    )
    expect(pull()).toMatchObject({
      headRef: expect.stringMatching(/^mlops\/bump\/churn\/[0-9a-f]{10}$/),
      baseRef: 'main',
      title: 'Deploy churn: image and storage-uri',
      labels: new Set(['deployment', 'churn']),
      reviewers: new Set(['ann']),
      teamReviewers: new Set(['platform']),
    })
    expect(pull().body).toContain(`+      image: ${V2}`)
    expect(pull().body).toContain(`(${fixture.github.url}/acme/churn/actions/runs/100)`)
    expect(summary).toMatch(
      /^## 📬 Pull request \[#1\]\(.*\) proposes another image and storage URI of churn/,
    )
    expect(summary).toContain('nothing is deployed by it so far')
  })

  test('run again is the same one, with the same outputs', async () => {
    const first = await run({ image: V2 })
    const again = await run({ image: V2 }, { runAttempt: '2' })
    expect(again.outputs).toMatchObject({
      ...first.outputs,
      changed: false,
      files: [],
    })
    expect(fixture.repository.pulls).toHaveLength(1)
  })

  test('has a title of its own, and writes hostile text as the text that it is', async () => {
    const title = HOSTILE_TEXT.join(' ')
    await run({ image: V2, 'pull-request-title': title, 'commit-message': HOSTILE_TEXT.join('\n') })
    expect(pull().title).not.toMatch(/[\u0000-\u001f]/)
    expect(pull().title.length).toBeLessThanOrEqual(256)
    expect(await readFileAt(fixture.repository, await headOfPull(), FILE)).toBe(manifest(V2))
  })

  test('of one value does not take the place of that of another', async () => {
    await run({ image: V2 })
    await run({ 'storage-uri': 's3://ml/churn/v2/' })
    expect(fixture.repository.pulls.map(({ state }) => state)).toEqual(['OPEN', 'OPEN'])
    expect(pull(1).headRef).not.toBe(pull(2).headRef)
  })

  test('of the next version is the same one', async () => {
    await run({ image: V2 })
    const { outputs } = await run({ image: 'registry.example/churn:v3' }, { runId: '101' })
    expect(outputs).toMatchObject({ changed: true, 'pr-number': 1, 'previous-image': V1 })
    expect(fixture.repository.pulls).toHaveLength(1)
  })

  test('is not needed where the branch has the value, and closed where it is out of date', async () => {
    await run({ image: V2 })
    const files = { [FILE]: manifest('registry.example/churn:v3') }
    await commitFiles(fixture.github.state, fixture.repository, { files, message: 'By hand' })
    const { outputs, summary } = await run({ image: 'registry.example/churn:v3' }, { runId: '101' })
    expect(outputs).toMatchObject({ changed: false, merged: true, 'commit-sha': await fixture.head() })
    expect(outputs['pr-number']).toBeUndefined()
    expect(summary).toContain('the open pull request was closed')
    expect(pull().state).toBe('CLOSED')
  })

  test('as a dry run is not opened', async () => {
    const { outputs, summary } = await run({ image: V2, 'dry-run': 'true' })
    expect(outputs).toMatchObject({ changed: false, diff: expect.stringContaining(`+      image: ${V2}`) })
    expect(summary).toContain('🔎 Dry run')
    expect(summary).toContain('A pull request would be opened for it.')
    expect(outputs).toMatchObject({ merged: false })
    expect(fixture.repository.pulls).toEqual([])
    expect(fixture.github.requests.filter(({ path }) => /git\/(?:blobs|trees|commits)$/.test(path))).toEqual(
      [],
    )
  })

  test('is looked at by a dry run, which refuses what the step would refuse', async () => {
    await run({ image: 'registry.example/churn:v3' }, { runId: '200' })
    const head = await headOfPull()
    const older = run({ image: V2, 'dry-run': 'true' }, { runId: '100' })
    await expect(older).rejects.toMatchObject({ code: 'GITOPS_NEWER_DEPLOYMENT' })
    const newer = await run({ image: V2, 'dry-run': 'true' }, { runId: '201' })
    expect(newer.outputs).toMatchObject({
      changed: false,
      'new-image': V2,
      'pr-number': 1,
    })
    expect(newer.summary).toMatch(/Pull request \[#1\]\(.*\) would be brought up to date\./)
    expect(await headOfPull()).toBe(head)
  })

  test('that would be left or closed is named by a dry run', async () => {
    await run({ image: V2 })
    const same = await run({ image: V2, 'dry-run': 'true' })
    expect(same.summary).toMatch(/Pull request \[#1\]\(.*\) proposes it already\./)
    const files = { [FILE]: manifest('registry.example/churn:v3') }
    await commitFiles(fixture.github.state, fixture.repository, { files, message: 'By hand' })
    const moot = await run({ image: 'registry.example/churn:v3', 'dry-run': 'true' }, { runId: '101' })
    expect(moot.summary).toMatch(/Pull request \[#1\]\(.*\) would be closed/)
    expect(pull().state).toBe('OPEN')
  })

  test.each<[what: string, given: Record<string, string>, code: string]>([
    ['a command that says no', { validate: 'exit 1' }, 'GITOPS_CHECK_FAILED'],
    ['a freeze', { 'freeze-file': 'FREEZE' }, 'GITOPS_FROZEN'],
  ])('is not opened against %s', async (_what, given, code) => {
    const files = { FREEZE: 'Black Friday' }
    await commitFiles(fixture.github.state, fixture.repository, { files, message: 'Stop' })
    await expect(run({ image: V2, ...given })).rejects.toMatchObject({ code })
    expect(fixture.repository.pulls).toEqual([])
    expect(fixture.github.requests.filter(({ path }) => path.endsWith('/git/commits'))).toEqual([])
  })

  test('takes a deployment back', async () => {
    const merged = await run({ image: V2, 'auto-merge': 'squash' })
    const rollback = { mode: 'rollback', 'rollback-of': String(merged.outputs['merge-commit-sha']) }
    const { outputs } = await run({ ...rollback, 'auto-merge': 'squash' }, { runId: '101' })
    expect(outputs).toMatchObject({ changed: true, merged: true, 'new-image': V1, 'pr-number': 2 })
    expect(await fixture.manifest()).toBe(manifest(V1))
  })
})

test('a rollback takes the place of what was proposed while the bad version stood', async () => {
  const bad = await run({ image: V2, 'auto-merge': 'squash' })
  await run({ image: V2.replace(':v2', ':v3') }, { runId: '101' })
  const rollback = { mode: 'rollback', 'rollback-of': String(bad.outputs['merge-commit-sha']) }
  const { outputs } = await run({ ...rollback, 'auto-merge': 'squash' }, { runId: '102' })
  expect(outputs).toMatchObject({ changed: true, merged: true, 'new-image': V1, 'pr-number': 2 })
  expect(await fixture.manifest()).toBe(manifest(V1))
})

describe('the merge', () => {
  test.each(['merge', 'squash', 'rebase'])(
    'by %s is seen at once where nothing is asked for',
    async (method) => {
      const { outputs, summary } = await run({ image: V2, 'auto-merge': method })
      expect(outputs).toMatchObject({
        changed: true,
        merged: true,
        'from-this-run': true,
        'merge-commit-sha': await fixture.head(),
      })
      expect(outputs['merge-commit-sha']).not.toBe(outputs['commit-sha'])
      expect(await fixture.manifest()).toBe(manifest(V2))
      expect(summary).toMatch(/^## ✅ churn has its new image on acme\/gitops main, by pull request \[#1\]/)
      const again = await run({ image: V2, 'auto-merge': method }, { runAttempt: '2' })
      expect(again.outputs).toMatchObject({ changed: false, merged: true, 'from-this-run': true })
      expect(fixture.repository.pulls).toHaveLength(1)
    },
  )

  test('is waited for, and its commit is the revision to wait for', async () => {
    fixture.repository.mergeRules.set('main', { requiredChecks: ['ci'] })
    const match = ({ body }: { body: Buffer }) => {
      const isLook = body.includes('lastCommit') && pull().autoMerge !== undefined
      if (isLook) void passCheck()
      return false
    }
    fixture.github.faults.push({ match, times: 1, respond: 'reset' })
    const { outputs } = await run({ image: V2, 'auto-merge': 'squash', 'wait-for-merge': '5m' })
    expect(outputs).toMatchObject({ merged: true, 'merge-commit-sha': await fixture.head() })
  })

  test('that does not come is a failure that has the pull request in its outputs', async () => {
    fixture.repository.mergeRules.set('main', { requiredChecks: ['ci'] })
    const failed: unknown = await run({ image: V2, 'auto-merge': 'squash', 'wait-for-merge': '5m' }).catch(
      (thrown: unknown) => thrown,
    )
    const outputs = { 'pr-number': 1, 'commit-sha': await headOfPull() }
    expect(failed).toMatchObject({ kind: 'timeout', details: { outputs } })
  })

  test('of a check that failed says which', async () => {
    fixture.repository.mergeRules.set('main', { requiredChecks: ['ci'] })
    await run({ image: V2, 'auto-merge': 'squash' })
    await reportCheck(fixture.github.state, fixture.repository, {
      sha: await headOfPull(),
      context: 'ci',
      result: 'failure',
    })
    await expect(run({ image: V2, 'auto-merge': 'squash', 'wait-for-merge': '5m' })).rejects.toMatchObject({
      code: 'GITOPS_REQUIRED_CHECK_FAILED',
      message: expect.stringContaining('ci, which failed'),
    })
  })
})

async function passCheck(): Promise<void> {
  const check = { sha: await headOfPull(), context: 'ci', result: 'success' }
  await reportCheck(fixture.github.state, fixture.repository, check)
}

describe('a pull request is refused', () => {
  test('on another server than this GitHub', async () => {
    const given = { repository: 'https://gitlab.example/acme/gitops', token: 'glpat-1', image: V2 }
    await expect(run(given)).rejects.toMatchObject({
      kind: 'config',
      message: expect.stringContaining('is not on'),
    })
  })

  const wrong: [what: string, given: Record<string, string>, words: string][] = [
    ['by git', { transport: 'git' }, 'transport: a pull request is made by the API'],
    ['with a deploy key', { 'ssh-key': 'x' }, 'ssh-key: a deploy key cannot open pull requests'],
    [
      'with a wait beyond its timeout',
      { 'wait-for-merge': '1h' },
      'wait-for-merge: is longer than `timeout`',
    ],
    ['for a reviewer who is none', { reviewers: '@ann' }, 'reviewers: got'],
    ['for a team that is none', { 'team-reviewers': 'a/b/c' }, 'team-reviewers: got'],
    ['with a label that is too long', { labels: 'x'.repeat(51) }, 'labels: got'],
    ['with another way to merge', { 'auto-merge': 'fast-forward' }, 'auto-merge: got'],
  ]
  test.each(wrong)('%s', (_what, given, words) => {
    expect(() => readInputs({ image: V2, transport: 'auto', 'pull-request': 'true', ...given })).toThrow(
      words,
    )
  })

  test.each([
    ['pull-request-title', 'x'],
    ['labels', 'x'],
    ['reviewers', 'ann'],
    ['team-reviewers', 'platform'],
    ['auto-merge', 'squash'],
    ['wait-for-merge', '1m'],
  ])('without one, %s is a mistake', (name, value) => {
    expect(() => readInputs({ image: V2, [name]: value })).toThrow(
      `${name}: is for \`pull-request: true\` only`,
    )
  })
})
