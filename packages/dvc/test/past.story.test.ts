import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { listRevisions, openCheckout } from '@mlops-actions/git'
import { testWorld } from '../../../test/harness/world.ts'
import { bindPast, type Past, readPast, readRepository, revisionTree } from '../src/index.ts'
import { CONFIG, configOf, dvcFile, makeRepository, type TestRepository } from './repository.ts'

const md5 = (digit: number) => String(digit).repeat(31).concat('a')
const world = { ...testWorld(), env: { PATH: process.env['PATH'] } }
const NOTHING = { branches: false, tags: false, commits: false }
const run = promisify(execFile)
let repository: TestRepository

beforeEach(async () => {
  repository = await makeRepository()
  await git('init', '--quiet', '--initial-branch=main')
})
afterEach(() => repository.close())

async function git(...args: string[]): Promise<string> {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com']
  return (await run('git', [...identity, ...args], { cwd: repository.root })).stdout.trim()
}

async function commit(files: Readonly<Record<string, string>>): Promise<string> {
  for (const [path, text] of Object.entries(files)) await repository.write(path, text)
  await git('add', '--all')
  await git('commit', '--quiet', '--allow-empty', '--message', 'x')
  return git('rev-parse', 'HEAD')
}

async function past(
  scope: Partial<typeof NOTHING>,
  { targets = [], folder = '.' }: { readonly targets?: readonly string[]; readonly folder?: string } = {},
): Promise<Past> {
  const opened = await openCheckout(world, join(repository.root, folder))
  return readPast(opened, { ...NOTHING, ...scope }, { targets, env: {}, log: world.log })
}

const oids = ({ outputs }: Past) => outputs.map(({ oid }) => oid).sort()

