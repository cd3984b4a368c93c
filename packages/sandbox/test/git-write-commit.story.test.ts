import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { moveBranch, type PathChange, writeCommit } from '../src/git/write-commit.ts'

// Held to git itself: fsck takes it, and it is the very commit that git makes of the same files.
let directory: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'write-commit-'))
  git('init', '--quiet', '--bare', '--initial-branch=main')
})
afterEach(() => rmSync(directory, { recursive: true }))

function git(...args: string[]): string {
  const env = { PATH: process.env['PATH'], GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' }
  return execFileSync('git', args, { cwd: directory, env, encoding: 'utf8', stdio: 'pipe' }).trim()
}

const WHO = 'Ann Ö <ann@example.com> 1700000000 +0000'
const file = (path: string, text: string, mode = '100644') => ({ path, contents: Buffer.from(text), mode })
const removal = (path: string) => ({ path, contents: undefined })

const FIRST = [
  file('a.yaml', 'a'),
  file('a/b/c', 'c'),
  file('a.b/d', 'd'),
  file('a0', 'e'),
  file('run.sh', '#!', '100755'),
  file('é "q"', 'x'),
]

async function commit(changes: readonly PathChange[], parent?: string): Promise<string> {
  return (await writeCommit(directory, { parent, changes, who: WHO, message: 'Say\n\nit\n' })) ?? ''
}

/** The same by git-fast-import(1). */
function imported(changes: readonly PathChange[], parent?: string): string {
  const data = (bytes: Buffer) => `data ${bytes.length}\n${bytes}\n`
  const lines = changes.map(({ path, contents, mode }) => {
    const quoted = `"${path.replaceAll('"', '\\"')}"`
    return contents === undefined ? `D ${quoted}\n` : `M ${mode} inline ${quoted}\n${data(contents)}`
  })
  const from = parent === undefined ? '' : `from ${parent}\n`
  const head = `commit refs/heads/other\nmark :1\nauthor ${WHO}\ncommitter ${WHO}\n${data(Buffer.from('Say\n\nit\n'))}`
  const env = { PATH: process.env['PATH'], GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' }
  const input = `${head}${from}${lines.join('')}get-mark :1\n`
  return execFileSync('git', ['fast-import', '--quiet', '--force'], { cwd: directory, env, input })
    .toString()
    .trim()
}

describe('a commit written without git', () => {
  const rows: [what: string, changes: PathChange[]][] = [
    ['a file of the root', [file('a.yaml', 'new')]],
    ['a file deep in it, beside others', [file('a/b/new', 'n')]],
    ['a folder where a file was', [file('a0/x', 'n')]],
    ['a file where a folder was', [file('a', 'n')]],
    ['a file that is gone, and its folders with it', [removal('a/b/c')]],
    ['a folder that is gone', [removal('a')]],
    ['nothing of what is not there', [removal('nope/x'), removal('a0/x'), file('a0', 'f')]],
    ['everything gone', FIRST.map(({ path }) => removal(path))],
  ]
  test.each(rows)('is the one that git makes: %s', async (_, changes) => {
    const first = await commit(FIRST)
    expect(first).toBe(imported(FIRST))
    expect(await commit(changes, first)).toBe(imported(changes, first))
    expect(git('fsck', '--strict', '--no-dangling')).toBe('')
  })

  test('is left to git where the parent is packed', async () => {
    const first = imported(FIRST)
    git('gc', '--quiet')
    expect(await commit([file('a', 'b')], first)).toBe('')
  })
})

describe('a branch', () => {
  test('is moved from where it is, and from nowhere else', async () => {
    const first = await commit(FIRST)
    const second = await commit([file('x', 'y')], first)
    expect(await moveBranch(directory, 'team/x', { from: first, to: second })).toBe(false)
    expect(await moveBranch(directory, 'team/x', { from: undefined, to: first })).toBe(true)
    expect(await moveBranch(directory, 'team/x', { from: undefined, to: second })).toBe(false)
    expect(git('rev-parse', 'team/x')).toBe(first)
    expect(await moveBranch(directory, 'team/x', { from: first, to: second })).toBe(true)
    expect(git('rev-parse', 'team/x')).toBe(second)
  })

  test('that git has locked stays where it is, and the lock is left to git', async () => {
    const first = await commit(FIRST)
    await moveBranch(directory, 'main', { from: undefined, to: first })
    const lock = join(directory, 'refs/heads/main.lock')
    writeFileSync(lock, '')
    expect(await moveBranch(directory, 'main', { from: first, to: first })).toBe(false)
    expect(existsSync(lock)).toBe(true)
  })
})
