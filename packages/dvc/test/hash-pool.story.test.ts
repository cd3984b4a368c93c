import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { hashFile } from '../src/objects/hash.ts'
import { batchSize, createHashPool, type FileToHash, type HashPool } from '../src/objects/hash-pool.ts'

const MIB = 2 ** 20
const text = (size: number) => Buffer.alloc(size, 'line\r\n')

const { signal } = new AbortController()
/** For all tests but those that end one: to start its threads costs more than most of them. */
const pool: HashPool = createHashPool({ signal }, 2)
let folder: string

afterAll(() => pool.close())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hash-pool-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function file(name: string, content: string | Buffer): Promise<string> {
  await writeFile(join(folder, name), content)
  return join(folder, name)
}

/** More files than are hashed without threads. */
async function manyFiles(): Promise<FileToHash[]> {
  const contents = [0, 1, 511, MIB - 1, MIB, MIB + 1, 2 * MIB, 3 * MIB + 17].map(text)
  for (let at = contents.length; at < 200; at++) contents.push(Buffer.from(`file ${at}\r\n`))
  const paths = await Promise.all(contents.map((content, at) => file(String(at), content)))
  return paths.flatMap((path) => [
    { path, name: 'md5' as const },
    { path, name: 'md5-dos2unix' as const },
  ])
}

describe('writing a file', () => {
  test('makes its folder, and replaces what was there', async () => {
    const path = join(folder, 'a/b/c')
    await pool.writeFile(path, new Uint8Array(text(100)).buffer)
    await pool.writeFile(path, new Uint8Array(text(10)).buffer)
    expect(await readFile(path)).toEqual(text(10))
  })

  test('names the file that cannot be written', async () => {
    const blocked = join(await file('no folder', ''), 'x')
    await expect(pool.writeFile(blocked, new ArrayBuffer(1))).rejects.toMatchObject({
      message: expect.stringContaining(blocked),
      // By these a full disk is told from anything else.
      cause: expect.objectContaining({ code: 'EEXIST', syscall: 'mkdir' }),
    })
  })
})

describe('hashing files', () => {
  test('gives the hash of each in order, whichever thread does it', async () => {
    const files = await manyFiles()
    const one = await Promise.all(files.map(({ path, name }) => hashFile(path, name, signal)))
    let told = 0
    expect(await pool.hashFiles(files, () => ++told)).toEqual(one)
    expect(told).toBe(files.length)
    expect(await pool.hashFiles(files.slice(0, 3))).toEqual(one.slice(0, 3))
    expect(await createHashPool({ signal }).hashFiles(files.slice(50, 60))).toEqual(one.slice(50, 60))
    expect(await pool.hashFiles([])).toEqual([])
  })

  test('names the file that cannot be read', async () => {
    const files = await manyFiles()
    const gone = join(folder, 'gone')
    await expect(pool.hashFiles([...files, { path: gone, name: 'md5' }])).rejects.toMatchObject({
      kind: 'config',
      message: expect.stringMatching(`${gone}: ENOENT`),
    })
    await expect(pool.hashFiles([{ path: folder, name: 'md5' }])).rejects.toThrow(/no regular file/)
  })

  test('does not wait for the other end of a pipe', async () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    const files = await manyFiles()
    await expect(pool.hashFiles([...files, { path: pipe, name: 'md5' }])).rejects.toThrow(/no regular file/)
  })

  test('a cancelled step ends it, in the middle of a file too', async () => {
    const controller = new AbortController()
    const pool = createHashPool(controller, 2)
    const endless = { path: await file('endless', ''), name: 'md5' as const }
    await truncate(endless.path, 2 ** 42)
    const files = await manyFiles()
    const hashing = pool.hashFiles([endless, ...files], () => controller.abort(new Error('cancelled')))
    await expect(hashing).rejects.toThrow('cancelled')
    await expect(pool.hashFiles(files)).rejects.toThrow('cancelled')
  })

  test('a pool that is idle, or was never closed, does not keep the process', () => {
    const script = `
      import { createHashPool } from '${new URL('../src/objects/hash-pool.ts', import.meta.url).href}'
      const pool = createHashPool({ signal: new AbortController().signal })
      const files = Array.from({ length: 300 }, () => ({ path: process.execPath + '-none', name: 'md5' }))
      await pool.hashFiles(files).catch((error) => console.log(error.code))`
    const { stdout, status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script])
    expect([stdout.toString(), status, stderr.toString()]).toEqual(['DVC_FILE_ACCESS\n', 0, ''])
  })

  test.each([
    [0, 0, 8],
    [8, 8 * 10, 256],
    [8, 8 * 2 ** 20, 16],
    [8, 8 * 2 ** 30, 1],
  ])('after %i files of %i bytes together the next job has %i', (done, bytes, size) => {
    expect(batchSize(done, bytes)).toBe(size)
  })
})

