import { execFileSync } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { readContext } from '@mlops-actions/runner'
import {
  commitFiles,
  type GitHubServer,
  openPull,
  type Repository,
  startGitHub,
} from '@mlops-actions/sandbox/github'
import { testWorld } from '../../../test/harness/world.ts'
import { type Ancestry, createAncestry } from '../src/history/ancestry.ts'
import { read } from './step.ts'

let github: GitHubServer
let repository: Repository
let temp: string
let opened: Ancestry[]

beforeEach(async () => {
  github = await startGitHub()
  repository = await github.createRepository('octo/gitops', { files: { value: '0' } })
  temp = await mkdtemp(join(tmpdir(), 'ancestry-'))
  opened = []
})
afterEach(async () => {
  for (const ancestry of opened) await ancestry.close()
  await github.close()
  await rm(temp, { recursive: true })
})

const commit = (value: string) =>
  commitFiles(github.state, repository, { files: { value }, message: 'change' })

function git(...args: string[]): string {
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com']
  return execFileSync('git', [...who, ...args], { cwd: repository.directory, encoding: 'utf8' }).trim()
}

/** The relation of any commit to this one; git takes real time, the clock of the step is set by hand. */
function relationsTo(
  revision: string,
  inputs: Record<string, string> = {},
  {
    targetRevision = 'main',
    repoURL = `${github.url}/octo/gitops.git`,
    env = {},
  }: { targetRevision?: string; repoURL?: string; env?: Record<string, string> } = {},
) {
  const fake = testWorld({ env: { PATH: process.env['PATH'] ?? '' } })
  let time = 0
  const world = {
    ...fake,
    now: () => time,
    sleep: (ms: number) => delay(ms),
    context: readContext({ RUNNER_TEMP: temp, GITHUB_SERVER_URL: github.url, ...env }),
    output: () => {},
    idToken: () => Promise.reject(new Error('not asked for here')),
  }
  const typed = read({ ...INPUTS, ...inputs, revision }, world.mask)
  const source = { repoURL, path: '', targetRevision }
  const selected = { source, index: undefined, kind: 'git' as const }
  const ancestry = createAncestry({ ...typed, application: 'churn-prod', revision }, world, selected)
  opened.push(ancestry)
  const pass = (ms: number) => {
    time += ms
  }
  return { ...ancestry, pass, lines: fake.lines }
}

const INPUTS = {
  url: 'https://argocd.example',
  token: 'token',
  application: 'churn',
  repository: 'octo/gitops',
  settle: '1s',
  interval: '1s',
}

const requests = () => github.requests.length

test('a question that is still being asked when the wait ends is let end, and leaves nothing behind', async () => {
  const [wanted, newer] = [await commit('1'), await commit('2')]
  const { relate, close } = relationsTo(wanted)
  const asked = [relate(newer), relate(newer)]
  await close()
  expect(await readdir(temp)).toEqual([])
  expect(await Promise.all(asked)).toEqual(['newer', 'newer'])
})

test('a newer commit contains the wanted one, an older does not, and each is asked about once', async () => {
  const [older, wanted, newer] = [await commit('1'), await commit('2'), await commit('3')]
  const { relate } = relationsTo(wanted)
  expect([await relate(wanted), requests()]).toEqual(['same', 0])
  expect([await relate(newer), await relate(older)]).toEqual(['newer', 'older'])
  const before = requests()
  expect([await relate(newer), await relate(older), requests()]).toEqual(['newer', 'older', before])
})

test('trouble with Git passes: it is asked again after a while, and warned of once', async () => {
  const [wanted, newer] = [await commit('1'), await commit('2')]
  github.faults.push({
    match: () => true,
    times: 2,
    respond: { status: 503, body: 'no healthy upstream' },
  })
  const { relate, pass, lines } = relationsTo(wanted)
  expect(await relate(newer)).toBe('unknown')
  const before = requests()
  expect([await relate(newer), requests()]).toEqual(['unknown', before])
  pass(10_000)
  expect(await relate(newer)).toBe('unknown')
  pass(10_000)
  expect(await relate(newer)).toBe('newer')
  expect(lines.filter((line) => line.startsWith('warning:'))).toEqual([
    expect.stringMatching(/^warning: Whether [0-9a-f]{7} contains the wanted commit cannot be told now: /),
  ])
})

test('a commit that has not reached the Git host yet has diverged only until it is there', async () => {
  const argocd = await commit('1')
  const clone = join(temp, 'clone')
  git('clone', '--quiet', repository.directory, clone)
  git('-C', clone, 'commit', '--quiet', '--allow-empty', '-m', 'pushed a moment ago')
  const { relate, pass } = relationsTo(git('-C', clone, 'rev-parse', 'HEAD'))
  expect(await relate(argocd)).toBe('diverged')
  git('-C', clone, 'push', '--quiet', 'origin', 'HEAD:main')
  expect(await relate(argocd)).toBe('diverged')
  pass(10_000)
  expect(await relate(argocd)).toBe('older')
})

