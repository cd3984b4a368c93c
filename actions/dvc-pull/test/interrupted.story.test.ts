import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { Failure } from '@mlops-actions/diagnostics'
import { DATA, DATA_LISTING, DATA_OID, type Fixture, md5Of, startFixture } from './fixture.ts'

const BUNDLE = join(import.meta.dirname, '../../../dist/dvc-pull/index.js')
const BIG = Buffer.alloc(17 * 2 ** 20)
for (let at = 0; at < BIG.length; at += 4_096) BIG.writeUInt32LE(at, at)
const BIG_MD5 = md5Of(BIG)
/** To compare is ten times as fast as to hash again, and nearly all that is seen is as it should be. */
const hashOf = (bytes: Buffer): string => (bytes.equals(BIG) ? BIG_MD5 : md5Of(bytes))
const WHOLE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(DATA).map(([path, content]) => [path, md5Of(content)])),
  'x.sh': md5Of('#!/bin/sh\n'),
  big: BIG_MD5,
}

let fixture: Fixture

beforeEach(async () => {
  fixture = await startFixture()
  await fixture.write('big.dvc', `outs:\n- md5: ${await fixture.store(BIG)}\n  hash: md5\n  path: big\n`)
})
afterEach(() => fixture.close())

/** A workspace with nothing in it. */
async function forget(): Promise<void> {
  for (const path of ['data', 'x.sh', 'big', '.dvc/cache', '.dvc/tmp'])
    await rm(join(fixture.workspace, path), { recursive: true, force: true })
  fixture.s3.faults.length = 0
}

/** The MD5 of everything that has taken its place. */
async function inPlace(): Promise<Record<string, string>> {
  const found = Object.keys(WHOLE).map(async (path) => {
    const bytes = await readFile(join(fixture.workspace, path)).catch(() => undefined)
    return bytes === undefined ? [] : [[path, hashOf(bytes)] as const]
  })
  return Object.fromEntries((await Promise.all(found)).flat())
}

/** Objects of the cache that are not what their names say, and lists of files in it without their files. */
async function wrongInCache(): Promise<string[]> {
  const cache = join(fixture.workspace, '.dvc/cache/files/md5')
  const entries = await readdir(cache, { recursive: true, withFileTypes: true }).catch(() => [])
  const oids = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => [parentPath, name])
  const wrong: string[] = []
  for (const [folder = '', name = ''] of oids) {
    const md5 = `${folder.slice(-2)}${name}`.replace(/\.dir$/, '')
    if (!/^[0-9a-f]{30}(?:\.dir)?$/.test(name)) continue
    if (hashOf(await readFile(join(folder, name))) !== md5) wrong.push(md5)
  }
  const has = (oid: string) =>
    oids.some(([folder = '', name = '']) => folder.endsWith(oid.slice(0, 2)) && name === oid.slice(2))
  const lacking = has(DATA_OID)
    ? Object.values(DATA)
        .map(md5Of)
        .filter((oid) => !has(oid))
    : []
  return [...wrong, ...lacking]
}

async function assertNothingHalf(k: number): Promise<void> {
  const found = await inPlace()
  const right = Object.fromEntries(Object.keys(found).map((path) => [path, WHOLE[path]]))
  expect({ k, found, wrong: await wrongInCache() }).toEqual({ k, found: right, wrong: [] })
}

const GIVEN = { 'fill-cache': 'always' }

async function countRequests(): Promise<number> {
  const before = fixture.s3.requests.length
  await fixture.run(GIVEN)
  expect(await inPlace()).toEqual(WHOLE)
  expect(DATA_LISTING).toContain(md5Of('hello\n'))
  return fixture.s3.requests.length - before
}

describe.each(['reset', 'truncate'] as const)('a server that dies (%s)', (respond) => {
  test('at any request of a pull leaves nothing that is half, and the next run brings the rest', async () => {
    const requests = await countRequests()
    expect(requests).toBeGreaterThan(6)
    for (let k = 1; k <= requests; k++) {
      await forget()
      let seen = 0
      fixture.s3.faults.push({ match: () => ++seen >= k, times: Number.POSITIVE_INFINITY, respond })
      const thrown: unknown = await fixture.run(GIVEN).catch((error: unknown) => error)
      expect({ k, kind: thrown instanceof Failure ? thrown.kind : thrown }).toEqual({ k, kind: 'upstream' })
      await assertNothingHalf(k)
      fixture.s3.faults.length = 0
      const { outputs } = await fixture.run(GIVEN)
      expect({ k, ...outputs, found: await inPlace() }).toMatchObject({ k, missing: 0, found: WHOLE })
    }
    expect((await fixture.run(GIVEN)).outputs).toMatchObject({ changed: false })
  }, 120_000)
})

describe('a pull that is killed', () => {
  test('at any request leaves nothing that is half, and the next run brings the rest', async () => {
    const requests = await countRequests()
    for (let k = 1; k <= requests; k++) {
      await forget()
      await killAt(k)
      await assertNothingHalf(k)
      fixture.s3.faults.length = 0
      // Who holds the lock for it looks once a second whether it still lives.
      await fixture.run(GIVEN, () => delay(200))
      expect({ k, found: await inPlace(), wrong: await wrongInCache() }).toEqual({
        k,
        found: WHOLE,
        wrong: [],
      })
    }
  }, 120_000)
})

/** Runs the bundle, and kills it the moment that the server sees its request `k`. */
async function killAt(k: number): Promise<void> {
  const { workspace, env } = fixture
  const inputs = { 'INPUT_FILL-CACHE': 'always', INPUT_TIMEOUT: '1h', GITHUB_WORKSPACE: workspace }
  const child = spawn(process.execPath, [BUNDLE], {
    cwd: workspace,
    env: { ...env, ...inputs, PATH: process.env['PATH'], HOME: workspace, RUNNER_TEMP: workspace },
    stdio: 'ignore',
  })
  let seen = 0
  fixture.s3.faults.push({
    match: () => {
      if (++seen === k) child.kill('SIGKILL')
      return false
    },
    times: Number.POSITIVE_INFINITY,
    respond: 'hang',
  })
  await once(child, 'exit')
  expect({ k, signal: child.signalCode }).toEqual({ k, signal: 'SIGKILL' })
}
