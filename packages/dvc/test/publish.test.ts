import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { applyPublish, planPublish } from '../src/index.ts'
import { md5Hex } from '../src/objects/hash.ts'
import { type CopySizes, DEFAULT_COPY } from '../src/store/copy.ts'
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

async function publish(path = 'model', to = 's3://models/serve', sizes: CopySizes = DEFAULT_COPY) {
  const connected = await remote.connect(repository.root)
  await connected.push()
  const plan = planPublish(connected.outputs, connected.inventory, { path, model: 'churn' }, to)
  return { plan, result: await applyPublish(connected.store, plan, 4, sizes) }
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

  test('no permission names the action that AWS names', async () => {
    remote.server.state.deny.push({ action: 's3:PutObject', resourcePrefix: 'models/' })
    await expect(publish()).rejects.toMatchObject({
      kind: 'auth',
      message: expect.stringMatching(
        /Have `s3:PutObject` on arn:aws:s3:::models\/serve\S+ taken out of an explicit deny/,
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

  describe('of what is larger than S3 copies at once', () => {
    const BIG = 'b'.repeat(2_500)
    const sizes = { wholeUpTo: 1_000, partSize: 1_000 }
    const target = `serve/churn/${md5Hex(BIG)}/big.bin`
    beforeEach(async () => {
      remote.server.state.minPartSize = 1
      await repository.write('big.bin', BIG)
      await repository.write('big.bin.dvc', dvcFile(md5Hex(BIG), 'big.bin'))
    })
    const publishBig = () => publish('big.bin', 's3://models/serve', sizes)
    const isPart = ({ query }: { readonly query: URLSearchParams }) => query.has('partNumber')

    test('copies parts of one version, and nothing the second time', async () => {
      await publishBig()
      expect(remote.body(target, 'models')).toBe(BIG)
      const parts = remote.server.requests.filter(({ query }) => query.includes('partNumber'))
      const ranges = parts.map(({ headers }) => headers['x-amz-copy-source-range'])
      expect(ranges.sort()).toEqual(['bytes=0-999', 'bytes=1000-1999', 'bytes=2000-2499'])
      const versions = new Set(parts.map(({ headers }) => headers['x-amz-copy-source-if-match']))
      expect(versions).toEqual(new Set([`"${md5Hex(BIG)}"`]))
      expect((await publishBig()).result).toMatchObject({ copied: [], skipped: 1 })
    })

    test('is looked at first where nobody knows how large it is', async () => {
      await publishBig()
      remote.lose(target, 'models')
      await repository.remove('big.bin')
      remote.server.requests.length = 0
      await publishBig()
      expect(remote.body(target, 'models')).toBe(BIG)
      expect(remote.server.requests.some(({ method }) => method === 'HEAD')).toBe(true)
    })

    test.each([
      ['a part that fails', 400, /<html|EntityTooLarge/],
      ['a part that answers success with nothing', 200, /without an ETag/],
    ])('leaves no parts behind: %s', async (_what, status, words) => {
      const body = '<Error><Code>EntityTooLarge</Code></Error>'
      const headers = { 'content-type': 'application/xml' }
      const respond =
        status === 400 ? { status, headers, body } : { status, headers, body: '<CopyPartResult/>' }
      remote.server.faults.push({ match: isPart, times: 99, respond })
      await expect(publishBig()).rejects.toThrow(words)
      expect([remote.keys('models'), remote.server.state.uploads.size]).toEqual([[], 0])
    })
  })

  test('what is no output or empty is refused by name', async () => {
    await expect(publish('nothing')).rejects.toThrow(/Name one of model, one\.bin/)
    await expect(publish('model', 'gs://models')).rejects.toThrow(/of the kind gs/)
    await repository.write('model.dvc', dvcFile('d751713988987e9331980363e24189ce.dir', 'model'))
    await repository.cacheDirectory({})
    await expect(publish()).rejects.toThrow(/an empty directory/)
  })
})
