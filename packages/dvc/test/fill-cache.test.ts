import { lstat, readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { testWorld } from '../../../test/harness/world.ts'
import { assertCacheSpace, fillCache, type TrackedObject } from '../src/index.ts'
import { md5Hex } from '../src/objects/hash.ts'
import { createHashPool, type HashPool } from '../src/objects/hash-pool.ts'
import { objectPath } from '../src/objects/keys.ts'
import { startRemote, type TestRemote } from './remote.ts'
import { directoryBytes, directoryOid, dvcFile, makeRepository, type TestRepository } from './repository.ts'

const FILES = { 'a.txt': 'hello\n', 'sub/b.txt': 'world' }
const DIRECTORY = directoryOid(FILES)
let repository: TestRepository
let remote: TestRemote
let pool: HashPool
let cacheDir: string

beforeEach(async () => {
  remote = await startRemote()
  pool = createHashPool(testWorld())
  repository = await makeRepository({
    'data.dvc': dvcFile(DIRECTORY, 'data'),
    'data/a.txt': FILES['a.txt'],
    'data/sub/b.txt': FILES['sub/b.txt'],
    'x.dvc': dvcFile(md5Hex('x'), 'x'),
    x: 'x',
  })
  cacheDir = join(repository.root, '.dvc/cache')
})
afterEach(async () => {
  pool.close()
  await remote.close()
  await repository.close()
})

const objects = async () => (await remote.connect(repository.root)).inventory.objects
const fill = (what: ReadonlyMap<string, TrackedObject>, sharedCache = false) =>
  fillCache(what, { cacheDir, sharedCache, pool })
const below = (path: string) => join(cacheDir, path)
const inCache = (oid: string) => join(cacheDir, objectPath(oid, 'md5'))

/** Everything below the cache, whatever it is called. */
async function cached(): Promise<readonly string[]> {
  const entries = await readdir(cacheDir, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort()
}

const all = () => [DIRECTORY, md5Hex('hello\n'), md5Hex('world'), md5Hex('x')].map(inCache).sort()

describe('the cache', () => {
  test('gets what lies in the workspace, under its hash and read-only, and nothing else', async () => {
    expect(await fill(await objects())).toBe(4)
    expect(await cached()).toEqual(all())
    for (const path of all()) expect((await lstat(path)).mode & 0o777).toBe(0o444)
    expect(await readFile(inCache(md5Hex('x')), 'utf8')).toBe('x')
    expect(await readFile(inCache(DIRECTORY))).toEqual(directoryBytes(FILES))
    expect((await lstat(join(repository.root, 'x'))).isFile()).toBe(true)
  })

  test.each([
    ['is as the umask has it, with nothing said', false, 0o755],
    ["is the group's to write to where `cache.shared` says so, whatever the umask", true, 0o2775],
  ])('%s, folder by folder, and objects stay read-only', async (_, sharedCache, mode) => {
    const umask = process.umask(0o022)
    try {
      await fill(await objects(), sharedCache)
    } finally {
      process.umask(umask)
    }
    const folders = [cacheDir, ...['files', 'files/md5', `files/md5/${DIRECTORY.slice(0, 2)}`].map(below)]
    folders.push(dirname(inCache(md5Hex('x'))))
    for (const folder of folders) expect((await lstat(folder)).mode & 0o7777).toBe(mode)
    for (const path of all()) expect((await lstat(path)).mode & 0o7777).toBe(0o444)
  })

  test('is left alone where it has an object already', async () => {
    await fill(await objects())
    const before = await lstat(inCache(md5Hex('x')))
    expect(await fill(await objects())).toBe(0)
    expect((await lstat(inCache(md5Hex('x')))).ino).toBe(before.ino)
  })

  test('never gets a file that has changed since it was hashed, nor the list that promises it', async () => {
    const looked = await objects()
    await repository.write('data/a.txt', 'changed meanwhile')
    await expect(fill(looked)).rejects.toMatchObject({ code: 'DVC_CHANGED', kind: 'integrity' })
    const paths = await cached()
    expect(paths).not.toContain(inCache(md5Hex('hello\n')))
    expect(paths).not.toContain(inCache(DIRECTORY))
    expect(paths.filter((path) => path.endsWith('.tmp'))).toEqual([])
  })

  test('says which list of files it cannot keep', async () => {
    const looked = await objects()
    await repository.write(`.dvc/cache/files/md5/${DIRECTORY.slice(0, 2)}`, 'a file where a folder has to be')
    await expect(fill(looked)).rejects.toMatchObject({
      code: 'DVC_FILE_ACCESS',
      message: expect.stringContaining(inCache(DIRECTORY)),
    })
  })

  test('that is on a disk too small is refused with what it takes; what it has already takes nothing', async () => {
    const looked = await objects()
    const grown = new Map(
      [...looked].map(([id, object]) => {
        const { place } = object
        return [id, place === undefined ? object : { ...object, place: { ...place, size: 2 ** 60 } }]
      }),
    )
    await expect(assertCacheSpace(grown, { cacheDir })).rejects.toMatchObject({
      kind: 'quota',
      code: 'DISK_FULL',
      message: expect.stringMatching(
        /it takes 3\d{9}\.\d+ GB, 67\.1 MB have to stay free, and .* are free; nothing was sent\. Leave `fill-cache` out/,
      ),
    })
    await fill(looked)
    await assertCacheSpace(grown, { cacheDir })
  })

  test('gets no list of files of which it has not all', async () => {
    await remote.connect(repository.root).then((connected) => connected.push())
    await repository.remove('data/a.txt')
    await fill(await objects())
    expect(await cached()).toEqual([md5Hex('world'), md5Hex('x')].map(inCache).sort())
  })
})
