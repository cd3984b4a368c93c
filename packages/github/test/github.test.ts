import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createHttp, type HttpClient } from '@mlops-actions/http'
import {
  commitFiles,
  type GitHubServer,
  headOf,
  type Repository,
  startGitHub,
} from '@mlops-actions/sandbox/github'
import { type TestWorld, testWorld } from '../../../test/harness/world.ts'
import {
  commitOnBranch,
  compareCommits,
  createGitHub,
  type GitHubClient,
  readBlob,
  readBranch,
} from '../src/index.ts'

const TOKEN = 'ghs_githubTestToken0123'
const NAME = { owner: 'acme', name: 'gitops' }

let server: GitHubServer
let repository: Repository
let http: HttpClient
let github: GitHubClient
let world: TestWorld

beforeEach(async () => {
  server = await startGitHub({ tokens: { [TOKEN]: { login: 'bot', access: { 'acme/gitops': 'write' } } } })
  repository = await server.createRepository('acme/gitops', {
    isPrivate: true,
    files: { 'a.yaml': '\ufeffa: 1\r\n' },
  })
  world = testWorld()
  http = createHttp(world, { trustedOrigins: [server.url], retries: 1 })
  github = createGitHub(world, { apiUrl: server.apiUrl, token: TOKEN, http })
})
afterEach(async () => {
  http.close()
  await server.close()
})

const draft = (expectedHead: string) => ({
  expectedHead,
  message: 'Set a\n\nKey: value\n',
  files: [{ path: 'a.yaml', bytes: Buffer.from('a: 2\n') }],
})

describe('a branch', () => {
  test('is read in one request: head, history and what stands at the paths', async () => {
    const head = await commitFiles(server.state, repository, {
      files: { 'd/b.yaml': 'b: 1\n' },
      message: 'Add b\n\nKey: value',
    })
    const snapshot = await readBranch(github, NAME, 'main', { paths: ['a.yaml', 'd', 'nope'], commits: 10 })
    expect(snapshot).toMatchObject({
      head,
      history: [{ oid: head, message: 'Add b\n\nKey: value' }, { message: 'Start' }],
    })
    expect(snapshot?.files.map((file) => file?.mode)).toEqual(['100644', '040000', undefined])
    expect(server.requests).toHaveLength(1)
  })

  test('gives the bytes of a file as they are', async () => {
    const snapshot = await readBranch(github, NAME, 'main', { paths: ['a.yaml'], commits: 1 })
    expect(await readBlob(github, NAME, snapshot?.files[0]?.oid ?? '')).toEqual(Buffer.from('\ufeffa: 1\r\n'))
  })

  test('that is not there is undefined, a repository that is not there a failure', async () => {
    expect(await readBranch(github, NAME, 'nope', { paths: [], commits: 1 })).toBeUndefined()
    await expect(
      readBranch(github, { owner: 'acme', name: 'nope' }, 'main', { paths: [], commits: 1 }),
    ).rejects.toMatchObject({ kind: 'not-found' })
  })

  test('takes a commit on its head, and none on an older one', async () => {
    const old = (await headOf(repository, 'main')) ?? ''
    const first = await commitOnBranch(github, NAME, 'main', draft(old))
    expect(first).toEqual({ status: 'accepted', commit: await headOf(repository, 'main') })
    expect(await commitOnBranch(github, NAME, 'main', draft(old))).toMatchObject({
      status: 'moved',
      seen: expect.stringContaining('STALE_DATA'),
    })
    expect(await compareCommits(github, NAME, old, (await headOf(repository, 'main')) ?? '')).toBe('ahead')
  })
})

describe('the API of', () => {
  test.each([
    ['github.com', 'https://api.github.com', 'https://api.github.com/graphql'],
    ['an enterprise in the cloud', 'https://api.acme.ghe.com', 'https://api.acme.ghe.com/graphql'],
    ['an Enterprise Server', 'https://git.acme.example/api/v3', 'https://git.acme.example/api/graphql'],
  ])('%s has its two addresses', async (_what, apiUrl, graphqlUrl) => {
    const asked: string[] = []
    const fetch = async (url: Parameters<typeof globalThis.fetch>[0]): Promise<Response> => {
      asked.push(String(url))
      return Response.json({ data: { repository: { ref: null } }, encoding: 'base64', content: '' })
    }
    const there = createGitHub(world, { apiUrl, token: TOKEN, http: { fetch } })
    await readBranch(there, NAME, 'main', { paths: [], commits: 1 })
    await readBlob(there, NAME, 'a'.repeat(40))
    expect(asked).toEqual([
      graphqlUrl,
      `${apiUrl}/repos/${NAME.owner}/${NAME.name}/git/blobs/${'a'.repeat(40)}`,
    ])
  })
})

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}
const json = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})
const graphqlError = (type: string, message: string) => json(200, { data: null, errors: [{ type, message }] })
const page = (status: number) => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: '<!doctype html><title>Sign in</title>',
})

