import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { applyPublish, planPublish } from '../src/index.ts'
import { md5Hex } from '../src/objects/hash.ts'
import { assertCopySize } from '../src/publish/publish-plan.ts'
import { startRemote, type TestRemote } from './remote.ts'
import { directoryOid, dvcFile, makeRepository, type TestRepository } from './repository.ts'

const FILES = { 'model.pkl': 'weights', 'conf/ü "x" #1.json': '{}', '__init__.py': '' }
const DIR = directoryOid(FILES)
const PREFIX = `serve/churn/${DIR.slice(0, 32)}/`

let remote: TestRemote
let repository: TestRepository

beforeEach(async () => {
  remote = await startRemote()
  repository = await makeRepository({
    'model.dvc': dvcFile(DIR, 'model'),
    'one.bin': '1',
    'one.bin.dvc': dvcFile(md5Hex('1'), 'one.bin'),
  })
  await repository.cacheDirectory(FILES)
})
afterEach(async () => {
  await remote.close()
  await repository.close()
})

async function publish(path = 'model', to = 's3://models/serve') {
  const connected = await remote.connect(repository.root)
  await connected.push()
  const plan = planPublish(connected.outputs, connected.inventory, { path, model: 'churn' }, to)
  return { plan, result: await applyPublish(connected.store, plan, 4) }
}

describe('publishing', () => {
  test('makes a real tree of a directory, with real names, below its hash', async () => {
    const { plan, result } = await publish()
    expect(plan.uri).toBe(`s3://models/${PREFIX}`)
    expect(result).toMatchObject({ skipped: 0 })
    const published = Object.fromEntries(
      remote.keys('models').map((key) => [key, remote.body(key, 'models')]),
    )
    expect(published).toEqual(
      Object.fromEntries(Object.entries(FILES).map(([name, body]) => [PREFIX + name, body])),
    )
  })

  test('a file keeps its name', async () => {
    const { plan } = await publish('one.bin')
    expect(remote.body(`serve/churn/${md5Hex('1')}/one.bin`, 'models')).toBe('1')
    expect(plan.uri).toBe(`s3://models/serve/churn/${md5Hex('1')}/`)
  })

  test('the same content again copies nothing', async () => {
    await publish()
    const before = remote.server.requests.length
    const { result } = await publish()
    expect(result).toMatchObject({ copied: [], skipped: 3 })
    expect(remote.server.requests.slice(before).filter(({ method }) => method === 'PUT')).toEqual([])
  })

  test('an interrupted publication is completed', async () => {
    await publish()
    remote.lose(`${PREFIX}model.pkl`, 'models')
    const { result } = await publish()
    expect(result.copied.map(({ relpath }) => relpath)).toEqual(['model.pkl'])
  })

  test('warns of empty files, which KServe does not download', async () => {
    expect((await publish()).plan.warnings).toEqual([
      expect.stringMatching(/1 empty file\(s\) \(__init__\.py\)/),
    ])
  })

  test('a stranger below the prefix, or another content, is a conflict', async () => {
    await publish()
    remote.plant(`${PREFIX}extra.bin`, 'x', 'models')
    await expect(publish()).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringMatching(/extra\.bin/),
    })
    remote.lose(`${PREFIX}extra.bin`, 'models')
    remote.plant(`${PREFIX}model.pkl`, 'WEIGHTS', 'models')
    await expect(publish()).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringMatching(/model\.pkl/),
    })
  })

  test('no permission names both actions', async () => {
    remote.server.state.deny.push({ action: 's3:PutObject', resourcePrefix: 'models/' })
    await expect(publish()).rejects.toMatchObject({
      kind: 'auth',
      message: expect.stringMatching(
        /`s3:GetObject` on the remote and `s3:PutObject` on arn:aws:s3:::models\/serve/,
      ),
    })
  })

  test('a copy that answers success with nothing is a failure', async () => {
    remote.server.faults.push({
      match: ({ headers }) => headers['x-amz-copy-source'] !== undefined,
      times: 99,
      respond: { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' },
    })
    await expect(publish()).rejects.toMatchObject({ kind: 'auth', code: 'S3_LOGIN_PAGE' })
  })

  test('what is no output, empty, or larger than S3 copies at once is refused by name', async () => {
    await expect(publish('nothing')).rejects.toThrow(/Name a tracked output: model, one\.bin/)
    await expect(publish('model', 'gs://models')).rejects.toThrow(/a gs remote/)
    expect(() => assertCopySize(5 * 2 ** 30 + 1, 'publish: model (big)')).toThrow(/at most 5 GiB/)
    await repository.write('model.dvc', dvcFile('d751713988987e9331980363e24189ce.dir', 'model'))
    await repository.cacheDirectory({})
    await expect(publish()).rejects.toThrow(/an empty directory/)
  })
})
