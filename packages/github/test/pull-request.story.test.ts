import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createHttp, type HttpClient } from '@mlops-actions/http'
import {
  approvePull,
  commitFiles,
  type GitHubServer,
  headOf,
  type Repository,
  readFileAt,
  reportCheck,
  runMergeQueue,
  startGitHub,
} from '@mlops-actions/sandbox/github'
import { testWorld } from '../../../test/harness/world.ts'
import {
  addLabels,
  createCommit,
  createGitHub,
  createPullRequest,
  disableAutoMerge,
  enableAutoMerge,
  enqueuePullRequest,
  type GitHubClient,
  listCommitsAhead,
  type MergeMethod,
  mergePullRequest,
  moveBranch,
  readCommit,
  readProposals,
  readPullRequest,
  requestReviewers,
  updatePullRequest,
} from '../src/index.ts'

const NAME = { owner: 'acme', name: 'gitops' }
const REFS = { base: 'main', head: 'mlops/bump/churn' }
const ON = 'acme/gitops'

let server: GitHubServer
let repository: Repository
let http: HttpClient
let github: GitHubClient
let id: string

const clientOf = (token: string): GitHubClient =>
  createGitHub(testWorld(), { apiUrl: server.apiUrl, token, http })

beforeEach(async () => {
  const access = { 'acme/gitops': 'write' } as const
  server = await startGitHub({
    tokens: {
      full: { login: 'deployer[bot]', access },
      narrow: { login: 'narrow[bot]', access, mayOpenPulls: false },
    },
  })
  repository = await server.createRepository('acme/gitops', { files: { 'a.yaml': 'a: 1\n' } })
  http = createHttp(testWorld(), { trustedOrigins: [server.url], retries: 1 })
  github = clientOf('full')
  id = (await readProposals(github, NAME, REFS)).repositoryId
})
afterEach(async () => {
  http.close()
  await server.close()
})

const head = async (branch = 'main') => (await headOf(repository, branch)) ?? ''

async function commit(text: string, message = 'Set a\n\nKey: value\n'): Promise<string> {
  const files = [{ path: 'a.yaml', mode: '100755', bytes: Buffer.from(text) }]
  return createCommit(github, NAME, { parent: await head(), message, files })
}

async function propose(text = 'a: 2\n'): Promise<number> {
  const to = await commit(text)
  await moveBranch(github, ON, { repositoryId: id, branch: REFS.head, from: undefined, to })
  return createPullRequest(github, ON, { repositoryId: id, ...REFS, title: 'Set a', body: 'Please' })
}

describe('a branch of our own', () => {
  test('is created with a commit on it, byte for byte and with its mode', async () => {
    const bytes = '\ufeffa: 2\r\n\0'
    const to = await commit(bytes)
    expect(await head(REFS.head)).toBe('')
    const move = { repositoryId: id, branch: REFS.head, from: undefined, to }
    expect(await moveBranch(github, ON, move)).toEqual({ status: 'accepted' })
    expect(await readFileAt(repository, to, 'a.yaml')).toBe(bytes)
    const snapshot = await readCommit(github, NAME, to, { paths: ['a.yaml'], commits: 2 })
    expect(snapshot).toMatchObject({
      head: to,
      history: [{ message: 'Set a\n\nKey: value' }, { message: 'Start' }],
      files: [{ mode: '100755' }],
    })
    expect(await listCommitsAhead(github, NAME, REFS)).toEqual({
      total: 1,
      commits: [{ oid: to, message: 'Set a\n\nKey: value', parents: [await head('main')] }],
    })
  })

  test('moves only from where it was seen to be', async () => {
    const [one, two] = [await commit('a: 2\n'), await commit('a: 3\n')]
    const move = { repositoryId: id, branch: REFS.head }
    await moveBranch(github, ON, { ...move, from: undefined, to: one })
    expect(await moveBranch(github, ON, { ...move, from: undefined, to: two })).toMatchObject({
      status: 'refused',
    })
    expect(await moveBranch(github, ON, { ...move, from: two, to: two })).toMatchObject({ status: 'refused' })
    expect(await head(REFS.head)).toBe(one)
    expect(await moveBranch(github, ON, { ...move, from: one, to: two })).toEqual({ status: 'accepted' })
    expect(await head(REFS.head)).toBe(two)
  })

  test('of which an answer was lost is nobody knows where', async () => {
    const to = await commit('a: 2\n')
    server.faults.push({ match: ({ path }) => path.endsWith('/graphql'), times: 1, respond: 'reset-after' })
    const move = { repositoryId: id, branch: REFS.head, from: undefined, to }
    expect(await moveBranch(github, ON, move)).toMatchObject({ status: 'unknown' })
    expect(await head(REFS.head)).toBe(to)
  })
})