test('two lines of history that were merged are no force-push: Argo CD will come to the merge', async () => {
  const start = await commit('1')
  const wanted = git('commit-tree', `${start}^{tree}`, '-p', start, '-m', 'bump in a pull request')
  const argocd = await commit('2')
  const merge = git('commit-tree', `${argocd}^{tree}`, '-p', argocd, '-p', wanted, '-m', 'merge it')
  git('update-ref', 'refs/heads/main', merge)
  const { relate } = relationsTo(wanted)
  expect([await relate(argocd), await relate(merge)]).toEqual(['older', 'newer'])
})

test('an Application that follows another branch than the one that is given is asked about there', async () => {
  const start = await commit('1')
  const wanted = git('commit-tree', `${start}^{tree}`, '-p', start, '-m', 'a')
  const newer = git('commit-tree', `${start}^{tree}`, '-p', wanted, '-m', 'b')
  git('update-ref', 'refs/heads/prod', newer)
  const other = await commit('2')
  const { relate } = relationsTo(wanted, {}, { targetRevision: 'prod' })
  expect([await relate(newer), await relate(start)]).toEqual(['newer', 'older'])
  expect(await relate(other)).toBe('diverged')
  expect(await relationsTo(wanted, {}, { targetRevision: 'v1.0.0' }).relate(newer)).toBe('diverged')
})

test('what Argo CD calls a revision may be no commit, and then nothing is asked', async () => {
  const { relate } = relationsTo('f'.repeat(40))
  expect([await relate('main'), await relate(''), requests()]).toEqual(['unknown', 'unknown', 0])
})

describe('without a repository', () => {
  test('the one that the Application names is asked, without the token', async () => {
    const [wanted, newer] = [await commit('1'), await commit('2')]
    const { relate, lines } = relationsTo(wanted, { repository: '', 'repository-token': 'reads-gitops' })
    expect(await relate(newer)).toBe('newer')
    expect(github.requests.filter(({ headers }) => headers['authorization'] !== undefined)).toEqual([])
    expect(lines.filter((line) => line.startsWith('warning:'))).toEqual([])
  })

  test('that it is private is no reason to warn', async () => {
    const [wanted, newer] = [await commit('1'), await commit('2')]
    Object.assign(repository, { isPrivate: true })
    const { relate, lines } = relationsTo(wanted, { repository: '' })
    expect(await relate(newer)).toBe('unknown')
    expect(lines.filter((line) => line.startsWith('warning:'))).toEqual([])
    expect(lines.join()).toContain('cannot be told now')
  })

  test.each([
    'http://10.0.0.1/octo/gitops.git',
    'https://169.254.169.254/octo/gitops',
    'ssh://git@git.example/octo/gitops',
    'file:///etc',
    'oci://x/y',
  ])('no place is gone to that a server must not send us to: %s', async (repoURL) => {
    const { relate } = relationsTo('f'.repeat(40), { repository: '' }, { repoURL })
    expect(await relate('a'.repeat(40))).toBe('unknown')
  })
})

