import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTlsServer } from 'node:tls'
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createAuthority, createIdentity, type Identity } from '@mlops-actions/sandbox/faults'
import { md5Hex } from '../src/objects/hash.ts'
import { createDirect, type Direct } from '../src/store/direct.ts'
import type { DirectFile } from '../src/store/direct-file.ts'
import type { FetchDeadlines, FetchRequest } from '../src/store/fetch/job.ts'
import { isWanted, parseHead } from '../src/store/fetch/response-head.ts'

/** More than a buffer of the thread holds, and not a multiple of it. */
const SIZE = 400_001
const BODY = Buffer.from(Array.from({ length: SIZE }, (_, at) => at % 251))
const ETAG = 'e1'
const WHOLE = { start: 0, length: SIZE, size: SIZE, etag: ETAG }
const HEAD = [
  'HTTP/1.1 206 Partial Content',
  `ETag: "${ETAG}"`,
  `Content-Length: ${SIZE}`,
  `Content-Range: bytes 0-${SIZE - 1}/${SIZE}`,
]
const ANSWER = Buffer.concat([Buffer.from(`${HEAD.join('\r\n')}\r\n\r\n`), BODY])
const PATIENT: FetchDeadlines = { connect: 10_000, answer: 10_000, idle: 10_000 }
const authority = createAuthority()
const identity = createIdentity({ hosts: ['localhost', '127.0.0.1'] }, authority)
const misnamed = createIdentity({ hosts: ['localhost'] }, authority)

type Play = (socket: Socket) => void

let folder: string
let path: string
/** One thread for all tests: to start one costs more than most of them. */
let direct: Direct
let trusted: readonly string[] | undefined
let closing: (() => void)[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fetch-'))
  path = join(folder, 'file')
  await writeFile(path, '')
  closing = []
  use(undefined)
})
afterEach(async () => {
  for (const close of closing) close()
  await rm(folder, { recursive: true, force: true })
})

afterAll(() => direct.close())

function use(ca: readonly string[] | undefined): void {
  if (direct !== undefined && ca === trusted) return
  direct?.close()
  trusted = ca
  const gets = { isOpen: () => true, sign: async () => undefined, settle: async () => undefined }
  const { signal } = new AbortController()
  direct = createDirect({ signal }, { gets, line: { ca }, requestTimeout: 10_000, threads: 1 })
}

/** Plays one answer to each request, whatever it asks; says how many connections there were and what was asked. */
async function serve(plays: readonly Play[], tls?: Identity) {
  const seen = { connections: 0, requests: [] as string[] }
  const onConnection = (socket: Socket) => {
    seen.connections += 1
    socket.setNoDelay(true)
    let text = ''
    socket.on('error', () => undefined)
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1')
      for (let end = text.indexOf('\r\n\r\n'); end !== -1; end = text.indexOf('\r\n\r\n')) {
        const play = plays[seen.requests.length]
        seen.requests.push(text.slice(0, end))
        text = text.slice(end + 4)
        play?.(socket)
      }
    })
    closing.push(() => socket.destroy())
  }
  const server = tls === undefined ? createServer(onConnection) : createTlsServer(tls, onConnection)
  closing.push(() => server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { seen, port: (server.address() as AddressInfo).port }
}

function requestTo(port: number, change: Partial<FetchRequest> = {}): FetchRequest {
  const head = 'GET /data/key HTTP/1.1\r\nhost: x\r\n\r\n'
  return { isTls: false, host: '127.0.0.1', port, head, wanted: WHOLE, deadlines: PATIENT, ...change }
}

async function withFile<T>(work: (file: DirectFile) => Promise<T>): Promise<T> {
  const file = await direct.open({ path, on: 'x', isParted: false })
  try {
    return await work(file)
  } finally {
    file.close()
  }
}

const fetchFrom = (port: number, change?: Partial<FetchRequest>) =>
  withFile((file) => file.fetch(requestTo(port, change), undefined))

const say =
  (...pieces: readonly (string | Buffer)[]): Play =>
  (socket) => {
    for (const piece of pieces) socket.write(piece)
  }
const sayAndEnd =
  (...pieces: readonly (string | Buffer)[]): Play =>
  (socket) => {
    for (const piece of pieces) socket.write(piece)
    socket.end()
  }
