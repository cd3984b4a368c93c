import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { GetTrouble } from '@mlops-actions/aws/s3'
import type { Fault, SandboxRequest } from '@mlops-actions/sandbox/server'
import { testWorld } from '../../../test/harness/world.ts'
import { bindOutputs, readRepository } from '../src/index.ts'
import { md5Hex } from '../src/objects/hash.ts'
import { createHashPool, type HashPool } from '../src/objects/hash-pool.ts'
import { downloadTo } from '../src/pull/download.ts'
import { connectRemotes } from '../src/store/connect.ts'
import { downloadObject, type WantedObject } from '../src/store/download.ts'
import { createPace, type Pace } from '../src/store/pace.ts'
import { headObject, type Store } from '../src/store/store.ts'
import { startRemote, type TestRemote } from './remote.ts'
import { CONFIG, dvcFile, makeRepository, type TestRepository } from './repository.ts'

const BODY = Buffer.from(Array.from({ length: 100_000 }, (_, at) => `${at}\n`).join(''))
const OID = md5Hex(BODY)
const KEY = `dvc/files/md5/${OID.slice(0, 2)}/${OID.slice(2)}`
const WANTED: WantedObject = { oid: OID, hash: 'md5', path: 'data/x' }
const PART = 100_000
const PARTS = Math.ceil(BODY.length / PART)
const ETAG = { etag: `"${OID}"` }

let remote: TestRemote
let repository: TestRepository
let pool: HashPool
let folder: string
let store: Store
/** What became of each request that a thread has sent. */
let settled: (GetTrouble | undefined)[]

/** For all tests but the one that ends it. */
const shared = createHashPool({ signal: new AbortController().signal }, 1)
afterAll(() => shared.close())

beforeEach(async () => {
  remote = await startRemote()
  repository = await makeRepository({ 'x.dvc': dvcFile(OID, 'x') })
  folder = await mkdtemp(join(tmpdir(), 'direct-'))
  pool = shared
  remote.plant(KEY, BODY.toString())
  await connect()
})
afterEach(async () => {
  await remote.close()
  await repository.close()
  await rm(folder, { recursive: true, force: true })
})

async function connect(): Promise<void> {
  const connected = await remote.connect(repository.root, { direct: true, store: { idle: 500 } })
  const { direct } = connected.store
  if (direct === undefined) throw new Error('there is no way for threads')
  settled = []
  const settle = async (bucket: string, trouble: GetTrouble | undefined) => {
    settled.push(trouble)
    await direct.gets.settle(bucket, trouble)
  }
  store = { ...connected.store, direct: { ...direct, gets: { ...direct.gets, settle } } }
  remote.server.requests.length = 0
}

/** Downloads into a file that may have parts in it already. */
async function download({
  wanted = WANTED,
  partSize = PART,
  have = '',
  parts = [] as readonly number[],
  done = new Set<number>(parts),
  name = 'file',
} = {}) {
  const path = join(folder, name)
  await writeFile(path, have)
  const file = await open(path, 'r+')
  let told = 0
  const onBytes = (bytes: number) => {
    told += bytes
  }
  const log = { done, add: async (part: number) => void done.add(part) }
  try {
    const options = { pool, partSize, onBytes }
    const fetched = await downloadObject(store, wanted, { file, path, parts: log }, options)
    return { fetched, told, isRight: (await readFile(path)).equals(BODY) }
  } finally {
    await file.close()
  }
}

const RIGHT = { fetched: BODY.length, told: BODY.length, isRight: true }
const isRead = ({ method, path }: { readonly method: string; readonly path: string }) =>
  method === 'GET' && path.endsWith(KEY)
const fault = (respond: Fault['respond'], times = 1, match: (request: SandboxRequest) => boolean = isRead) =>
  remote.server.faults.push({ match, times, respond })
const reads = () => remote.server.requests.filter(isRead)
const clean = (times: number) => Array.from({ length: times }, () => undefined)

