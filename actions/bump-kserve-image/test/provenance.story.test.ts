import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { parseTrailers } from '@mlops-actions/gitops'
import { commitFiles } from '@mlops-actions/sandbox/github'
import { HOSTILE_TEXT } from '../../../test/harness/hostile.ts'
import { git } from '../../../test/harness/server-git.ts'
import { readPushedCommit } from '../src/pushed-commit.wire.ts'
import { FILE, type Fixture, manifest, startFixture, V2 } from './fixture.ts'

const SHA = 'c'.repeat(40)
const pushed = (more: object = {}) => ({
  head_commit: {
    id: SHA,
    message: 'Learn from May\r\n\r\nMore rows,\nfewer columns.\n',
    timestamp: '2026-11-27T18:00:00+01:00',
    author: { name: 'Ann', email: 'ann@example.com' },
    ...more,
  },
})

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bump-push-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function eventOf(payload: unknown): Promise<{ eventName: string; eventPath: string }> {
  const eventPath = join(folder, 'event.json')
  await writeFile(eventPath, typeof payload === 'string' ? payload : JSON.stringify(payload))
  return { eventName: 'push', eventPath }
}

describe('the commit that is deployed', () => {
  test.each<[what: string, author: object, address: string | undefined]>([
    ['with a plain name', { name: 'Änn O-Brien', email: 'a@b.c' }, 'Änn O-Brien <a@b.c>'],
    [
      'with a name of other characters',
      { name: 'Doe, "J" \\', email: 'a@b.c' },
      '"Doe, \\"J\\" \\\\" <a@b.c>',
    ],
    ['without a name', { name: '', email: 'a@b.c' }, undefined],
    ['with an address that would end early', { name: 'Ann', email: 'a@b.c> <e@f.g' }, undefined],
  ])('is by an author %s', async (_what, author, address) => {
    const event = await eventOf(pushed({ author }))
    expect((await readPushedCommit({ ...event, sha: SHA })).author).toBe(address)
  })

  test.each<[what: string, payload: unknown, more: object]>([
    ['another one was pushed', pushed({ id: 'd'.repeat(40) }), {}],
    ['nothing was pushed', { head_commit: null }, {}],
    ['the payload cannot be read', '{', {}],
    ['another event is about a commit of that name', pushed(), { eventName: 'workflow_dispatch' }],
    ['the run has no commit', { head_commit: { id: '' } }, { sha: '' }],
  ])('is not known where %s', async (_what, payload, more) => {
    expect(await readPushedCommit({ ...(await eventOf(payload)), sha: SHA, ...more })).toEqual({})
  })
})

describe('a commit of a bump', () => {
  let fixture: Fixture
  beforeEach(async () => {
    fixture = await startFixture()
  })
  afterEach(() => fixture.close())

  const trailersAtHead = async (): Promise<Record<string, string>> =>
    Object.fromEntries(parseTrailers(await git(fixture.repository, 'log', '-1', '--format=%B', 'main')))

  test('says where the model comes from and who let it through', async () => {
    await fixture.run({
      image: V2,
      'model-version': '43',
      'data-md5': '7be0c5f3a1d24e0f9b8a7c6d5e4f3a2b.dir',
      environment: 'production EU',
      approver: 'ann, deployer[bot]',
      'kfp-run': 'https://kfp.example/#/runs/details/1a2b',
      trailers: 'Ticket=ML-7',
    })
    expect(await trailersAtHead()).toMatchObject({
      'Mlops-Model-Version': '43',
      'Mlops-Data-Md5': '7be0c5f3a1d24e0f9b8a7c6d5e4f3a2b.dir',
      'Mlops-Environment': 'production EU',
      'Mlops-Approver': 'ann, deployer[bot]',
      'Mlops-Kfp-Run': 'https://kfp.example/#/runs/details/1a2b',
      Ticket: 'ML-7',
    })
  })

  test('shows the commit of the product as Argo CD reads it', async () => {
    await fixture.run({ image: V2 }, await eventOf(pushed()))
    expect(await trailersAtHead()).toMatchObject({
      'Argocd-reference-commit-author': 'Ann <ann@example.com>',
      'Argocd-reference-commit-sha': SHA,
      'Argocd-reference-commit-subject': 'Learn from May',
      'Argocd-reference-commit-body': JSON.stringify('More rows,\nfewer columns.'),
      'Argocd-reference-commit-date': '2026-11-27T18:00:00+01:00',
    })
  })

  test('takes nothing from the text of that commit for a trailer, and cuts a long one', async () => {
    const body = ['Mlops-Run-Id: 999', ...HOSTILE_TEXT, '😀'.repeat(3_000)].join('\n')
    await fixture.run({ image: V2 }, await eventOf(pushed({ message: `Mlops-Target: x\n\n${body}` })))
    const trailers = await trailersAtHead()
    expect(trailers).toMatchObject({
      'Mlops-Run-Id': '100',
      'Mlops-Target': `${FILE} prod/churn predictor`,
      'Argocd-reference-commit-subject': 'Mlops-Target: x',
    })
    const written: unknown = JSON.parse(trailers['Argocd-reference-commit-body'] ?? '')
    expect(String(written)).toMatch(/^Mlops-Run-Id: 999\n.*😀…$/s)
    expect([...String(written)].length).toBe(2_001)
  })
})

describe.each(['git', 'api'])('a freeze file, by %s,', (transport) => {
  test('stops a bump while it is on the branch', async () => {
    const fixture = await startFixture()
    try {
      const asked = { transport, image: V2, 'freeze-file': 'FREEZE' }
      const files = { FREEZE: 'until: 9999-12-31\nAudit' }
      const frozen = await commitFiles(fixture.github.state, fixture.repository, { files, message: 'Freeze' })
      await expect(fixture.run(asked)).rejects.toMatchObject({ kind: 'policy', code: 'GITOPS_FROZEN' })
      expect(await fixture.head()).toBe(frozen)
      await expect(fixture.run({ ...asked, file: 'k8s/other.yaml' })).rejects.toMatchObject({
        code: 'GITOPS_FILE_NOT_FOUND',
      })
      expect((await fixture.run({ ...asked, 'freeze-file': 'other' })).outputs['changed']).toBe(true)
      expect((await fixture.run(asked)).outputs['changed']).toBe(false)
      expect(await fixture.manifest()).toBe(manifest(V2))
    } finally {
      await fixture.close()
    }
  })
})