describe('a pull request', () => {
  test('is found by its branches while it is open', async () => {
    const number = await propose()
    const { pullRequests, viewer, head: at } = await readProposals(github, NAME, REFS)
    expect(viewer).toBe('deployer[bot]')
    expect(at).toBe(await head(REFS.head))
    expect(pullRequests).toMatchObject([
      {
        number,
        url: `${server.url}/acme/gitops/pull/1`,
        title: 'Set a',
        body: 'Please',
        state: 'OPEN',
        mergeState: 'CLEAN',
        head: await head(REFS.head),
        commits: [await head(REFS.head)],
      },
    ])
    await updatePullRequest(github, ON, { id: pullRequests[0]?.id ?? '', title: 'No', state: 'CLOSED' })
    expect(await readProposals(github, NAME, REFS)).toMatchObject({ pullRequests: [] })
    expect(await readPullRequest(github, NAME, number)).toMatchObject({ state: 'CLOSED', title: 'No' })
  })

  test('is not opened twice', async () => {
    await propose()
    const again = createPullRequest(github, ON, { repositoryId: id, ...REFS, title: 'x', body: '' })
    await expect(again).rejects.toMatchObject({
      code: 'GH_REFUSED',
      message: expect.stringContaining('already exists'),
    })
  })

  test('gets labels and reviewers', async () => {
    const number = await propose()
    await addLabels(github, NAME, number, ['deployment', 'churn'])
    await requestReviewers(github, NAME, number, { reviewers: ['ann'], teams: ['platform'] })
    expect(await readPullRequest(github, NAME, number)).toMatchObject({
      labels: ['deployment', 'churn'],
    })
    const own = requestReviewers(github, NAME, number, { reviewers: ['deployer[bot]'], teams: [] })
    await expect(own).rejects.toMatchObject({ message: expect.stringContaining('pull request author') })
  })

  test('is closed by GitHub when its branch has nothing left to merge', async () => {
    const number = await propose()
    const from = await head(REFS.head)
    await moveBranch(github, ON, { repositoryId: id, branch: REFS.head, from, to: await head() })
    expect(await readPullRequest(github, NAME, number)).toMatchObject({ state: 'CLOSED' })
  })

  test('needs a right of its own, which is named', async () => {
    const narrow = clientOf('narrow')
    const opened = createPullRequest(narrow, ON, { repositoryId: id, ...REFS, title: 'x', body: '' })
    await expect(opened).rejects.toMatchObject({
      kind: 'auth',
      message: expect.stringContaining('pull_requests: write'),
    })
  })

  test('that a workflow may not open says which setting forbids it', async () => {
    const message = 'GitHub Actions is not permitted to create or approve pull requests.'
    server.faults.push({
      match: ({ body }) => body.includes('createPullRequest'),
      times: 1,
      respond: {
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ data: null, errors: [{ type: 'FORBIDDEN', message }] }),
      },
    })
    await expect(propose()).rejects.toMatchObject({
      kind: 'policy',
      code: 'GH_PULLS_FORBIDDEN',
      message: expect.stringContaining('Allow GitHub Actions to create and approve pull requests'),
    })
  })
})

