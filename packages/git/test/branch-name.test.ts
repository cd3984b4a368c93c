import { execFileSync } from 'node:child_process'
import { describe, expect, test } from '@jest/globals'
import { parseBranchName, parseRemoteUrl } from '../src/index.ts'

describe('parseBranchName', () => {
  const names = [
    'main',
    'release/1.2',
    'a-b_c',
    'ünïcode',
    'x$(id)',
    'feature/#1',
    '-x',
    '--upload-pack=x',
    'a..b',
    'a b',
    'a~1',
    'a^',
    'a:b',
    'a?',
    'a*',
    'a[',
    'a\\b',
    '/a',
    'a/',
    'a//b',
    'a.',
    'a.lock',
    'a.lock/b',
    '.a',
    'a/.b',
    '@{x',
    'a@{b',
    'HEAD',
    '',
    'a\nb',
    'a\tb',
    'a\u007f',
    'refs.lock/heads/x',
  ]
  test.each(names)('agrees with git on %j', (name) => {
    expect(isAccepted(() => parseBranchName(name))).toBe(
      name !== 'HEAD' &&
        isAccepted(() => execFileSync('git', ['check-ref-format', '--branch', name], { stdio: 'pipe' })),
    )
  })
  test('refuses a whole ref name, which would land below refs/heads/refs/heads', () => {
    expect(() => parseBranchName('refs/heads/main')).toThrow('without refs/heads/')
  })
})

describe('parseRemoteUrl', () => {
  const readable: [string, object][] = [
    [
      'https://github.com/acme/gitops.git',
      { protocol: 'http', origin: 'https://github.com', host: 'github.com', path: 'acme/gitops' },
    ],
    [
      'http://127.0.0.1:3000/acme/gitops',
      { protocol: 'http', origin: 'http://127.0.0.1:3000', path: 'acme/gitops' },
    ],
    ['git@github.com:acme/gitops.git', { protocol: 'ssh', host: 'github.com', path: 'acme/gitops' }],
    [
      'ssh://git@git.example:2222/acme/gitops.git',
      { protocol: 'ssh', host: 'git.example:2222', path: 'acme/gitops' },
    ],
  ]
  test.each(readable)('reads %s', (text, parts) => {
    expect(parseRemoteUrl(text)).toMatchObject(parts)
  })

  const refused = [
    ['a token', 'https://x-access-token:ghs_1@github.com/a/b'],
    ['a user', 'https://me@github.com/a/b'],
    ['a command', 'ext::sh -c id'],
    ['a local path', '/srv/git/a.git'],
    ['a file', 'file:///srv/git/a.git'],
    ['an option', '--upload-pack=touch x'],
    ['an option as ssh host', 'ssh://-oProxyCommand=id/x'],
    ['an option as scp host', '-oProxyCommand=id:a/b'],
    ['an option as path', 'git@host:-x'],
    ['a new line', 'https://github.com/a/b\nx'],
    ['a query', 'https://github.com/a/b?x=1'],
    ['a host that git and URL read differently', 'https://github.com\\@evil.example/a'],
    ['no path', 'https://github.com/'],
    ['another scheme', 'ftp://host/a'],
  ]
  test.each(refused)('refuses %s', (_what, text) => {
    expect(() => parseRemoteUrl(text)).toThrow('want ')
  })
})

function isAccepted(parse: () => unknown): boolean {
  try {
    parse()
    return true
  } catch {
    return false
  }
}
