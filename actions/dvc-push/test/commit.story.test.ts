import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import {
  commitFiles,
  type GitHubServer,
  headOf,
  type Repository,
  readFileAt,
} from '@mlops-actions/sandbox/github'
import { failureOf } from '../../../test/harness/failure.ts'
import { type Company, SCRIPT, startCompany } from './company.ts'
import { type Fixture, KEYS, md5Of } from './fixture.ts'
import { gitIn } from './git.ts'

let fixture: Fixture
let company: Company
let github: GitHubServer
let repository: Repository
/** What the remote had whenever a commit was offered to the server. */
let offers: (readonly string[])[]

beforeEach(async () => {
  company = await startCompany()
  ;({ fixture, github, repository } = company)
  offers = []
  github.faults.push({ match: noteOffer, times: 1, respond: 'hang' })
})
afterEach(() => company.close())

const git = (...args: string[]) => company.git(...args)
const text = (path: string) => readFile(join(fixture.workspace, path), 'utf8')
const head = async () => (await headOf(repository, 'main')) ?? ''
const onBranch = async (path: string) => readFileAt(repository, await head(), path)

const push = (given: Record<string, string> = {}) => company.push(given)

const failure = (given: Record<string, string> = {}) => failureOf(() => push(given))

/** `A data.dvc`: what a commit did to which files. */
async function changesOf(commit: string): Promise<readonly string[]> {
  const inRepository = gitIn(repository.directory)
  const shown = await inRepository('show', '--format=', '--name-status', commit)
  return shown
    .split('\n')
    .map((line) => line.replace('\t', ' '))
    .sort()
}

function noteOffer(request: { path: string; body: Buffer }): boolean {
  if (isOffer(request)) offers.push(fixture.keys())
  return false
}

function isOffer({ path, body }: { path: string; body: Buffer }): boolean {
  return (
    path.endsWith('/git-receive-pack') || (path.endsWith('/graphql') && body.includes('createCommitOnBranch'))
  )
}

describe.each(['git', 'api'])('a commit by %s', (transport) => {
  test('has what was recorded, the line in .gitignore, and nothing else of the workspace', async () => {
    await fixture.write('x.sh', SCRIPT)
    await fixture.write('models/new.pkl', 'weights')
    await fixture.write('train.py', 'changed, and nobody’s business\n')
    await fixture.write('notes.txt', 'untracked')
    await git('add', 'notes.txt')
    const before = await head()
    const { outputs, summary, report } = await push({ add: 'x.sh\nmodels/new.pkl', transport })
    const commit = await head()
    expect(commit).not.toBe(before)
    expect(outputs).toMatchObject({
      changed: true,
      'commit-sha': commit,
      'commit-url': `${github.url}/acme/churn/commit/${commit}`,
      committed: ['models/.gitignore', 'models/new.pkl.dvc', 'x.sh.dvc'],
    })
    expect(await changesOf(commit)).toEqual(['A models/.gitignore', 'A models/new.pkl.dvc', 'M x.sh.dvc'])
    expect(await onBranch('x.sh.dvc')).toBe(await text('x.sh.dvc'))
    expect(await onBranch('models/.gitignore')).toBe('/new.pkl\n')
    expect(await onBranch('train.py')).toBe('x\n')
    expect(summary).toContain('as [`')
    expect(report).toMatchObject({
      commit: { branch: 'acme/churn main', commit, changed: true, attempts: 1 },
    })
    const message = await gitIn(repository.directory)('log', '-1', '--format=%B', 'main')
    expect(message).toMatch(/^Record models\/new\.pkl\.dvc and 1 more\n/)
    expect(message).toContain('Mlops-Run-Id: 100')
  })

  test('is made when everything that it names is in the remote, and not a moment sooner', async () => {
    await fixture.write('x.sh', SCRIPT)
    await push({ add: 'x.sh', transport })
    expect(offers.length).toBeGreaterThan(0)
    for (const keys of offers) expect(keys).toEqual(fixture.keys())
    expect(offers[0]).toContain(keyOf(md5Of(SCRIPT)))
  })

  test('comes on top of what others have pushed meanwhile, and leaves that alone', async () => {
    await fixture.write('x.sh', SCRIPT)
    await put({ 'train.py': 'theirs\n', 'other.dvc': await text('x.sh.dvc') })
    const theirs = await head()
    await push({ add: 'x.sh', transport })
    expect(await gitIn(repository.directory)('rev-parse', 'main~1')).toBe(theirs)
    expect(await changesOf('main')).toEqual(['M x.sh.dvc'])
  })

  test('is made once: the second run finds its work done', async () => {
    await fixture.write('x.sh', SCRIPT)
    await push({ add: 'x.sh', transport })
    const first = await head()
    const { outputs, summary } = await push({ add: 'x.sh', transport })
    expect(await head()).toBe(first)
    expect(outputs).toMatchObject({ changed: false, committed: [], 'commit-sha': first })
    expect(summary).toContain('Nothing to commit: acme/churn main names this data already')
  })

  test('is not made where nothing changed', async () => {
    const before = await head()
    const { outputs } = await push({ commit: 'true', transport })
    expect(outputs).toMatchObject({ changed: true, uploaded: 4, committed: [], 'commit-sha': before })
    expect(offers).toEqual([])
  })

  test('whose answer was lost is found on the branch, and not made twice', async () => {
    await fixture.write('x.sh', SCRIPT)
    github.faults.push({ match: isOffer, times: 1, respond: 'reset-after' })
    const { outputs } = await push({ add: 'x.sh', transport })
    expect(outputs).toMatchObject({ changed: true, committed: ['x.sh.dvc'], 'commit-sha': await head() })
    expect(await gitIn(repository.directory)('rev-list', '--count', 'main')).toBe('2')
  })

  test('that the token may not make fails, and tells what was pushed', async () => {
    await fixture.write('x.sh', SCRIPT)
    const before = await head()
    const thrown = await failure({ add: 'x.sh', transport, token: 'ghs_readOnly0123456789' })
    expect(['auth', 'policy']).toContain(thrown.kind)
    expect(await head()).toBe(before)
    expect(fixture.kept).toMatchObject({ uploaded: 4 })
    expect(fixture.keys()).toContain(keyOf(md5Of(SCRIPT)))
  })
})

