import { describe, expect, test } from '@jest/globals'
import { parseDockerfile } from '../src/docker/dockerfile.ts'
import { parseIgnore } from '../src/docker/ignore.ts'
import { parseBuildOptions } from '../src/docker/options.ts'
import { expand, splitWords } from '../src/docker/words.ts'

const variables = new Map([
  ['A', 'one'],
  ['EMPTY', ''],
  ['SPACED', 'a b'],
])

describe('variables', () => {
  test.each([
    ['$A/${A}x', 'one/onex'],
    ['${NO}|$NO', '|'],
    ['${NO:-d}${EMPTY:-d}${A:-d}', 'ddone'],
    ['${NO-d}${EMPTY-d}', 'd'],
    ['${A:+x}${NO:+x}${EMPTY:+x}${EMPTY+y}', 'xy'],
    ['${NO:-$A}', 'one'],
    ['\\$A', '$A'],
  ])('%s -> %s', (text, expected) => {
    expect(expand(text, variables)).toBe(expected)
  })

  test.each([
    ['a  "b c" d', ['a', 'b c', 'd']],
    ['K="x y" L=\'$A\' M=$A', ['K=x y', 'L=$A', 'M=one']],
    ['one\\ word', ['one word']],
    ['"say \\"hi\\""', ['say "hi"']],
    ['N=$SPACED', ['N=a b']],
    ['', []],
  ])('%s splits into %j', (text, expected) => {
    expect(splitWords(text, variables)).toEqual(expected)
  })
})

describe('.dockerignore', () => {
  test.each([
    ['*.csv', 'a.csv', true],
    ['*.csv', 'sub/a.csv', false],
    ['**/*.csv', 'sub/deep/a.csv', true],
    ['**/*.csv', 'a.csv', true],
    ['data', 'data/x/y', true],
    ['/data/', 'data/x', true],
    ['data\n!data/keep', 'data/keep', false],
    ['data\n!data/keep\ndata/keep', 'data/keep', true],
    ['*\n!src', 'src/main.py', false],
    ['a?c', 'abc', true],
    ['a[bx]c', 'axc', true],
    ['# data', '# data', false],
    ['file.txt', 'fileXtxt', false],
    ['docs/**', 'docs/a/b', true],
  ])('%j ignores %s: %s', (rules, path, expected) => {
    expect(parseIgnore(rules)(path)).toBe(expected)
  })
})

describe('Dockerfile', () => {
  test('comments go, continued lines are joined, and each instruction knows its lines', () => {
    const source = '# syntax=x\n\nfrom scratch\nENV A=1 \\\n  # between\n  B=2\nCMD ["a"]'
    expect(parseDockerfile(source)).toEqual([
      { name: 'FROM', text: 'scratch', line: { first: 3, last: 3 } },
      { name: 'ENV', text: 'A=1   B=2', line: { first: 4, last: 6 } },
      { name: 'CMD', text: '["a"]', line: { first: 7, last: 7 } },
    ])
  })

  test.each([
    ['RUN x', 'dockerfile parse error on line 1: RUN is not taken'],
    ['FROM scratch\nADD a /', 'line 2: ADD is not taken'],
    ['FROM scratch\nHEALTHCHECK NONE', 'HEALTHCHECK is not taken'],
    ['# escape=`\nFROM scratch', '"escape" is not taken'],
    ['# only a comment', 'cannot be empty'],
  ])('%j: %s', (source, message) => {
    expect(() => parseDockerfile(source)).toThrow(message)
  })
})

test('build arguments: pairs, names from the environment, both forms of a flag', () => {
  const args = [
    '-t',
    'a/b:c',
    '--tag=a/b:d',
    '--build-arg',
    'X=1=2',
    '--build-arg=HOME',
    '--build-arg',
    'UNSET',
    '--push',
    '.',
  ]
  const options = parseBuildOptions(args, { HOME: '/h' })
  expect([options.tags, [...options.buildArgs], options.push, options.context]).toEqual([
    ['a/b:c', 'a/b:d'],
    [
      ['X', '1=2'],
      ['HOME', '/h'],
    ],
    true,
    '.',
  ])
})
