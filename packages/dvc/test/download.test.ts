import { createHash } from 'node:crypto'
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Fault, SandboxRequest } from '@mlops-actions/sandbox/server'
import { md5Hex } from '../src/objects/hash.ts'
import { createHashPool, type HashPool } from '../src/objects/hash-pool.ts'
import { downloadObject, type WantedObject } from '../src/store/download.ts'
import { withoutFirst } from '../src/store/piece-writer.ts'
import { readObject } from '../src/store/read-object.ts'
import { headObject, openObject, type Store } from '../src/store/store.ts'
import { type ConnectOptions, startRemote, type TestRemote } from './remote.ts'
import { CONFIG, dvcFile, makeRepository, type TestRepository } from './repository.ts'

const BODY = Buffer.from(Array.from({ length: 10_000 }, (_, at) => `${at}\n`).join(''))
const OID = md5Hex(BODY)
const KEY = `dvc/files/md5/${OID.slice(0, 2)}/${OID.slice(2)}`
const WANTED: WantedObject = { oid: OID, hash: 'md5', path: 'x' }

let remote: TestRemote
let repository: TestRepository
let store: Store
let pool: HashPool
let folder: string

async function connect(options: ConnectOptions = {}): Promise<void> {
  store = (await remote.connect(repository.root, options)).store
  remote.server.requests.length = 0
}

beforeEach(async () => {
  remote = await startRemote()
  repository = await makeRepository({ 'x.dvc': dvcFile(OID, 'x') })
  folder = await mkdtemp(join(tmpdir(), 'download-'))
  pool = createHashPool(remote.controller, 1)
  remote.plant(KEY, BODY.toString())
  await connect()
})
afterEach(async () => {
  pool.close()
  await remote.close()
  await repository.close()
  await rm(folder, { recursive: true, force: true })
})

/** Downloads into a file that may have parts in it already; returns what it holds then. */
async function download({
  have = '',
  parts = [] as readonly number[],
  partSize = 4_096,
  wanted = WANTED,
} = {}): Promise<{ readonly fetched: number | undefined; readonly text: string }> {
  const path = join(folder, 'file')
  await writeFile(path, have)
  const file = await open(path, 'r+')
  try {
    const done = new Set(parts)
    const log = { done, add: async (part: number) => void done.add(part) }
    const fetched = await downloadObject(store, wanted, { file, path, parts: log }, { pool, partSize })
    return { fetched, text: await readFile(path, 'utf8') }
  } finally {
    await file.close()
  }
}

const isRead = ({ method, path }: { readonly method: string; readonly path: string }) =>
  method === 'GET' && path.endsWith(KEY)
const fault = (respond: Fault['respond'], times = 1, match: (request: SandboxRequest) => boolean = isRead) =>
  remote.server.faults.push({ match, times, respond })
const ranges = () => remote.server.requests.filter(isRead).map(({ headers }) => headers['range'])

describe('an object in memory', () => {
  test('is the one that its name says', async () => {
    expect(await readObject(store, WANTED)).toEqual(BODY)
  })

  test('is none where there is none', async () => {
    expect(await readObject(store, { ...WANTED, oid: '0'.repeat(32) })).toBeUndefined()
  })

  test("is hashed as DVC 2 did, where it is DVC 2's", async () => {
    const text = 'a\r\nb\r\n'
    const oid = 'dd8c6a395b5dd36c56d23275028f526c'
    remote.plant(`dvc/dd/${oid.slice(2)}`, text)
    expect((await readObject(store, { oid, hash: 'md5-dos2unix', path: 'x' }))?.toString()).toBe(text)
  })

  test('with other bytes is no object', async () => {
    remote.plant(KEY, 'other bytes')
    await expect(readObject(store, WANTED)).rejects.toMatchObject({
      kind: 'integrity',
      code: 'DVC_REMOTE_CORRUPT',
      message: expect.stringMatching(/11 bytes under this name that hash to/),
    })
  })
})

test('what is read one after the other comes over one connection', async () => {
  const before = remote.server.connections()
  for (let at = 0; at < 5; at++) {
    await readObject(store, WANTED)
    // Every part is one request; they wait for each other where there is one turn only.
    await download({ partSize: 2 ** 20 })
  }
  await download({ partSize: 2 ** 14 })
  expect(ranges().length).toBeGreaterThan(12)
  expect(remote.server.connections() - before).toBeLessThanOrEqual(4)
})