// As GitHub documents them ("Rate limits", "Troubleshooting the REST API") or as quoted in the issues of
// docs/github.md.
const refusals: [what: string, answer: Answer | 'reset', kind: string, outcome: string][] = [
  ['a wrong token', json(401, { message: 'Bad credentials' }), 'auth', 'refused'],
  [
    'a token without rights',
    json(403, { message: 'Resource not accessible by integration' }),
    'auth',
    'refused',
  ],
  [
    'missing scopes',
    graphqlError('INSUFFICIENT_SCOPES', 'Your token has not been granted the required scopes'),
    'auth',
    'refused',
  ],
  [
    'a used-up limit',
    json(403, { message: 'API rate limit exceeded' }, { 'x-ratelimit-remaining': '0' }),
    'rate-limit',
    'refused',
  ],
  [
    'a used-up limit of GraphQL',
    graphqlError('RATE_LIMITED', 'API rate limit exceeded'),
    'rate-limit',
    'refused',
  ],
  [
    'a secondary limit',
    json(403, { message: 'You have exceeded a secondary rate limit' }),
    'rate-limit',
    'refused',
  ],
  [
    'classic protection',
    graphqlError('BRANCH_PROTECTION_RULE_VIOLATION', 'At least 1 approving review is required'),
    'policy',
    'refused',
  ],
  [
    'a rule set',
    graphqlError(
      'UNPROCESSABLE',
      'Repository rule violations found\n\nCommits must have verified signatures',
    ),
    'policy',
    'refused',
  ],
  ['a breakdown', graphqlError('', 'Something went wrong while executing your query'), 'upstream', 'unknown'],
  [
    'a breakdown behind the commit',
    graphqlError(
      '',
      "The field at path '/createCommitOnBranch/commit' was declared as a non null type, but the code involved in retrieving data has wrongly returned a null value.",
    ),
    'upstream',
    'unknown',
  ],
  [
    'a part of it that is down',
    graphqlError('SERVICE_UNAVAILABLE', 'Git is not there'),
    'upstream',
    'unknown',
  ],
  ['a bad gateway', json(502, { message: 'Server Error' }), 'upstream', 'unknown'],
  ['a dead connection', 'reset', 'upstream', 'unknown'],
  ['a login page', page(200), 'auth', 'refused'],
  ['a login page that says no', page(403), 'auth', 'refused'],
  ['a page for who asks too much', page(429), 'rate-limit', 'refused'],
  [
    'a rule, in the last answer before the limit',
    json(
      200,
      { errors: [{ type: 'BRANCH_PROTECTION_RULE_VIOLATION', message: 'At least 1 approving review' }] },
      { 'x-ratelimit-remaining': '0' },
    ),
    'policy',
    'refused',
  ],
  ['a page of its own that is down', page(502), 'upstream', 'unknown'],
  ['an answer that was cut', { ...json(200, {}), body: '{"data":{"createComm' }, 'upstream', 'unknown'],
  ['an empty answer', { ...json(200, {}), body: '' }, 'upstream', 'unknown'],
  ['another shape', json(200, { data: { createCommitOnBranch: null } }), 'upstream', 'unknown'],
]

describe('GitHub answers with', () => {
  test.each(refusals)('%s', async (_what, respond, kind, outcome) => {
    server.faults.push({ match: () => true, times: 99, respond })
    const result = await commitOnBranch(github, NAME, 'main', draft('0'.repeat(40)))
    expect(result.status).toBe(outcome)
    await expect(readBranch(github, NAME, 'main', { paths: [], commits: 1 })).rejects.toMatchObject({ kind })
  })
})

describe('a limit', () => {
  const SECONDARY = { message: 'You have exceeded a secondary rate limit' }
  const limited = (headers: Record<string, string>) => json(403, SECONDARY, headers)
  const seconds = (text: string) => String(Math.floor(world.now() / 1_000) + Number(text))

  const waits: [what: string, answer: () => ReturnType<typeof json>, least: number][] = [
    ['as long as the answer says', () => limited({ 'retry-after': '7' }), 7_000],
    [
      'until the limit is reset',
      () => limited({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': seconds('90') }),
      90_000,
    ],
    ['a minute where nothing says how long', () => limited({}), 60_000],
    ['for GraphQL too, which says it with 200', () => graphqlError('RATE_LIMITED', 'Slow down'), 60_000],
  ]
  test.each(waits)('is waited for: %s', async (_what, answer, least) => {
    server.faults.push({ match: () => true, times: 1, respond: answer() })
    const head = (await headOf(repository, 'main')) ?? ''
    expect(await commitOnBranch(github, NAME, 'main', draft(head))).toMatchObject({ status: 'accepted' })
    expect(world.sleeps).toHaveLength(1)
    expect(world.sleeps[0]).toBeGreaterThanOrEqual(least)
    expect(world.sleeps[0]).toBeLessThan(least + 2_000)
    expect(world.lines.join('\n')).toMatch(/limit.*next try in/i)
  })

  test('that stays is waited for longer each time, and not for ever', async () => {
    server.faults.push({ match: () => true, times: 99, respond: limited({}) })
    await expect(readBranch(github, NAME, 'main', { paths: [], commits: 1 })).rejects.toMatchObject({
      code: 'GH_RATE_LIMIT',
      retryable: true,
    })
    expect(world.sleeps.length).toBeGreaterThan(1)
    expect(world.sleeps).toEqual([...world.sleeps].sort((one, other) => one - other))
    expect(new Set(world.sleeps).size).toBe(world.sleeps.length)
  })

  test('is not waited for beyond the deadline, which is told', async () => {
    server.faults.push({ match: () => true, times: 1, respond: limited({ 'retry-after': '30' }) })
    const deadline = world.now() + 20_000
    const hurried = createGitHub(world, { apiUrl: server.apiUrl, token: TOKEN, http, deadline })
    await expect(readBranch(hurried, NAME, 'main', { paths: [], commits: 1 })).rejects.toMatchObject({
      kind: 'rate-limit',
      message: expect.stringContaining('30 s'),
    })
    expect(world.sleeps).toEqual([])
  })
})
