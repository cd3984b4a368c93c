import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { failureOf } from '../../../test/harness/failure.ts'
import { type Fixture, md5Of, startFixture } from './fixture.ts'

let fixture: Fixture

beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

test('a large object comes in parts, and an interrupted one is gone on with', async () => {
  const big = Buffer.alloc(70 * 2 ** 20)
  for (let at = 0; at < big.length; at += 4_096) big.writeUInt32LE(at, at)
  const oid = await fixture.store(big)
  await fixture.write('big.dvc', `outs:\n- md5: ${oid}\n  hash: md5\n  path: big\n`)
  const ranges: string[] = []
  let broken = true
  fixture.s3.faults.push({
    match: ({ headers, path }) => {
      const range = headers['range']
      if (typeof range === 'string' && path.includes(oid.slice(2))) ranges.push(range)
      return broken && range === 'bytes=50331648-67108863'
    },
    times: 999,
    respond: {
      status: 403,
      headers: { 'content-type': 'application/xml' },
      body: '<Error><Code>AccessDenied</Code></Error>',
    },
  })
  expect((await failureOf(() => fixture.run({ targets: 'big', jobs: '1' }))).kind).toBe('auth')
  expect(await fixture.read('big')).toBeUndefined()
  broken = false
  const before = ranges.length
  const { outputs } = await fixture.run({ targets: 'big' })
  // The part behind it came while the client had to wait for its turn to ask again.
  expect(ranges.slice(before)).toEqual(['bytes=50331648-67108863'])
  expect(outputs).toMatchObject({ downloaded: 1, bytes: 16 * 2 ** 20 })
  expect(md5Of(await readFile(join(fixture.workspace, 'big')))).toBe(oid)
})
