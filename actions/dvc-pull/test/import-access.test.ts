import { describe, expect, test } from '@jest/globals'
import { parseRemoteUrl } from '@mlops-actions/git'
import { parseHosts, planAccess } from '../src/import-access.ts'

const serverUrl = 'https://github.acme.example'

function remoteOf(url: string) {
  const remote = parseRemoteUrl(url)
  if (remote.protocol !== 'http') throw new Error(`${url} is none of http`)
  return remote
}

const accessTo = (url: string, hosts: string) =>
  planAccess(remoteOf(url), { importToken: 't0ken', importHosts: parseHosts(hosts), serverUrl })

describe('the token of imports', () => {
  const sent: [string, string][] = [
    ['https://github.acme.example/a/b', ''],
    ['https://GitLab.example:443/a/b', 'gitlab.example'],
    ['https://gitlab.example/a/b', 'other.example, GitLab.example:443'],
    ['https://git.example:8443/a/b', 'git.example:8443'],
    ['http://127.0.0.1:3000/a/b', '127.0.0.1:3000'],
    ['http://[::1]:3000/a/b', '[::1]:3000'],
  ]
  test.each(sent)('is sent to %s where the workflow names "%s"', (url, hosts) => {
    expect(accessTo(url, hosts)).toMatchObject({
      credential: { kind: 'token', token: 't0ken' },
      withheld: undefined,
    })
  })

  const kept: [string, string, RegExp][] = [
    ['https://evil.example/a/b', 'gitlab.example', /name evil\.example in `import-hosts`/],
    ['https://github.com/a/b', '', /name github\.com in/],
    ['https://github.acme.example.evil.example/a/b', '', /name github\.acme\.example\.evil\.example in/],
    ['https://evil-gitlab.example/a/b', 'gitlab.example', /name evil-gitlab\.example in/],
    ['https://sub.gitlab.example/a/b', 'gitlab.example', /name sub\.gitlab\.example in/],
    ['https://gitlab.example:8443/a/b', 'gitlab.example', /name gitlab\.example:8443 in/],
    ['https://github.acme.example:8443/a/b', '', /name github\.acme\.example:8443 in/],
    ['http://gitlab.example/a/b', 'gitlab.example', /from an https URL/],
    ['http://github.acme.example/a/b', '', /from an https URL/],
    ['http://127.0.0.1.evil.example/a/b', '127.0.0.1.evil.example', /from an https URL/],
    ['http://127.0.0.1:3000/a/b', '127.0.0.1', /name 127\.0\.0\.1:3000 in/],
  ]
  test.each(kept)('is not sent to %s where the workflow names "%s"', (url, hosts, next) => {
    expect(accessTo(url, hosts)).toMatchObject({
      credential: { kind: 'anonymous' },
      withheld: expect.any(String),
      next: expect.stringMatching(next),
    })
  })

  test('is asked for where there is none, with the host where that has to be named', () => {
    const rules = { importToken: undefined, importHosts: parseHosts(''), serverUrl }
    const nextOf = (url: string) => planAccess(remoteOf(url), rules).next
    expect(nextOf('https://github.acme.example/a/b')).toMatch(/in `import-token`$/)
    expect(nextOf('https://gitlab.example/a/b')).toMatch(/`import-token`, and name gitlab\.example in/)
  })
})

test.each(['https://gitlab.example', 'gitlab.example/group', '*.example', 'me@gitlab.example', 'a:b', 'a b'])(
  'a host is no "%s"',
  (text) => {
    expect(() => parseHosts(text)).toThrow('want hosts, each `host` or `host:port`')
  },
)
