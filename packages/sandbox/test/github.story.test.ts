import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import {
  commitFiles,
  type GitHubServer,
  headOf,
  protectBranch,
  type Repository,
  readFileAt,
  startGitHub,
} from '../src/github/index.ts'

const run = promisify(execFile)
const WRITER = { login: 'writer[bot]', access: { 'acme/gitops': 'write' } } as const
const READER = { login: 'reader', access: { 'acme/gitops': 'read' } } as const
const STRANGER = { login: 'stranger', access: {} } as const

let github: GitHubServer
let repository: Repository
let folder: string

beforeAll(async () => {
  github = await startGitHub({
    tokens: { 'token-write': WRITER, 'token-read': READER, 'token-none': STRANGER },
  })
})
afterAll(() => github.close())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'github-test-'))
  await rm(join(github.state.root, 'acme'), { recursive: true, force: true })
  repository = await github.createRepository('acme/gitops', {
    isPrivate: true,
    files: { 'a.yaml': 'a: 1\n', 'd/b.yaml': 'b: 1\n' },
  })
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Real git with a token in a header; resolves with what it printed, rejects with what went wrong. */
async function git(cwd: string, token: string | undefined, ...args: string[]): Promise<string> {
  const header = `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`
  const config = token === undefined ? [] : ['-c', `http.extraheader=${header}`]
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'T',
    GIT_AUTHOR_EMAIL: 't@example.com',
    GIT_COMMITTER_NAME: 'T',
    GIT_COMMITTER_EMAIL: 't@example.com',
    LC_ALL: 'C',
  }
  const { stdout, stderr } = await run('git', [...config, ...args], { cwd, env })
  return stdout + stderr
}

async function clone(token: string): Promise<string> {
  await git(folder, token, 'clone', '--quiet', `${github.url}/acme/gitops.git`, 'work')
  return join(folder, 'work')
}

async function commit(work: string, text: string): Promise<void> {
  await writeFile(join(work, 'a.yaml'), text)
  await git(work, undefined, 'commit', '--quiet', '-am', 'Change a')
}

describe('git over HTTP', () => {
  test('clones, partially and shallow, and takes a push', async () => {
    const work = await clone('token-write')
    expect(await readFile(join(work, 'd/b.yaml'), 'utf8')).toBe('b: 1\n')
    await git(
      folder,
      'token-read',
      'clone',
      '--quiet',
      '--depth=1',
      '--filter=blob:none',
      '--bare',
      `${github.url}/acme/gitops`,
      'part',
    )
    expect(
      await git(join(folder, 'part'), undefined, 'rev-list', '--objects', '--missing=print', 'HEAD'),
    ).toContain('?')
    await commit(work, 'a: 2\n')
    await git(work, 'token-write', 'push', 'origin', 'HEAD:refs/heads/main')
    const head = (await headOf(repository, 'main')) ?? ''
    expect(await readFileAt(repository, head, 'a.yaml')).toBe('a: 2\n')
  })

  test('rejects a push from a stale clone', async () => {
    const work = await clone('token-write')
    await commitFiles(github.state, repository, { files: { 'a.yaml': 'a: 9\n' }, message: 'Other writer' })
    await commit(work, 'a: 2\n')
    await expect(git(work, 'token-write', 'push', 'origin', 'main')).rejects.toThrow('(fetch first)')
  })

  const refusals: [who: string, token: string | undefined, command: string, words: string][] = [
    ['nobody to a private repository', undefined, 'ls-remote', 'could not read Username'],
    ['an unknown token', 'token-wrong', 'ls-remote', 'could not read Username'],
    ['a token without rights', 'token-none', 'ls-remote', 'Repository not found'],
    ['a push with read access', 'token-read', 'push', 'error: 403'],
  ]
  test.each(refusals)('refuses %s', async (_who, token, command, words) => {
    const work = await clone('token-write')
    await expect(git(work, token, command, 'origin', 'main')).rejects.toThrow(words)
  })

  test.each(['GH006', 'GH013'] as const)(
    'turns down a push to a branch protected by %s in its words',
    async (rule) => {
      const work = await clone('token-write')
      await protectBranch(repository, 'main', rule)
      await commit(work, 'a: 2\n')
      await expect(git(work, 'token-write', 'push', 'origin', 'main')).rejects.toThrow(`error: ${rule}: `)
      await protectBranch(repository, 'main', undefined)
      await git(work, 'token-write', 'push', 'origin', 'main')
    },
  )

  test('accepts a push and lets the connection die before it says so', async () => {
    const work = await clone('token-write')
    await commit(work, 'a: 2\n')
    github.faults.push({
      match: ({ method, path }) => method === 'POST' && path.endsWith('git-receive-pack'),
      times: 1,
      respond: 'reset-after',
    })
    await expect(git(work, 'token-write', 'push', 'origin', 'main')).rejects.toThrow()
    expect(await headOf(repository, 'main')).toBe((await git(work, undefined, 'rev-parse', 'HEAD')).trim())
  })
})

