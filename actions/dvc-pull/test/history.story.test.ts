import { execFile } from 'node:child_process'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { failureOf } from '../../../test/harness/failure.ts'
import { DATA, DATA_OID, type Fixture, md5Of, startFixture } from './fixture.ts'

const run = promisify(execFile)
let fixture: Fixture
let first: string

beforeEach(async () => {
  fixture = await startFixture()
  await git('init', '--quiet', '--initial-branch=main')
  await fixture.write('.gitignore', '/data\n/x.sh\n/.dvc/cache\n/.dvc/tmp\n')
  first = await commit()
})
afterEach(() => fixture.close())

async function git(...args: string[]): Promise<string> {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com']
  return (await run('git', [...identity, ...args], { cwd: fixture.workspace })).stdout.trim()
}

async function commit(files: Readonly<Record<string, string>> = {}): Promise<string> {
  for (const [path, text] of Object.entries(files)) await fixture.write(path, text)
  await git('add', '--all')
  await git('commit', '--quiet', '--message', 'x')
  return git('rev-parse', '--short=7', 'HEAD')
}

const failure = (given: Record<string, string>) => failureOf(() => fixture.run(given))

const tracked = (oid: string, path: string) => `outs:\n- md5: ${oid}\n  hash: md5\n  path: ${path}\n`
const listingOf = (files: Readonly<Record<string, string>>) =>
  `[${Object.entries(files)
    .map(([relpath, text]) => `{"md5": "${md5Of(text)}", "relpath": "${relpath}"}`)
    .join(', ')}]`
const cachePath = (oid: string) => `.dvc/cache/files/md5/${oid.slice(0, 2)}/${oid.slice(2)}`

/** Everything in the cache, as oids. */
async function cached(): Promise<readonly string[]> {
  const folder = join(fixture.workspace, '.dvc/cache/files/md5')
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath.slice(-2)}${name}`)
    .sort()
}

/** An older commit, tagged, has another script and another directory; the newest is as the first. */
async function history() {
  const files = { 'a.txt': DATA['data/a.txt'], 'old.txt': 'old' }
  const script = await fixture.store('tagged')
  await fixture.store('old')
  const listing = await fixture.store(listingOf(files), `${md5Of(listingOf(files))}.dir`)
  const tagged = await commit({ 'x.sh.dvc': tracked(script, 'x.sh'), 'data.dvc': tracked(listing, 'data') })
  await git('tag', 'v1')
  await git('checkout', '--quiet', first, '--', 'x.sh.dvc', 'data.dvc')
  await commit()
  return { tagged, script, listing, old: md5Of('old') }
}

const OURS = [
  DATA_OID,
  md5Of(DATA['data/a.txt']),
  md5Of(DATA['data/sub/b.txt']),
  '3e2b31c72181b87149ff995e7202c0e3',
]

describe('a pull of other commits', () => {
  test('fills the cache with what they name, and gives the workspace what this one names', async () => {
    const { script, listing, old } = await history()
    const { outputs, summary, report } = await fixture.run({ 'all-tags': 'true' })
    expect(outputs).toMatchObject({ changed: true, checked: 3, downloaded: 5, skipped: 0 })
    expect(Object.keys(outputs['md5'] ?? {})).toEqual(['data', 'x.sh'])
    expect(await cached()).toEqual([...OURS, script, listing, old].sort())
    expect(await fixture.read(cachePath(script))).toBe('tagged')
    expect((await stat(join(fixture.workspace, cachePath(script)))).mode & 0o777).toBe(0o444)
    expect(await fixture.read('x.sh')).toBe('#!/bin/sh\n')
    expect((await readdir(fixture.workspace)).sort()).toEqual(
      ['.dvc', '.git', '.gitignore', 'data', 'data.dvc', 'x.sh', 'x.sh.dvc'].sort(),
    )
    expect(await fixture.read('data/old.txt')).toBeUndefined()
    expect(summary).toContain('History: 1 commit read; the cache is to have 3 objects of theirs, 3 of them')
    expect(report).toMatchObject({ past: { commits: 1, objects: 3, downloaded: 3, unreadable: [] } })
  })

  test('has nothing to do the second time, and needs no remote to check an old commit out', async () => {
    await history()
    await fixture.run({ 'all-commits': 'true' })
    expect((await fixture.run({ 'all-commits': 'true' })).outputs).toMatchObject({
      changed: false,
      downloaded: 0,
      skipped: 3,
    })
    fixture.s3.requests.length = 0
    const { outputs } = await fixture.run({ rev: 'v1' })
    expect(outputs).toMatchObject({ downloaded: 0, cached: 2 })
    expect(await fixture.read('x.sh')).toBe('tagged')
    expect(fixture.s3.requests).toEqual([])
  })

  test('brings all else where an old commit names what nobody has, and is red in the end', async () => {
    const { tagged, script, listing, old } = await history()
    fixture.lose(old)
    const thrown = await failure({ 'all-tags': 'true' })
    expect([thrown.code, thrown.kind]).toEqual(['DVC_PULL_MISSING', 'integrity'])
    expect(thrown.details.what).toBe(
      'All else is pulled, but commits of the history name data that nobody has',
    )
    expect(thrown.details.on).toBe(`missing: ${tagged}:data/old.txt`)
    expect(thrown.details.outputs).toMatchObject({ changed: true, missing: 1, downloaded: 4 })
    expect(await fixture.read('x.sh')).toBe('#!/bin/sh\n')
    // The list of a directory that is not whole is no part of the cache: DVC would believe it.
    expect(await cached()).toEqual([...OURS, script].sort())
    expect(await cached()).not.toContain(listing)
  })

  test('names an object of an old commit that is another one in the remote', async () => {
    const { tagged, script } = await history()
    await fixture.store('damaged', script)
    const thrown = await failure({ 'all-tags': 'true' })
    expect(thrown.kind).toBe('integrity')
    expect(thrown.details.summary).toContain(`\`${tagged}:x.sh\``)
    expect(await cached()).not.toContain(script)
  })

  test('brings only what the targets name there', async () => {
    const { script } = await history()
    await fixture.run({ 'all-tags': 'true', targets: 'x.sh' })
    expect(await cached()).toEqual(['3e2b31c72181b87149ff995e7202c0e3', script].sort())
  })

  test('is refused without a cache to bring it to, and in a shallow checkout', async () => {
    expect((await failure({ 'all-tags': 'true', 'fill-cache': 'never' })).message).toMatch(
      /fill-cache: is "never"/,
    )
    await history()
    await git('clone', '--quiet', '--depth=1', `file://${fixture.workspace}`, 'shallow')
    const { code, message } = await failure({ 'all-branches': 'true', path: 'shallow' })
    expect(code).toBe('GIT_SHALLOW')
    expect(message).toContain('`fetch-depth: 0`')
  })

  test('is refused in a folder without git, with what it would need', async () => {
    await rm(join(fixture.workspace, '.git'), { recursive: true })
    const { kind, message } = await failure({ 'all-tags': 'true' })
    expect(kind).toBe('config')
    expect(message).toMatch(/is in no Git repository.*actions\/checkout/s)
  })
})
