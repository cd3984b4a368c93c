import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type GitHubServer, headOf, startGitHub } from '@mlops-actions/sandbox/github'
import { failureOf } from '../../../test/harness/failure.ts'
import { configOf, DATA_OID, type Fixture, md5Of, startFixture } from './fixture.ts'

const TOKEN = 'ghs_registryToken0123456789'
let fixture: Fixture
let github: GitHubServer
let commit: string

beforeEach(async () => {
  fixture = await startFixture()
  github = await startGitHub({ tokens: { [TOKEN]: { login: 'bot', access: { '*': 'read' } } } })
  await fixture.store('cleaned')
  await github.createRepository('acme/registry', {
    isPrivate: true,
    files: {
      'datasets/.dvc/config': configOf(fixture.s3.url),
      'datasets/raw.dvc': `outs:\n- md5: ${DATA_OID}\n  size: 11\n  nfiles: 2\n  hash: md5\n  path: raw\n`,
      'datasets/clean.csv.dvc': `outs:\n- md5: ${md5Of('cleaned')}\n  hash: md5\n  path: clean.csv\n`,
      'datasets/labels.txt': 'kept by git\n',
      'datasets/.gitignore': '/raw\n/clean.csv\n',
      'other/.dvc/config': configOf(fixture.s3.url),
      'other/got.dvc': `frozen: true\ndeps:\n- path: sets/raw/\n  repo:\n    url: https://git.example/first\n    rev_lock: ${'b'.repeat(40)}\nouts:\n- md5: ${DATA_OID}\n  hash: md5\n  path: got\n`,
    },
  })
  const repository = github.state.repositories.get('acme/registry')
  if (repository === undefined) throw new Error('the repository is not there')
  commit = (await headOf(repository, 'main')) ?? ''
})
afterEach(async () => {
  await github.close()
  await fixture.close()
})

/** What `dvc import` writes. */
async function importOf(path: string, oid: string, more = ''): Promise<void> {
  const repo = `    url: ${github.url}/acme/registry.git\n    rev_lock: ${commit}\n${more}`
  await fixture.write(
    'got.dvc',
    `frozen: true\ndeps:\n- path: ${path}\n  repo:\n${repo}outs:\n- md5: ${oid}\n  hash: md5\n  path: got\n`,
  )
}
const given = () => ({ 'import-token': TOKEN, 'import-hosts': new URL(github.url).host, targets: 'got' })

const failure = (more: Record<string, string> = {}) => failureOf(() => fixture.run({ ...given(), ...more }))

describe('imported data', () => {
  test('comes from the remote of the repository that it was imported from', async () => {
    await importOf('datasets/raw', DATA_OID)
    const { outputs, summary } = await fixture.run(given())
    expect(outputs).toMatchObject({ checked: 2, downloaded: 2 })
    expect([await fixture.read('got/a.txt'), await fixture.read('got/sub/b.txt')]).toEqual([
      'hello\n',
      'world',
    ])
    expect(summary).toContain('/acme/registry.git')
  })

  test('may be one file, a file inside of a directory, or one that git keeps', async () => {
    await importOf('datasets/clean.csv', md5Of('cleaned'))
    await fixture.run(given())
    expect(await fixture.read('got')).toBe('cleaned')
    await importOf('datasets/raw/sub/b.txt', md5Of('world'))
    await fixture.run({ ...given(), force: 'true' })
    expect(await fixture.read('got')).toBe('world')
    await importOf('datasets/labels.txt', md5Of('kept by git\n'))
    await fixture.run({ ...given(), force: 'true' })
    expect(await fixture.read('got')).toBe('kept by git\n')
  })

  test('may be a part of a directory, which has no list of its own in the remote', async () => {
    const listing = `[{"md5": "${md5Of('world')}", "relpath": "b.txt"}]`
    await importOf('datasets/raw/sub', `${md5Of(listing)}.dir`)
    await fixture.run(given())
    expect(await fixture.read('got/b.txt')).toBe('world')
  })

  test('may be a folder with outputs and files of git beside each other', async () => {
    const entries = [
      [md5Of('cleaned'), 'clean.csv'],
      [md5Of('kept by git\n'), 'labels.txt'],
      [md5Of('hello\n'), 'raw/a.txt'],
      [md5Of('world'), 'raw/sub/b.txt'],
    ]
    const listing = `[${entries.map(([md5, relpath]) => `{"md5": "${md5}", "relpath": "${relpath}"}`).join(', ')}]`
    await importOf('datasets', `${md5Of(listing)}.dir`)
    expect((await fixture.run(given())).outputs).toMatchObject({ checked: 4 })
    expect(await fixture.read('got/labels.txt')).toBe('kept by git\n')
    expect(await fixture.read('got/raw/a.txt')).toBe('hello\n')
  })

  test('follows the remote that the import names', async () => {
    await importOf('datasets/clean.csv', md5Of('cleaned'), '    remote: elsewhere\n')
    expect((await failure()).message).toMatch(/no remote "elsewhere"; there is "store"/)
    await importOf(
      'datasets/clean.csv',
      md5Of('cleaned'),
      `    config:\n      remote:\n        elsewhere:\n          url: remote://store\n    remote: elsewhere\n`,
    )
    await fixture.run(given())
    expect(await fixture.read('got')).toBe('cleaned')
  })

  test('that is not what was imported is red', async () => {
    await importOf('datasets/labels.txt', md5Of('something else'))
    expect(await failure()).toMatchObject({ kind: 'integrity', code: 'DVC_IMPORT' })
    await importOf('datasets', `${md5Of('something else')}.dir`)
    expect((await failure()).message).toMatch(/which do not make up/)
    await importOf('nowhere', md5Of('x'))
    expect(await failure()).toMatchObject({ kind: 'not-found', code: 'DVC_IMPORT_NOT_FOUND' })
  })

  test.each([
    [
      'other/got',
      DATA_OID,
      'other/got there from sets/raw of https://git.example/first',
      'Import it from there',
    ],
    ['other/got/sub/b.txt', md5Of('world'), 'from sets/raw of https', 'sets/raw/sub/b.txt'],
    ['other', DATA_OID, 'other/got there from sets/raw of https', 'the rest of other'],
  ])(
    'that was an import there, too, at %s, is red with where that comes from',
    async (path, oid, seen, next) => {
      await importOf(path, oid)
      const { code, details } = await failure()
      expect([code, details.seen, details.next]).toEqual([
        'DVC_IMPORT_CHAIN',
        expect.stringContaining(seen),
        expect.stringContaining(next),
      ])
      expect(details.next).not.toContain('dvc update')
    },
  )

  test('of a repository that cannot be read says what is missing', async () => {
    await importOf('datasets/raw', DATA_OID)
    expect(await failure({ 'import-token': '' })).toMatchObject({ kind: 'auth' })
    commit = 'a'.repeat(40)
    await importOf('datasets/raw', DATA_OID)
    expect(await failure()).toMatchObject({ kind: 'not-found', code: 'GIT_COMMIT' })
    await fixture.write(
      'got.dvc',
      (await fixture.read('got.dvc'))?.replace(/url: .*/, 'url: git@git.example:a/b') ?? '',
    )
    expect((await failure({ 'import-token': '' })).message).toMatch(/read over SSH.*Give `import-token`/)
    await fixture.write('got.dvc', (await fixture.read('got.dvc'))?.replace(/url: .*/, 'url: ../other') ?? '')
    expect((await failure()).message).toMatch(/"\.\.\/other", which is no URL/)
  })
})
