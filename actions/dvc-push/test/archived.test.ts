import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { failureOf } from '../../../test/harness/failure.ts'
import { type Fixture, KEYS, KEYS_IN_CONFIG, startFixture } from './fixture.ts'

let fixture: Fixture

beforeEach(async () => {
  fixture = await startFixture()
  await fixture.write('.dvc/config.local', `['remote "store"']\n${KEYS_IN_CONFIG}`)
  await fixture.run()
})
afterEach(() => fixture.close())

const [X = '', B = '', , A = ''] = KEYS
const status = () => fixture.run({ mode: 'status' })
const heads = () => fixture.s3.requests.filter(({ method }) => method === 'HEAD').length

/** What somebody else has made of an object of the remote. */
function change(key: string, more: object) {
  const objects = fixture.s3.state.buckets.get('data')?.objects
  const object = objects?.get(key)
  if (object === undefined) throw new Error(`there is no ${key}`)
  objects?.set(key, { ...object, ...more })
}
const archive = (key: string, storageClass = 'GLACIER') =>
  change(key, { headers: { 'x-amz-storage-class': storageClass } })

describe('a look at a remote with an archive', () => {
  test('is green, and warns by number of what a pull would have to wait for', async () => {
    archive(A)
    archive(X, 'DEEP_ARCHIVE')
    const { outputs, summary, report } = await status()
    expect(outputs).toMatchObject({ 'in-sync': true, archived: 2, skipped: 4 })
    expect(summary).toContain('⚠️ 2 objects lie in an archive')
    expect(report).toMatchObject({ archived: [{ path: 'data/a.txt' }, { path: 'x.sh' }] })
    expect(fixture.world.lines.filter((line) => line.includes('in an archive'))).toHaveLength(1)
  })

  test('asks once for each of those, and for nothing else; what is restored is no reason to wait', async () => {
    await status()
    const before = heads()
    const ready = { readyAt: 0, expiresAt: Number.MAX_SAFE_INTEGER / 1024 }
    change(A, { headers: { 'x-amz-storage-class': 'GLACIER' }, restore: ready })
    const { outputs, summary } = await status()
    expect([before, heads()]).toEqual([0, 1])
    expect(outputs).toMatchObject({ archived: 0 })
    expect(summary).not.toContain('archive')
  })

  test('is pushed to without asking how its objects stand', async () => {
    archive(A)
    const before = heads()
    expect((await fixture.run()).outputs).toMatchObject({ uploaded: 0, skipped: 4 })
    expect(heads()).toBe(before)
  })
})

describe('a directory that only the remote has, under ETags that are no MD5', () => {
  const opaque = (key: string, body: string) => change(key, { etag: 'opaque-1', body: Buffer.from(body) })

  beforeEach(() => fixture.remove('data'))

  test('is whole where its files are together as large as was recorded', async () => {
    opaque(A, 'hello\n')
    expect((await status()).outputs).toMatchObject({ 'in-sync': true })
  })

  test('is damaged where they are not', async () => {
    opaque(A, 'hell')
    const { code, details } = await failureOf(status)
    expect(code).toBe('DVC_CORRUPT')
    expect(details.seen).toBe('data: its files have 9 bytes together in the remote, and 11 were recorded')
  })

  test('is believed where no size was recorded, or every ETag is the MD5', async () => {
    await fixture.write(
      'data.dvc',
      'outs:\n- md5: 9fa22302b0e6804a59623abeff3d3b17.dir\n  size: 12\n  hash: md5\n  path: data\n',
    )
    expect((await status()).outputs).toMatchObject({ 'in-sync': true })
    opaque(B, 'worl')
    await fixture.write(
      'data.dvc',
      'outs:\n- md5: 9fa22302b0e6804a59623abeff3d3b17.dir\n  hash: md5\n  path: data\n',
    )
    expect((await status()).outputs).toMatchObject({ 'in-sync': true })
  })

  test('is damaged under a push as well, which sends nothing then', async () => {
    opaque(A, 'hell')
    await fixture.write('x.sh', 'changed')
    const { code, details } = await failureOf(() => fixture.run({ add: 'x.sh' }))
    expect([code, details.outputs?.['uploaded']]).toEqual(['DVC_CORRUPT', 0])
  })
})