describe('reading a file once', () => {
  const content = Buffer.concat([text(MIB), Buffer.from('rest\r\n')])
  const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest('hex')
  const crc = (bytes: Buffer) => {
    const value = Buffer.alloc(4)
    value.writeUInt32BE(crc32(bytes))
    return value.toString('base64')
  }

  test('gives its parts with their sums, and the hash of the whole', async () => {
    const reading = await pool.openReading({ path: await file('x', content), name: 'md5' })
    expect(reading.size).toBe(content.length)
    const first = await reading.read(new ArrayBuffer(1_000), 'md5')
    expect(Buffer.from(first.bytes, 0, first.length)).toEqual(content.subarray(0, 1_000))
    expect([first.length, first.sum]).toEqual([1_000, md5(content.subarray(0, 1_000))])
    expect(await reading.skip(2_000)).toBe(2_000)
    const rest = await reading.read(new ArrayBuffer(2 * MIB), 'crc32')
    expect([rest.length, rest.sum]).toEqual([content.length - 2_000, crc(content.subarray(2_000))])
    expect(await reading.read(first.bytes, 'none')).toMatchObject({ length: 0, sum: '' })
    expect(await reading.finish()).toEqual({ md5: md5(content), size: content.length })
    expect(await reading.skip(Number.POSITIVE_INFINITY)).toBe(content.length)
    reading.close()
  })

  test("hashes as DVC 2 did, where the object is DVC 2's", async () => {
    const path = await file('x', content)
    const reading = await pool.openReading({ path, name: 'md5-dos2unix' })
    await reading.read(new ArrayBuffer(MIB), 'none')
    await reading.skip(Number.POSITIVE_INFINITY)
    expect(await reading.finish()).toEqual(await hashFile(path, 'md5-dos2unix', signal))
  })

  test('that is not there is said at once, and one that was closed is not read on', async () => {
    const pool = createHashPool({ signal }, 1)
    await expect(pool.openReading({ path: join(folder, 'gone'), name: 'md5' })).rejects.toThrow(/ENOENT/)
    const reading = await pool.openReading({ path: await file('x', 'x'), name: 'md5' })
    reading.close()
    await expect(reading.read(new ArrayBuffer(8), 'none')).rejects.toThrow(/not open/)
    pool.close()
    await expect(reading.finish()).rejects.toThrow(/closed/)
  })
})