describe('no commit is made', () => {
  afterEach(() => expect(offers).toEqual([]))

  test('where an upload fails', async () => {
    await fixture.write('x.sh', SCRIPT)
    fixture.s3.state.deny.push({ action: 's3:PutObject' })
    expect((await failure({ add: 'x.sh' })).kind).toBe('auth')
  })

  test('where the remote says that it has an object and does not', async () => {
    await fixture.write('x.sh', SCRIPT)
    const md5 = md5Of(SCRIPT)
    fixture.s3.faults.push({
      match: ({ method, path }) => method === 'PUT' && path.endsWith(md5.slice(2)),
      times: 1,
      respond: { status: 200, headers: { etag: `"${md5}"` } },
    })
    const thrown = await failure({ add: 'x.sh' })
    expect([thrown.code, thrown.details.what]).toEqual([
      'DVC_MISSING',
      'The remote does not hold what was sent',
    ])
  })

  test('where somebody else has recorded other data, and nothing is sent either', async () => {
    await fixture.write('x.sh', SCRIPT)
    await put({ 'x.sh.dvc': `outs:\n- md5: ${md5Of('theirs')}\n  hash: md5\n  path: x.sh\n` })
    const thrown = await failure({ add: 'x.sh' })
    expect([thrown.code, thrown.kind]).toEqual(['GITOPS_FILE_CONFLICT', 'conflict'])
    expect(thrown.details.on).toBe('x.sh.dvc in acme/churn main')
    expect(fixture.keys()).toEqual([])
  })

  test('on a branch that is not there, and nothing is sent either', async () => {
    await fixture.write('x.sh', SCRIPT)
    expect((await failure({ add: 'x.sh', 'commit-to': 'nowhere' })).kind).toBe('not-found')
    expect(fixture.keys()).toEqual([])
  })

  test('of a file that names more than is pushed, and nothing is sent either', async () => {
    await pipeline()
    const thrown = await failure({ targets: 'model' })
    expect([thrown.code, thrown.kind]).toEqual(['DVC_COMMIT_PARTIAL', 'config'])
    expect(thrown.details).toMatchObject({
      on: 'dvc.lock',
      seen: 'it names report, which this step does not push',
    })
    expect(fixture.keys()).toEqual([])
  })

  test('in a dry run, which shows it', async () => {
    await fixture.write('x.sh', SCRIPT)
    const { outputs, summary, report } = await push({ add: 'x.sh', 'dry-run': 'true' })
    expect(outputs).toMatchObject({ changed: false, committed: [] })
    expect(summary).toContain('Would be committed to acme/churn main: `x.sh.dvc`')
    expect(report).toMatchObject({ commit: { diff: expect.stringContaining(`+- md5: ${md5Of(SCRIPT)}`) } })
  })

  test.each([
    [undefined, 'there is none'],
    ['/srv/git/churn', 'it is no https or ssh URL'],
  ])('where the checkout is of %s', async (url, seen) => {
    await git('remote', 'remove', 'origin')
    if (url !== undefined) await git('remote', 'add', 'origin', url)
    await fixture.write('x.sh', SCRIPT)
    const thrown = await failure({ add: 'x.sh' })
    expect(thrown.code).toBe('DVC_COMMIT_ORIGIN')
    expect(thrown.details.seen).toBe(seen)
  })
})

