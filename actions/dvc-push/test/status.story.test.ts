import { createHash } from 'node:crypto'
import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { parse } from 'marked'
import { failureOf } from '../../../test/harness/failure.ts'
import { HOSTILE_TEXT } from '../../../test/harness/hostile.ts'
import { type Fixture, KEYS, KEYS_IN_CONFIG, md5Of, readInputs, startFixture } from './fixture.ts'
import { gitIn } from './git.ts'

let fixture: Fixture

beforeEach(async () => {
  fixture = await startFixture()
  await fixture.write('.dvc/config.local', `['remote "store"']\n${KEYS_IN_CONFIG}`)
})
afterEach(() => fixture.close())

const status = (given: Record<string, string> = {}) => fixture.run({ mode: 'status', ...given })

const failure = (given: Record<string, string> = {}) => failureOf(() => status(given))

/** Every file below a folder with its mode, times and content. */
async function snapshot(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const lines = entries.map(async (entry) => {
    const path = join(entry.parentPath, entry.name)
    const { mode, mtimeMs, ino } = await lstat(path)
    const content = entry.isFile()
      ? createHash('sha256')
          .update(await readFile(path))
          .digest('hex')
      : ''
    return `${path} ${mode} ${mtimeMs} ${ino} ${content}`
  })
  return (await Promise.all(lines)).sort()
}

