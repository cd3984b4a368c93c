import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createHashPool, type HashPool, planRunCache, pushRunCache, type Store } from '../src/index.ts'
import { startRemote, type TestRemote } from './remote.ts'
import { dvcFile, makeRepository, type TestRepository } from './repository.ts'

const name = (letter: string) => letter.repeat(64)
const RECORDS = {
  [`runs/aa/${name('a')}/${name('b')}`]: 'cmd: train\n',
  [`runs/aa/${name('a')}/${name('c')}`]: 'cmd: train twice\n',
}

let remote: TestRemote
let repository: TestRepository
let store: Store
let pool: HashPool

beforeEach(async () => {
  remote = await startRemote()
  repository = await makeRepository({ 'x.dvc': dvcFile('0'.repeat(32), 'x') })
  for (const [path, text] of Object.entries(RECORDS)) await repository.write(`.dvc/cache/${path}`, text)
  store = (await remote.connect(repository.root)).store
  pool = createHashPool(remote.controller)
})
afterEach(async () => {
  pool.close()
  await remote.close()
  await repository.close()
})

const push = async () => {
  const plan = await planRunCache(store, `${repository.root}/.dvc/cache`, pool)
  return { plan, bytes: await pushRunCache(store, plan, pool) }
}
const keys = Object.keys(RECORDS).map((path) => `dvc/${path}`)

describe('the run cache', () => {
  test('goes to where DVC looks for it, once', async () => {
    expect((await push()).bytes).toBe(Object.values(RECORDS).join('').length)
    expect(remote.keys()).toEqual(keys)
    expect(await push()).toMatchObject({ bytes: 0, plan: { missing: [], skipped: 2 } })
  })

  test('replaces a record that is another one in the remote', async () => {
    await push()
    remote.plant(keys[0] ?? '', 'other')
    const { plan } = await push()
    expect(plan).toMatchObject({ missing: [{ path: Object.keys(RECORDS)[0] }], skipped: 1 })
    expect(remote.body(keys[0] ?? '')).toBe('cmd: train\n')
  })

  test('is only what DVC calls a record', async () => {
    await repository.write(`.dvc/cache/runs/aa/${name('a')}/.tmp`, 'half')
    await repository.write('.dvc/cache/runs/secret', 'x')
    await push()
    expect(remote.keys()).toEqual(keys)
  })

  test('that is not there is nothing to do', async () => {
    await repository.remove('.dvc/cache')
    expect(await push()).toMatchObject({ bytes: 0, plan: { missing: [], skipped: 0 } })
    expect(remote.server.requests).toEqual([])
  })

  test('that changes on its way is not sent', async () => {
    const plan = await planRunCache(store, `${repository.root}/.dvc/cache`, pool)
    for (const path of Object.keys(RECORDS)) await repository.write(`.dvc/cache/${path}`, 'another text')
    await expect(pushRunCache(store, plan, pool)).rejects.toMatchObject({ code: 'DVC_CHANGED' })
    expect(remote.keys()).toEqual([])
  })
})