describe('a merge', () => {
  async function order(number: number, method: MergeMethod = 'SQUASH') {
    const pull = await readPullRequest(github, NAME, number)
    const message = { headline: 'Set a', body: 'Key: value' }
    return { id: pull.id, head: pull.head, method, message }
  }

  test.each<MergeMethod>(['MERGE', 'SQUASH', 'REBASE'])(
    'by %s is on the base with our words',
    async (method) => {
      const number = await propose()
      await commitFiles(server.state, repository, {
        files: { 'b.yaml': 'b: 1\n' },
        message: 'Another writer',
      })
      const merged = await mergePullRequest(github, ON, await order(number, method))
      expect(merged).toBe(await head())
      const snapshot = await readCommit(github, NAME, merged ?? '', { paths: ['b.yaml'], commits: 1 })
      expect(snapshot?.history[0]?.message).toBe('Set a\n\nKey: value')
      expect(await readFileAt(repository, merged ?? '', 'a.yaml')).toBe('a: 2\n')
      expect(await readPullRequest(github, NAME, number)).toMatchObject({
        state: 'MERGED',
        mergeCommit: merged,
      })
    },
  )

  test('is refused for a head that is not the one that was looked at', async () => {
    const wanted = { ...(await order(await propose())), head: await head() }
    await expect(mergePullRequest(github, ON, wanted)).rejects.toThrow('Head branch was modified')
  })

  test('of what conflicts is refused, and seen before', async () => {
    const number = await propose()
    await commitFiles(server.state, repository, { files: { 'a.yaml': 'a: 9\n' }, message: 'Another writer' })
    expect(await readPullRequest(github, NAME, number)).toMatchObject({ mergeState: 'DIRTY' })
    await expect(mergePullRequest(github, ON, await order(number))).rejects.toThrow('not mergeable')
  })

  test('waits for the check that the base asks for, and happens by itself then', async () => {
    repository.mergeRules.set('main', { requiredChecks: ['ci'] })
    const number = await propose()
    expect((await readProposals(github, NAME, REFS)).requiredChecks).toEqual(['ci'])
    const wanted = await order(number)
    await expect(mergePullRequest(github, ON, wanted)).rejects.toMatchObject({ code: 'GH_PROTECTED' })
    await enableAutoMerge(github, ON, wanted)
    const check = { sha: wanted.head, context: 'ci' }
    await reportCheck(server.state, repository, { ...check, result: 'failure' })
    expect(await readPullRequest(github, NAME, number)).toMatchObject({
      mergeState: 'BLOCKED',
      isAutoMerging: true,
      checks: [{ name: 'ci', isRequired: true, outcome: 'failed' }],
    })
    await reportCheck(server.state, repository, { ...check, result: 'success' })
    expect(await readPullRequest(github, NAME, number)).toMatchObject({
      state: 'MERGED',
      mergeCommit: await head(),
    })
  })

  test('at once is what auto-merge refuses to be for', async () => {
    const number = await propose()
    await expect(enableAutoMerge(github, ON, await order(number))).rejects.toThrow('is in clean status')
    repository.allowsAutoMerge = false
    await expect(enableAutoMerge(github, ON, await order(number))).rejects.toThrow('not allowed')
  })

  test('goes through the queue where the base has one, once a review is there', async () => {
    repository.mergeRules.set('main', { mergeQueue: true, requiredReviews: 1 })
    const number = await propose()
    await enableAutoMerge(github, ON, await order(number))
    expect(await readPullRequest(github, NAME, number)).toMatchObject({ hasQueue: true, isQueued: false })
    await approvePull(server.state, repository, repository.pulls[0]!)
    expect(await readPullRequest(github, NAME, number)).toMatchObject({
      isQueued: true,
      isAutoMerging: false,
    })
    await runMergeQueue(repository, 'main')
    expect(await readPullRequest(github, NAME, number)).toMatchObject({ mergeCommit: await head() })
  })
})

test('what two reviews allow at once is merged once', async () => {
  repository.mergeRules.set('main', { requiredReviews: 1 })
  const number = await propose()
  const { id: pull, head: at } = await readPullRequest(github, NAME, number)
  await enableAutoMerge(github, ON, { id: pull, head: at, method: 'SQUASH' })
  const review = () => approvePull(server.state, repository, repository.pulls[0]!)
  await Promise.all([review(), review()])
  expect(await readPullRequest(github, NAME, number)).toMatchObject({ mergeCommit: await head() })
})

test('auto-merge is taken back, and what is ready is queued by itself', async () => {
  repository.mergeRules.set('main', { mergeQueue: true, requiredReviews: 1 })
  const number = await propose()
  const { id: pull, head: at } = await readPullRequest(github, NAME, number)
  const order = { id: pull, head: at, method: 'SQUASH' } as const
  await enableAutoMerge(github, ON, order)
  await disableAutoMerge(github, ON, pull)
  await approvePull(server.state, repository, repository.pulls[0]!)
  expect(await readPullRequest(github, NAME, number)).toMatchObject({ isQueued: false, isAutoMerging: false })
  await expect(enableAutoMerge(github, ON, order)).rejects.toThrow('is in clean status')
  await enqueuePullRequest(github, ON, order)
  expect(await readPullRequest(github, NAME, number)).toMatchObject({ isQueued: true })
})

test('every request of the REST API fits GitHub’s own description of it', async () => {
  const asked = { reviewers: ['ann'], teamReviewers: ['platform'] }
  const purpose = { what: 'Cannot ask', on: ON }
  const route = 'POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers'
  const wrong = github.rest(purpose, route, { owner: 'acme', repo: 'gitops', pull_number: 1, ...asked })
  await expect(wrong).rejects.toThrow('body.teamReviewers: is not known')
})
