import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { md5Hex } from '../src/objects/hash.ts'
import { startRemote, type TestRemote } from './remote.ts'
import { directoryOid, dvcFile, makeRepository, type TestRepository } from './repository.ts'

let remote: TestRemote
let repository: TestRepository
let outside: string

beforeEach(async () => {
  remote = await startRemote()
  repository = await makeRepository()
  outside = mkdtempSync(join(tmpdir(), 'dvc-outside-'))
  writeFileSync(join(outside, 'secret'), 'secret')
})
afterEach(async () => {
  rmSync(outside, { recursive: true, force: true })
  await remote.close()
  await repository.close()
})

const pushed = async () => {
  const { result } = await (await remote.connect(repository.root)).push()
  return result.sent.size
}

describe('a tracked directory', () => {
  test('has the files that DVC counts: links to files do, empty folders, .git and ignored files do not', async () => {
    const names = [
      'plain',
      'sp ace "q" \\back',
      'tab\there',
      'new\nline',
      '::error::x',
      'é',
      'e\u0301',
      '\u{1f600}',
      'a/b',
    ]
    const files = Object.fromEntries([...names, '.hidden', 'foo.dvc'].map((name) => [name, name]))
    for (const [name, content] of Object.entries(files)) await repository.write(`data/${name}`, content)
    await repository.write('data/link', { link: 'plain' })
    await repository.write('data/linkdir', { link: 'a' })
    await repository.write('data/.git/x', 'x')
    await repository.write('data/skip.tmp', 'x')
    await repository.write('.dvcignore', '*.tmp\n')
    mkdirSync(join(repository.root, 'data/emptydir/deep'), { recursive: true })
    await repository.write('data.dvc', dvcFile(directoryOid({ ...files, link: 'plain' }), 'data'))
    expect(await pushed()).toBe(Object.keys(files).length + 1)
  })

  test('that holds a .dvc folder is empty, as DVC sees it', async () => {
    await repository.write('data/x', 'x')
    await repository.write('data/.dvc/config', '')
    await repository.write('data.dvc', dvcFile('d751713988987e9331980363e24189ce.dir', 'data'))
    expect(await pushed()).toBe(1)
  })

  test.each<[what: string, make: () => Promise<void> | void, words: RegExp]>([
    [
      'a link that leads out',
      () => repository.write('data/link', { link: join(outside, 'secret') }),
      /leads out of the repository/,
    ],
    [
      'a broken link',
      () => repository.write('data/link', { link: 'nowhere' }),
      /something that does not exist/,
    ],
    [
      'a link to itself',
      () => repository.write('data/link', { link: 'link' }),
      /data\/link: it is a symbolic link that leads back to itself\. Put the file itself there, or remove the link/,
    ],
    ['a .dvcignore inside', () => repository.write('data/.dvcignore', 'x'), /may not lie inside/],
    [
      'a name that is no UTF-8',
      () => writeFileSync(Buffer.concat([Buffer.from(join(repository.root, 'data/')), Buffer.of(0xff)]), 'x'),
      /no UTF-8/,
    ],
    [
      'a pipe',
      () => {
        expect(spawnSync('mkfifo', [join(repository.root, 'data/pipe')]).status).toBe(0)
      },
      /a pipe, socket or device/,
    ],
  ])('with %s is refused', async (_, make, words) => {
    await repository.write('data/x', 'x')
    await repository.write('data.dvc', dvcFile(directoryOid({ x: 'x' }), 'data'))
    await make()
    await expect(pushed()).rejects.toThrow(words)
    expect(remote.server.requests).toEqual([])
  })
})

describe('a tracked file', () => {
  test.each(['.git/config', '.dvc/config.local'])(
    'that is a link to %s is refused: it may hold a secret',
    async (target) => {
      await repository.write(target, '[core]\n')
      await repository.write('x', { link: target })
      await repository.write('x.dvc', dvcFile(md5Hex('[core]\n'), 'x'))
      await expect(pushed()).rejects.toThrow(/x: a symbolic link leads to what belongs to git or DVC/)
    },
  )

  test.each([
    ['that is a link to itself', 'x', 'x'],
    ['behind a folder that is a link to itself', 'sub', 'sub/x'],
  ])('%s is refused by its path', async (_, link, path) => {
    await repository.write(link, { link })
    await repository.write('x.dvc', dvcFile(md5Hex('x'), path))
    await expect(pushed()).rejects.toMatchObject({
      kind: 'config',
      details: { on: path, seen: expect.stringMatching(/leads back to itself/) },
    })
  })

  test('whose name is longer than names may be here is refused with what to do', async () => {
    await repository.write('x.dvc', dvcFile(md5Hex('x'), 'n'.repeat(300)))
    await expect(pushed()).rejects.toMatchObject({
      kind: 'config',
      code: 'DVC_FILE_ACCESS',
      message: expect.stringMatching(/n{300}: ENAMETOOLONG.*Give it a shorter name/),
    })
  })

  test('behind a folder that leads out is refused', async () => {
    await repository.write('sub', { link: outside })
    await repository.write('x.dvc', dvcFile(md5Hex('secret'), 'sub/secret'))
    await expect(pushed()).rejects.toThrow(/leads out of the repository/)
  })

  test('that is a link out of the repository is refused, also where the configuration calls that place the cache', async () => {
    await repository.write('.dvc/config.local', `[cache]\ndir = ${outside}\n`)
    await repository.write('x', { link: join(outside, 'secret') })
    await repository.write('x.dvc', dvcFile(md5Hex('secret'), 'x'))
    await expect(pushed()).rejects.toThrow(/leads out of the repository/)
  })

  test('that is a link into a shared cache is taken', async () => {
    await repository.write('.dvc/config.local', `[cache]\ndir = ${outside}\n`)
    const oid = md5Hex('secret')
    const object = join(outside, 'files/md5', oid.slice(0, 2), oid.slice(2))
    mkdirSync(dirname(object), { recursive: true })
    writeFileSync(object, 'secret')
    await repository.write('x', { link: object })
    await repository.write('x.dvc', dvcFile(oid, 'x'))
    expect(await pushed()).toBe(1)
  })

  test('that is a link into the cache is taken, as `cache.type = symlink` makes it', async () => {
    const oid = await repository.cache('big')
    await repository.write('x', { link: `.dvc/cache/files/md5/${oid.slice(0, 2)}/${oid.slice(2)}` })
    await repository.write('x.dvc', dvcFile(oid, 'x'))
    expect(await pushed()).toBe(1)
  })

  test('of DVC 2 goes to its own layout, by its own hash', async () => {
    await repository.write('x', 'a\r\nb\r\n')
    await repository.write('x.dvc', 'outs:\n- md5: dd8c6a395b5dd36c56d23275028f526c\n  path: x\n')
    expect(await pushed()).toBe(1)
    expect(remote.keys()).toEqual(['dvc/dd/8c6a395b5dd36c56d23275028f526c'])
    expect(remote.body('dvc/dd/8c6a395b5dd36c56d23275028f526c')).toBe('a\r\nb\r\n')
    expect(await pushed()).toBe(0)
  })

  test('an empty one is sent too', async () => {
    await repository.write('x', '')
    await repository.write('x.dvc', dvcFile(md5Hex(''), 'x'))
    expect(await pushed()).toBe(1)
  })
})