describe('a large object', () => {
  test('comes by threads, in ranges of one version', async () => {
    expect(await download()).toEqual(RIGHT)
    expect(settled).toEqual(clean(PARTS))
    expect(reads()).toHaveLength(PARTS)
    expect(new Set(reads().map(({ headers }) => headers['if-match']))).toEqual(new Set([ETAG.etag]))
  })

  test('that is no larger than a part comes in one request', async () => {
    expect(await download({ partSize: 2 ** 20 })).toEqual(RIGHT)
    expect(settled).toEqual(clean(1))
    expect(reads()).toHaveLength(1)
  })

  test('under a key of the customer comes by threads, too', async () => {
    const key = Buffer.alloc(32, 'k')
    await repository.write('.dvc/config', `${CONFIG}    sse_customer_key = ${key.toString('base64')}\n`)
    await connect()
    const objects = remote.server.state.buckets.get('data')?.objects
    const object = objects?.get(KEY)
    if (object === undefined) throw new Error('there is no object')
    const keyMd5 = createHash('md5').update(key).digest('base64')
    objects?.set(KEY, { ...object, encryption: { kind: 'customer', keyMd5 } })
    expect(await download()).toEqual(RIGHT)
    expect(settled).toEqual(clean(PARTS))
    expect(reads()).toHaveLength(PARTS)
  })

  test("under DVC 2's hash goes through the client", async () => {
    remote.plant(`dvc/${KEY.slice('dvc/files/md5/'.length)}`, BODY.toString())
    expect(await download({ wanted: { ...WANTED, hash: 'md5-dos2unix' } })).toEqual(RIGHT)
    expect(settled).toEqual([])
  })

  test('goes on with the parts that an earlier attempt has left, wherever they lie', async () => {
    const have = Buffer.from(BODY.subarray(0, 3 * PART)).fill('x', PART, 2 * PART)
    const seen = await download({ have: have.toString(), parts: [0, 2] })
    expect(seen).toEqual({ fetched: BODY.length - 2 * PART, told: BODY.length - 2 * PART, isRight: true })
    expect(reads()).toHaveLength(PARTS - 2)
  })

  test('is fetched anew where the earlier attempt left something else', async () => {
    const seen = await download({ have: 'x'.repeat(2 * PART), parts: [0, 1] })
    expect(seen).toMatchObject({ fetched: BODY.length, isRight: true })
  })

  test('of other bytes is refused', async () => {
    remote.plant(KEY, BODY.toString().replace('9999', '8888'))
    await expect(download()).rejects.toMatchObject({ kind: 'integrity', code: 'DVC_REMOTE_CORRUPT' })
    expect(settled).toEqual(clean(PARTS))
  })

  test('that the remote does not have is said so', async () => {
    const gone = { ...WANTED, oid: '0'.repeat(32), stored: { size: 10, etag: OID } }
    expect((await download({ wanted: gone })).fetched).toBeUndefined()
    expect((await download({ wanted: { ...gone, stored: undefined } })).fetched).toBeUndefined()
  })
})