async function call(
  path: string,
  { token, accept, body }: { token?: string; accept?: string; body?: object } = {},
) {
  const response = await fetch(`${github.apiUrl}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token ?? 'token-write'}`, accept: accept ?? 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, text, json: () => JSON.parse(text) as unknown }
}

test('a packed repository takes commits and is read as one that is not', async () => {
  await git(repository.directory, undefined, 'gc', '--quiet')
  const change = { files: { 'd/c.yaml': 'c: 1\n' }, message: 'Add c' }
  const head = await commitFiles(github.state, repository, change)
  expect(await headOf(repository, 'main')).toBe(head)
  expect(await readFileAt(repository, head, 'd/b.yaml')).toBe('b: 1\n')
  expect(await readFileAt(repository, head, 'd/c.yaml')).toBe('c: 1\n')
})

test('closing waits for what a request still writes whose client has gone', async () => {
  const other = await startGitHub({ tokens: { 'token-write': WRITER } })
  await other.createRepository('acme/gitops', { files: { 'a.yaml': 'a: 1\n' } })
  const client = new AbortController()
  const arrived = Promise.withResolvers<undefined>()
  const match = (): boolean => {
    arrived.resolve(undefined)
    return false
  }
  other.faults.push({ times: 1, respond: 'hang', match })
  const asked = fetch(`${other.url}/acme/gitops.git/info/refs?service=git-upload-pack`, {
    headers: { authorization: `Basic ${btoa('x-access-token:token-write')}` },
    signal: client.signal,
  })
  await arrived.promise
  client.abort()
  await expect(asked).rejects.toThrow('aborted')
  await other.close()
  expect(other.requests).toMatchObject([{ status: 200 }])
})

describe('the REST API', () => {
  test('gives a branch, a blob and a file at a commit, byte for byte', async () => {
    const head = await commitFiles(github.state, repository, {
      files: { 'w.yaml': '\ufeffw: 1\r\n' },
      message: 'Windows',
    })
    expect((await call('/repos/acme/gitops/git/ref/heads/main')).json()).toMatchObject({
      object: { sha: head },
    })
    const raw = await call(`/repos/acme/gitops/contents/w.yaml?ref=${head}`, {
      accept: 'application/vnd.github.raw+json',
    })
    expect(Buffer.from(raw.text).length).toBe('w: 1\r\n'.length)
    expect((await call('/repos/ACME/GitOps')).json()).toMatchObject({
      full_name: 'acme/gitops',
      private: true,
    })
  })

  test('compares two commits', async () => {
    const old = await headOf(repository, 'main')
    const head = await commitFiles(github.state, repository, { files: { x: '1' }, message: 'Next' })
    expect((await call(`/repos/acme/gitops/compare/${old}...${head}`)).json()).toMatchObject({
      status: 'ahead',
      ahead_by: 1,
    })
    expect((await call(`/repos/acme/gitops/compare/${head}...${old}`)).json()).toMatchObject({
      status: 'behind',
    })
    expect((await call(`/repos/acme/gitops/compare/${head}...${head}`)).json()).toMatchObject({
      status: 'identical',
    })
  })

  test('records a dispatch and a commit status', async () => {
    const head = await headOf(repository, 'main')
    const body = { event_type: 'drift', client_payload: { model: 'churn' } }
    expect((await call('/repos/acme/gitops/dispatches', { body })).status).toBe(204)
    expect(github.state.dispatches.at(-1)).toEqual({
      repository: 'acme/gitops',
      eventType: 'drift',
      clientPayload: { model: 'churn' },
      sender: 'writer[bot]',
    })
    expect((await call('/repos/acme/gitops/dispatches', { body: {} })).status).toBe(422)
    expect(
      (await call(`/repos/acme/gitops/statuses/${head}`, { body: { state: 'success', context: 'c' } }))
        .status,
    ).toBe(201)
  })

  const keys = Object.fromEntries(Array.from({ length: 13 }, (_, index) => [`k${index}`, index]))
  test.each([
    ['more than ten properties', keys, 'No more than 10 properties are allowed; 13 were supplied.'],
    ['more than 64 KB', { alerts: 'x'.repeat(65_536) }, 'client_payload is too large.'],
    ['a list', ['a'], 'Invalid request.'],
  ])('refuses a dispatch with %s', async (_name, payload, message) => {
    const body = { event_type: 'drift', client_payload: payload }
    const before = github.state.dispatches.length
    const answer = await call('/repos/acme/gitops/dispatches', { body })
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ message: expect.stringContaining(message) })
    expect(github.state.dispatches).toHaveLength(before)
  })

  test.each([
    ['token-wrong', 401],
    ['token-none', 404],
  ])('answers %s with %d', async (token, status) => {
    expect((await call('/repos/acme/gitops', { token })).status).toBe(status)
  })
  test('answers a write with read access with 403', async () => {
    expect(
      (await call('/repos/acme/gitops/dispatches', { token: 'token-read', body: { event_type: 'x' } }))
        .status,
    ).toBe(403)
  })
})