const headWith = (...lines: readonly string[]) => `${lines.join('\r\n')}\r\n\r\n`

describe('an answer that is whole', () => {
  test('is in the file, and hashed', async () => {
    const { port } = await serve([say(ANSWER)])
    const reports: number[] = []
    const seen = await withFile(async (file) => {
      const answer = await file.fetch(requestTo(port), (bytes) => reports.push(bytes))
      return { answer, hash: await file.finish() }
    })
    expect(seen).toEqual({ answer: { got: SIZE }, hash: { md5: md5Hex(BODY), size: SIZE } })
    expect((await readFile(path)).equals(BODY)).toBe(true)
    expect(reports.reduce((sum, bytes) => sum + bytes, 0)).toBe(SIZE)
  })

  test('may be a 200 where everything was asked for', async () => {
    const head = headWith('HTTP/1.1 200 OK', `etag: "${ETAG}"`, `content-length: ${SIZE}`)
    const { port } = await serve([say(head, BODY)])
    expect(await fetchFrom(port)).toEqual({ got: SIZE })
  })

  test('is asked for by the bytes of the request, and goes where its range lies', async () => {
    const wanted = { ...WHOLE, start: 5, length: 3 }
    const range = `content-range: bytes 5-7/${SIZE}`
    const head = headWith('HTTP/1.1 206 Partial Content', `etag: "${ETAG}"`, 'content-length: 3', range)
    const { port, seen } = await serve([say(head, 'abc')])
    await writeFile(path, '01234567')
    const hash = await withFile(async (file) => {
      expect(await file.fetch(requestTo(port, { wanted }), undefined)).toEqual({ got: 3 })
      await file.skip(8)
      return file.finish()
    })
    expect(seen.requests).toEqual(['GET /data/key HTTP/1.1\r\nhost: x'])
    expect(await readFile(path, 'utf8')).toBe('01234abc')
    expect(hash).toEqual({ md5: md5Hex('01234abc'), size: 8 })
  })

  // Under TLS every piece that is written is read by itself.
  test('may be cut anywhere', async () => {
    const cuts = Array.from({ length: ANSWER.length - SIZE + 3 }, (_, at) => at + 1)
    const plays = cuts.map((at) => say(ANSWER.subarray(0, at), ANSWER.subarray(at)))
    const single = [...ANSWER.subarray(0, 200)].map((byte) => Buffer.of(byte))
    const { port, seen } = await serve([...plays, say(...single, ANSWER.subarray(200))], identity)
    use([authority.certificate])
    for (let at = 0; at <= cuts.length; at++) {
      await writeFile(path, '')
      expect(await fetchFrom(port, { isTls: true, host: 'localhost' })).toEqual({ got: SIZE })
      expect((await readFile(path)).equals(BODY)).toBe(true)
    }
    expect(seen).toMatchObject({ connections: 1, requests: { length: cuts.length + 1 } })
  })

  test('comes over the connection of the one before', async () => {
    const { port, seen } = await serve([say(ANSWER), say(ANSWER), say(ANSWER)])
    for (let at = 0; at < 3; at++) expect(await fetchFrom(port)).toEqual({ got: SIZE })
    expect(seen.connections).toBe(1)
  })

  test.each([
    ['that the server closes', headWith(...HEAD, 'Connection: close'), BODY],
    ['with more than was promised behind it', headWith(...HEAD), Buffer.concat([BODY, Buffer.from('x')])],
  ])('over a connection %s is the last one there', async (_what, head, body) => {
    const { port, seen } = await serve([say(Buffer.concat([Buffer.from(head), body])), say(ANSWER)])
    for (let at = 0; at < 2; at++) expect(await fetchFrom(port)).toEqual({ got: SIZE })
    expect((await readFile(path)).equals(BODY)).toBe(true)
    expect(seen.connections).toBe(2)
  })
})

