import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { verifyPush } from '../src/index.ts'
import { md5Hex } from '../src/objects/hash.ts'
import { startRemote, type TestRemote } from './remote.ts'
import {
  CONFIG,
  directoryBytes,
  directoryOid,
  dvcFile,
  makeRepository,
  type TestRepository,
} from './repository.ts'

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

  test('keeps of what it found no more than the objects need, of which there may be a hundred thousand', async () => {
    await fillWorkspace()
    const { inventory } = await remote.connect(repository.root)
    expect(Object.keys(inventory).sort()).toEqual(['absent', 'directories', 'idOf', 'objects', 'problems'])
    const members = [...inventory.objects.values()].filter(({ bytes }) => bytes === undefined)
    expect(new Set(members.map((object) => object.members)).size).toBe(1)
    expect(members.map(({ id }) => id)).toEqual(members.map(({ oid }) => oid))
    expect(new Set(members.map(({ place }) => place?.folder)).size).toBeLessThan(members.length)
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

  test('repairs, where that is asked for, what the remote promises and lacks or has damaged; otherwise it is a problem', async () => {
    await fillWorkspace()
    await (await remote.connect(repository.root)).push()
    const [hello, world] = [key(md5Hex('hello\n')), key(md5Hex('world'))]
    remote.lose(hello)
    remote.plant(world, 'wurld')
    const refused = await (await remote.connect(repository.root)).plan()
    expect(refused.problems.map(({ kind, path, seen }) => `${kind} ${path}: ${seen}`).sort()).toEqual([
      'broken data/a.txt: a list of files in the remote names it, and the remote does not have it',
      'broken data/sub/b.txt: the remote holds other bytes under its name',
    ])
    const repairing = await remote.connect(repository.root, { prepare: { repair: true } })
    const { plan } = await repairing.push()
    expect(plan.problems).toEqual([])
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

  test('encrypts and gives away what it sends as the remote says', async () => {
    await fillWorkspace()
    const { state } = remote.server
    state.kmsKeys.set(`arn:aws:kms:${state.region}:${state.account}:key/k1`, 'enabled')
    for (const bucket of state.buckets.values()) bucket.ownership = 'ObjectWriter'
    const options = `    sse = aws:kms\n    sse_kms_key_id = k1\n    grant_read = id=x\n`
    await repository.write('.dvc/config', `${CONFIG}${options}`)
    await (await remote.connect(repository.root)).push()
    const puts = remote.server.requests.filter(({ method }) => method === 'PUT')
    expect(puts).toHaveLength(4)
    for (const { headers } of puts)
      expect(headers).toMatchObject({
        'x-amz-server-side-encryption': 'aws:kms',
        'x-amz-server-side-encryption-aws-kms-key-id': 'k1',
        'x-amz-grant-read': 'id=x',
      })
  })

  test('asks about many files by listing them while they are hashed', async () => {
    const files = Object.fromEntries(Array.from({ length: 510 }, (_, at) => [`f${at}`, `${at}`]))
    await repository.write('data.dvc', dvcFile(directoryOid(files), 'data'))
    await fillWorkspace(files)
    const connected = await remote.connect(repository.root, { survey: true })
    expect(remote.server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /data/',
      'GET /data/',
    ])
    await connected.push()
    remote.lose(key(md5Hex('7')))
    remote.plant(key(md5Hex('8')), '9')
    remote.server.requests.length = 0
    const again = await remote.connect(repository.root, { survey: true, prepare: { repair: true } })
    const { plan } = await again.push()
    expect([...plan.steps.values()].filter((step) => step === 'repair')).toHaveLength(2)
    // Only the one whose ETag is another MD5 needed a closer look.
    const looks = remote.server.requests.filter(({ method }) => method === 'HEAD').map(({ path }) => path)
    expect(looks).toEqual([`/data/${key(md5Hex('8'))}`])
  })
})
