import { describe, expect, test } from '@jest/globals'
import { parseRemoteUrl } from '@mlops-actions/git'
import { credentialFor } from '../src/branch/credentials.ts'

const credential = (url: string, given: Record<string, string>) =>
  credentialFor(
    { token: given['token'], sshKey: given['ssh-key'], sshKnownHosts: given['ssh-known-hosts'] },
    parseRemoteUrl(url),
    'https://github.example',
  )

describe('the credential', () => {
  const given: [what: string, url: string, inputs: Record<string, string>, kind: string][] = [
    [
      "the workflow's token on its own GitHub",
      'https://github.example/a/b',
      { token: 'ghs_123456' },
      'token',
    ],
    ['a token of GitHub on github.com', 'https://github.com/a/b', { token: 'ghs_123456' }, 'token'],
    ['a token of another forge there', 'https://gitlab.com/a/b', { token: 'glpat-123456' }, 'token'],
    ['nothing', 'https://gitlab.com/a/b', {}, 'anonymous'],
    [
      'a deploy key on github.com, whose host key is known',
      'git@github.com:a/b',
      { 'ssh-key': 'key' },
      'ssh-key',
    ],
    [
      'a deploy key elsewhere, with its host key',
      'git@git.example:a/b',
      { 'ssh-key': 'key', 'ssh-known-hosts': 'x' },
      'ssh-key',
    ],
  ]
  test.each(given)('is %s', (_what, url, inputs, kind) => {
    expect(credential(url, inputs).kind).toBe(kind)
  })

  const refused: [what: string, url: string, inputs: Record<string, string>, seen: string][] = [
    [
      "the workflow's token for another server",
      'https://gitlab.com/a/b',
      { token: 'ghs_123456' },
      'not sent to gitlab.com',
    ],
    [
      "the workflow's token for a name that looks like GitHub",
      'https://github.com.evil.example/a/b',
      { token: 'ghs_1' },
      'not sent',
    ],
    ['ssh without a key', 'git@github.com:a/b', {}, 'ssh-key'],
    [
      'ssh to a host that is not known',
      'git@git.example:a/b',
      { 'ssh-key': 'key' },
      'ssh-known-hosts: git@git.example:a/b is reached by ssh. Give the lines of `ssh-keyscan git.example`',
    ],
    [
      'ssh to a port whose host is not known',
      'ssh://git@git.example:2222/a/b',
      { 'ssh-key': 'key' },
      'Give the lines of `ssh-keyscan -p 2222 git.example`',
    ],
  ]
  test.each(refused)('is never %s', (_what, url, inputs, seen) => {
    expect(() => credential(url, inputs)).toThrow(
      expect.objectContaining({ kind: 'config', message: expect.stringContaining(seen) }),
    )
  })
})