describe('of two large objects', () => {
  const OTHER = Buffer.from(BODY.toString().replaceAll('7', '8'))
  const oid = md5Hex(OTHER)
  const other: WantedObject = { oid, hash: 'md5', path: 'data/y' }

  /**
   * Which parts had a turn, in their order, where both wait before the first turns are given. They are signed then; how soon a
   * request is at the server is a matter of its thread.
   */
  async function orderOf(turns: number, done = new Set<number>()) {
    const pace = createPace({ now: () => 0 }, { start: turns, max: turns })
    const taken = await Promise.all(Array.from({ length: turns }, () => pace.take()))
    let waiting = 0
    const take: Pace['take'] = (rank) => {
      waiting += 1
      return pace.take(rank)
    }
    const { direct } = store
    if (direct === undefined) throw new Error('there is no way for threads')
    const order: string[] = []
    const sign: typeof direct.gets.sign = (input) => {
      order.push(`${input.Key === KEY ? 'a' : 'b'}${partsOf(input.Range)}`)
      return direct.gets.sign(input)
    }
    store = { ...store, pace: { ...pace, take }, direct: { ...direct, gets: { ...direct.gets, sign } } }
    const stored = { size: BODY.length }
    const one = download({ wanted: { ...WANTED, stored: { ...stored, etag: OID } }, done })
    while (waiting < 1) await new Promise(setImmediate)
    const two = download({ wanted: { ...other, stored: { ...stored, etag: oid } }, name: 'other' })
    while (waiting < 2) await new Promise(setImmediate)
    for (const turn of taken) {
      turn.end(0)
      await new Promise(setImmediate)
    }
    await Promise.all([one, two])
    // What was signed was sent, once.
    expect(remote.server.requests.filter(({ method }) => method === 'GET')).toHaveLength(order.length)
    return order
  }

  function partsOf(range = ''): string {
    const [first = 0, last = 0] = [...range.matchAll(/\d+/g)].map(([byte]) => Math.floor(Number(byte) / PART))
    return first === last ? `${first}` : `${first}-${last}`
  }
  const byParts = (name: string) => Array.from({ length: PARTS }, (_, part) => `${name}${part}`)

  beforeEach(async () => {
    remote.plant(
      KEY.replace(OID.slice(0, 2), oid.slice(0, 2)).replace(OID.slice(2), oid.slice(2)),
      OTHER.toString(),
    )
    // By one request that succeeds the client learns the way.
    await headObject(store, 'data', KEY)
    remote.server.requests.length = 0
  })

  test('the first is finished before the second begins where there is one turn, by few requests', async () => {
    expect(await orderOf(1)).toEqual(['a0-3', 'a4-5', ...byParts('b')])
  })

  test('the parts of a request are kept as they come, so that the next run goes on where this one ended', async () => {
    const done = new Set<number>()
    fault('truncate')
    fault({ status: 403, body: '<Error><Code>AccessDenied</Code></Error>' }, 99)
    await expect(orderOf(1, done)).rejects.toMatchObject({ kind: 'auth' })
    expect([...done]).toEqual([0, 1])
  })

  test('each has a turn where there are two, and each of its parts comes once', async () => {
    const order = await orderOf(2)
    expect(order.slice(0, 2).sort()).toEqual(['a0-3', 'b0'])
    expect(order.filter((parts) => parts.startsWith('a')).sort()).toEqual(['a0-3', 'a4', 'a5'])
    expect(order.filter((parts) => parts.startsWith('b')).sort()).toEqual(byParts('b'))
  })
})

describe('a small object', () => {
  const SMALL = 'small'
  const oid = md5Hex(SMALL)
  const key = `dvc/files/md5/${oid.slice(0, 2)}/${oid.slice(2)}`
  const stored = { size: SMALL.length, etag: oid }
  const isSmall = ({ path }: SandboxRequest) => path.endsWith(key)

  async function downloadSmall(body = SMALL) {
    // By one request that succeeds the client learns the way.
    await headObject(store, 'data', KEY)
    remote.plant(key, body)
    const to = join(folder, 'small')
    let told = 0
    const onBytes = (bytes: number) => {
      told += bytes
    }
    const file = { oid, hash: 'md5', path: 'data/s' } as const
    const got = await downloadTo({ store, file, stored, to, pool, onBytes })
    return { got, told, text: await readFile(to, 'utf8') }
  }

  test('comes by a thread that writes it', async () => {
    expect(await downloadSmall()).toEqual({ got: SMALL.length, told: SMALL.length, text: SMALL })
    expect(settled).toEqual([undefined])
  })

  test.each<[string, Fault['respond']]>([
    ['a login page', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }],
    ['half of it', 'truncate'],
    ['a reset', 'reset'],
    ['another one of this length', { status: 200, headers: { etag: `"${oid}"` }, body: 'SMALL' }],
  ])('of which %s comes is asked of the client', async (_what, respond) => {
    fault(respond, 1, isSmall)
    expect(await downloadSmall()).toEqual({ got: SMALL.length, told: SMALL.length, text: SMALL })
    expect(settled).toHaveLength(1)
  })

  test('of other bytes is refused, and nothing is left of it', async () => {
    fault({ status: 200, headers: { etag: `"${oid}"` }, body: 'SMALL' }, 99, isSmall)
    await expect(downloadSmall()).rejects.toMatchObject({ kind: 'integrity', code: 'DVC_REMOTE_CORRUPT' })
    expect(existsSync(join(folder, 'small'))).toBe(false)
  })
})

test.each([
  [{}, true],
  [{ NO_PROXY: 'x' }, true],
  [{ HTTP_PROXY: 'http://127.0.0.1:1' }, false],
  [{ https_proxy: 'http://127.0.0.1:1' }, false],
])('with %j in the environment threads have sockets of their own: %s', async (env, isDirect) => {
  const { outputs, config } = await readRepository(repository.root)
  const { remotes } = bindOutputs(outputs, config, undefined)
  const { stores, close } = await connectRemotes(testWorld({ env }), remotes, {
    role: undefined,
    region: undefined,
    idToken: async () => '',
    sessionName: 'x',
    requestTimeout: 1_000,
    caCert: undefined,
  })
  expect([...stores.values()].map(({ direct }) => direct !== undefined)).toEqual([isDirect])
  close()
})

