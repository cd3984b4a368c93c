import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { failureOf } from '../../../test/harness/failure.ts'
import { type Fixture, KEYS, KEYS_IN_CONFIG, md5Of, startFixture } from './fixture.ts'
import { gitIn } from './git.ts'

let fixture: Fixture
let first: string

beforeEach(async () => {
  fixture = await startFixture()
  await fixture.write('.dvc/config.local', `['remote "store"']\n${KEYS_IN_CONFIG}`)
  await fixture.write('.gitignore', '/data\n/x.sh\n/.dvc/cache\n/.dvc/config.local\n')
  await git('init', '--quiet', '--initial-branch=main')
  first = await commit('first')
})
afterEach(() => fixture.close())

const git = (...args: string[]) => gitIn(fixture.workspace)(...args)

async function commit(message: string): Promise<string> {
  await git('add', '--all')
  await git('commit', '--quiet', '--message', message)
  return git('rev-parse', '--short=7', 'HEAD')
}

/** Another version of x.sh, which only the cache has then. */
async function version(content: string, { cached = true } = {}): Promise<string> {
  const md5 = md5Of(content)
  if (cached) await fixture.write(`.dvc/cache/files/md5/${md5.slice(0, 2)}/${md5.slice(2)}`, content)
  await fixture.write('x.sh.dvc', `outs:\n- md5: ${md5}\n  hash: md5\n  path: x.sh\n`)
  return `dvc/files/md5/${md5.slice(0, 2)}/${md5.slice(2)}`
}

const failure = (given: Record<string, string>) => failureOf(() => fixture.run(given))

/** A tag and a commit in between have versions of their own; the newest commit is as the workspace is. */
async function history() {
  const tagged = await version('tagged')
  await commit('tagged')
  await git('tag', 'v1')
  const between = await version('between')
  await commit('between')
  await git('checkout', '--quiet', first, '--', 'x.sh.dvc')
  await commit('as the workspace is')
  return { tagged, between }
}

describe('a push of other commits', () => {
  test('sends what tags, or all commits, name beside what this one names', async () => {
    const { tagged, between } = await history()
    await fixture.run()
    expect(fixture.keys()).toEqual(KEYS)
    const { outputs, summary, report } = await fixture.run({ 'all-tags': 'true' })
    expect(outputs).toMatchObject({ checked: 5, uploaded: 1, skipped: 4 })
    expect(outputs['md5']).toEqual({
      data: '9fa22302b0e6804a59623abeff3d3b17.dir',
      'x.sh': '3e2b31c72181b87149ff995e7202c0e3',
    })
    expect(outputs['files']).toMatchObject([{ path: expect.stringMatching(/^[0-9a-f]{7}:x\.sh$/), size: 6 }])
    expect(fixture.keys()).toEqual([...KEYS, tagged].sort())
    expect(summary).toContain('History: 1 commit read, with 1 object that this commit does not name')
    expect(report).toMatchObject({ past: { commits: 1, objects: 1, unreadable: [] } })
    await fixture.run({ 'all-commits': 'true' })
    expect(fixture.keys()).toEqual([...KEYS, tagged, between].sort())
  })

  test('sends all else where an old commit names what nobody has, and is red in the end', async () => {
    await version('lost', { cached: false })
    const lost = await commit('lost')
    const { tagged, between } = await history()
    const thrown = await failure({ 'all-commits': 'true' })
    expect([thrown.code, thrown.kind]).toEqual(['DVC_MISSING', 'integrity'])
    expect(thrown.details.what).toBe(
      'All else is pushed, but commits of the history name data that nobody has',
    )
    expect(thrown.details.on).toBe(`missing: ${lost}:x.sh`)
    expect(thrown.details.outputs).toMatchObject({ uploaded: 6, missing: 1, changed: true })
    expect(thrown.details.summary).toContain(`| missing | \`${lost}:x.sh\` | \`${lost}:x.sh.dvc\` |`)
    expect(fixture.keys()).toEqual([...KEYS, tagged, between].sort())
  })

  test('sends no damaged object of an old commit, and no list of files that would promise it', async () => {
    const members = [
      ['a', 'kept'],
      ['b', 'damaged'],
    ] as const
    const listing = JSON.stringify(members.map(([relpath, text]) => ({ md5: md5Of(text), relpath })))
      .replaceAll(':', ': ')
      .replaceAll(',', ', ')
    const inCache = (oid: string) => `.dvc/cache/files/md5/${oid.slice(0, 2)}/${oid.slice(2)}`
    await fixture.write(inCache(md5Of('kept')), 'kept')
    await fixture.write(inCache(md5Of('damaged')), 'something else')
    await fixture.write(inCache(`${md5Of(listing)}.dir`), listing)
    await fixture.write('data.dvc', `outs:\n- md5: ${md5Of(listing)}.dir\n  hash: md5\n  path: data\n`)
    await commit('damaged')
    await git('checkout', '--quiet', first, '--', 'data.dvc')
    const { code, details } = await failure({ 'all-commits': 'true' })
    expect(code).toBe('DVC_CORRUPT')
    expect(details.summary).toMatch(/\| corrupt \| `[0-9a-f]{7}:data\/b`/)
    const kept = `dvc/files/md5/${md5Of('kept').slice(0, 2)}/${md5Of('kept').slice(2)}`
    expect(fixture.keys()).toEqual([...KEYS, kept].sort())
  })

  test('still sends nothing where this commit itself is not whole', async () => {
    await history()
    await fixture.write('x.sh', 'changed')
    expect((await failure({ 'all-tags': 'true' })).code).toBe('DVC_STALE')
    expect(fixture.keys()).toEqual([])
  })

  test('as a dry run only says so', async () => {
    await history()
    const { outputs, summary } = await fixture.run({ 'all-commits': 'true', 'dry-run': 'true' })
    expect(outputs).toMatchObject({ changed: false, uploaded: 0, checked: 6 })
    expect(summary).toMatch(/^## 🔎 Dry run: 6 objects would be sent/)
    expect(fixture.keys()).toEqual([])
  })

  test('is looked at by mode: status as well', async () => {
    await history()
    await fixture.run()
    const { code, details } = await failure({ mode: 'status', 'all-tags': 'true' })
    expect(code).toBe('DVC_UNPUSHED')
    expect(details.outputs).toMatchObject({ 'in-sync': false, 'to-push': 1, 'to-pull': 0 })
    await fixture.run({ 'all-tags': 'true' })
    const { outputs } = await fixture.run({ mode: 'status', 'all-tags': 'true' })
    expect(outputs).toMatchObject({ 'in-sync': true, checked: 5, 'to-pull': 0 })
  })

  test('tells of a commit that cannot be read, and sends the others', async () => {
    await fixture.write('x.sh.dvc', 'outs: [')
    const broken = await commit('broken')
    await git('checkout', '--quiet', first, '--', 'x.sh.dvc')
    const { tagged } = await history()
    const { summary } = await fixture.run({ 'all-commits': 'true' })
    expect(fixture.keys()).toContain(tagged)
    expect(summary).toContain('⚠️ What 1 commit of the history name cannot be read')
    expect(summary).toContain(`- \`${broken}`)
  })

  test('is refused in a shallow checkout, before anything is sent', async () => {
    await history()
    const shallow = join(fixture.temp, 'shallow')
    await git('clone', '--quiet', '--depth=1', `file://${fixture.workspace}`, shallow)
    const { code, message } = await failure({ path: shallow, 'all-tags': 'true' })
    expect(code).toBe('GIT_SHALLOW')
    expect(message).toContain('`fetch-depth: 0`')
    expect(fixture.keys()).toEqual([])
  })
})