describe('an answer that does not count', () => {
  const range = `content-range: bytes 0-${SIZE - 1}/${SIZE}`
  const etag = `etag: "${ETAG}"`
  const length = `content-length: ${SIZE}`
  const ok = 'HTTP/1.1 206 Partial Content'

  test.each([
    ['a login page', headWith('HTTP/1.1 200 OK', 'content-type: text/html', length), 200],
    ['an empty success', headWith('HTTP/1.1 200 OK', etag, 'content-length: 0'), 200],
    ['another version', headWith(ok, 'etag: "e2"', length, range), 206],
    ['a version nobody names', headWith(ok, length, range), 206],
    ['two versions', headWith(ok, etag, etag, length, range), 206],
    ['a body in chunks', headWith(ok, etag, 'transfer-encoding: chunked', range), 206],
    ['chunks and a length', headWith(ok, etag, length, 'transfer-encoding: chunked', range), 206],
    ['no length', headWith(ok, etag, range), 206],
    ['two lengths', headWith(ok, etag, length, length, range), 206],
    ['a shorter length', headWith(ok, etag, `content-length: ${SIZE - 1}`, range), 206],
    ['a longer length', headWith(ok, etag, `content-length: ${SIZE + 1}`, range), 206],
    ['a length with a sign', headWith(ok, etag, `content-length: +${SIZE}`, range), 206],
    ['another range', headWith(ok, etag, length, `content-range: bytes 1-${SIZE}/${SIZE + 1}`), 206],
    ['a range of another size', headWith(ok, etag, length, `content-range: bytes 0-${SIZE - 1}/*`), 206],
    ['no range', headWith(ok, etag, length), 206],
    ['a redirect', headWith('HTTP/1.1 307 Temporary Redirect', 'location: http://127.0.0.1:1/'), 307],
    ['a continuation', headWith('HTTP/1.1 100 Continue'), 100],
    ['an old version of HTTP', headWith('HTTP/1.0 206 Partial Content', etag, length, range), undefined],
    ['another protocol', 'SSH-2.0-OpenSSH_9.6\r\n\r\n', undefined],
    ['a folded line', headWith(ok, etag, ' folded: 1', length, range), undefined],
    ['a space before a colon', headWith(ok, etag, `content-length : ${SIZE}`, range), undefined],
    ['a bare line feed', headWith(ok, etag, `x: 1\n${length}`, range), undefined],
    ['a bare carriage return', headWith(ok, etag, `x: 1\r${length}`, range), undefined],
    ['a NUL', headWith(ok, etag, 'x: \0', length, range), undefined],
    ['a head without end', `${ok}\r\n${'x: 1\r\n'.repeat(4_000)}`, undefined],
  ])('%s is handed back with its status, and its connection is closed', async (_what, head, status) => {
    const { port, seen } = await serve([say(head, BODY), say(ANSWER)])
    expect(await fetchFrom(port)).toEqual({ got: 0, refused: { status } })
    expect((await readFile(path)).length).toBe(0)
    expect(await fetchFrom(port)).toEqual({ got: SIZE })
    expect(seen.connections).toBe(2)
  })

  test('says how long the server wants to be left alone', async () => {
    const head = headWith('HTTP/1.1 503 Slow Down', 'Retry-After: 7', 'content-length: 0')
    const { port } = await serve([say(head)])
    expect(await fetchFrom(port)).toEqual({ got: 0, refused: { status: 503, retryAfter: '7' } })
  })

  test('is a range other than the one that was asked for, where the server knows none', async () => {
    const head = headWith('HTTP/1.1 200 OK', etag, length)
    const { port } = await serve([say(head, BODY)])
    const wanted = { ...WHOLE, start: 1, length: SIZE - 1 }
    expect(await fetchFrom(port, { wanted })).toEqual({ got: 0, refused: { status: 200 } })
  })
})