describe('a look at what is whole', () => {
  test('is green in a checkout with its data and in one without, and says what a pull would bring', async () => {
    await fixture.run()
    const pushed = await status()
    expect(pushed.outputs).toMatchObject({ 'in-sync': true, 'to-push': 0, 'to-pull': 0, skipped: 4 })
    await fixture.remove('data')
    await fixture.remove('x.sh')
    const { outputs, summary, report } = await status()
    expect(outputs).toMatchObject({ changed: false, 'in-sync': true, checked: 4, skipped: 4, missing: 0 })
    expect(outputs).toMatchObject({ 'to-push': 0, 'to-pull': 3, stale: 0, uploaded: 0 })
    expect(report).toMatchObject({
      'to-pull': [
        { path: 'data/a.txt', from: 'remote' },
        { path: 'data/sub/b.txt', from: 'remote' },
        { path: 'x.sh', from: 'remote' },
      ],
    })
    expect(summary).toMatch(/^## ✅ `s3:\/\/data\/dvc` has everything that this commit names: 4 objects\n/)
  })

  test('tells what the cache has from what a remote would have to send', async () => {
    await fixture.run()
    await fixture.remove('x.sh')
    await fixture.write('.dvc/cache/files/md5/3e/2b31c72181b87149ff995e7202c0e3', '#!/bin/sh\n')
    expect((await status()).report).toMatchObject({ 'to-pull': [{ path: 'x.sh', from: 'cache' }] })
  })

  test('sends and writes nothing: it asks by GET and HEAD alone, and no file is another one afterwards', async () => {
    const git = gitIn(fixture.workspace)
    await git('init', '--quiet', '--initial-branch=main')
    await git('add', '--all')
    await git('commit', '--quiet', '--message', 'first')
    await fixture.run()
    fixture.s3.requests.length = 0
    const files = () => Promise.all([fixture.workspace, fixture.temp].map(snapshot))
    const whole = await files()
    await status({ 'base-ref': 'main' })
    expect(await files()).toEqual(whole)
    await fixture.write('x.sh', 'changed')
    const damaged = await files()
    await failure({ 'base-ref': 'main' })
    expect(await files()).toEqual(damaged)
    const asked = fixture.s3.requests.map(({ method, path }) => `${method} ${path}`)
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.filter((line) => !/^(?:GET|HEAD) /.test(line))).toEqual([])
  })

  test('has nothing to say where nothing is tracked', async () => {
    for (const path of ['data.dvc', 'x.sh.dvc']) await fixture.remove(path)
    const { outputs, summary } = await status()
    expect(outputs).toMatchObject({ 'in-sync': true, checked: 0 })
    expect(summary).toMatch(/^## ✅ No output of this commit belongs into a remote/)
  })
})

describe('a look at what is not', () => {
  test('is red where somebody forgot to push, in the checkout that has nothing and in the one that has it', async () => {
    const here = await failure()
    expect([here.code, here.kind]).toEqual(['DVC_UNPUSHED', 'integrity'])
    expect(here.details.outputs).toMatchObject({ 'in-sync': false, 'to-push': 4, missing: 0, changed: false })
    expect(here.details.next).toContain('`dvc push`')
    expect(here.details.summary).toMatch(/^## ❌ dvc-push: `s3:\/\/data\/dvc` does not have .*0 of 4 objects/)
    expect(here.details.summary).toContain('| unpushed | `x.sh` |')
    for (const path of ['data', 'x.sh']) await fixture.remove(path)
    const elsewhere = await failure()
    expect(elsewhere.code).toBe('DVC_MISSING')
    expect(elsewhere.details.outputs).toMatchObject({
      'in-sync': false,
      'to-push': 0,
      missing: 2,
      'to-pull': 0,
    })
    expect(fixture.keys()).toEqual([])
  })

  test('is red where the workspace is another one, though the remote is whole', async () => {
    await fixture.run()
    await fixture.write('x.sh', 'changed')
    const { code, details } = await failure()
    expect(code).toBe('DVC_STALE')
    expect(details.outputs).toMatchObject({ 'in-sync': false, stale: 1, 'to-push': 0, skipped: 4 })
    expect(details.summary).toMatch(/^## ❌ dvc-push: The workspace is not what this commit names/)
  })

  test('is red where the remote has lost what its list of files promises', async () => {
    await fixture.run()
    fixture.lose(KEYS[1] ?? '')
    expect((await failure()).code).toBe('DVC_BROKEN')
  })

  test('is red where a stage was never run', async () => {
    await fixture.run()
    await fixture.write('dvc.yaml', 'stages:\n  train: {cmd: x, outs: [model]}\n')
    const { code, kind, details } = await failure()
    expect([code, kind]).toEqual(['DVC_UNRECORDED', 'config'])
    expect(details.summary).toMatch(/^## ❌ dvc-push: This commit names outputs without their data/)
  })
})

describe('compared with a base', () => {
  const git = (...args: string[]) => gitIn(fixture.workspace)(...args)

  /** The base has `data`, `x.sh` and `old`; then the branch changes one, drops one and adds one. */
  async function branchOff() {
    await git('init', '--quiet', '--initial-branch=main')
    await fixture.write('old', 'old')
    await fixture.write('old.dvc', `outs:\n- md5: ${md5Of('old')}\n  size: 3\n  hash: md5\n  path: old\n`)
    await fixture.write('.gitignore', '/data\n/x.sh\n/old\n/new\n')
    await git('add', '--all')
    await git('commit', '--quiet', '--message', 'base')
    await fixture.run()
    await git('switch', '--quiet', '--create', 'change')
    await fixture.write('data/a.txt', 'hello, world\n')
    await fixture.write('data/c.txt', 'c')
    await fixture.remove('data/sub')
    await fixture.remove('old.dvc')
    await fixture.write('new', 'new')
    await fixture.run({ add: 'data\nnew' })
    await git('add', '--all')
    await git('commit', '--quiet', '--message', 'change')
  }

  test('it names what was added, modified and deleted, with sizes, down to the files of a directory', async () => {
    await branchOff()
    const { outputs, summary, report } = await status({ 'base-ref': 'main' })
    expect(outputs['diff']).toMatchObject({
      ref: 'main',
      base: await git('rev-parse', 'main'),
      added: [{ path: 'new', before: null, after: { md5: md5Of('new'), size: 3, source: 'new.dvc' } }],
      modified: [
        {
          path: 'data',
          before: { md5: '9fa22302b0e6804a59623abeff3d3b17.dir', size: 11, files: 2 },
          after: { size: 14, files: 2 },
          files: { added: 1, modified: 1, deleted: 1 },
        },
      ],
      deleted: [{ path: 'old', before: { md5: md5Of('old'), size: 3 }, after: null }],
    })
    expect(report).toMatchObject({
      diff: { modified: [{ files: { added: ['c.txt'], modified: ['a.txt'], deleted: ['sub/b.txt'] } }] },
    })
    expect(summary).toContain('### Data, compared with `main`')
    expect(summary).toContain('| added | `new` | 3 B | 1 | ')
    expect(summary).toContain('| modified | `data` | 11 B → 14 B | +1 ~1 −1 | `9fa22302b0e6` → ')
    expect(summary).toContain('| deleted | `old` | 3 B | 1 | ')
  })

  test('what others did on the base meanwhile is not among it', async () => {
    await branchOff()
    await git('switch', '--quiet', 'main')
    await fixture.write('theirs.dvc', `outs:\n- md5: ${md5Of('theirs')}\n  hash: md5\n  path: theirs\n`)
    await git('add', 'theirs.dvc')
    await git('commit', '--quiet', '--message', 'theirs')
    await git('switch', '--quiet', 'change')
    const { outputs } = await status({ 'base-ref': 'main' })
    expect(outputs['diff']).toMatchObject({ deleted: [{ path: 'old' }] })
  })

  test('it is told where the check is red, too', async () => {
    await branchOff()
    fixture.lose(`dvc/files/md5/${md5Of('new').slice(0, 2)}/${md5Of('new').slice(2)}`)
    await fixture.remove('new')
    const { code, details } = await failure({ 'base-ref': 'main' })
    expect(code).toBe('DVC_MISSING')
    expect(details.outputs?.['diff']).toMatchObject({ added: [{ path: 'new' }] })
    expect(details.summary).toContain('| added | `new` |')
  })

  test('with targets it is about them alone', async () => {
    await branchOff()
    const { outputs } = await status({ 'base-ref': 'main', targets: 'new' })
    expect(outputs['diff']).toMatchObject({ added: [{ path: 'new' }], modified: [], deleted: [] })
  })

  test('it says so where nothing differs', async () => {
    await branchOff()
    const { outputs, summary } = await status({ 'base-ref': 'change' })
    expect(outputs['diff']).toMatchObject({ added: [], modified: [], deleted: [] })
    expect(summary).toContain('No output differs from `change`')
  })

  test('a list of files that is nowhere leaves the files of a directory untold', async () => {
    await branchOff()
    fixture.lose(KEYS[2] ?? '')
    const { outputs } = await status({ 'base-ref': 'main' })
    expect(outputs['diff']).toMatchObject({ modified: [{ path: 'data', files: null }] })
  })

  test('a shallow checkout is refused, with what to do', async () => {
    await branchOff()
    const origin = `file://${fixture.workspace}`
    await git('commit', '--quiet', '--allow-empty', '--message', 'later')
    const shallow = join(fixture.temp, 'shallow')
    await git('clone', '--quiet', '--depth=1', '--no-single-branch', origin, shallow)
    await fixture.write('../temp/shallow/.dvc/config.local', `['remote "store"']\n${KEYS_IN_CONFIG}`)
    const thrown = await failure({ path: shallow, 'base-ref': 'main' })
    expect([thrown.code, thrown.kind]).toEqual(['GIT_SHALLOW', 'config'])
    expect(thrown.message).toContain('`fetch-depth: 0`')
  })

  test('a base that is not there is named', async () => {
    await branchOff()
    expect((await failure({ 'base-ref': 'nowhere' })).code).toBe('GIT_REVISION')
  })

  test('hostile names reach the summary as text', async () => {
    await branchOff()
    const names = HOSTILE_TEXT.map((text) => text.replace(/[/\u0000]/g, '_')).filter(
      (name) => Buffer.byteLength(name) < 200,
    )
    for (const name of names) await fixture.write(`data/${name}`, 'x')
    await fixture.run({ add: 'data' })
    const { summary } = await status({ 'base-ref': 'main' })
    expect(await parse(summary)).not.toMatch(/<script|<img|<b>|<em>x|^::|##\[/m)
  })
})

describe('inputs', () => {
  test.each([
    [{ mode: 'look' }, /mode: got "look"/],
    [{ mode: 'status', add: 'x' }, /add: changes something/],
    [{ mode: 'status', 'fill-cache': 'true' }, /fill-cache: changes something/],
    [{ mode: 'status', repair: 'true' }, /repair: changes something/],
    [{ mode: 'status', publish: 'a=b', 'publish-to': 's3://models' }, /publish: changes something/],
    [{ 'base-ref': 'main' }, /base-ref: goes with `mode: status`/],
  ])('%j', (given, words) => {
    expect(() => readInputs(given)).toThrow(words)
  })
})
