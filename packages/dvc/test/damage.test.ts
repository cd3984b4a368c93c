import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Output } from '../src/index.ts'
import { md5Hex } from '../src/objects/hash.ts'
import { startRemote, type TestRemote } from './remote.ts'
import { directoryOid, dvcFile, makeRepository, type TestRepository } from './repository.ts'

// Every row in which DVC 3.67.1 ends with exit status 0, or says "Everything is up to date", and data is missing.
const FILES = { 'a.txt': 'hello\n', 'sub/b.txt': 'world' }
const DIR = directoryOid(FILES)
const key = (oid: string) => `dvc/files/md5/${oid.slice(0, 2)}/${oid.slice(2)}`
const cachePath = (oid: string) => `.dvc/cache/files/md5/${oid.slice(0, 2)}/${oid.slice(2)}`

let remote: TestRemote
let repository: TestRepository

beforeEach(async () => {
  remote = await startRemote()
  repository = await makeRepository({ 'data.dvc': dvcFile(DIR, 'data') })
})
afterEach(async () => {
  await remote.close()
  await repository.close()
})

/** `kind path` of everything that is wrong. */
async function problems(): Promise<string[]> {
  const plan = await (await remote.connect(repository.root)).plan()
  return plan.problems.map(({ kind, path }) => `${kind} ${path}`).sort()
}

describe('a push that would lose data', () => {
  test('an object is neither here nor there', async () => {
    await repository.write('x.dvc', dvcFile(md5Hex('x'), 'x'))
    await repository.cacheDirectory(FILES)
    expect(await problems()).toEqual(['missing x'])
  })

  test('one file of a directory is nowhere', async () => {
    await repository.cacheDirectory(FILES)
    await repository.remove(cachePath(md5Hex('world')))
    expect(await problems()).toEqual(['missing data/sub/b.txt'])
  })

  test('the remote has the list of files and lacks one of them, and so do we', async () => {
    await repository.cacheDirectory(FILES)
    await (await remote.connect(repository.root)).push()
    await repository.remove('.dvc/cache')
    remote.lose(key(md5Hex('world')))
    expect(await problems()).toEqual(['missing data/sub/b.txt'])
  })

  test.each([0o444, 0o644])('an object in the cache is damaged, mode %o', async (mode) => {
    await repository.cacheDirectory(FILES)
    writeFileSync(join(repository.root, cachePath(md5Hex('world'))), 'wurld', { mode })
    expect(await problems()).toEqual(['corrupt data/sub/b.txt'])
    expect(remote.keys()).toEqual([])
  })

  test('the list of files itself is damaged, or nowhere', async () => {
    await repository.cacheDirectory(FILES)
    await repository.write(cachePath(DIR), '[]')
    expect(await problems()).toEqual(['corrupt data'])
    await repository.remove(cachePath(DIR))
    expect(await problems()).toEqual(['missing data'])
    remote.plant(key(DIR), '[]')
    expect(await problems()).toEqual(['corrupt data'])
  })

  test('an object in the remote is of another size or content, and nothing here can replace it', async () => {
    await repository.cacheDirectory(FILES)
    await (await remote.connect(repository.root)).push()
    await repository.remove(cachePath(md5Hex('world')))
    remote.plant(key(md5Hex('world')), 'wurld')
    expect(await problems()).toEqual(['corrupt data/sub/b.txt'])
  })

  test('an output was never recorded', async () => {
    await repository.write('data.dvc', 'outs:\n- hash: md5\n  path: data\n')
    await repository.write('dvc.yaml', 'stages:\n  train: {cmd: x, outs: [model]}\n')
    const { inventory } = await remote.connect(repository.root).catch((error: Error) => Promise.reject(error))
    expect(inventory.problems.map(({ kind, path, source }) => `${kind} ${path} ${source}`)).toEqual([
      'unrecorded data data.dvc',
      'unrecorded model dvc.yaml:train',
    ])
  })

  test('a file in the workspace is newer than what is recorded', async () => {
    await repository.write('x.dvc', dvcFile(md5Hex('x'), 'x'))
    await repository.write('x', 'y')
    await repository.cache('x')
    await repository.cacheDirectory(FILES)
    expect(await problems()).toEqual(['stale x'])
  })

  test('a directory in the workspace is newer: the difference is told', async () => {
    await repository.cacheDirectory(FILES)
    await repository.write('data/a.txt', 'hello!\n')
    await repository.write('data/new.txt', 'n')
    const plan = await (await remote.connect(repository.root)).plan()
    expect(plan.problems).toEqual([
      expect.objectContaining({
        kind: 'stale',
        path: 'data',
        seen: '1 changed (a.txt), 1 added (new.txt), 1 removed (sub/b.txt)',
      }),
    ])
  })

  test('of a part of a directory only the part has to be as it was recorded', async () => {
    await repository.cacheDirectory(FILES)
    await repository.write('data/sub/b.txt', 'world')
    await repository.write('data/new.txt', 'n')
    const parts = { parts: ['sub'] }
    const { plan, outputs } = await remote.connect(repository.root, {
      select: (all) => all.map((one) => ({ ...one, ...parts })),
    })
    expect(outputs).toMatchObject([parts])
    expect((await plan()).problems).toEqual([])
    await repository.write('data/sub/b.txt', 'wurld')
    const again = await remote.connect(repository.root, {
      select: (all) => all.map((one) => ({ ...one, ...parts })),
    })
    expect((await again.plan()).problems).toMatchObject([{ kind: 'stale', seen: '1 changed (sub/b.txt)' }])
  })

  test('of a part the rest may lie in the workspace alone: the list of files promises all of it', async () => {
    for (const [path, content] of Object.entries(FILES)) await repository.write(`data/${path}`, content)
    const push = async (part: string) => {
      const select = (all: readonly Output[]) => all.map((one) => ({ ...one, parts: [part] }))
      return (await remote.connect(repository.root, { select })).push()
    }
    await expect(push('none.txt')).rejects.toMatchObject({ code: 'DVC_TARGET' })
    const { plan } = await push('a.txt')
    expect([plan.problems, remote.keys().length]).toEqual([[], 3])
  })

  test('a file stands where a directory was recorded, and the other way round', async () => {
    await repository.cacheDirectory(FILES)
    await repository.write('data', 'x')
    await repository.write('x.dvc', dvcFile(md5Hex('x'), 'x'))
    await repository.write('x/inside', 'x')
    await repository.cache('x')
    expect(await problems()).toEqual(['stale data', 'stale x'])
  })
})

