import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { parseRemoteUrl } from '@mlops-actions/git'
import { git } from '../../../test/harness/server-git.ts'
import {
  ACTIONS_BOT,
  type Branch,
  type BranchPlace,
  decideBump,
  landChange,
  openBranch,
} from '../src/index.ts'
import { createWorld, FILE, type Fixture, request, startFixture, TOKEN } from './fixture.ts'

let fixture: Fixture
let branch: Branch

beforeEach(async () => {
  fixture = await startFixture()
  const entry = await git(fixture.repository, 'rev-parse', `main:${FILE}`)
  const folder = await git(fixture.repository, { input: `100755 blob ${entry}\tinference.yaml\n` }, 'mktree')
  const tree = await git(fixture.repository, { input: `040000 tree ${folder}\tk8s\n` }, 'mktree')
  const commit = await git(fixture.repository, 'commit-tree', tree, '-p', 'main', '-m', 'Executable')
  await git(fixture.repository, 'update-ref', 'refs/heads/main', commit)
})
afterEach(async () => {
  await branch.close()
  await fixture.close()
})

async function bump(transport: BranchPlace['transport'], world = createWorld()) {
  const { url, apiUrl } = fixture.github
  branch = await openBranch(world, {
    remote: parseRemoteUrl(`${url}/acme/gitops.git`),
    branch: 'main',
    transport,
    author: ACTIONS_BOT,
    token: TOKEN,
    requestTimeout: 10_000,
    caCert: undefined,
    serverUrl: url,
    apiUrl,
    temp: fixture.temp,
  })
  const asked = request('registry.example/churn:v2')
  const { changeId } = asked.order
  const decide = (state: Parameters<typeof decideBump>[1]) => decideBump(asked, state, undefined)
  return landChange(world, branch, { paths: [FILE], changeId, decide })
}

const offers = () => fixture.github.requests.filter(({ path }) => path.endsWith('git-receive-pack')).length

describe('an executable manifest', () => {
  test('is changed by git and stays executable, where nobody asked for a transport', async () => {
    expect(await bump('auto')).toMatchObject({ changed: true, attempts: 1 })
    expect(await git(fixture.repository, 'ls-tree', '-r', 'main')).toMatch(/^100755 /)
    expect(await git(fixture.repository, 'show', `main:${FILE}`)).toContain('churn:v2')
    expect(offers()).toBe(1)
  })

  test('is refused by the API, where that was asked for', async () => {
    await expect(bump('api')).rejects.toMatchObject({ code: 'GITOPS_MODE' })
    expect(offers()).toBe(0)
  })
})

test('a plain manifest needs no git', async () => {
  await git(fixture.repository, 'update-ref', 'refs/heads/main', 'main^')
  expect(await bump('auto')).toMatchObject({ changed: true })
  expect(fixture.github.requests.filter(({ path }) => path.includes('.git/'))).toEqual([])
})
