import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { RecordedRequest, SandboxRequest } from '@mlops-actions/sandbox/server'
import { md5Hex } from '../src/objects/hash.ts'
import { createHashPool, type HashPool } from '../src/objects/hash-pool.ts'
import { fitsPlan, partSizeFor, planParts } from '../src/store/part-plan.ts'
import { type ConnectOptions, type RemoteOptions, startRemote, type TestRemote } from './remote.ts'
import { CONFIG, dvcFile, makeRepository, type TestRepository } from './repository.ts'

const BIG = Array.from({ length: 500 }, (_, at) => `line ${at}\n`).join('')
const OID = md5Hex(BIG)
const KEY = `dvc/files/md5/${OID.slice(0, 2)}/${OID.slice(2)}`
const SIZES = { multipartThreshold: 1_000, partSize: 1_000 }
const PARTS = Math.ceil(BIG.length / SIZES.partSize)

let remote: TestRemote
let repository: TestRepository

async function start(options: RemoteOptions = {}): Promise<void> {
  await remote?.close()
  remote = await startRemote(options)
  remote.server.state.minPartSize = 1
}

beforeEach(async () => {
  await start()
  repository = await makeRepository({ 'big.bin': BIG, 'big.bin.dvc': dvcFile(OID, 'big.bin') })
})
afterEach(async () => {
  await remote.close()
  await repository.close()
})

/** For all tests: threads cost more to start than most of the tests. */
const shared = createHashPool({ signal: new AbortController().signal })
afterAll(() => shared.close())

const push = async (options: ConnectOptions = {}, sizes = SIZES, pool: HashPool = shared) =>
  (await remote.connect(repository.root, options)).push({ sizes, pool })
const uploads = () => remote.server.state.uploads
const isPart = ({ method, query }: { readonly method: string; readonly query: string | URLSearchParams }) =>
  method === 'PUT' && query.toString().includes('partNumber=')
const sentParts = () =>
  remote.server.requests
    .filter((request) => isPart(request) && request.status === 200)
    .map(({ query }) => Number(/partNumber=(\d+)/.exec(query)?.[1]))
    .sort((a, b) => a - b)
const refuse = (status: number, code: string, match: (request: SandboxRequest) => boolean, times = 99) =>
  remote.server.faults.push({
    match,
    times,
    respond: {
      status,
      headers: { 'content-type': 'application/xml' },
      body: `<Error><Code>${code}</Code><Message>${code}</Message></Error>`,
    },
  })
const isPartNumber = (number: number) => (request: SandboxRequest) =>
  isPart(request) && request.query.get('partNumber') === String(number)

/** Leaves an upload of which every part but the last has arrived, as a run that was killed does. */
async function leaveUnfinished(): Promise<void> {
  remote.server.state.deny.push({ action: 's3:AbortMultipartUpload' })
  refuse(400, 'EntityTooLarge', isPartNumber(PARTS))
  const { result } = await push()
  expect(result.failed.size).toBe(1)
  remote.server.faults.length = 0
  remote.server.state.deny.length = 0
  remote.server.requests.length = 0
  expect(uploads().size).toBe(1)
}

describe('the parts of an object', () => {
  test.each([
    [2 ** 30, 8 * 2 ** 20, 8 * 2 ** 20],
    [100 * 2 ** 30, 8 * 2 ** 20, 11 * 2 ** 20],
    [5 * 2 ** 40, 8 * 2 ** 20, 525 * 2 ** 20],
  ])('of %i bytes, in pieces of %i if that is enough, have %i', (size, partSize, expected) => {
    const length = partSizeFor(size, { partSize })
    expect(length).toBe(expected)
    expect(planParts(size, length).length).toBeLessThanOrEqual(10_000)
  })

  test('are all of the same size but for the last', () => {
    expect(planParts(25, 10)).toEqual([
      { number: 1, length: 10 },
      { number: 2, length: 10 },
      { number: 3, length: 5 },
    ])
    expect(planParts(20, 10)).toHaveLength(2)
  })

  test('fit what an earlier run has sent only where every length is the same', () => {
    const stored = (number: number, size: number) => ({ number, size, etag: 'e', crc32: undefined })
    expect(fitsPlan([stored(3, 5), stored(1, 10)], planParts(25, 10))).toBe(true)
    expect(fitsPlan([stored(3, 10)], planParts(25, 10))).toBe(false)
    expect(fitsPlan([stored(4, 5)], planParts(25, 10))).toBe(false)
  })
})