describe('loading a whole file', () => {
  const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest('hex')

  test.each([0, 10, MIB - 1, MIB, 3 * MIB + 17])('of %i bytes gives them with their hash', async (size) => {
    const content = text(size)
    const path = await file('x', content)
    const loaded = await pool.loadFile({ path, name: 'md5' }, new ArrayBuffer(size))
    expect(Buffer.from(loaded.bytes).equals(content)).toBe(true)
    expect(loaded).toMatchObject({ length: size, md5: md5(content), rawMd5: md5(content), isCut: false })
    const old = await pool.loadFile({ path, name: 'md5-dos2unix' }, loaded.bytes)
    const { md5: name } = await hashFile(path, 'md5-dos2unix', signal)
    expect(old).toMatchObject({ length: size, md5: name, rawMd5: md5(content), isCut: false })
  })

  test.each([10, MIB, 3 * MIB])('that is longer, or shorter, than %i bytes says so', async (size) => {
    const path = await file('x', text(size + 1))
    const longer = await pool.loadFile({ path, name: 'md5' }, new ArrayBuffer(size))
    expect(longer).toMatchObject({ length: size, md5: md5(text(size)), isCut: true })
    const shorter = await pool.loadFile({ path, name: 'md5' }, new ArrayBuffer(size + 2))
    expect(shorter).toMatchObject({ length: size + 1, md5: md5(text(size + 1)), isCut: false })
  })

  test('many at once gives each its own', async () => {
    const contents = Array.from({ length: 24 }, (_, at) => Buffer.alloc(MIB + at * 1_000, `${at} `))
    const paths = await Promise.all(contents.map((content, at) => file(`many-${at}`, content)))
    const loaded = await Promise.all(
      paths.map((path, at) =>
        pool.loadFile({ path, name: 'md5' }, new ArrayBuffer(contents[at]?.length ?? 0)),
      ),
    )
    expect(loaded.map(({ rawMd5 }) => rawMd5)).toEqual(contents.map(md5))
  })
})

describe('reading several files at once', () => {
  test('gives each its own sums and hash', async () => {
    const contents = Array.from({ length: 20 }, (_, at) => Buffer.alloc(MIB + at * 50_003, `file ${at} `))
    const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest('hex')
    const seen = await Promise.all(
      contents.map(async (content, at) => {
        const reading = await pool.openReading({ path: await file(`${at}`, content), name: 'md5' })
        const first = await reading.read(new ArrayBuffer(MIB), 'md5')
        const rest = await reading.read(first.bytes, 'md5')
        const whole = await reading.finish()
        reading.close()
        return [first.sum, rest.sum, whole.md5]
      }),
    )
    expect(seen).toEqual(contents.map((all) => [md5(all.subarray(0, MIB)), md5(all.subarray(MIB)), md5(all)]))
  })

  test('jobs of one file are done in the order in which they were asked for', async () => {
    const content = text(5 * MIB)
    const paths = [await file('a', content), await file('b', content)]
    const readings = await Promise.all(paths.map((path) => pool.openReading({ path, name: 'md5' })))
    const jobs = readings.map(async (reading) => {
      const [one, two, end] = await Promise.all([
        reading.read(new ArrayBuffer(2 * MIB), 'none'),
        reading.skip(4 * MIB),
        reading.finish(),
      ])
      reading.close()
      return [one.length, two, end.size]
    })
    expect(await Promise.all(jobs)).toEqual(paths.map(() => [2 * MIB, 4 * MIB, 4 * MIB]))
  })
})

test('sizes are those of regular files, and nobody else has one', async () => {
  const paths = [await file('x', 'xyz'), folder, join(folder, 'gone'), join(folder, 'x', 'below')]
  await symlink(paths[0] ?? '', join(folder, 'link'))
  const wanted = [3, undefined, undefined, undefined, undefined]
  expect(await pool.fileSizes([...paths, join(folder, 'link')])).toEqual(wanted)
  const many = Array.from({ length: 2_000 }, () => [...paths, join(folder, 'link')]).flat()
  expect(await pool.fileSizes(many)).toEqual(Array.from({ length: 2_000 }, () => wanted).flat())
})

test('bytes in memory are hashed, and the buffer comes back', async () => {
  const bytes = new Uint8Array(Buffer.from('foo and more')).buffer
  const hashed = await pool.hashBytes(bytes, 3)
  expect(hashed.md5).toBe('acbd18db4cc2f85cedef654fccc4a4d8')
  expect(Buffer.from(hashed.bytes).toString()).toBe('foo and more')
})
