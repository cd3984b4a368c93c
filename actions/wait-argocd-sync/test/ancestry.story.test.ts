import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { readContext } from '@mlops-actions/runner'
import { commitFiles, type GitHubServer, type Repository, startGitHub } from '@mlops-actions/sandbox/github'
import { testWorld } from '../../../test/harness/world.ts'
import { type Ancestry, createAncestry } from '../src/ancestry.ts'
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
function relationsTo(revision: string, inputs: Record<string, string> = {}, targetRevision = 'main') {
  const fake = testWorld({ env: { PATH: process.env['PATH'] ?? '' } })
  let time = 0
  const world = {
    ...fake,
    now: () => time,
    sleep: (ms: number) => delay(ms),
    context: readContext({ RUNNER_TEMP: temp, GITHUB_SERVER_URL: github.url }),
    output: () => {},
    idToken: () => Promise.reject(new Error('not asked for here')),
  }
  const typed = read({ ...INPUTS, ...inputs, revision }, world.mask)
  const source = { repoURL: `${github.url}/octo/gitops.git`, path: '', targetRevision }
  const selected = { source, index: undefined, kind: 'git' as const }
  const ancestry = createAncestry({ ...typed, revision }, world, selected)
  opened.push(ancestry)
  const pass = (ms: number) => {
    time += ms
  }
  return { relate: ancestry.relate, pass, lines: fake.lines }
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
  const { relate } = relationsTo(wanted, {}, 'prod')
  expect([await relate(newer), await relate(start)]).toEqual(['newer', 'older'])
  expect(await relate(other)).toBe('diverged')
  expect(await relationsTo(wanted, {}, 'v1.0.0').relate(newer)).toBe('diverged')
})

test('without a repository nothing is asked, and what Argo CD calls a revision may be no commit', async () => {
  const { relate } = relationsTo('f'.repeat(40), { repository: '' })
  expect([await relate('a'.repeat(40)), await relate('main'), requests()]).toEqual(['unknown', 'unknown', 0])
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