const COMMIT = `mutation($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid message } ref { target { oid } } } }`

async function graphql(query: string, variables: object, token = 'token-write'): Promise<unknown> {
  const response = await fetch(github.graphqlUrl, {
    method: 'POST',
    headers: { authorization: `bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  })
  return response.json()
}

function commitInput(expectedHeadOid: string | undefined) {
  return {
    branch: { repositoryNameWithOwner: 'acme/gitops', branchName: 'main' },
    expectedHeadOid,
    message: { headline: 'Set a', body: 'Key: value' },
    fileChanges: { additions: [{ path: 'a.yaml', contents: Buffer.from('a: 3\n').toString('base64') }] },
  }
}

describe('the GraphQL API', () => {
  test('commits on a branch whose head is the expected one, and only then', async () => {
    const head = await headOf(repository, 'main')
    const input = commitInput(head)
    const first = await graphql(COMMIT, { input })
    expect(first).toMatchObject({
      data: { createCommitOnBranch: { commit: { message: 'Set a\n\nKey: value' } } },
    })
    expect(await readFileAt(repository, (await headOf(repository, 'main')) ?? '', 'a.yaml')).toBe('a: 3\n')
    expect(await graphql(COMMIT, { input })).toMatchObject({
      errors: [
        {
          type: 'STALE_DATA',
          message: `Expected branch to point to "${head}" but it did not.  Pull and try again.`,
        },
      ],
    })
  })

  test('reads head, file mode and history in one query', async () => {
    const query = `query($path: String!) { repository(owner: "acme", name: "gitops") { ref(qualifiedName: "refs/heads/main") { target {
      oid ... on Commit { file(path: $path) { mode type oid } history(first: 5) { nodes { oid messageHeadline } } } } } } }`
    expect(await graphql(query, { path: 'd/b.yaml' })).toMatchObject({
      data: {
        repository: {
          ref: {
            target: {
              file: { mode: 0o100644, type: 'blob' },
              history: { nodes: [{ messageHeadline: 'Start' }] },
            },
          },
        },
      },
    })
  })

  test('refuses a field that GitHub does not have', async () => {
    expect(await graphql('{ repository(owner: "acme", name: "gitops") { nonsense } }', {})).toMatchObject({
      errors: [{ message: expect.stringContaining('nonsense') }],
    })
  })

  const refusals: [what: string, token: string, rule: 'GH006' | 'GH013' | undefined, type: string][] = [
    ['a token without rights', 'token-none', undefined, 'NOT_FOUND'],
    ['a token that may only read', 'token-read', undefined, 'FORBIDDEN'],
    ['a protected branch', 'token-write', 'GH006', 'BRANCH_PROTECTION_RULE_VIOLATION'],
    ['a rule set', 'token-write', 'GH013', 'UNPROCESSABLE'],
  ]
  test.each(refusals)('refuses %s', async (_what, token, rule, type) => {
    await protectBranch(repository, 'main', rule)
    const head = await headOf(repository, 'main')
    expect(await graphql(COMMIT, { input: commitInput(head) }, token)).toMatchObject({ errors: [{ type }] })
  })
})
