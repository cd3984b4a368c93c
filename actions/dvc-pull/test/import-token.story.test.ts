import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type GitHubServer, headOf, startGitHub } from '@mlops-actions/sandbox/github'
import { failureOf } from '../../../test/harness/failure.ts'
import { type Fixture, md5Of, startFixture } from './fixture.ts'

const TOKEN = 'ghs_registryToken0123456789'
let fixture: Fixture
let ours: GitHubServer
let theirs: GitHubServer
const servers: GitHubServer[] = []

beforeEach(async () => {
  fixture = await startFixture()
  ours = await startHost({ isPrivate: true })
  theirs = await startHost({ isPrivate: false })
})
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
  await fixture.close()
})

/** A host with a repository whose labels git keeps. */
async function startHost(settings: { readonly isPrivate: boolean }): Promise<GitHubServer> {
  const server = await startGitHub({ tokens: { [TOKEN]: { login: 'bot', access: { '*': 'read' } } } })
  servers.push(server)
  await server.createRepository('acme/registry', { ...settings, files: { 'labels.txt': 'labels' } })
  return server
}

/** What `dvc import` writes. */
async function importFrom(name: string, server: GitHubServer): Promise<void> {
  const repository = server.state.repositories.get('acme/registry')
  if (repository === undefined) throw new Error('the repository is not there')
  const repo = `    url: ${server.url}/acme/registry.git\n    rev_lock: ${await headOf(repository, 'main')}\n`
  await fixture.write(
    `${name}.dvc`,
    `deps:\n- path: labels.txt\n  repo:\n${repo}outs:\n- md5: ${md5Of('labels')}\n  hash: md5\n  path: ${name}\n`,
  )
}

const hostOf = ({ url }: GitHubServer) => new URL(url).host
const shown = ({ requests }: GitHubServer) => requests.filter(({ headers }) => 'authorization' in headers)
const given = () => ({ 'import-token': TOKEN, 'import-hosts': hostOf(ours), targets: 'ours\ntheirs' })

test('the token goes to the host that is named, and no other host sees it', async () => {
  await importFrom('ours', ours)
  await importFrom('theirs', theirs)
  await fixture.run(given())
  expect([await fixture.read('ours'), await fixture.read('theirs')]).toEqual(['labels', 'labels'])
  expect([shown(ours).length > 0, shown(theirs)]).toEqual([true, []])
  const said = fixture.world.lines.filter((line) => line.includes('without `import-token`'))
  expect(said).toEqual([
    `an import of ${hostOf(theirs)} is read without \`import-token\`: \`import-hosts\` does not name this host`,
  ])
})

test('a host that is not named and refuses who shows no token is named with the input that would', async () => {
  await importFrom('ours', ours)
  const failure = await failureOf(() =>
    fixture.run({ ...given(), 'import-hosts': hostOf(theirs), targets: 'ours' }),
  )
  expect(failure).toMatchObject({ kind: 'auth' })
  expect(failure.details.next).toContain(`name ${hostOf(ours)} in \`import-hosts\``)
  expect(shown(ours)).toEqual([])
})

test('an import over SSH takes the token along to no host that is not named either', async () => {
  await importFrom('ours', ours)
  const file = (await fixture.read('ours.dvc')) ?? ''
  await fixture.write('ours.dvc', file.replace(/url: .*/, 'url: git@127.0.0.1:acme/registry'))
  await failureOf(() => fixture.run({ ...given(), targets: 'ours' }))
  expect(fixture.world.lines.join('\n')).toContain('an import of 127.0.0.1 is read without `import-token`')
})

test('the host that is named cannot lead the token to another one', async () => {
  await importFrom('ours', ours)
  ours.faults.push({
    match: ({ path }) => path.startsWith('/acme/registry'),
    times: 9,
    respond: { status: 302, headers: { location: `${theirs.url}/acme/registry.git/info/refs` } },
  })
  const failure = await failureOf(() => fixture.run({ ...given(), targets: 'ours' }))
  expect(failure).toMatchObject({ code: 'GIT_REDIRECT' })
  expect(theirs.requests).toEqual([])
})