describe('a commit', () => {
  test('ends the lines of a .gitignore as it does itself', async () => {
    await put({ '.gitignore': '/data\r\n/.dvc/config.local\r\n' })
    await git('fetch', '--quiet', repository.directory, 'main')
    await git('reset', '--quiet', '--hard', 'FETCH_HEAD')
    await fixture.write('new.pkl', 'weights')
    await push({ add: 'new.pkl' })
    expect(await onBranch('.gitignore')).toBe('/data\r\n/.dvc/config.local\r\n/new.pkl\r\n')
  })

  test('takes what a step before has recorded, with the lines of .gitignore for it and no others', async () => {
    await fixture.write('x.sh', SCRIPT)
    await fixture.write('x.sh.dvc', `outs:\n- md5: ${md5Of(SCRIPT)}\n  hash: md5\n  path: x.sh\n`)
    await fixture.write('.gitignore', '/data\n/.dvc/config.local\n/secret-notes\n/x.sh\n')
    await push()
    expect(await changesOf('main')).toEqual(['M .gitignore', 'M x.sh.dvc'])
    expect(await onBranch('.gitignore')).toBe('/data\n/.dvc/config.local\n/x.sh\n')
  })

  test('takes dvc.lock where all that it names is pushed', async () => {
    await pipeline()
    const { outputs } = await push()
    expect(outputs).toMatchObject({ committed: ['dvc.lock'] })
    expect(await onBranch('dvc.lock')).toBe(await text('dvc.lock'))
    expect(fixture.keys()).toEqual([...KEYS, keyOf(md5Of('m')), keyOf(md5Of('r'))].sort())
  })

  test('goes to another branch where that is asked for', async () => {
    await gitIn(repository.directory)('branch', 'data-update', 'main')
    const before = await head()
    await fixture.write('x.sh', SCRIPT)
    await push({ add: 'x.sh', 'commit-to': 'data-update', 'commit-message': 'New script [skip ci]' })
    expect(await head()).toBe(before)
    expect(await changesOf('data-update')).toEqual(['M x.sh.dvc'])
    expect(await gitIn(repository.directory)('log', '-1', '--format=%s', 'data-update')).toBe(
      'New script [skip ci]',
    )
  })

  test('names files as the Git repository does, also where the DVC repository is a folder of it', async () => {
    for (const path of ['.dvc/config', '.dvc/config.local'])
      await fixture.write(`ml/${path}`, await text(path))
    await fixture.write('ml/m.pkl', 'weights')
    await push({ path: 'ml', add: 'm.pkl' })
    expect(await changesOf('main')).toEqual(['A ml/.gitignore', 'A ml/m.pkl.dvc'])
  })
})

/** A stage that was run: its two outputs, and the lock that names them and is in no commit yet. */
async function pipeline(): Promise<void> {
  const stage = 'stages:\n  train:\n    cmd: x\n    outs: [model, report]\n'
  const out = (path: string, content: string) =>
    `    - path: ${path}\n      hash: md5\n      md5: ${md5Of(content)}\n      size: 1\n`
  await put({ 'dvc.yaml': stage })
  await git('fetch', '--quiet', repository.directory, 'main')
  await git('reset', '--quiet', '--hard', 'FETCH_HEAD')
  await fixture.write('model', 'm')
  await fixture.write('report', 'r')
  const outs = out('model', 'm') + out('report', 'r')
  await fixture.write('dvc.lock', `schema: '2.0'\nstages:\n  train:\n    cmd: x\n    outs:\n${outs}`)
}

function put(files: Readonly<Record<string, string>>) {
  return commitFiles(github.state, repository, { files, message: 'Somebody else' })
}

function keyOf(md5: string): string {
  return `dvc/files/md5/${md5.slice(0, 2)}/${md5.slice(2)}`
}
