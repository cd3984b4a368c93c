import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { Failure } from '@mlops-actions/diagnostics'
import { fetchBranch, fetchCommit, pushCommit, writeCommit } from '../src/index.ts'
import { type Fixture, startFixture } from './fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture()
  await fixture.server.createRepository('acme/public', { files: { 'a.yaml': 'a: 1\n' } })
})
afterEach(() => fixture.close())

/** A server that leads elsewhere, whatever it is asked for. */
function startLeading(to: string): Promise<{ url: string } & AsyncDisposable> {
  return startServer(({ url }, answer) => answer.writeHead(301, { location: `${to}${url}` }).end())
}

async function startServer(answer: RequestListener): Promise<{ url: string } & AsyncDisposable> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => void server.close(),
  }
}

test('a token does not go along to where a server leads', async () => {
  await using leading = await startLeading(fixture.server.url)
  const repository = await fixture.open({ url: `${leading.url}/acme/public.git` })
  await expect(fetchBranch(repository, 'main')).rejects.toMatchObject({
    kind: 'config',
    code: 'GIT_REDIRECT',
    message: expect.stringMatching(/returned error: 301.*Give the address that it leads to/),
  })
  expect(fixture.server.requests.filter(({ headers }) => 'authorization' in headers)).toEqual([])
})

test('nor to where a server of plain files says that its objects are', async () => {
  const elsewhere = `${fixture.server.url}/acme/public.git/objects\n`
  const files: Record<string, string> = {
    '/a/b/info/refs': `${'a'.repeat(40)}\trefs/heads/main\n`,
    '/a/b/HEAD': 'ref: refs/heads/main\n',
    '/a/b/objects/info/http-alternates': elsewhere,
    '/a/b/objects/info/alternates': elsewhere,
  }
  await using plain = await startServer(({ url = '' }, answer) => {
    const text = files[url.replace(/\?.*$/, '')]
    answer.writeHead(text === undefined ? 404 : 200, { 'content-type': 'text/plain' }).end(text)
  })
  const repository = await fixture.open({ url: `${plain.url}/a/b` })
  const wanted = fetchCommit(repository, 'a'.repeat(40), { what: 'Cannot read', next: '' })
  await expect(wanted).rejects.toBeInstanceOf(Failure)
  expect(fixture.server.requests).toEqual([])
})

test('nor does a commit', async () => {
  const repository = await fixture.open({ url: `${fixture.server.url}/acme/public.git` })
  const parent = await fetchBranch(repository, 'main')
  const files = [{ path: 'a.yaml', mode: '100644', bytes: Buffer.from('a: 2\n') }]
  const author = { name: 'Deployer', email: 'deployer@example.com' }
  const commit = await writeCommit(repository, { parent, files, message: 'm', author, time: 0 })
  fixture.server.faults.push({
    match: ({ path }) => path.startsWith('/acme/public'),
    times: 9,
    respond: { status: 302, headers: { location: `${fixture.server.url}/acme/gitops.git` } },
  })
  expect(await pushCommit(repository, { commit, parent }, 'main')).toMatchObject({
    status: 'refused',
    failure: { code: 'GIT_REDIRECT' },
  })
})

test('who shows no token is led on', async () => {
  await using leading = await startLeading(fixture.server.url)
  const repository = await fixture.open({
    url: `${leading.url}/acme/public.git`,
    credential: { kind: 'anonymous' },
  })
  expect(await fetchBranch(repository, 'main')).toMatch(/^[0-9a-f]{40}$/)
})
