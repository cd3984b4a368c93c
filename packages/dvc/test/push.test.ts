import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { verifyPush } from '../src/index.ts'
import { md5Hex } from '../src/objects/hash.ts'
import { startRemote, type TestRemote } from './remote.ts'
import { directoryBytes, directoryOid, dvcFile, makeRepository, type TestRepository } from './repository.ts'

const FILES = { 'a.txt': 'hello\n', 'sub/b.txt': 'world', empty: '' }
const key = (oid: string) => `dvc/files/md5/${oid.slice(0, 2)}/${oid.slice(2)}`
const DIR = directoryOid(FILES)
const ALL = [...Object.values(FILES).map((content) => key(md5Hex(content))), key(DIR)].sort()

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

async function fillWorkspace(files: Record<string, string> = FILES) {
  for (const [path, content] of Object.entries(files)) await repository.write(`data/${path}`, content)
}

describe('a push', () => {
  test('sends a directory straight from the workspace, its list of files last, and a second one sends nothing', async () => {
    await fillWorkspace()
    const { push } = await remote.connect(repository.root)
    const { result, plan } = await push()
    expect(result.failed.size).toBe(0)
    expect(remote.keys()).toEqual(ALL)
    expect(remote.body(key(DIR))).toBe(directoryBytes(FILES).toString())
    const puts = remote.server.requests.filter(({ method }) => method === 'PUT')
    expect(puts.at(-1)?.path).toBe(`/data/${key(DIR)}`)
    expect(puts.every(({ headers }) => headers['content-md5'] !== undefined)).toBe(true)
    const stores = (await remote.connect(repository.root)).stores
    expect(await verifyPush(result, plan, stores, 4)).toEqual([])

    const again = await (await remote.connect(repository.root)).push()
    expect(again.result.sent.size).toBe(0)
    expect([...again.plan.steps.values()]).toEqual(['skip', 'skip', 'skip', 'skip'])
  })

  test('sends from the cache what the workspace does not have', async () => {
    await repository.cacheDirectory(FILES)
    await (await remote.connect(repository.root)).push()
    expect(remote.keys()).toEqual(ALL)
  })

  test('needs nothing locally for what the remote has', async () => {
    await repository.cacheDirectory(FILES)
    await (await remote.connect(repository.root)).push()
    await repository.remove('.dvc/cache')
    const { plan } = await (await remote.connect(repository.root)).push()
    expect(plan.problems).toEqual([])
    expect([...plan.steps.values()].every((step) => step === 'skip')).toBe(true)
  })

  test('sends again a member that the remote promises and lacks, and one that is damaged there', async () => {
    await fillWorkspace()
    await (await remote.connect(repository.root)).push()
    const [hello, world] = [key(md5Hex('hello\n')), key(md5Hex('world'))]
    remote.lose(hello)
    remote.plant(world, 'wurld')
    const { plan } = await (await remote.connect(repository.root)).push()
    expect([...plan.steps.values()].filter((step) => step === 'repair')).toHaveLength(2)
    expect([remote.body(hello), remote.body(world)]).toEqual(['hello\n', 'world'])
  })

  test('keeps a list of files back when one of its files cannot be sent; the other files go', async () => {
    await fillWorkspace()
    const bad = key(md5Hex('world'))
    remote.server.faults.push({
      match: ({ method, path }) => method === 'PUT' && path.endsWith(bad),
      times: 99,
      respond: {
        status: 400,
        headers: { 'content-type': 'application/xml' },
        body: '<Error><Code>BadDigest</Code></Error>',
      },
    })
    const { result } = await (await remote.connect(repository.root)).push()
    expect([...result.failed.values()].map(({ kind }) => kind)).toEqual(['integrity'])
    expect(result.withheld.map(({ oid }) => oid)).toEqual([DIR])
    expect(remote.keys()).toEqual(ALL.filter((known) => known !== bad && known !== key(DIR)))

    remote.server.faults.length = 0
    const rest = await (await remote.connect(repository.root)).push()
    expect([rest.result.sent.size, remote.keys()]).toEqual([2, ALL])
  })

  test('sends large files in parts, each with its MD5', async () => {
    remote.server.state.minPartSize = 1
    const big = 'x'.repeat(2_500)
    await repository.write('big.bin', big)
    await repository.write('big.bin.dvc', dvcFile(md5Hex(big), 'big.bin'))
    await repository.remove('data.dvc')
    const { result } = await (await remote.connect(repository.root)).push({
      sizes: { multipartThreshold: 1_000, partSize: 1_000 },
    })
    expect(result.failed.size).toBe(0)
    expect(remote.body(key(md5Hex(big)))).toBe(big)
    const parts = remote.server.requests.filter(({ query }) => query.includes('partNumber'))
    expect(parts.map(({ headers }) => headers['content-md5'] !== undefined)).toEqual([true, true, true])
    const again = await (await remote.connect(repository.root)).plan()
    expect([...again.steps.values()]).toEqual(['skip'])
  })

  test('completes no upload of a file that changes on its way, and leaves no parts', async () => {
    remote.server.state.minPartSize = 1
    const big = 'x'.repeat(2_500)
    await repository.write('big.bin', big)
    await repository.write('big.bin.dvc', dvcFile(md5Hex(big), 'big.bin'))
    await repository.remove('data.dvc')
    const connected = await remote.connect(repository.root)
    await repository.write('big.bin', 'y'.repeat(2_500))
    for (const multipartThreshold of [1_000, 10_000]) {
      const { result } = await connected.push({ sizes: { multipartThreshold, partSize: 1_000 } })
      expect([...result.failed.values()].map(({ kind, code }) => `${kind} ${code}`)).toEqual([
        'integrity DVC_CHANGED',
      ])
    }
    expect(remote.keys()).toEqual([])
    expect(remote.server.state.uploads.size).toBe(0)
  })
})
