import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { commitFiles, protectBranch } from '@mlops-actions/sandbox/github'
import { HOSTILE_TEXT, HOSTILE_VALUES } from '../../../test/harness/hostile.ts'
import { git as gitIn } from '../../../test/harness/server-git.ts'
import { FILE, type Fixture, manifest, startFixture, V1, V2 } from './fixture.ts'

let fixture: Fixture
const git = (...args: string[]) => gitIn(fixture.repository, ...args)

/** What a bump and a rollback promise, whichever way the commit goes. */
export function describeBumps(transport: 'git' | 'api'): void {
  describe(`by ${transport}`, () => {
    const run = (given: Record<string, string>, context?: Parameters<Fixture['run']>[1]) =>
      fixture.run({ transport, ...given }, context)

    beforeEach(async () => {
      fixture = await startFixture()
    })
    afterEach(() => fixture.close())

    describe('a bump', () => {
      test('sets both values in one commit, and says what stood there before', async () => {
        const { outputs, summary } = await run({ image: V2, 'storage-uri': 's3://ml/churn/v2/' })
        expect(await fixture.manifest()).toBe(manifest(V2, 's3://ml/churn/v2/'))
        const head = await fixture.head()
        expect(outputs).toMatchObject({
          changed: true,
          'commit-sha': head,
          'commit-url': `${fixture.github.url}/acme/gitops/commit/${head}`,
          'previous-image': V1,
          'new-image': V2,
          'previous-storage-uri': 's3://ml/churn/v1/',
          'new-storage-uri': 's3://ml/churn/v2/',
          files: [FILE],
          attempts: 1,
        })
        expect(summary).toMatch(/^## ✅ churn has its new image and storage URI on acme\/gitops main\n/)
        expect(summary).toMatch(/^- {6}storageUri: 's3:\/\/ml\/churn\/v1\/'$/m)
        expect(summary).toMatch(/^\+ {6}storageUri: 's3:\/\/ml\/churn\/v2\/'$/m)
      })

      test('run again makes no commit and gives the same outputs', async () => {
        const first = await run({ image: V2 })
        const second = await run({ image: V2 })
        expect(second.outputs).toEqual({ ...first.outputs, changed: false, files: [], diff: '', attempts: 1 })
        expect(second.summary).toContain('Nothing to do')
      })

      test('of what stood there from the start does not claim to know what it replaced', async () => {
        const { outputs, summary, report } = await run({ image: V1, 'storage-uri': 's3://ml/churn/v1/' })
        expect(outputs).toMatchObject({
          changed: false,
          'new-image': V1,
          'new-storage-uri': 's3://ml/churn/v1/',
        })
        expect(Object.keys(outputs).filter((name) => name.startsWith('previous'))).toEqual([])
        expect(summary).toContain(`| image | not known | \`${V1}\` |`)
        expect(JSON.stringify(report)).toContain('"before":null')
      })

      test('says whether the values are from this run, in this or an earlier attempt', async () => {
        expect((await run({ image: V2 })).outputs['from-this-run']).toBe(true)
        expect((await run({ image: V2 }, { runAttempt: '2' })).outputs['from-this-run']).toBe(true)
        expect((await run({ image: V2 }, { runId: '101' })).outputs['from-this-run']).toBe(false)
        expect((await run({ image: V2 }, { repository: 'acme/other' })).outputs['from-this-run']).toBe(false)
      })

      test('finds nothing from this run where it only rehearsed, or where nobody of ours wrote', async () => {
        expect((await run({ image: V2, 'dry-run': 'true' })).outputs['from-this-run']).toBe(false)
        expect((await run({ image: V1 })).outputs['from-this-run']).toBe(false)
      })

      test('as a dry run shows the difference and changes nothing', async () => {
        const before = await fixture.head()
        const { outputs, summary } = await run({ image: V2, 'dry-run': 'true' })
        expect(outputs).toMatchObject({
          changed: false,
          'commit-sha': before,
          'previous-image': V1,
          'new-image': V2,
          diff: expect.stringContaining(`+      image: ${V2}`),
        })
        expect(summary).toContain('🔎 Dry run')
        expect(await fixture.head()).toBe(before)
      })

      test('writes hostile text of a message or a trailer down as the text that it is', async () => {
        const before = await git('rev-list', '--count', 'main')
        const message = [
          ...HOSTILE_TEXT,
          ...HOSTILE_VALUES,
          '',
          'Mlops-Change-Id: forged',
          'Mlops-Run-Id: 1',
        ].join('\n')
        const trailers = ['Mlops-Model-Version=43 $(id) `id` <b> ::error::x', "Note-2=';--x"].join('\n')
        const { outputs } = await run({ image: V2, 'commit-message': message, trailers })
        expect(outputs['changed']).toBe(true)
        expect(await fixture.manifest()).toBe(manifest(V2))
        expect(Number(await git('rev-list', '--count', 'main')) - Number(before)).toBe(1)
        const written = await git('log', '-1', '--format=%(trailers:only)', 'main')
        expect(written).toContain('Mlops-Model-Version: 43 $(id) `id` <b> ::error::x\n')
        expect(written).toContain('Mlops-Run-Id: 100\n')
        expect(written).not.toContain('forged')
      })

      test('is refused by a protected branch with what to do about it', async () => {
        await protectBranch(fixture.repository, 'main', 'GH006')
        await expect(run({ image: V2 })).rejects.toMatchObject({
          kind: 'policy',
          retryable: false,
          message: expect.stringContaining('Changes must be made through a pull request'),
        })
      })

      test('names every candidate when the target is not clear', async () => {
        const files = { [FILE]: `${manifest(V1)}---\n${manifest(V1).replace('churn', 'fraud')}` }
        await commitFiles(fixture.github.state, fixture.repository, { files, message: 'Two' })
        await expect(run({ image: V2 })).rejects.toMatchObject({
          kind: 'config',
          message: expect.stringMatching(/inference\.yaml:8 prod\/churn.*inference\.yaml:18 prod\/fraud/),
        })
        expect((await run({ image: V2, name: 'fraud', namespace: 'prod' })).outputs['changed']).toBe(true)
      })
    })

    describe('a rollback', () => {
      test('of a commit needs nothing but its SHA, and links the two', async () => {
        const bad = await run({ image: V2, 'storage-uri': 's3://ml/churn/v2/' })
        const { outputs, summary } = await run({
          mode: 'rollback',
          'rollback-of': String(bad.outputs['commit-sha']),
        })
        expect(await fixture.manifest()).toBe(manifest(V1))
        expect(outputs).toMatchObject({
          changed: true,
          'new-image': V1,
          'previous-image': V2,
          'commit-sha': await fixture.head(),
        })
        expect(summary).toContain('churn has its previous image and storage URI back')
        expect(await git('log', '-1', '--format=%B', 'main')).toContain(
          `Mlops-Rollback-Of: ${bad.outputs['commit-sha']}`,
        )
      })

      test('by values works without our trailers', async () => {
        await commitFiles(fixture.github.state, fixture.repository, {
          files: { [FILE]: manifest(V2) },
          message: 'By hand',
        })
        const { outputs } = await run({ mode: 'rollback', image: V2, 'previous-image': V1 })
        expect(outputs).toMatchObject({ changed: true, 'new-image': V1 })
      })

      test('leaves everything alone when somebody has moved on since', async () => {
        const bad = await run({ image: V2, 'storage-uri': 's3://ml/churn/v2/' })
        const files = { [FILE]: manifest('registry.example/churn:v3', 's3://ml/churn/v2/') }
        const head = await commitFiles(fixture.github.state, fixture.repository, { files, message: 'Fixed' })
        const { outputs, summary } = await run({
          mode: 'rollback',
          'rollback-of': String(bad.outputs['commit-sha']),
        })
        expect(outputs).toMatchObject({
          changed: false,
          'commit-sha': head,
          'new-image': 'registry.example/churn:v3',
        })
        expect(summary).toContain('churn was not rolled back')
        expect(await fixture.head()).toBe(head)
      })

      test('done twice changes nothing the second time', async () => {
        const bad = await run({ image: V2 })
        const rollback = { mode: 'rollback', 'rollback-of': String(bad.outputs['commit-sha']) }
        const first = await run(rollback)
        const second = await run(rollback)
        expect(second.outputs).toEqual({ ...first.outputs, changed: false, files: [], diff: '' })
      })

      test('of a commit that replaced nothing fails clearly', async () => {
        const head = await fixture.head()
        await expect(run({ mode: 'rollback', 'rollback-of': head })).rejects.toMatchObject({
          code: 'GITOPS_NO_PREVIOUS_VALUE',
        })
      })

      test('lets the old job that deployed the bad version not deploy it again', async () => {
        const bad = await run({ image: V2 }, { runId: '200' })
        await run({ mode: 'rollback', 'rollback-of': String(bad.outputs['commit-sha']) }, { runId: '201' })
        await expect(run({ image: V2 }, { runId: '200' })).rejects.toMatchObject({
          code: 'GITOPS_NEWER_DEPLOYMENT',
        })
      })
    })

    describe('the default repository', () => {
      test('may be of a user whom an enterprise manages', async () => {
        await fixture.github.createRepository('mona_acme/gitops', { files: { [FILE]: manifest(V1) } })
        const given = { 'dry-run': 'true', repository: '', image: V2 }
        expect((await run(given, { repository: 'mona_acme/gitops' })).outputs['new-image']).toBe(V2)
      })

      test("is the workflow's own", async () => {
        expect(
          (await run({ repository: '', image: V2 }, { repository: 'acme/gitops' })).outputs['changed'],
        ).toBe(true)
      })
    })
  })
}