describe('a large file', () => {
  test('goes in parts with CRC32, which the server has said that it keeps, and a second push sends nothing', async () => {
    const { result } = await push()
    expect([...result.sent.values()]).toEqual([BIG.length])
    expect(remote.body(KEY)).toBe(BIG)
    const parts = remote.server.requests.filter(isPart)
    expect(parts).toHaveLength(PARTS)
    for (const { headers } of parts) {
      expect(headers['x-amz-checksum-crc32']).toMatch(/^[A-Za-z0-9+/]{6}==$/)
      expect(headers['content-md5']).toBeUndefined()
    }
    expect((await push()).result.sent.size).toBe(0)
  })

  test.each(['ignored', 'refused'] as const)(
    'goes in parts with Content-MD5 where checksums are %s',
    async (how) => {
      remote.server.state.quirks.checksums = how
      await push()
      expect(remote.body(KEY)).toBe(BIG)
      for (const { headers } of remote.server.requests.filter(isPart)) {
        expect(headers['content-md5']).toMatch(/^[A-Za-z0-9+/]{22}==$/)
        expect(headers['x-amz-checksum-crc32']).toBeUndefined()
      }
    },
  )

  test('of DVC 2 goes in parts too, by its own hash', async () => {
    const text = 'a\r\nb\r\n'.repeat(300_000)
    const oid = md5Hex('a\nb\n'.repeat(300_000))
    await repository.write('old', text)
    await repository.write('old.dvc', `outs:\n- md5: ${oid}\n  path: old\n`)
    await repository.remove('big.bin.dvc')
    const { result } = await push({}, { multipartThreshold: 2 ** 20, partSize: 2 ** 20 })
    expect(result.failed.size).toBe(0)
    expect(remote.body(`dvc/${oid.slice(0, 2)}/${oid.slice(2)}`)).toBe(text)
  })

  test('is encrypted and given away as the remote says, and the key of a customer goes with every part', async () => {
    const key = Buffer.alloc(32, 'k').toString('base64')
    await repository.write(
      '.dvc/config',
      `${CONFIG}    acl = bucket-owner-full-control\n    sse_customer_key = ${key}\n`,
    )
    await push()
    const headersOf = (wanted: (request: RecordedRequest) => boolean) =>
      remote.server.requests.filter(wanted).map(({ headers }) => headers)
    const own = { 'x-amz-server-side-encryption-customer-key': key }
    const create = headersOf(({ method, query }) => method === 'POST' && query.startsWith('uploads'))
    expect(create).toEqual([expect.objectContaining({ ...own, 'x-amz-acl': 'bucket-owner-full-control' })])
    for (const headers of headersOf(isPart)) {
      expect(headers).toMatchObject(own)
      expect(headers['x-amz-acl']).toBeUndefined()
    }
  })
})