describe('what an ETag cannot prove', () => {
  const x = key(md5Hex('x'))

  beforeEach(async () => {
    await repository.remove('data.dvc')
    await repository.write('x.dvc', dvcFile(md5Hex('x'), 'x'))
    await repository.write('x', 'x')
    remote.plant(x, 'x')
  })

  const setEtag = (etag: string) => {
    const objects = remote.server.state.buckets.get('data')?.objects
    const object = objects?.get(x)
    if (object !== undefined) objects?.set(x, { ...object, etag })
  }
  const steps = async () => [...(await (await remote.connect(repository.root)).plan()).steps.values()]

  test('is settled by the size for an object that was sent in parts', async () => {
    setEtag(`${'0'.repeat(32)}-2`)
    expect(await steps()).toEqual(['skip'])
  })

  test('is settled by the content on a server that makes ETags up', async () => {
    setEtag('0'.repeat(32))
    expect(await steps()).toEqual(['skip'])
    expect(remote.server.requests.at(-1)?.method).toBe('GET')
  })

  test('is left alone under KMS, where the ETag is no MD5', async () => {
    setEtag('0'.repeat(32))
    remote.server.faults.push({
      match: ({ method, path }) => method === 'HEAD' && path.endsWith(x),
      times: 99,
      respond: {
        status: 200,
        headers: {
          etag: `"${'0'.repeat(32)}"`,
          'content-length': '1',
          'x-amz-server-side-encryption': 'aws:kms',
        },
      },
    })
    expect(await steps()).toEqual(['skip'])
    expect(remote.server.requests.some(({ method, path }) => method === 'GET' && path.endsWith(x))).toBe(
      false,
    )
  })
})