describe('a line that breaks', () => {
  test.each([
    ['before the answer', 0, 0],
    ['in the head', 20, 0],
    ['behind the head', ANSWER.length - SIZE, 0],
    ['in the body', ANSWER.length - 100, SIZE - 100],
  ])('%s leaves what came', async (_where, bytes, got) => {
    const { port } = await serve([sayAndEnd(ANSWER.subarray(0, bytes))])
    const seen = await withFile(async (file) => ({
      answer: await file.fetch(requestTo(port), undefined),
      hash: await file.finish(),
    }))
    expect(seen.answer).toEqual({ got, refused: { networkCode: 'ECONNRESET' } })
    expect(seen.hash).toEqual({ md5: md5Hex(BODY.subarray(0, got)), size: got })
    expect((await readFile(path)).equals(BODY.subarray(0, got))).toBe(true)
  })

  test('by a reset is no answer', async () => {
    const { port } = await serve([(socket) => socket.resetAndDestroy()])
    expect(await fetchFrom(port)).toEqual({ got: 0, refused: { networkCode: 'ECONNRESET' } })
  })

  test('while nobody uses it is not used again', async () => {
    const { port, seen } = await serve([sayAndEnd(ANSWER), say(ANSWER), say(ANSWER)])
    expect(await fetchFrom(port)).toEqual({ got: SIZE })
    // Either the thread has seen its end, or the request that went into it is handed back.
    const second = await fetchFrom(port)
    if (second.refused !== undefined) expect(await fetchFrom(port)).toEqual({ got: SIZE })
    expect(seen.connections).toBe(2)
  })

  test('is none where nobody listens', async () => {
    const { port } = await serve([])
    for (const close of closing) close()
    expect(await fetchFrom(port)).toEqual({ got: 0, refused: { networkCode: 'ECONNREFUSED' } })
  })
})

describe('a deadline', () => {
  test.each([
    ['answer', 0, 0],
    ['answer', ANSWER.length - SIZE - 1, 0],
    ['idle', ANSWER.length - 7, SIZE - 7],
  ] as const)('for the %s ends a silence after %i bytes', async (phase, bytes, got) => {
    const { port } = await serve([say(ANSWER.subarray(0, bytes))])
    const deadlines = { ...PATIENT, [phase]: 50 }
    expect(await fetchFrom(port, { deadlines })).toEqual({ got, refused: { isLate: true } })
  })

  test('for the connection counts TLS in', async () => {
    const { port } = await serve([])
    const deadlines = { ...PATIENT, connect: 50 }
    expect(await fetchFrom(port, { isTls: true, deadlines })).toEqual({ got: 0, refused: { isLate: true } })
  })

  test('for the answer is one for all of its head, however slowly that drips', async () => {
    const drip: Play = (socket) => {
      const timer = setInterval(() => socket.write('x'), 5)
      closing.push(() => clearInterval(timer))
    }
    const { port } = await serve([drip])
    const deadlines = { ...PATIENT, answer: 60 }
    expect(await fetchFrom(port, { deadlines })).toEqual({ got: 0, refused: { isLate: true } })
  })
})

