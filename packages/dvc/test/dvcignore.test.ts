import { afterEach, describe, expect, test } from '@jest/globals'
import { listTrackedFiles } from '../src/objects/workspace.ts'
import { makeRepository, type TestRepository } from './repository.ts'

let repository: TestRepository

afterEach(() => repository.close())

const FILES = ['up/data/a/b', 'up/data/keep/x.tmp', 'up/data/x.tmp', 'up/data/new\nline/x.tmp', 'up/data/z']
const EVERY_FILE = ['a/b', 'keep/x.tmp', 'new\nline/x.tmp', 'x.tmp', 'z']

describe('what .dvcignore leaves of a directory', () => {
  test('looks past the separators of Unicode, which are no line breaks there', async () => {
    repository = await makeRepository({
      '.dvcignore': '*.tmp\n',
      'data/\u2028x/a.tmp': '',
      'data/\r/a.tmp': '',
    })
    expect(await listTrackedFiles({ root: repository.root, cache: undefined }, 'data')).toEqual([])
  })

  // Seen with DVC 3.67.1: the files that its `dvcignore.walk` gives for up/data.
  test.each<[lines: string, inside: string, left: readonly string[]]>([
    ['*.tmp', '', ['a/b', 'new\nline/x.tmp', 'z']],
    ['*.tmp\n!keep', '', ['a/b', 'keep/x.tmp', 'new\nline/x.tmp', 'z']],
    ['x.tmp\n!keep/', '', ['a/b', 'new\nline/x.tmp', 'z']],
    ['/up/data/*\n!/up/data/keep', '', ['keep/x.tmp']],
    ['', '*.tmp', ['a/b', 'new\nline/x.tmp', 'z']],
    ['', 'data/a\n/data/z', ['keep/x.tmp', 'new\nline/x.tmp', 'x.tmp']],
    ['', '**/keep', ['a/b', 'new\nline/x.tmp', 'x.tmp', 'z']],
    ['[xy].tmp', '', ['a/b', 'new\nline/x.tmp', 'z']],
    ['[!x]', '', ['keep/x.tmp', 'new\nline/x.tmp', 'x.tmp']],
    ['[x', '', EVERY_FILE],
    ['# x.tmp\n/', '', EVERY_FILE],
    ['a/**', 'a/**', EVERY_FILE],
    ['*/', '', EVERY_FILE],
    ['***', '!**', []],
    ['', '**\n!data/**', []],
  ])('%j above, and %j beside', async (lines, inside, left) => {
    repository = await makeRepository(Object.fromEntries(FILES.map((path) => [path, path])))
    await repository.write('.dvcignore', `${lines}\n`)
    await repository.write('up/.dvcignore', `${inside}\n`)
    const found = await listTrackedFiles({ root: repository.root, cache: undefined }, 'up/data')
    expect(found.map(({ relpath }) => relpath).sort()).toEqual(left)
  })
})