describe('what a thread does not take for success is done again by the client', () => {
  const page = '<html>log in</html>'
  test.each<[string, Fault['respond'], GetTrouble]>([
    ['a login page', { status: 200, headers: { 'content-type': 'text/html' }, body: page }, { status: 200 }],
    ['an empty success', { status: 200 }, { status: 200 }],
    ['another version', { status: 206, headers: { etag: '"x"' }, body: 'x' }, { status: 206 }],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, { status: 302 }],
    ['too many requests', { status: 503, headers: { 'retry-after': '3' } }, { status: 503, retryAfter: '3' }],
    ['expired keys', { status: 400, body: '<Error><Code>ExpiredToken</Code></Error>' }, { status: 400 }],
    ['a reset', 'reset', { networkCode: 'ECONNRESET' }],
    ['half a body', 'truncate', { networkCode: 'ECONNRESET' }],
  ])('%s', async (_what, respond, trouble) => {
    fault(respond)
    expect(await download({ partSize: 2 ** 20 })).toEqual(RIGHT)
    expect(settled).toMatchObject([trouble])
    expect(reads()).toHaveLength(2)
  })

  test('from where the line broke', async () => {
    fault('truncate')
    expect(await download({ partSize: 2 ** 20 })).toEqual(RIGHT)
    const half = Math.floor(BODY.length / 2)
    expect(reads().map(({ headers }) => headers['range'])).toEqual([
      `bytes=0-${BODY.length - 1}`,
      `bytes=${half}-${BODY.length - 1}`,
    ])
  })

  test('after silence', async () => {
    const head = { ...ETAG, 'content-length': String(BODY.length) }
    const range = { 'content-range': `bytes 0-${BODY.length - 1}/${BODY.length}` }
    const body = (async function* () {
      yield BODY.subarray(0, 100)
      await new Promise(() => {})
    })()
    fault({ status: 206, headers: { ...head, ...range }, body })
    expect(await download({ partSize: 2 ** 20 })).toEqual(RIGHT)
    expect(settled).toEqual([{ isLate: true }])
  })

  test('in its own words where it fails too', async () => {
    const body = '<Error><Code>AccessDenied</Code><Message>no</Message></Error>'
    fault({ status: 403, headers: { 'content-type': 'application/xml' }, body }, 99)
    await expect(download({ partSize: 2 ** 20 })).rejects.toMatchObject({ kind: 'auth' })
    fault({ status: 206, headers: { ...ETAG, 'content-range': 'lines 1-2' }, body: 'x' }, 99)
    remote.server.faults.shift()
    await expect(download({ partSize: 2 ** 20 })).rejects.toMatchObject({ code: 'S3_NO_ETAG' })
  })

  test('and not asked of threads any more where that never works', async () => {
    fault({ status: 200, headers: ETAG, body: BODY }, 999)
    expect(await download({ partSize: 40_000 })).toMatchObject({ isRight: true })
    expect(await download({ partSize: 40_000 })).toMatchObject({ isRight: true })
    expect(settled.length).toBeGreaterThanOrEqual(16)
    const before = settled.length
    expect(await download()).toMatchObject({ isRight: true })
    expect(settled).toHaveLength(before)
  })
})

test('a step that is cancelled waits for no thread', async () => {
  fault('hang', 99)
  pool = createHashPool(remote.controller, 1)
  const downloading = download({ partSize: 2 ** 20 })
  const cancelled = expect(downloading).rejects.toThrow('cancelled')
  while (reads().length === 0) await new Promise((resolve) => setTimeout(resolve, 3))
  remote.controller.abort(new Error('cancelled'))
  await cancelled
})

const onLinux = existsSync('/dev/full') ? test : test.skip

onLinux('a disk that takes nothing is a failure of the file', async () => {
  const path = '/dev/full'
  const file = await open(path, 'r+')
  try {
    await expect(downloadObject(store, WANTED, { file, path }, { pool })).rejects.toMatchObject({
      message: expect.stringContaining('data/x'),
    })
  } finally {
    await file.close()
  }
})
