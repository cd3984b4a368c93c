import { chmod, mkdir, mkdtemp, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { COMMAND_LINES } from '../../../../test/harness/hostile.ts'
import { testWorld } from '../../../../test/harness/world.ts'
import { type HashedContext, hashContext, readIgnoreRules } from '../../src/content-key/hash-context.ts'
import { Unkeyable } from '../../src/content-key/unkeyable.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'context-'))
  await write({ 'src/a.py': 'a', 'src/b.py': 'b', 'model.bin': 'weights' })
})
afterEach(() => rm(root, { recursive: true, force: true }))

async function write(files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
}

async function hash(world = testWorld()): Promise<HashedContext> {
  const rules = await readIgnoreRules([join(root, '.dockerignore')], () => {})
  return hashContext(world, root, rules)
}

const changes: [what: string, change: () => Promise<unknown>][] = [
  ['a byte', () => write({ 'model.bin': 'Weights' })],
  ['a new file', () => write({ 'new.txt': '' })],
  ['a file that is gone', () => rm(join(root, 'model.bin'))],
  ['an executable bit', () => chmod(join(root, 'src/a.py'), 0o755)],
  ['a bit that keeps others from reading', () => chmod(join(root, 'src/a.py'), 0o600)],
  ['an empty folder', () => mkdir(join(root, 'empty'))],
  ['a link', () => symlink('model.bin', join(root, 'latest'))],
  ['bytes that moved from one file into the next', () => write({ 'src/a.py': 'ab', 'src/b.py': '' })],
]
test.each(changes)('%s is another context', async (_, change) => {
  const before = await hash()
  await change()
  expect((await hash()).digest).not.toBe(before.digest)
})

test('a link counts by where it leads, and not by what is there', async () => {
  await symlink('model.bin', join(root, 'latest'))
  const before = await hash()
  await rm(join(root, 'latest'))
  await symlink('./model.bin', join(root, 'latest'))
  expect((await hash()).digest).not.toBe(before.digest)
})

test('times are no content, and neither is what is left out', async () => {
  await write({ '.dockerignore': '*.log\nbig\n' })
  const before = await hash()
  await utimes(join(root, 'model.bin'), 1, 1)
  await write({ 'x.log': 'x', 'big/file': 'y' })
  expect(await hash()).toEqual(before)
})

test('names are no commands, and do not run into their content', async () => {
  const names = COMMAND_LINES.map((line) => line.replaceAll('/', '∕').replaceAll('\u0000', ''))
  await write(Object.fromEntries(names.map((name) => [name, 'x'])))
  const before = await hash()
  expect(before.files).toBe(new Set(names).size + 3)
  await write({ '["a","file",420,0,"",""]\n': '' })
  expect((await hash()).digest).not.toBe(before.digest)
})

test('a folder .git is noticed, since it is never the same twice', async () => {
  expect((await hash()).hasGit).toBe(false)
  await write({ '.git/HEAD': 'ref: refs/heads/main', 'src/.gitignore': '' })
  expect((await hash()).hasGit).toBe(true)
  await write({ '.dockerignore': '.git\n' })
  expect((await hash()).hasGit).toBe(false)
})

test('a large file is read in pieces, and its last byte counts', async () => {
  await truncate(join(root, 'model.bin'), 3 * 1024 * 1024 + 1)
  const before = await hash()
  await write({ 'model.bin': '' })
  await truncate(join(root, 'model.bin'), 3 * 1024 * 1024 + 2)
  expect((await hash()).digest).not.toBe(before.digest)
  expect(before).toMatchObject({ files: 3, bytes: 3 * 1024 * 1024 + 3 })
})

describe('what cannot be known has no key', () => {
  test('a name that is not UTF-8', async () => {
    await writeFile(Buffer.from([...Buffer.from(`${root}/`), 0x62, 0xff]), '')
    await expect(hash()).rejects.toThrow(Unkeyable)
  })

  test('a folder that goes away', async () => {
    const rules = await readIgnoreRules([], () => {})
    await expect(hashContext(testWorld(), join(root, 'none'), rules)).rejects.toThrow(Unkeyable)
  })
})

test('a cancelled step stops hashing', async () => {
  const world = testWorld()
  await truncate(join(root, 'model.bin'), 64 * 1024 * 1024)
  const hashed = hash(world)
  world.cancel()
  await expect(hashed).rejects.toMatchObject({ name: 'AbortError' })
})

test('rules that are not read as Docker reads them leave nothing out, and that is said', async () => {
  await write({ '.dockerignore': '*\n![[:alpha:]]\n' })
  const said: string[] = []
  const rules = await readIgnoreRules([join(root, '.dockerignore')], (line) => said.push(line))
  expect((await hashContext(testWorld(), root, rules)).files).toBe(4)
  expect(said).toEqual([expect.stringContaining('[[:alpha:]]')])
})

test('the rules beside the Dockerfile win, even where they are none', async () => {
  await write({ '.dockerignore': '*\n', 'Dockerfile.dockerignore': '# nothing\n' })
  const paths = [join(root, 'Dockerfile.dockerignore'), join(root, '.dockerignore')]
  const rules = await readIgnoreRules(paths, () => {})
  expect((await hashContext(testWorld(), root, rules)).files).toBe(5)
})
