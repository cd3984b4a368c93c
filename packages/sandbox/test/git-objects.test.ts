import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { readFolder } from '../src/git/folder.ts'
import { findEntry, readCommit, readLine, readLoose, readTree } from '../src/git/objects.ts'
import { resolveLoose } from '../src/git/refs.ts'

// Held to git itself: what is read without it is what it prints.
let directory: string
let head: string
let merge: string

const run = promisify(execFile)
const ENV = {
  PATH: process.env['PATH'],
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
}
async function git(...args: string[]): Promise<string> {
  return (await run('git', args, { cwd: directory, env: ENV })).stdout
}

const FILES = `M 100644 inline a.yaml
data 2
a

M 100755 inline d/e/run.sh
data 3
run
M 120000 inline d/link
data 6
a.yaml
M 160000 ${'1'.repeat(40)} module
M 100644 inline "d/\\303\\251 \\"quoted\\""
data 1
x
`

/** One commit as git-fast-import(1) takes it. */
function commit(mark: number, branch: string, message: string, rest: string): string {
  const who = 'Ann Ö <ann@example.com> 1700000000 +0100'
  return `commit refs/heads/${branch}\nmark :${mark}\nauthor ${who}\ncommitter Bob <b@example.com> 17000000${mark} -0730\ndata ${Buffer.byteLength(message)}\n${message}\n${rest}`
}

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'git-objects-'))
  await git('init', '--quiet', '--bare', '--initial-branch=main')
  const child = run('git', ['fast-import', '--quiet'], { cwd: directory, env: ENV })
  child.child.stdin?.end(
    [
      commit(11, 'main', 'First\n\nBody of it\n\n\n', FILES),
      commit(12, 'main', 'Second', 'from :11\nM 100644 inline a.yaml\ndata 2\nb\n\n'),
      commit(13, 'side', '\n\nLate first line', 'from :11\nD a.yaml\n'),
      commit(14, 'joined', 'Joined', 'from :12\nmerge :13\n'),
    ].join(''),
  )
  await child
  head = (await git('rev-parse', 'main')).trim()
  merge = (await git('rev-parse', 'joined')).trim()
})
afterAll(() => rm(directory, { recursive: true }))

describe('what git keeps loose', () => {
  test.each(['main', 'main~1', 'side', 'joined'])('is the commit that git shows: %s', async (revision) => {
    const oid = (await git('rev-parse', revision)).trim()
    const format = '--format=%T%x00%P%x00%an <%ae> %ad%x00%cn <%ce> %cd%x00%B'
    const shown = await git('show', '--no-patch', '--date=raw', format, oid)
    const { tree, parents, author, committer, message } = (await readCommit(directory, oid)) ?? {}
    expect([tree, parents?.join(' '), author, committer, `${message}\n`].join('\0')).toBe(shown)
  })

  test('are the entries that git lists, at every path and nowhere else', async () => {
    const listed = (await git('ls-tree', '-r', '-t', '-z', 'main')).split('\0').filter(Boolean)
    expect(listed).toHaveLength(7)
    for (const line of listed) {
      const [, mode, type, oid, path = ''] = /^(\d+) (\w+) (\w+)\t(.*)$/s.exec(line) ?? []
      expect(await findEntry(directory, head, path)).toEqual({ mode, type, oid })
    }
    for (const path of ['b.yaml', 'a.yaml/x', 'd/link/x', 'module/x', 'd//e', ''])
      expect([path, await findEntry(directory, head, path)]).toEqual([path, null])
  })

  test('is a line of commits, as far as it is one', async () => {
    const listed = (await git('rev-list', 'main')).trim().split('\n')
    expect(await readLine(directory, head, 50)).toEqual(listed)
    expect(await readLine(directory, head, 1)).toEqual([head])
    expect(await readLine(directory, merge, 50)).toBeUndefined()
  })
})

describe('a folder', () => {
  test.each([
    ['', true],
    ['', false],
    ['d', true],
    ['d/e', false],
  ])('%j has the files that git lists in it, recursively: %s', async (folder, recurse) => {
    const options = [...(recurse ? ['-r'] : []), '-z', 'main', '--', ...(folder === '' ? [] : [`${folder}/`])]
    const listed = (await git('ls-tree', ...options)).split('\0').filter((line) => / blob /.test(line))
    const files = await readFolder(directory, head, folder, { recurse, isWanted: () => true })
    const prefix = folder === '' ? '' : `${folder}/`
    expect([...(files ?? [])].map(([name]) => `${prefix}${name}`)).toEqual(
      listed.map((line) => line.replace(/^[^\t]*\t/, '')),
    )
    for (const [name, bytes] of files ?? [])
      expect(bytes.toString()).toBe(await git('cat-file', 'blob', `main:${prefix}${name}`))
  })

  test('gives what is wanted alone, and is null where it is a file or nothing', async () => {
    const read = (folder: string) =>
      readFolder(directory, head, folder, { recurse: true, isWanted: (name) => name.endsWith('.sh') })
    expect([...((await read('')) ?? [])].map(([name]) => name)).toEqual(['d/e/run.sh'])
    for (const folder of ['a.yaml', 'd/link', 'nope', 'd/nope', 'module'])
      expect([folder, await read(folder)]).toEqual([folder, null])
  })
})

test('a branch, a light tag and HEAD stand for what git says; all else git is to be asked for', async () => {
  await git('tag', 'light', 'side')
  await git('-c', 'user.name=A', '-c', 'user.email=a@example.com', 'tag', '-m', 'x', 'heavy', 'side')
  for (const name of ['main', 'side', 'light', 'HEAD', 'refs/heads/joined'])
    expect(await resolveLoose(directory, name)).toBe((await git('rev-parse', name)).trim())
  for (const name of ['heavy', 'nope', 'main~1', '../config', 'config', '', 'refs/heads'])
    expect([name, await resolveLoose(directory, name)]).toEqual([name, undefined])
})

test('git is to be asked for what is packed, is no full SHA, or is an object of another kind', async () => {
  expect(await readCommit(directory, head.slice(0, 12))).toBeUndefined()
  expect(await readLoose(directory, 'blob', head)).toBeUndefined()
  expect(await readTree(directory, head)).toBeUndefined()
  await git('repack', '-a', '-d', '--quiet')
  expect(await readCommit(directory, head)).toBeUndefined()
  expect(await findEntry(directory, head, 'a.yaml')).toBeUndefined()
  expect(await readLine(directory, head, 50)).toBeUndefined()
  expect(await readFolder(directory, head, 'd', { recurse: true, isWanted: () => true })).toBeUndefined()
  await git('pack-refs', '--all')
  expect(await resolveLoose(directory, 'main')).toBeUndefined()
})
