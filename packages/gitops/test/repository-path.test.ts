import { describe, expect, test } from '@jest/globals'
import { parseRepositoryPath } from '../src/index.ts'

describe('parseRepositoryPath', () => {
  test.each([
    'inference.yaml',
    'k8s/inference.yaml',
    'a b/ü.yaml',
    '.github/x.yml',
    'x.git/y',
    ':(glob)*',
    '-x',
    '$(id)',
  ])('takes %j, which git takes literally', (path) => {
    expect(parseRepositoryPath(path)).toBe(path)
  })

  test.each([
    '',
    '/',
    '/etc/passwd',
    '../x',
    'a/../../x',
    'a/./b',
    'a//b',
    'a/',
    '.',
    '..',
    'C:/x',
    'c:x',
    'a\\b',
    '\\\\?\\C:\\x',
    'a\u0000b',
    'a\nb',
    'a\u2215..\u2215b',
    'a\uff0fb',
    '.git/config',
    '.GIT/config',
    'a/.git/hooks',
    '.git./x',
    '.git /x',
    'GIT~1/x',
    '.g\u200cit/x',
    '... /x',
  ])('refuses %j', (path) => {
    expect(() => parseRepositoryPath(path)).toThrow('inside the repository')
  })
})