describe('what other commits name', () => {
  test('is told by branches, tags or all commits, each content once', async () => {
    await commit({ 'a.dvc': dvcFile(md5(1), 'a') })
    await git('tag', 'v1')
    await commit({ 'a.dvc': dvcFile(md5(2), 'a') })
    await commit({ 'a.dvc': dvcFile(md5(3), 'a'), 'same.dvc': dvcFile(md5(3), 'same') })
    await git('switch', '--quiet', '--create', 'other')
    await commit({ 'a.dvc': dvcFile(md5(4), 'a') })
    expect(oids(await past({ tags: true }))).toEqual([md5(1)])
    expect(oids(await past({ branches: true }))).toEqual([md5(3), md5(4)])
    expect(oids(await past({ branches: true, tags: true }))).toEqual([md5(1), md5(3), md5(4)])
    expect(oids(await past({ commits: true }))).toEqual([md5(1), md5(2), md5(3), md5(4)])
  })

  test('has the name that git gives to a file of a commit, of the newest that has it', async () => {
    await commit({ 'sub/a.dvc': dvcFile(md5(1), 'a') })
    const newer = await commit({ 'sub/a.dvc': dvcFile(md5(1), 'a', '  size: 1\n') })
    const { outputs } = await past({ commits: true })
    const short = newer.slice(0, 7)
    expect(outputs).toMatchObject([{ path: `${short}:sub/a`, source: `${short}:sub/a.dvc`, revision: newer }])
  })

  test('is there also where branches are those of the server alone, as in a checkout of a job', async () => {
    await commit({ 'a.dvc': dvcFile(md5(1), 'a') })
    await git('update-ref', 'refs/remotes/origin/theirs', 'HEAD')
    await commit({ 'a.dvc': dvcFile(md5(2), 'a') })
    expect(oids(await past({ branches: true }))).toEqual([md5(1), md5(2)])
  })

  test('of all commits is the same as read commit by commit, merges and odd ways among them', async () => {
    await commit({ 'a.dvc': dvcFile(md5(1), 'a'), README: '1' })
    await git('switch', '--quiet', '--create', 'side')
    await commit({ 'a.dvc': dvcFile(md5(2), 'a') })
    await commit({ 'a.dvc': dvcFile(md5(1), 'a') })
    await git('switch', '--quiet', 'main')
    await commit({ 'b.dvc': dvcFile(md5(3), 'b') })
    await git('merge', '--quiet', '--no-ff', '--no-commit', 'side')
    await commit({ 'a.dvc': dvcFile(md5(4), 'a'), README: '2' })
    await commit({ README: '3' })
    const { checkout, prefix } = await openCheckout(world, repository.root)
    const every = await listRevisions(checkout, { ...NOTHING, commits: true })
    const expected = new Set<string | undefined>()
    for (const one of every) {
      const tree = await revisionTree({ checkout, prefix }, one)
      for (const { oid } of (await readRepository(repository.root, { tree })).outputs) expected.add(oid)
    }
    const found = await past({ commits: true })
    expect(oids(found)).toEqual([...expected].sort())
    expect(found.commits).toBeLessThan(every.length)
  })

  test('is what the targets name where a commit has them, and nothing where it does not', async () => {
    await commit({ 'a.dvc': dvcFile(md5(1), 'a') })
    await commit({ 'a.dvc': dvcFile(md5(2), 'a'), 'b.dvc': dvcFile(md5(3), 'b') })
    expect(oids(await past({ commits: true }, { targets: ['b'] }))).toEqual([md5(3)])
    expect(oids(await past({ commits: true }, { targets: ['a'] }))).toEqual([md5(1), md5(2)])
  })

  test('may lie in a folder of the Git repository', async () => {
    await commit({
      'ml/.dvc/config': CONFIG,
      'ml/a.dvc': dvcFile(md5(1), 'a'),
      'b.dvc': dvcFile(md5(2), 'b'),
    })
    expect(oids(await past({ commits: true }, { folder: 'ml' }))).toEqual([md5(1)])
  })

  test('is passed over where a commit cannot be read, and that is told', async () => {
    const broken = await commit({ 'a.dvc': 'outs: [' })
    await commit({ 'a.dvc': dvcFile(md5(1), 'a') })
    const found = await past({ commits: true })
    expect(oids(found)).toEqual([md5(1)])
    expect(found.unreadable).toMatchObject([{ commit: broken, seen: expect.stringContaining('a.dvc') }])
  })

  test('is nothing where there is no tag', async () => {
    await commit({ 'a.dvc': dvcFile(md5(1), 'a') })
    expect(await past({ tags: true })).toEqual({ outputs: [], commits: 0, unreadable: [] })
  })

  test('is refused in a shallow checkout, which does not know', async () => {
    await commit({ 'a.dvc': dvcFile(md5(1), 'a') })
    await commit({ 'a.dvc': dvcFile(md5(2), 'a') })
    await git('clone', '--quiet', '--depth=1', `file://${repository.root}`, 'clone')
    await expect(past({ tags: true }, { folder: 'clone' })).rejects.toThrow(
      /Cannot look at what other commits name: .*shallow.*`fetch-depth: 0`/,
    )
  })
})

describe('where it belongs', () => {
  const one = (path: string, oid: string, remote?: string) =>
    ({ path, source: `${path}.dvc`, oid, remote, hash: 'md5', cache: true, push: true, size: undefined, nfiles: undefined, isexec: false, origin: undefined }) as const // biome-ignore format: a record
  const boundOf = (outputs: Past['outputs'], now: readonly ReturnType<typeof one>[] = []) =>
    bindPast(
      { outputs, commits: 1, unreadable: [] },
      configOf(),
      undefined,
      'push',
      now.map((output) => ({ ...output, target: 'store' })),
    )

  test('is said by the configuration of today', () => {
    const { outputs, remotes } = boundOf([one('1:a', md5(1))])
    expect(outputs).toMatchObject([{ path: '1:a', target: 'store' }])
    expect(remotes.map(({ name }) => name)).toEqual(['store'])
  })

  test('is nowhere for a remote that is gone, which is told', () => {
    const { outputs, leftOut } = boundOf([one('1:a', md5(1), 'old')])
    expect(outputs).toEqual([])
    expect(leftOut).toMatchObject([{ output: { path: '1:a' }, reason: 'of a remote that is gone' }])
  })

  test('is left to the workspace where that names it, too', () => {
    expect(boundOf([one('1:a', md5(1))], [one('b', md5(1))]).outputs).toEqual([])
  })
})