describe('an upload that a killed run has left', () => {
  test('is continued: only what is missing goes over the line', async () => {
    await leaveUnfinished()
    const { result } = await push()
    expect(sentParts()).toEqual([PARTS])
    expect([...result.sent.values()]).toEqual([BIG.length % SIZES.partSize])
    expect([remote.body(KEY), uploads().size]).toEqual([BIG, 0])
  })

  test('is continued by the MD5 of its parts where the server does not speak of checksums', async () => {
    remote.server.state.quirks.checksums = 'ignored'
    await leaveUnfinished()
    await push()
    expect([sentParts(), remote.body(KEY)]).toEqual([[PARTS], BIG])
  })

  test('with a part that is another one has that part sent again', async () => {
    await leaveUnfinished()
    const [upload] = uploads().values()
    const part = upload?.parts.get(1)
    if (upload === undefined || part === undefined) throw new Error('there is no part')
    upload.parts.set(1, {
      ...part,
      body: Buffer.alloc(1_000, 'x'),
      checksum: 'AAAAAA==',
      etag: '0'.repeat(32),
    })
    await push()
    expect([sentParts(), remote.body(KEY)]).toEqual([[1, PARTS], BIG])
  })

  test('with other parts is left alone while it may be of a run that goes on', async () => {
    await leaveUnfinished()
    const { result } = await push({}, { ...SIZES, partSize: 2_000 })
    expect(result.failed.size).toBe(0)
    expect([remote.body(KEY), uploads().size]).toEqual([BIG, 1])
  })

  test('and that is older than any run has its parts thrown away once the object is there', async () => {
    await leaveUnfinished()
    const [[id, upload] = []] = uploads()
    if (id === undefined || upload === undefined) throw new Error('there is no upload')
    uploads().set(id, { ...upload, initiatedAt: Date.now() - 7 * 24 * 3_600_000 })
    await push({}, { ...SIZES, partSize: 2_000 })
    expect([remote.body(KEY), uploads().size]).toEqual([BIG, 0])
  })

  test.each([
    ['s3:ListBucketMultipartUploads', 'arn:aws:s3:::data'],
    ['s3:ListMultipartUploadParts', `arn:aws:s3:::data/${KEY}`],
  ])(
    'is not needed: without %s everything is sent, and that it is lacking is told',
    async (action, resource) => {
      await leaveUnfinished()
      remote.server.state.deny.push({ action })
      const denied: unknown[] = []
      const { push: again } = await remote.connect(repository.root)
      await again({ sizes: SIZES, pool: shared, onDenied: (one) => denied.push(one) })
      expect([sentParts().length, remote.body(KEY)]).toEqual([PARTS, BIG])
      expect(denied).toEqual([{ action, resource }])
    },
  )

  test('on a server that lists none is not needed, and nobody is told of a right', async () => {
    await leaveUnfinished()
    refuse(501, 'NotImplemented', ({ method, query }) => method === 'GET' && query.has('uploads'))
    const denied: unknown[] = []
    const { push: again } = await remote.connect(repository.root)
    await again({ sizes: SIZES, pool: shared, onDenied: (one) => denied.push(one) })
    expect([remote.body(KEY), denied]).toEqual([BIG, []])
  })

  test('and that another run completes meanwhile is there, and counts for nothing sent', async () => {
    await leaveUnfinished()
    refuse(404, 'NoSuchUpload', (request) => {
      if (!isPart(request)) return false
      remote.plant(KEY, BIG)
      return true
    })
    const { result } = await push()
    expect([...result.sent.values()]).toEqual([0])
  })

  test('and that another run gives up meanwhile is begun anew', async () => {
    await leaveUnfinished()
    refuse(404, 'NoSuchUpload', isPart, 2)
    const { result } = await push()
    expect([...result.sent.values()]).toEqual([BIG.length])
    expect(remote.body(KEY)).toBe(BIG)
  })

  test('when the remote was configured otherwise is sent again, encrypted as it is wanted now', async () => {
    await leaveUnfinished()
    await repository.write('.dvc/config', `${CONFIG}    sse = aws:kms\n`)
    const { result } = await push()
    expect(result.failed.size).toBe(0)
    const created = remote.server.requests.filter(
      ({ method, query }) => method === 'POST' && query.startsWith('uploads'),
    )
    expect(created.map(({ headers }) => headers['x-amz-server-side-encryption'])).toEqual(['aws:kms'])
    expect(sentParts()).toHaveLength(PARTS + 1)
  })
})

describe('what goes wrong on the way', () => {
  test('the answer to the last request is lost, and the object is there', async () => {
    remote.server.faults.push({
      match: ({ method, query }) => method === 'POST' && query.has('uploadId'),
      times: 1,
      respond: 'reset-after',
    })
    const { result } = await push()
    expect([result.failed.size, remote.body(KEY)]).toEqual([0, BIG])
  })

  test('a part that is damaged on the line is refused and sent again', async () => {
    refuse(400, 'BadDigest', isPartNumber(2), 1)
    const { result } = await push()
    expect([result.failed.size, remote.body(KEY)]).toEqual([0, BIG])
  })

  test('a part that stays refused leaves nothing behind', async () => {
    refuse(400, 'BadDigest', isPartNumber(2))
    const { result } = await push()
    expect([...result.failed.values()].map(({ code }) => code)).toEqual(['S3_BAD_DIGEST'])
    expect([remote.keys(), uploads().size]).toEqual([[], 0])
  })

  test.each([
    ['other bytes', 'y'.repeat(BIG.length), /its bytes hash to/],
    ['fewer bytes', BIG.slice(0, 2_500), /became shorter/],
    ['more bytes', `${BIG}more`, /became longer/],
  ])('a file that has %s now is never completed', async (_what, content, words) => {
    const connected = await remote.connect(repository.root)
    const planned = await connected.plan()
    await repository.write('big.bin', content)
    for (const multipartThreshold of [1_000, 100_000]) {
      const { result } = await connected.push({ sizes: { multipartThreshold, partSize: 1_000 } }, planned)
      expect([...result.failed.values()]).toEqual([
        expect.objectContaining({
          code: 'DVC_CHANGED',
          message: expect.stringMatching(multipartThreshold === 1_000 ? words : /hash to|became longer/),
        }),
      ])
    }
    expect([remote.keys(), uploads().size]).toEqual([[], 0])
  })
})

