import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { headOf } from '@mlops-actions/sandbox/github'
import { git } from '../../../test/harness/server-git.ts'
import { type Branch, type BumpRequest, decideBump, decideRollback, landChange } from '../src/index.ts'
import { createWorld, FILE, type Fixture, request, service, startFixture, type Transport } from './fixture.ts'

const UNRELATED = 120
const image = (tag: string): string => `registry.example/churn:${tag}`

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture({ [FILE]: service('churn'), 'k8s/other.yaml': service('other') })
})
afterEach(() => fixture.close())

function bump(branch: Branch, asked: BumpRequest) {
  const decide = decideBump.bind(undefined, asked)
  return landChange(createWorld(), branch, { paths: [FILE], changeId: asked.order.changeId, decide })
}

function ofRun(runId: string, tag: string): BumpRequest {
  const { order, ...asked } = request(image(tag))
  return { ...asked, order: { ...order, run: { ...order.run, runId } } }
}

/** Commits about other files, by one process. */
async function others(count: number): Promise<void> {
  const from = await git(fixture.repository, 'rev-parse', 'main')
  const commits = Array.from({ length: count }, (_, index) => {
    const start = index === 0 ? `from ${from}\n` : ''
    return `commit refs/heads/main\ncommitter A <a@b.c> ${1_700_000_000 + index} +0000\ndata 4\nWork\n${start}M 644 inline notes/${index}\ndata 1\nx\n`
  })
  await git(fixture.repository, { input: commits.join('') }, 'fast-import', '--quiet')
}

describe.each<Transport>(['git', 'api'])('a deployment behind many other commits, by %s,', (transport) => {
  test('keeps an older run from its target', async () => {
    await bump(await fixture.openBranch(transport), ofRun('200', 'v3'))
    await others(UNRELATED)
    await expect(bump(await fixture.openBranch(transport), ofRun('100', 'v2'))).rejects.toMatchObject({
      code: 'GITOPS_NEWER_DEPLOYMENT',
    })
    expect(await bump(await fixture.openBranch(transport), ofRun('201', 'v4'))).toMatchObject({
      changed: true,
      commit: await headOf(fixture.repository, 'main'),
    })
  })

  test('still says what it replaced, and whose it is', async () => {
    await bump(await fixture.openBranch(transport), ofRun('200', 'v3'))
    await others(UNRELATED)
    expect(await bump(await fixture.openBranch(transport), ofRun('200', 'v3'))).toMatchObject({
      changed: false,
      result: { fromThisRun: true, values: [{ before: image('v1') }] },
    })
  })

  test('is taken back by its commit', async () => {
    const { commit } = await bump(await fixture.openBranch(transport), ofRun('200', 'v3'))
    await others(UNRELATED)
    const { order } = request('')
    const undo = { files: [FILE], target: {}, undos: [], order: { ...order, rollbackOf: commit } }
    const landed = await landChange(createWorld(), await fixture.openBranch(transport), {
      paths: [FILE],
      changeId: order.changeId,
      decide: (state) => decideRollback(undo, state),
    })
    expect(landed).toMatchObject({ changed: true, result: { values: [{ after: image('v1') }] } })
  })

  test('is not asked for where the newest commits tell', async () => {
    await others(UNRELATED)
    await bump(await fixture.openBranch(transport), ofRun('200', 'v3'))
    const before = fixture.github.requests.length
    await bump(await fixture.openBranch(transport), ofRun('200', 'v3'))
    const reads = fixture.github.requests.slice(before).filter(({ method }) => method === 'POST')
    expect(reads.length).toBe(transport === 'git' ? 3 : 1)
  })
})