describe('a file', () => {
  test('comes in ranges of one version, and is whole', async () => {
    expect(await download()).toEqual({ fetched: BODY.length, text: BODY.toString() })
    expect(ranges()).toHaveLength(Math.ceil(BODY.length / 4_096))
    const etags = remote.server.requests.filter(isRead).map(({ headers }) => headers['if-match'])
    expect(new Set(etags)).toEqual(new Set([`"${OID}"`]))
  })

  test('that is empty asks for no range', async () => {
    const empty = md5Hex('')
    remote.plant(`dvc/files/md5/d4/${empty.slice(2)}`, '')
    expect(await download({ wanted: { ...WANTED, oid: empty } })).toEqual({ fetched: 0, text: '' })
  })

  test('goes on with the parts that an earlier attempt has left, wherever they lie', async () => {
    const have = BODY.subarray(0, 8_192).toString()
    expect(await download({ have, parts: [0, 1] })).toEqual({
      fetched: BODY.length - 8_192,
      text: BODY.toString(),
    })
    expect(ranges()).not.toContain('bytes=0-4095')
    expect(ranges()).toHaveLength(Math.ceil(BODY.length / 4_096) - 2)
  })

  test('is fetched anew where the earlier attempt left something else', async () => {
    expect(await download({ have: 'x'.repeat(8_192), parts: [0, 1] })).toEqual({
      fetched: BODY.length,
      text: BODY.toString(),
    })
  })

  test('that the remote does not have is said so', async () => {
    expect((await download({ wanted: { ...WANTED, oid: '0'.repeat(32) } })).fetched).toBeUndefined()
    const stored = { size: 10, etag: OID }
    const gone = { ...WANTED, oid: '0'.repeat(32), stored }
    expect((await download({ wanted: gone })).fetched).toBeUndefined()
  })

  test('of other bytes is refused', async () => {
    remote.plant(KEY, BODY.toString().replace('9999', '8888'))
    await expect(download()).rejects.toMatchObject({ kind: 'integrity', code: 'DVC_REMOTE_CORRUPT' })
  })

  test('that is replaced while it is read is refused', async () => {
    fault('truncate', 1, (request) => {
      if (!isRead(request)) return false
      remote.plant(KEY, BODY.toString().replace('9999', '8888'))
      return true
    })
    await expect(download({ partSize: 2 ** 20 })).rejects.toMatchObject({
      kind: 'integrity',
      code: 'S3_CHANGED',
    })
  })
})

test.each([
  [0, ['ab', 'c', 'def']],
  [1, ['b', 'c', 'def']],
  [2, ['c', 'def']],
  [4, ['ef']],
  [6, []],
])('of pieces that a disk has taken %i bytes of, the rest is written next', (bytes, left) => {
  const pieces = ['ab', 'c', '', 'def'].map((text) => Buffer.from(text))
  expect(withoutFirst(pieces, bytes).map(String)).toEqual(left)
})