describe('a large file that is hashed while it is sent', () => {
  const later = { hashLaterFrom: 1_000 }

  test('is read once, and there when it is right', async () => {
    const { plan, result } = await push(later)
    expect(plan.whileSending?.size).toBe(1)
    expect([...result.sent.values()]).toEqual([BIG.length])
    expect(remote.body(KEY)).toBe(BIG)
  })

  test('and is newer than what is recorded keeps everything from becoming visible', async () => {
    await repository.write('big.bin', BIG.replace('line 250', 'LINE 250'))
    await repository.write('other.bin', BIG.toUpperCase())
    await repository.write('other.bin.dvc', dvcFile(md5Hex(BIG.toUpperCase()), 'other.bin'))
    await repository.write('small', 'x')
    await repository.write('small.dvc', dvcFile(md5Hex('x'), 'small'))
    const { plan, result } = await push(later)
    expect(plan.problems).toEqual([])
    expect(result.problems).toMatchObject([
      { kind: 'stale', path: 'big.bin', seen: expect.stringMatching(/its bytes hash to/) },
    ])
    expect([result.sent.size, remote.keys(), uploads().size]).toEqual([0, [], 0])
  })

  test('and is damaged in the cache is corrupt', async () => {
    await repository.remove('big.bin')
    await repository.write(`.dvc/cache/files/md5/${OID.slice(0, 2)}/${OID.slice(2)}`, 'x'.repeat(BIG.length))
    const { result } = await push(later)
    expect(result.problems).toMatchObject([{ kind: 'corrupt', path: 'big.bin' }])
    expect([remote.keys(), uploads().size]).toEqual([[], 0])
  })

  test('and is one damaged of ten that are hashed side by side is the one that is named, and none becomes visible', async () => {
    for (let at = 0; at < 10; at++) {
      const bytes = `${at} `.repeat(200_000)
      await repository.write(`f${at}.dvc`, dvcFile(md5Hex(bytes), `f${at}`))
      await repository.write(`f${at}`, at === 6 ? `${bytes.slice(0, -2)}7 ` : bytes)
    }
    const sizes = { multipartThreshold: 1_000, partSize: 2 ** 17 }
    const { result } = await push(later, sizes)
    expect(result.problems).toMatchObject([{ kind: 'stale', path: 'f6' }])
    expect([remote.keys(), uploads().size]).toEqual([[], 0])
    await repository.write('f6', '6 '.repeat(200_000))
    expect((await push(later, sizes)).result).toMatchObject({ problems: [], failed: new Map() })
    expect(remote.keys()).toHaveLength(11)
  })

  test('of another size than recorded is not even begun', async () => {
    await repository.write('big.bin.dvc', dvcFile(OID, 'big.bin', `  size: ${BIG.length}\n`))
    await repository.write('big.bin', `${BIG}more`)
    const { plan } = await push(later)
    expect(plan.problems).toMatchObject([
      { kind: 'stale', seen: expect.stringMatching(/now has 5?\d+ bytes/) },
    ])
    expect(remote.server.requests.some(({ method }) => method === 'POST')).toBe(false)
  })

  test('is hashed before anything is sent where something else is known to be wrong', async () => {
    await repository.write('big.bin', 'y'.repeat(BIG.length))
    await repository.write('gone.dvc', dvcFile(md5Hex('gone'), 'gone'))
    const { problems, whileSending } = await (await remote.connect(repository.root, later)).plan()
    expect(problems.map(({ kind, path }) => `${kind} ${path}`)).toEqual(['missing gone', 'stale big.bin'])
    expect(whileSending?.size).toBe(0)
  })

  test('is hashed too where the remote has it: it may be newer all the same', async () => {
    await push()
    await repository.write('big.bin', 'y'.repeat(BIG.length))
    const { problems } = await (await remote.connect(repository.root, later)).plan()
    expect(problems).toMatchObject([{ kind: 'stale', path: 'big.bin' }])
  })

  test('and whose line breaks is hashed all the same before the others are sent', async () => {
    await repository.write('big.bin', BIG.replace('line 499', 'LINE 499'))
    await repository.write('small', 'x')
    await repository.write('small.dvc', dvcFile(md5Hex('x'), 'small'))
    refuse(400, 'EntityTooLarge', isPartNumber(1))
    const { result } = await push(later)
    expect(result.problems).toMatchObject([{ kind: 'stale', path: 'big.bin' }])
    expect([remote.keys(), uploads().size]).toEqual([[], 0])
  })

  test('whose line breaks, and that is right, does not keep the others back', async () => {
    await repository.write('small', 'x')
    await repository.write('small.dvc', dvcFile(md5Hex('x'), 'small'))
    refuse(400, 'EntityTooLarge', isPartNumber(1))
    const { result } = await push(later)
    expect([result.problems, result.failed.size, result.sent.size]).toEqual([[], 1, 1])
  })

  test('leaves no parts when the step is cancelled', async () => {
    refuse(400, 'x', (request) => {
      if (isPartNumber(2)(request)) remote.controller.abort(new Error('cancelled'))
      return false
    })
    const pool = createHashPool(remote.controller)
    await expect(push(later, SIZES, pool)).rejects.toThrow('cancelled')
    expect([remote.keys(), uploads().size]).toEqual([[], 0])
  })
})
