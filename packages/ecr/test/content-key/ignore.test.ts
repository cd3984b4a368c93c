import { describe, expect, test } from '@jest/globals'
import { parseIgnoreFile } from '../../src/content-key/ignore-file.ts'
import { createIgnoreMatcher } from '../../src/content-key/ignore-matcher.ts'
import { UnreadablePattern } from '../../src/content-key/ignore-pattern.ts'

/** As the walk does: folder by folder, each by the verdict on the one above it. */
function isIgnored(file: string, path: string): boolean {
  const matcher = createIgnoreMatcher(parseIgnoreFile(file))
  const parts = path.split('/')
  const verdicts = parts.reduce<ReturnType<typeof matcher.judge> | undefined>(
    (parent, _, at) => matcher.judge(parts.slice(0, at + 1).join('/'), parent),
    undefined,
  )
  return verdicts?.ignored === true
}

describe('lines of a .dockerignore', () => {
  test.each([
    ['a comment is one in the first column only', '# a\n # b\n', ['# b']],
    ['white space around a pattern goes', '  a \t\r\n', ['a']],
    ['paths are cleaned', './a//b/../c/\n', ['a/c']],
    ['a slash in front goes, also behind a !', '/a\n!/b\n! /c\n', ['a', '!b', '!c']],
    ['empty lines are none', '\n \na', ['a']],
    ['a byte order mark goes', '\ufeffa', ['a']],
  ])('%s', (_, text, patterns) => expect(parseIgnoreFile(text)).toEqual(patterns))
})

describe('a path', () => {
  const cases: [file: string, ignored: string[], kept: string[]][] = [
    ['*/temp*', ['a/temporary.txt', 'a/temp/x'], ['temp', 'a/b/temp']],
    ['*/*/temp*', ['a/b/temporary.txt'], ['a/temp']],
    ['temp?', ['tempa', 'tempé'], ['temp', 'tempab']],
    ['**/*.go', ['a.go', 'a/b/c.go'], ['a.gox']],
    ['*.md\n!README.md', ['a.md'], ['README.md', 'a/b.md']],
    ['*.md\n!README*.md\nREADME-secret.md', ['README-secret.md', 'a.md'], ['README-x.md']],
    ['*.md\nREADME-secret.md\n!README*.md', ['a.md'], ['README-secret.md']],
    ['node_modules', ['node_modules', 'node_modules/a/b'], ['a/node_modules']],
    ['**/node_modules', ['node_modules/a', 'a/node_modules/b'], ['node_modules2']],
    ['**', ['a', 'a/b'], []],
    ['a/**', ['a/b', 'a/b/c'], ['a', 'ab']],
    ['a**', ['a', 'ab', 'a/b'], ['b']],
    ['**b', ['b', 'ab', 'x/ab'], ['bc']],
    ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b'], ['ab']],
    ['*\n!src', ['a'], ['src', 'src/a/b']],
    ['*\n!src/a', ['src/b', 'src'], ['src/a/b']],
    ['src/b\n!src', ['src/b'], ['src/a']],
    ['!a\na', ['a', 'a/b'], []],
    ['a\n!a/b\na/b/c', ['a/x', 'a/b/c'], ['a/b', 'a/b/d']],
    ['a.b', ['a.b'], ['axb']],
    ['[a-c]x', ['ax', 'cx'], ['dx']],
    ['a[^b]c', ['axc', 'a/c'], ['abc']],
    ['a\\*', ['a*'], ['ab']],
    ['A', ['A'], ['a']],
    ['../a', [], ['a']],
    ['.', [], ['a']],
    ['', [], ['a']],
  ]
  test.each(cases)('by %j', (file, ignored, kept) => {
    expect(ignored.filter((path) => !isIgnored(file, path))).toEqual([])
    expect(kept.filter((path) => isIgnored(file, path))).toEqual([])
  })

  test.each(['!', '[a', '[]a]', 'a\\d', '[[:alpha:]]', '[z-a]', '[a\\-c]', 'a\\', '[*]'])(
    'is not judged by %j, which Docker refuses or reads in a way of its own',
    (file) => expect(() => createIgnoreMatcher(parseIgnoreFile(file))).toThrow(UnreadablePattern),
  )
})

describe('a folder that is left out', () => {
  const holds = (file: string, folder: string): boolean =>
    createIgnoreMatcher(parseIgnoreFile(file)).mayHoldMore(folder)
  test.each([
    ['a', 'a', false],
    ['a\n!b', 'a', false],
    ['a\n!a/b', 'a', true],
    ['a\n!a/*', 'a', true],
    ['a\n!**/b', 'a', true],
    ['a\n!ab/c', 'a', false],
  ])('%j: whether %s is looked into is %s', (file, folder, expected) =>
    expect(holds(file, folder)).toBe(expected),
  )
})
