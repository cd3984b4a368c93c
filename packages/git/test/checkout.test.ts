import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { testWorld } from '../../../test/harness/world.ts'
import {
  isIgnored,
  isShallow,
  isTracked,
  listRevisions,
  listTreeFiles,
  openCheckout,
  readBlobs,
  resolveRevision,
  uncommittedFiles,
} from '../src/index.ts'

const run = promisify(execFile)
const world = { ...testWorld(), env: { PATH: process.env['PATH'] } }
let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'checkout-'))
  await git('init', '--quiet', '--initial-branch=main')
})
afterEach(() => rm(root, { recursive: true, force: true }))

async function git(...args: string[]): Promise<string> {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com']
  return (await run('git', [...identity, ...args], { cwd: root })).stdout.trim()
}
async function commit(path: string, text: string): Promise<string> {
  await mkdir(join(root, path, '..'), { recursive: true })
  await writeFile(join(root, path), text)
  await git('add', '--all')
  await git('commit', '--quiet', '--message', path)
  return git('rev-parse', 'HEAD')
}

describe('a checkout', () => {
  test('lists the files of a commit and reads their content in one go', async () => {
    const oid = await commit('sub/ä b.txt', 'one\n')
    await commit('other', 'two\0three')
    const { checkout, prefix } = await openCheckout(world, join(root, 'sub'))
    expect(prefix).toBe('sub')
    const files = await listTreeFiles(checkout, oid)
    expect(files.map(({ path, kind }) => [path, kind])).toEqual([['sub/ä b.txt', 'file']])
    const all = await listTreeFiles(checkout, await resolveRevision(checkout, 'main'))
    const blobs = await readBlobs(
      checkout,
      all.map((file) => file.oid),
    )
    expect(all.map((file) => blobs.get(file.oid)?.toString())).toEqual(['two\0three', 'one\n'])
  })

  test('knows branches, tags and commits, each commit once', async () => {
    const first = await commit('a', '1')
    await git('tag', 'v1')
    await git('tag', '--annotate', '--message', 'x', 'v1-again')
    const second = await commit('a', '2')
    const third = await commit('a', '3')
    const { checkout } = await openCheckout(world, root)
    const list = (scope: object) =>
      listRevisions(checkout, { branches: false, tags: false, commits: false, ...scope })
    expect(await list({})).toEqual([])
    expect(await list({ branches: true })).toEqual([third])
    expect(await list({ tags: true })).toEqual([first])
    expect(await list({ commits: true })).toEqual([third, second, first])
    expect(await resolveRevision(checkout, 'v1-again')).toBe(first)
    expect(await isShallow(checkout)).toBe(false)
  })

  test('runs nothing that its configuration names', async () => {
    await commit('a', '1')
    const trap = join(root, 'trap.sh')
    await writeFile(trap, `#!/bin/sh\ntouch ${join(root, 'sprung')}\n`)
    await chmod(trap, 0o755)
    await git('config', 'core.fsmonitor', trap)
    const { checkout } = await openCheckout(world, root)
    await checkout.run({ what: 'x', args: ['status'] })
    await expect(run('ls', [join(root, 'sprung')])).rejects.toThrow()
  })

  test.each(['--help', '-x', 'main..v1', 'v1^{tree}', ''])(
    'does not take %j for a revision',
    async (revision) => {
      await commit('a', '1')
      const { checkout } = await openCheckout(world, root)
      await expect(resolveRevision(checkout, revision)).rejects.toThrow(
        /neither a commit nor a branch nor a tag/,
      )
    },
  )

  test('tells what is in no commit as it is', async () => {
    await commit('sub/kept', '1')
    await commit('sub/changed', '1')
    await commit('.gitignore', 'ignored\n')
    await writeFile(join(root, 'sub/changed'), '2')
    await writeFile(join(root, 'sub/staged'), '1')
    await git('add', 'sub/staged')
    for (const name of ['new', 'ignored']) await writeFile(join(root, 'sub', name), '1')
    const { checkout } = await openCheckout(world, join(root, 'sub'))
    const paths = ['kept', 'changed', 'staged', 'new', 'ignored']
    expect(await uncommittedFiles(checkout, paths)).toEqual(['changed', 'staged', 'new', 'ignored'])
    expect(await Promise.all(paths.map((path) => isTracked(checkout, path)))).toEqual([
      true,
      true,
      true,
      false,
      false,
    ])
    expect(await Promise.all(paths.map((path) => isIgnored(checkout, path)))).toEqual([
      false,
      false,
      false,
      false,
      true,
    ])
  })

  test('without a commit has nothing committed', async () => {
    const { checkout } = await openCheckout(world, root)
    expect(await uncommittedFiles(checkout, ['a'])).toEqual(['a'])
  })

  test('that is none is said so', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'no-git-'))
    await expect(openCheckout(world, folder)).rejects.toThrow(/the folder is in no Git repository/)
    await rm(folder, { recursive: true })
  })
})
