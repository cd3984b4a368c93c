import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, lstat, mkdir, readdir, readFile, readlink, rm, stat, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { failureOf } from '../../../test/harness/failure.ts'
import { configOf, DATA, DATA_LISTING, DATA_OID, type Fixture, md5Of, startFixture } from './fixture.ts'

let fixture: Fixture

beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

const failure = (given: Record<string, string> = {}) => failureOf(() => fixture.run(given))
const inCache = (oid: string, folder = '.dvc/cache') =>
  join(fixture.workspace, folder, 'files/md5', oid.slice(0, 2), oid.slice(2))
const modeOf = async (path: string) => ((await stat(join(fixture.workspace, path))).mode & 0o777).toString(8)
const everything = async () => Promise.all([...Object.keys(DATA), 'x.sh'].map((path) => fixture.read(path)))
const find = (folder: string, what: readonly string[]) =>
  promisify(execFile)('find', [folder, ...what], { cwd: fixture.workspace })
const ALL = [...Object.values(DATA), '#!/bin/sh\n']

describe('a pull', () => {
  test('brings what the commit names, and the second one has nothing to do', async () => {
    const { outputs, summary } = await fixture.run()
    expect(outputs).toMatchObject({
      changed: true,
      checked: 3,
      downloaded: 3,
      skipped: 0,
      bytes: 21,
      missing: 0,
    })
    expect(await everything()).toEqual(ALL)
    expect(summary).toMatch(
      /^## ✅ The workspace has everything that this commit names: 3 objects downloaded/,
    )
    const again = await fixture.run()
    expect(again.outputs).toMatchObject({ changed: false, downloaded: 0, skipped: 3, bytes: 0 })
    expect(again.summary).toMatch(/^## ✅ Nothing to download/)
  })

  test('makes files that may be executed so, and others not', async () => {
    await fixture.run()
    expect([await modeOf('x.sh'), await modeOf('data/a.txt')]).toEqual(['744', '644'])
  })

  test("leaves nothing behind but DVC's own lock file, and no cache unless one is wanted", async () => {
    await fixture.run()
    await expect(lstat(join(fixture.workspace, '.dvc/cache'))).rejects.toThrow(/ENOENT/)
    const left = await find('.dvc', ['-type', 'f'])
    expect(left.stdout.trim().split('\n').sort()).toEqual(['.dvc/config', '.dvc/tmp/lock'])
  })

  test('brings only what the targets name, down to one file of a directory', async () => {
    const { outputs } = await fixture.run({ targets: 'data/sub' })
    expect(outputs).toMatchObject({ checked: 1, downloaded: 1 })
    expect(await everything()).toEqual([undefined, 'world', undefined])
    expect((await failure({ targets: 'data/none' })).message).toMatch(
      /nothing in it has this name.*data\/a\.txt/,
    )
  })

  test('as a dry run says what it would do, and does nothing', async () => {
    const { outputs, summary } = await fixture.run({ 'dry-run': 'true' })
    expect(outputs).toMatchObject({ changed: false, downloaded: 0 })
    expect(summary).toMatch(/^## 🔎 Dry run: 3 objects would be downloaded/)
    expect(await everything()).toEqual([undefined, undefined, undefined])
  })

  test('says with every request who pays where that is asked for, and with none otherwise', async () => {
    const payers = () => new Set(fixture.s3.requests.map(({ headers }) => headers['x-amz-request-payer']))
    await fixture.run({ 'dry-run': 'true' })
    expect(payers()).toEqual(new Set([undefined]))
    fixture.s3.requests.length = 0
    expect((await fixture.run({ 'requester-pays': 'true' })).outputs).toMatchObject({ downloaded: 3 })
    expect(payers()).toEqual(new Set(['requester']))
  })

  test('downloads the same content once, wherever it belongs', async () => {
    const oid = await fixture.store('twice')
    for (const name of ['one', 'two', 'three'])
      await fixture.write(`${name}.dvc`, `outs:\n- md5: ${oid}\n  hash: md5\n  path: ${name}\n`)
    const { outputs } = await fixture.run({ targets: 'one\ntwo\nthree' })
    expect(outputs).toMatchObject({ checked: 3, downloaded: 1, bytes: 5 })
    expect(await Promise.all(['one', 'two', 'three'].map(fixture.read))).toEqual(['twice', 'twice', 'twice'])
  })

  test('makes an empty directory of one that is recorded as empty', async () => {
    await fixture.store('[]', 'd751713988987e9331980363e24189ce.dir')
    await fixture.write(
      'empty.dvc',
      'outs:\n- md5: d751713988987e9331980363e24189ce.dir\n  nfiles: 0\n  hash: md5\n  path: empty\n',
    )
    await fixture.run({ targets: 'empty' })
    expect((await stat(join(fixture.workspace, 'empty'))).isDirectory()).toBe(true)
  })

  test('brings what was not pushed where the remote has it all the same', async () => {
    await fixture.write(
      'x.sh.dvc',
      'outs:\n- md5: 3e2b31c72181b87149ff995e7202c0e3\n  hash: md5\n  path: x.sh\n  push: false\n',
    )
    expect((await fixture.run()).outputs).toMatchObject({ downloaded: 3 })
    await rm(join(fixture.workspace, 'x.sh'))
    fixture.lose('3e2b31c72181b87149ff995e7202c0e3')
    const { outputs, summary } = await fixture.run()
    expect(outputs).toMatchObject({ downloaded: 0, missing: 0 })
    expect(summary).toContain('- `x.sh`: not pushed')
  })
})

describe('what is there already', () => {
  test('and differs is not replaced unless by force, and nothing else is written either', async () => {
    await fixture.write('data/a.txt', 'mine')
    const refused = await failure()
    expect(refused).toMatchObject({ kind: 'conflict', code: 'DVC_PULL_CHANGED' })
    expect(refused.message).toMatch(/data\/a\.txt: the file in the workspace is another one.*force: true/)
    expect(await everything()).toEqual(['mine', undefined, undefined])
    expect((await fixture.run({ force: 'true' })).outputs).toMatchObject({ downloaded: 3 })
    expect(await everything()).toEqual(ALL)
  })

  test('and differs is replaced where the cache holds it, so that nothing is lost', async () => {
    await fixture.write('data/a.txt', 'mine')
    await mkdir(join(inCache(md5Of('mine')), '..'), { recursive: true })
    await fixture.write(`.dvc/cache/files/md5/${md5Of('mine').slice(0, 2)}/${md5Of('mine').slice(2)}`, 'mine')
    await fixture.run()
    expect(await everything()).toEqual(ALL)
  })

  test('and differs is not replaced where what the cache holds under its name is something else', async () => {
    await fixture.write('data/a.txt', 'mine')
    await fixture.write(`.dvc/cache/files/md5/${md5Of('mine').slice(0, 2)}/${md5Of('mine').slice(2)}`, 'mime')
    expect(await failure()).toMatchObject({ kind: 'conflict', code: 'DVC_PULL_CHANGED' })
    expect(await fixture.read('data/a.txt')).toBe('mine')
  })

  test('and has lost its executable bit gets it back, as `dvc checkout` does it', async () => {
    await fixture.run()
    await chmod(join(fixture.workspace, 'x.sh'), 0o644)
    expect((await fixture.run()).outputs).toMatchObject({ changed: true, downloaded: 0 })
    expect(await modeOf('x.sh')).toBe('744')
    expect((await fixture.run()).outputs).toMatchObject({ changed: false })
  })

  test('and was not recorded stays, with a warning, until it goes by force', async () => {
    await fixture.write('data/extra.txt', 'x')
    const { outputs, summary } = await fixture.run()
    expect(outputs).toMatchObject({ extra: 1, removed: 0 })
    expect(summary).toContain('- `data/extra.txt`')
    expect(await fixture.read('data/extra.txt')).toBe('x')
    expect((await fixture.run({ force: 'true' })).outputs).toMatchObject({
      changed: true,
      extra: 0,
      removed: 1,
    })
    expect(await fixture.read('data/extra.txt')).toBeUndefined()
  })

  test('as a folder in the place of a file, or a file in the place of a folder, goes only by force', async () => {
    await fixture.write('x.sh/mine', 'x')
    await fixture.write('data', 'x')
    const refused = await failure()
    expect(refused.kind).toBe('conflict')
    expect(refused.message).toMatch(/x\.sh: a folder stands in the place of the file/)
    expect(refused.message).toMatch(/data\/a\.txt: data is a file, and a folder has to stand there/)
    await fixture.run({ force: 'true' })
    expect(await everything()).toEqual(ALL)
  })

  test.each([
    ['to itself', 'x.sh'],
    ['to nothing', 'nowhere'],
  ])('as a link %s in the place of a file is told of as such, and goes by force', async (_, target) => {
    await symlink(target, join(fixture.workspace, 'x.sh'))
    const refused = await failure()
    expect(refused).toMatchObject({ kind: 'conflict', code: 'DVC_PULL_CHANGED' })
    expect(refused.message).toMatch(
      /x\.sh: what stands in the place of the file is none: a link to no file, a pipe or a device\. Set `force/,
    )
    await fixture.run({ force: 'true' })
    expect(await everything()).toEqual(ALL)
  })

  test('as an unrecorded link to itself in a tracked folder is named', async () => {
    await mkdir(join(fixture.workspace, 'data'))
    await symlink('link', join(fixture.workspace, 'data/link'))
    const refused = await failure()
    expect(refused).toMatchObject({ kind: 'config', code: 'DVC_LINK' })
    expect(refused.message).toMatch(
      /data\/link: it is a symbolic link that leads back to itself.*or remove the link/,
    )
    expect(await fixture.read('data/a.txt')).toBeUndefined()
  })

  test('as a link where a folder has to be is never followed, not by force either', async () => {
    const outside = join(fixture.workspace, '..', 'outside')
    await mkdir(outside)
    await symlink(outside, join(fixture.workspace, 'data'))
    for (const force of ['false', 'true'])
      expect(await failure({ force })).toMatchObject({ kind: 'conflict', code: 'DVC_PULL_BLOCKED' })
    await expect(lstat(join(outside, 'a.txt'))).rejects.toThrow(/ENOENT/)
  })

  test('as a link in the place of a file is replaced, and not what it leads to', async () => {
    const outside = join(fixture.workspace, '..', 'outside.txt')
    await fixture.write('../outside.txt', 'theirs')
    await symlink(outside, join(fixture.workspace, 'x.sh'))
    expect((await failure()).kind).toBe('conflict')
    await fixture.run({ force: 'true' })
    expect(await fixture.read('x.sh')).toBe('#!/bin/sh\n')
    expect(await readFile(outside, 'utf8')).toBe('theirs')
  })
})

describe('what a killed run, or somebody else, left where unfinished downloads lie', () => {
  const TEMP = '.dvc/tmp/mlops-actions'
  const SCRIPT = '3e2b31c72181b87149ff995e7202c0e3'

  test.each(['copy', 'hardlink', 'symlink'])('is in the way of no %s', async (type) => {
    await fixture.write('.dvc/config', configOf(fixture.s3.url, `[cache]\n    type = ${type}\n`))
    for (const path of ['x.sh', 'data/a.txt']) await fixture.write(`${TEMP}/place-${md5Of(path)}`, 'half')
    await fixture.run({ 'fill-cache': 'always' })
    expect(await everything()).toEqual(ALL)
  })

  test('is not written through where it is a link', async () => {
    await fixture.write('../outside.txt', 'theirs')
    const outside = join(fixture.workspace, '../outside.txt')
    await mkdir(join(fixture.workspace, TEMP), { recursive: true })
    for (const name of [SCRIPT, md5Of('hello\n'), `place-${md5Of('x.sh')}`])
      await symlink(outside, join(fixture.workspace, TEMP, name))
    await fixture.run({ 'fill-cache': 'always' })
    expect(await everything()).toEqual(ALL)
    expect([await readFile(outside, 'utf8'), (await stat(outside)).mode & 0o777]).toEqual(['theirs', 0o644])
  })

  test.each(['.dvc/tmp', TEMP])(
    'is refused where %s is a link, which could lead anywhere',
    async (folder) => {
      const outside = join(fixture.workspace, '..', 'outside')
      await mkdir(outside)
      await mkdir(join(fixture.workspace, folder, '..'), { recursive: true })
      await symlink(outside, join(fixture.workspace, folder))
      const refused = await failure()
      expect(refused).toMatchObject({ kind: 'config', code: 'DVC_LINK' })
      expect(refused.message).toContain(folder)
      expect(await readdir(outside)).toEqual([])
    },
  )

  test('is named where it is a file, since nothing can be written there then', async () => {
    await fixture.write('.dvc/tmp', 'a file where the folder for unfinished downloads has to be')
    const refused = await failure()
    expect(refused.kind).toBe('config')
    expect(refused.message).toMatch(
      /\.dvc\/tmp: EEXIST.*Remove the file that stands there, so that a folder can/,
    )
  })
})

test('a name longer than names may be here is refused with what to do, and nothing is written', async () => {
  const long = 'n'.repeat(300)
  await fixture.write('long.dvc', `outs:\n- md5: ${md5Of('x')}\n  hash: md5\n  path: ${long}\n`)
  const refused = await failure()
  expect(refused).toMatchObject({ kind: 'config', code: 'DVC_FILE_ACCESS' })
  expect(refused.message).toMatch(/n{300}: ENAMETOOLONG.*Give it a shorter name/)
  expect(await everything()).toEqual([undefined, undefined, undefined])
})

test("a folder in the place of DVC's own lock is named as what has to go", async () => {
  await mkdir(join(fixture.workspace, '.dvc/tmp/lock'), { recursive: true })
  const refused = await failure()
  expect(refused.kind).toBe('config')
  expect(refused.message).toMatch(
    /\.dvc\/tmp\/lock: EISDIR.*Remove the folder that stands there, so that a file can/,
  )
})

describe('the cache', () => {
  test('is filled where a folder for it is given, as DVC fills it', async () => {
    const { outputs } = await fixture.run({ 'cache-dir': 'cache' })
    expect(outputs).toMatchObject({ 'cache-dir': join(fixture.workspace, 'cache') })
    const file = inCache('b1946ac92492d2347c6235b4d2611184', 'cache')
    expect(await readFile(file, 'utf8')).toBe('hello\n')
    expect(((await stat(file)).mode & 0o777).toString(8)).toBe('444')
    expect(await modeOf('data/a.txt')).toBe('644')
    expect(await readFile(inCache(DATA_OID, 'cache'), 'utf8')).toBe(DATA_LISTING)
  })

  test('has folders that the group may write to where `cache.shared` says so, as DVC makes them', async () => {
    await fixture.write('.dvc/config', configOf(fixture.s3.url, '[cache]\n    shared = group\n'))
    const umask = process.umask(0o022)
    try {
      await fixture.run({ 'fill-cache': 'always' })
    } finally {
      process.umask(umask)
    }
    const modes = async (type: 'd' | 'f') => {
      const { stdout } = await find('.dvc/cache', ['-type', type, '-printf', '%m\n'])
      return new Set(stdout.trim().split('\n'))
    }
    expect([await modes('d'), await modes('f')]).toEqual([new Set(['2775']), new Set(['444'])])
  })

  test('saves the download when the workspace is new', async () => {
    await fixture.run({ 'cache-dir': 'cache' })
    await rm(join(fixture.workspace, 'data'), { recursive: true })
    const { outputs } = await fixture.run({ 'cache-dir': 'cache' })
    expect(outputs).toMatchObject({ downloaded: 0, cached: 2, skipped: 1 })
    expect(await everything()).toEqual(ALL)
  })

  test('is not believed: an object that is something else is downloaded anew', async () => {
    await fixture.run({ 'cache-dir': 'cache' })
    const file = inCache('b1946ac92492d2347c6235b4d2611184', 'cache')
    await rm(file)
    await fixture.write(`cache/files/md5/b1/946ac92492d2347c6235b4d2611184`, 'HELLO\n')
    await rm(join(fixture.workspace, 'data/a.txt'))
    expect((await fixture.run({ 'cache-dir': 'cache' })).outputs).toMatchObject({ downloaded: 1 })
    expect([await fixture.read('data/a.txt'), await readFile(file, 'utf8')]).toEqual(['hello\n', 'hello\n'])
  })

  test.each(['hardlink', 'symlink'])('is linked by %s where the repository says so', async (type) => {
    await fixture.write('.dvc/config', configOf(fixture.s3.url, `[cache]\n    type = ${type}\n`))
    await fixture.run()
    const found = await lstat(join(fixture.workspace, 'data/a.txt'))
    const object = inCache('b1946ac92492d2347c6235b4d2611184')
    if (type === 'hardlink') expect(found.ino).toBe((await stat(object)).ino)
    else expect(await readlink(join(fixture.workspace, 'data/a.txt'))).toBe(object)
    // Its permission would be that of the object otherwise.
    expect((await lstat(join(fixture.workspace, 'x.sh'))).isSymbolicLink()).toBe(false)
    expect((await fixture.run()).outputs).toMatchObject({ changed: false, skipped: 3 })
  })
})

describe('what was never recorded', () => {
  test.each([
    [
      'a stage that has not been run',
      'dvc.yaml',
      'stages:\n  train: {cmd: x, outs: [model]}\n',
      /dvc\.lock does not name it: the stage has not been run/,
    ],
    ['a .dvc file without an MD5', 'model.dvc', 'outs:\n- path: model\n', /it has no md5/],
  ])('by %s is to be recorded, not to be pushed', async (_, file, text, seen) => {
    await fixture.write(file, text)
    const refused = await failure()
    expect(refused).toMatchObject({ kind: 'config', code: 'DVC_PULL_UNRECORDED' })
    expect(refused.details).toMatchObject({
      on: 'unrecorded: model',
      seen: expect.stringMatching(seen),
      next: expect.stringMatching(/^Run the pipeline \(`dvc repro`\) or record the data \(`dvc add`\)/),
      outputs: { missing: 0 },
    })
    expect(await everything()).toEqual([undefined, undefined, undefined])
  })
})

describe('a remote', () => {
  test('that lacks members of a directory is red before anything is written, with all of them named', async () => {
    for (const content of Object.values(DATA)) fixture.lose(md5Of(content))
    const lost = await failure()
    expect(lost).toMatchObject({ kind: 'integrity', code: 'DVC_PULL_MISSING' })
    expect(lost.details.on).toBe('missing: data/a.txt, data/sub/b.txt')
    expect(await everything()).toEqual([undefined, undefined, undefined])
  })

  test('that lacks the list of a directory is red', async () => {
    fixture.lose(DATA_OID)
    expect((await failure()).message).toMatch(/data: its list of files is in no cache and no remote/)
  })

  test('that holds other bytes is red, and they never reach the workspace', async () => {
    await fixture.store('HELLO\n', md5Of('hello\n'))
    const corrupt = await failure()
    expect(corrupt).toMatchObject({ kind: 'integrity' })
    expect(corrupt.message).toMatch(/6 bytes under this name that hash to/)
    expect(await fixture.read('data/a.txt')).toBeUndefined()
    await fixture.store(DATA_LISTING.replace('a.txt', 'b.txt'), DATA_OID)
    expect((await failure()).message).toMatch(/is not what its name says/)
  })

  test('that ends in the middle of an object is asked for the rest', async () => {
    fixture.s3.faults.push({
      match: ({ path, method }) => method === 'GET' && path.includes('b1/946ac'),
      times: 1,
      respond: 'truncate',
    })
    expect((await fixture.run()).outputs).toMatchObject({ downloaded: 3, bytes: 21 })
    expect(await everything()).toEqual(ALL)
  })
})

const onLinux = process.platform === 'linux' ? describe : describe.skip

onLinux('a checkout that somebody else uses', () => {
  let holder: ChildProcess

  beforeEach(async () => {
    await mkdir(join(fixture.workspace, '.dvc/tmp'))
    const lock = join(fixture.workspace, '.dvc/tmp/lock')
    holder = spawn('flock', ['--no-fork', lock, 'sh', '-c', 'echo held && exec sleep 600'])
    if (holder.stdout === null) throw new Error('flock has no output')
    await once(holder.stdout, 'data')
  })
  const letGo = async () => {
    if (holder.exitCode !== null || holder.signalCode !== null) return
    holder.kill('SIGKILL')
    await once(holder, 'exit')
  }
  afterEach(letGo)

  test("is left alone while DVC's lock is held, unless there is nothing to write", async () => {
    expect(await failure()).toMatchObject({ kind: 'conflict', code: 'DVC_LOCKED', retryable: true })
    expect(await everything()).toEqual([undefined, undefined, undefined])
    expect((await fixture.run({ 'dry-run': 'true' })).outputs).toMatchObject({ changed: false })
    await letGo()
    await fixture.run()
  })

  test('is looked at again when the lock comes late', async () => {
    const late = fixture.run({}, async () => {
      if (holder.signalCode === null) await fixture.write('x.sh', 'theirs')
      await letGo()
    })
    await expect(late).rejects.toMatchObject({ kind: 'conflict', code: 'DVC_PULL_CHANGED' })
    expect(await everything()).toEqual([undefined, undefined, 'theirs'])
  })

  test('is not taken back to what it named before DVC recorded something else', async () => {
    const late = fixture.run({}, async () => {
      if (holder.signalCode === null)
        await fixture.write('x.sh.dvc', `outs:\n- md5: ${'ab'.repeat(16)}\n  hash: md5\n  path: x.sh\n`)
      await letGo()
    })
    await expect(late).rejects.toMatchObject({ kind: 'conflict', code: 'DVC_CHANGED', retryable: true })
    expect(await everything()).toEqual([undefined, undefined, undefined])
  })

  test('keeps what a running stage writes', async () => {
    await letGo()
    const write = { [join(fixture.workspace, 'data')]: { pid: process.pid, cmd: 'dvc repro' } }
    await fixture.write('.dvc/tmp/rwlock', JSON.stringify({ write, read: {} }))
    expect(await failure()).toMatchObject({ kind: 'conflict', code: 'DVC_BEING_WRITTEN' })
    expect((await fixture.run({ targets: 'x.sh' })).outputs).toMatchObject({ downloaded: 1 })
  })
})

describe('two remotes', () => {
  const SCRIPT = '3e2b31c72181b87149ff995e7202c0e3'
  const FIRST = `dvc/files/md5/${SCRIPT.slice(0, 2)}/${SCRIPT.slice(2)}`

  beforeEach(async () => {
    const config = configOf(fixture.s3.url)
    const second = config.slice(config.indexOf("['remote")).replaceAll('store', 'second')
    await fixture.write('.dvc/config', config + second.replace('s3://data/dvc', 's3://data/second'))
    await fixture.write('y.sh.dvc', `outs:\n- md5: ${SCRIPT}\n  hash: md5\n  path: y.sh\n  remote: second\n`)
    const objects = fixture.s3.state.buckets.get('data')?.objects
    const object = objects?.get(FIRST)
    if (object === undefined) throw new Error('the fixture has no such object')
    // As large objects and encrypted ones have it.
    const etag = `${'e'.repeat(32)}-2`
    objects?.set(FIRST.replace('dvc/', 'second/'), { ...object, key: FIRST.replace('dvc/', 'second/'), etag })
  })

  test('may call the same content by different ETags', async () => {
    const { outputs } = await fixture.run({ targets: 'x.sh\ny.sh' })
    expect(outputs).toMatchObject({ downloaded: 1 })
    expect(await fixture.read('y.sh')).toBe('#!/bin/sh\n')
  })

  test('of which one lacks an object that the other has are enough', async () => {
    fixture.lose(SCRIPT)
    await fixture.run({ targets: 'x.sh\ny.sh' })
    expect(await fixture.read('x.sh')).toBe('#!/bin/sh\n')
  })
})

describe('another revision', () => {
  const git = (...args: string[]) =>
    promisify(execFile)('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
      cwd: fixture.workspace,
    })

  test('gives the data that it names, with the workspace as it is', async () => {
    await git('init', '--quiet')
    await git('add', '--all')
    await git('commit', '--quiet', '--message', 'first')
    await git('tag', 'v1')
    const oid = await fixture.store('new')
    await fixture.write('x.sh.dvc', `outs:\n- md5: ${oid}\n  hash: md5\n  path: x.sh\n`)
    await fixture.run({ rev: 'v1', targets: 'x.sh' })
    expect(await fixture.read('x.sh')).toBe('#!/bin/sh\n')
    await fixture.run({ targets: 'x.sh', force: 'true' })
    expect(await fixture.read('x.sh')).toBe('new')
    expect(await failure({ rev: 'v9' })).toMatchObject({ kind: 'not-found', code: 'GIT_REVISION' })
  })
})

test('a .dvc file that git ignores is not pulled, as with DVC, and said', async () => {
  await fixture.write('.gitignore', '/x.sh.dvc\n')
  await fixture.run()
  expect(fixture.world.lines).toContainEqual(
    expect.stringMatching(
      /x\.sh\.dvc is ignored \(\.gitignore or \.dvcignore\), so that DVC does not see it/,
    ),
  )
})

describe('a cache-dir', () => {
  test.each([
    ['data/cache', /data, which is tracked, has its place there/],
    ['data', /data, which is tracked/],
    ['.', /the repository lies in it/],
    ['..', /the repository lies in it/],
    ['.git/cache', /it belongs to git/],
    ['.GIT/cache', /it belongs to git/],
    ['link/cache', /data, which is tracked, has its place there/],
    ['x.sh.dvc', /it is a file/],
  ])('%s is none, and nothing is brought', async (folder, words) => {
    await symlink('data', join(fixture.workspace, 'link'))
    await mkdir(join(fixture.workspace, 'data'))
    const thrown = await failureOf(() => fixture.run({ 'cache-dir': folder }))
    expect([thrown.code, thrown.message]).toEqual(['DVC_CACHE_DIR', expect.stringMatching(words)])
    expect(await fixture.read('x.sh')).toBeUndefined()
  })

  test('that is a link back to itself is named with what to do', async () => {
    await symlink('loop', join(fixture.workspace, 'loop'))
    expect((await failure({ 'cache-dir': 'loop' })).message).toMatch(
      /ELOOP.*Remove the symbolic link that leads back to itself/,
    )
    expect(await fixture.read('x.sh')).toBeUndefined()
  })

  test('beside the repository is one', async () => {
    const { outputs } = await fixture.run({ 'cache-dir': '../cache' })
    expect(outputs).toMatchObject({ 'cache-dir': join(fixture.workspace, '../cache'), downloaded: 3 })
  })
})

test('a token for imports is one word', () => {
  expect(() => fixture.run({ 'import-token': 'a b' })).toThrow(/import-token: holds white space/)
})

test('a pattern for files in a directory is refused with what patterns are for', async () => {
  await expect(fixture.run({ targets: 'data/*.txt' })).rejects.toThrow(
    /patterns choose outputs, and no files in them/,
  )
})