describe('a line that breaks', () => {
  test('in the middle of a body costs only the bytes that did not come', async () => {
    fault('truncate')
    fault('reset')
    expect(await download({ partSize: 2 ** 20 })).toMatchObject({ text: BODY.toString() })
    expect(ranges()[0]).toBe(`bytes=0-${BODY.length - 1}`)
    expect(ranges().at(-1)).toBe(`bytes=${Math.floor(BODY.length / 2)}-${BODY.length - 1}`)
  })

  test('again and again is given up when nothing more comes', async () => {
    const silent = { status: 206, headers: { etag: `"${OID}"`, 'content-range': `bytes 0-9/${BODY.length}` } }
    fault({ ...silent, body: '' }, 99)
    await expect(download({ partSize: 2 ** 20 })).rejects.toMatchObject({
      kind: 'upstream',
      code: 'S3_TRUNCATED',
    })
    expect(ranges()).toHaveLength(5)
  })

  test('by silence is told from one that is slow', async () => {
    await connect({ store: { idle: 50 } })
    fault(
      {
        status: 206,
        headers: {
          etag: `"${OID}"`,
          'content-range': `bytes 0-${BODY.length - 1}/${BODY.length}`,
          'content-length': String(BODY.length),
        },
        body: (async function* () {
          yield BODY.subarray(0, 100)
          await new Promise(() => {})
        })(),
      },
      1,
    )
    expect(await download({ partSize: 2 ** 20 })).toMatchObject({ text: BODY.toString() })
    expect(ranges()[1]).toBe(`bytes=100-${BODY.length - 1}`)
  })

  test('is not waited for by a cancelled step', async () => {
    fault(
      {
        status: 206,
        headers: { etag: `"${OID}"`, 'content-range': `bytes 0-99/${BODY.length}`, 'content-length': '100' },
        body: (async function* () {
          yield 'x'
          remote.controller.abort(new Error('cancelled'))
          await new Promise(() => {})
        })(),
      },
      1,
    )
    await expect(download({ partSize: 100 })).rejects.toThrow('cancelled')
  })

  test('a server that does not know ranges sends everything, and only what was asked for is taken', async () => {
    fault({ status: 200, headers: { etag: `"${OID}"` }, body: BODY }, 99)
    expect(await download({ partSize: 20_000 })).toEqual({ fetched: BODY.length, text: BODY.toString() })
  })

  test.each([
    ['an empty success', { status: 200 }, 'S3_NO_ETAG'],
    [
      'a login page',
      { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' },
      'S3_LOGIN_PAGE',
    ],
    [
      'a range that is none',
      { status: 206, headers: { etag: '"x"', 'content-range': 'lines 1-2' }, body: 'x' },
      'S3_NO_ETAG',
    ],
  ])('%s is no object', async (_what, respond, code) => {
    fault(respond, 99)
    await expect(download()).rejects.toMatchObject({ code })
  })
})

describe('an object in an archive', () => {
  const xml = (status: number, code: string) => ({
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<Error><Code>${code}</Code><Message>${code}</Message></Error>`,
  })

  test('is named, with how to restore it', async () => {
    fault(xml(403, 'InvalidObjectState'), 99)
    await expect(openObject(store, 'data', KEY)).rejects.toMatchObject({
      kind: 'policy',
      code: 'S3_ARCHIVED',
      message: expect.stringContaining(`restore-object --bucket data --key ${KEY}`),
    })
  })

  test.each([
    [{}, undefined],
    [{ 'x-amz-storage-class': 'GLACIER' }, 'archived'],
    [{ 'x-amz-storage-class': 'GLACIER_IR' }, undefined],
    [{ 'x-amz-storage-class': 'DEEP_ARCHIVE', 'x-amz-restore': 'ongoing-request="true"' }, 'restoring'],
    [
      { 'x-amz-storage-class': 'GLACIER', 'x-amz-restore': 'ongoing-request="false", expiry-date="Fri"' },
      undefined,
    ],
    [{ 'x-amz-storage-class': 'INTELLIGENT_TIERING', 'x-amz-archive-status': 'ARCHIVE_ACCESS' }, 'archived'],
  ])('is told by its headers: %j is %s', async (headers, archive) => {
    const answered = { etag: '"e"', 'content-length': '1', ...headers }
    fault({ status: 200, headers: answered }, 1, ({ method }) => method === 'HEAD')
    expect(await headObject(store, 'data', KEY)).toMatchObject({ archive })
  })
})

test('a key of the customer goes with every read', async () => {
  const key = Buffer.alloc(32, 'k').toString('base64')
  await repository.write('.dvc/config', `${CONFIG}    sse_customer_key = ${key}\n`)
  await connect()
  const objects = remote.server.state.buckets.get('data')?.objects
  const object = objects?.get(KEY)
  if (object === undefined) throw new Error('there is no object')
  const keyMd5 = createHash('md5').update(Buffer.from(key, 'base64')).digest('base64')
  objects?.set(KEY, { ...object, encryption: { kind: 'customer', keyMd5 } })
  await readObject(store, WANTED)
  await headObject(store, 'data', KEY)
  for (const { headers } of remote.server.requests)
    expect(headers).toMatchObject({
      'x-amz-server-side-encryption-customer-algorithm': 'AES256',
      'x-amz-server-side-encryption-customer-key': key,
      'x-amz-server-side-encryption-customer-key-md5': expect.any(String),
    })
  expect(remote.server.requests).toHaveLength(2)
})