describe('TLS', () => {
  test.each([
    ['an authority that nobody trusts', undefined, identity, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['a certificate for another name', [authority.certificate], misnamed, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ])('with %s sends nothing', async (_what, ca, from, networkCode) => {
    const { port, seen } = await serve([say(ANSWER)], from)
    use(ca)
    expect(await fetchFrom(port, { isTls: true })).toEqual({ got: 0, refused: { networkCode } })
    expect(seen.requests).toEqual([])
  })

  test('to an address is verified for that address', async () => {
    const { port } = await serve([say(ANSWER)], identity)
    use([authority.certificate])
    expect(await fetchFrom(port, { isTls: true })).toEqual({ got: SIZE })
  })
})

describe('a file', () => {
  test('that is not there is a failure of its name', async () => {
    await expect(
      direct.open({ path: join(folder, 'none'), on: 'data/x', isParted: false }),
    ).rejects.toMatchObject({
      kind: 'config',
      message: expect.stringContaining('data/x'),
    })
  })

  test('that is a link is not followed', async () => {
    await symlink(path, join(folder, 'link'))
    await expect(
      direct.open({ path: join(folder, 'link'), on: 'data/x', isParted: false }),
    ).rejects.toMatchObject({ kind: 'config' })
  })

  test('is hashed in order, whatever comes first', async () => {
    const half = SIZE - 300_000
    const part = (start: number, length: number) => {
      const range = `content-range: bytes ${start}-${start + length - 1}/${SIZE}`
      const head = headWith('HTTP/1.1 206 X', `etag: "${ETAG}"`, `content-length: ${length}`, range)
      return say(head, BODY.subarray(start, start + length))
    }
    const { port } = await serve([part(half, SIZE - half), part(0, half)])
    const hash = await withFile(async (file) => {
      await file.fetch(requestTo(port, { wanted: { ...WHOLE, start: half, length: SIZE - half } }), undefined)
      await file.fetch(requestTo(port, { wanted: { ...WHOLE, length: half } }), undefined)
      await file.skip(SIZE)
      return file.finish()
    })
    expect(hash).toEqual({ md5: md5Hex(BODY), size: SIZE })
  })
})

describe('a small object', () => {
  const wanted = { start: 0, length: 5, size: 5, etag: ETAG }
  const head = headWith('HTTP/1.1 200 OK', `etag: "${ETAG}"`, 'content-length: 5')
  const small = (port: number, to = path) =>
    direct.fetchSmall({ path: to, md5: md5Hex('abcde') }, 'data/x', requestTo(port, { wanted }))

  test('becomes a file when all of it is there, in a folder that may be new', async () => {
    const { port } = await serve([say(head, 'ab', 'cde')])
    const to = join(folder, 'new', 'file')
    expect(await small(port, to)).toEqual({ got: 5 })
    expect(await readFile(to, 'utf8')).toBe('abcde')
  })

  test('takes the place of what a killed run has left, a link too', async () => {
    await symlink(path, join(folder, 'link'))
    const { port } = await serve([say(head, 'abcde')])
    expect(await small(port, join(folder, 'link'))).toMatchObject({ got: 5 })
    expect(await readFile(join(folder, 'link'), 'utf8')).toBe('abcde')
    expect(await readFile(path, 'utf8')).toBe('')
  })

  test.each([
    ['of which only a part comes', 'abc', { networkCode: 'ECONNRESET' }],
    ['of other bytes', 'ABCDE', { status: 200 }],
  ])('%s becomes none', async (_what, body, refused) => {
    await rm(path)
    const { port } = await serve([sayAndEnd(head, body)])
    expect(await small(port)).toEqual({ got: 0, refused })
    expect(existsSync(path)).toBe(false)
  })

  test('that cannot be written is a failure of its name', async () => {
    const { port } = await serve([say(head, 'abcde')])
    await expect(small(port, join(path, 'below'))).rejects.toMatchObject({
      message: expect.stringContaining('data/x'),
    })
  })
})

test('a thread ends with what it holds, and says why', async () => {
  const controller = new AbortController()
  const gets = { isOpen: () => true, sign: async () => undefined, settle: async () => undefined }
  const own = createDirect(controller, { gets, line: { ca: undefined }, requestTimeout: 10_000 })
  const { port } = await serve([() => controller.abort(new Error('cancelled'))])
  const file = await own.open({ path, on: 'x', isParted: true })
  await expect(file.fetch(requestTo(port), undefined)).rejects.toThrow('cancelled')
  await expect(own.open({ path, on: 'x', isParted: true })).rejects.toThrow('cancelled')
  file.close()
})

test.each([
  ['HTTP/1.1 200', { status: 200, isKept: true }],
  ['HTTP/1.1 200 OK\r\nA:1\r\na: 2 ', { status: 200, isKept: true }],
  ['HTTP/1.1 200 OK\r\nConnection: Keep-Alive, Close', { status: 200, isKept: false }],
  ['HTTP/1.1 2000 OK', undefined],
  ['HTTP/1.1 200OK', undefined],
  ['http/1.1 200 OK', undefined],
  ['HTTP/1.1 200 OK\r\n', undefined],
  ['HTTP/1.1 200 OK\r\n: x', undefined],
  ['HTTP/1.1 200 OK\r\nno colon', undefined],
  ['', undefined],
])('the head %j is read strictly', (text, wanted) => {
  const head = parseHead(text)
  if (wanted === undefined) expect(head).toBeUndefined()
  else expect(head).toMatchObject(wanted)
})

test('what is repeated is joined, and an ETag counts without its quotes', () => {
  const head = parseHead('HTTP/1.1 200 OK\r\nX: a\r\nx:  b\t\r\nETag: W/"e"\r\nContent-Length: 4')
  expect(head?.headers.get('x')).toBe('a, b')
  if (head === undefined) throw new Error('there is no head')
  expect(isWanted(head, { start: 0, length: 4, size: 4, etag: 'e' })).toBe(true)
  expect(isWanted(head, { start: 0, length: 4, size: 5, etag: 'e' })).toBe(false)
})