describe('on GitHub', () => {
  const api = () => ({ env: { GITHUB_API_URL: `${github.url}/api/v3` } })
  const isOfGit = ({ path }: { path: string }) => path.includes('.git/')

  test('its API tells, and nothing is cloned', async () => {
    const [older, wanted, newer] = [await commit('1'), await commit('2'), await commit('3')]
    const { relate } = relationsTo(wanted, {}, api())
    expect([await relate(newer), await relate(older)]).toEqual(['newer', 'older'])
    expect(github.requests.filter(isOfGit)).toEqual([])
    expect(github.requests.length).toBeGreaterThan(0)
  })

  test('a line of history that was merged is on its way, and one that is on another branch is elsewhere', async () => {
    const start = await commit('1')
    const wanted = git('commit-tree', `${start}^{tree}`, '-p', start, '-m', 'bump')
    const argocd = await commit('2')
    const merge = git('commit-tree', `${argocd}^{tree}`, '-p', argocd, '-p', wanted, '-m', 'merge it')
    git('update-ref', 'refs/heads/main', merge)
    git('update-ref', 'refs/heads/prod', start)
    git('tag', 'v1.0.0', start)
    expect(await relationsTo(wanted, {}, api()).relate(argocd)).toBe('older')
    for (const targetRevision of ['prod', 'v1.0.0', start])
      expect(await relationsTo(wanted, {}, { ...api(), targetRevision }).relate(start)).toBe('elsewhere')
    expect(await relationsTo(wanted, {}, { ...api(), targetRevision: '1.*' }).relate(start)).toBe('older')
    expect(github.requests.filter(isOfGit)).toEqual([])
  })

  test('the same is told without its API', async () => {
    const start = await commit('1')
    git('update-ref', 'refs/heads/prod', start)
    git('tag', 'v1.0.0', start)
    const wanted = await commit('2')
    for (const targetRevision of ['prod', 'v1.0.0', start])
      expect(await relationsTo(wanted, {}, { targetRevision }).relate(start)).toBe('elsewhere')
  })

  test('a commit of an open pull request is known as that', async () => {
    const start = await commit('1')
    const wanted = git('commit-tree', `${start}^{tree}`, '-p', start, '-m', 'bump')
    git('update-ref', 'refs/heads/bump', wanted)
    await openPull(repository, { headRef: 'bump', baseRef: 'main', title: 'Bump', body: '', author: 'ada' })
    const { relate, proposal } = relationsTo(wanted, {}, api())
    expect(await relate(start)).toBe('diverged')
    expect(await proposal()).toBe('pull request #1 (to main), which is not merged')
    const before = requests()
    expect([await proposal(), requests()]).toEqual(['pull request #1 (to main), which is not merged', before])
    expect(await relationsTo(start, {}, api()).proposal()).toBeUndefined()
  })

  test('Git is asked where the API does not answer', async () => {
    const [wanted, newer] = [await commit('1'), await commit('2')]
    const isOfApi = ({ path }: { path: string }) => path.startsWith('/api/')
    const limited = { status: 403, body: '{"message":"API rate limit exceeded"}', headers: JSON_TYPE }
    github.faults.push({ match: isOfApi, times: 99, respond: limited })
    expect(await relationsTo(wanted, {}, api()).relate(newer)).toBe('newer')
    expect(github.requests.filter(isOfGit).length).toBeGreaterThan(0)
  })

  test('the token goes to the API of the given repository', async () => {
    const [wanted, newer] = [await commit('1'), await commit('2')]
    Object.assign(repository, { isPrivate: true })
    github.state.tokens.set('reads-gitops', { login: 'reader', access: { 'octo/gitops': 'read' } })
    expect(await relationsTo(wanted, { 'repository-token': 'reads-gitops' }, api()).relate(newer)).toBe(
      'newer',
    )
    expect(github.requests.filter(isOfGit)).toEqual([])
  })
})

const JSON_TYPE = { 'content-type': 'application/json' }

describe('a checkout of the repository in the workspace', () => {
  async function checkedOut(url: string): Promise<string> {
    const clone = join(temp, 'workspace')
    git('clone', '--quiet', repository.directory, clone)
    git('-C', clone, 'remote', 'set-url', 'origin', url)
    return clone
  }

  test('tells of what it has without asking a server', async () => {
    const [wanted, newer] = [await commit('1'), await commit('2')]
    const GITHUB_WORKSPACE = await checkedOut(`${github.url}/octo/gitops`)
    const { relate } = relationsTo(wanted, {}, { env: { GITHUB_WORKSPACE } })
    expect([await relate(newer), requests()]).toEqual(['newer', 0])
    expect(await relate(await commit('3'))).toBe('newer')
    expect(requests()).toBeGreaterThan(0)
  })

  test('of another repository tells nothing', async () => {
    const [wanted, newer] = [await commit('1'), await commit('2')]
    const GITHUB_WORKSPACE = await checkedOut('https://github.com/octo/model')
    expect(await relationsTo(wanted, {}, { env: { GITHUB_WORKSPACE } }).relate(newer)).toBe('newer')
    expect(requests()).toBeGreaterThan(0)
  })
})

test('a file of a commit is read, and one that is not there is undefined', async () => {
  const files = { 'churn/.argocd-source-churn.yaml': 'helm: {}\n' }
  const wanted = await commitFiles(github.state, repository, { files, message: 'updater' })
  const { readFile } = relationsTo(wanted)
  expect(await readFile(wanted, 'churn/.argocd-source-churn.yaml')).toBe('helm: {}\n')
  expect(await readFile(wanted, 'churn/nothing.yaml')).toBeUndefined()
  expect(await readFile('f'.repeat(40), 'churn/nothing.yaml')).toBeUndefined()
})

test('a private repository is asked with the token, and without it nothing is known', async () => {
  const older = await commit('1')
  const newer = await commit('2')
  Object.assign(repository, { isPrivate: true })
  github.state.tokens.set('reads-gitops', { login: 'reader', access: { 'octo/gitops': 'read' } })
  const told = relationsTo(older, { 'repository-token': 'reads-gitops' })
  const untold = relationsTo(older)
  expect([await told.relate(newer), await untold.relate(newer)]).toEqual(['newer', 'unknown'])
})
