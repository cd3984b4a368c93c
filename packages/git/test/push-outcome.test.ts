import { describe, expect, test } from '@jest/globals'
import { type PushOutcome, readPush } from '../src/index.ts'

const rejected = (reason: string): string =>
  `To https://github.com/o/r\n!\tabc:refs/heads/main\t[rejected] (${reason})\nDone`
const remoteRejected = (reason: string): string => `!\tabc:refs/heads/main\t[remote rejected] (${reason})`

// Texts as git 2.39 and github.com print them; the issue numbers are those of argocd-gitops b3.
const transcripts: [
  name: string,
  stdout: string,
  stderr: string,
  status: PushOutcome['status'],
  code?: string,
][] = [
  ['a newer head', rejected('fetch first'), "error: failed to push some refs to 'x'", 'moved', ''],
  ['a diverged head', rejected('non-fast-forward'), '', 'moved', ''],
  [
    'a lost race on the server',
    remoteRejected("cannot lock ref 'refs/heads/main': is at a but expected b"),
    '',
    'moved',
    '',
  ],
  ['a lost race on GitHub', remoteRejected('failed to update ref'), '', 'moved', ''],
  ['a lease that is stale', rejected('stale info'), '', 'moved', ''],
  [
    'branch protection',
    remoteRejected('protected branch hook declined'),
    'remote: error: GH006: Protected branch update failed for refs/heads/main.',
    'refused',
    'GIT_PUSH_PROTECTED',
  ],
  [
    'a rule set',
    remoteRejected('push declined due to repository rule violations'),
    'remote: error: GH013: Repository rule violations found for refs/heads/main.',
    'refused',
    'GIT_PUSH_PROTECTED',
  ],
  [
    'any other hook',
    remoteRejected('pre-receive hook declined'),
    'remote: no',
    'refused',
    'GIT_PUSH_PROTECTED',
  ],
  [
    'another reason of the server',
    remoteRejected('shallow update not taken'),
    '',
    'refused',
    'GIT_PUSH_REJECTED',
  ],
  [
    'a token that may only read',
    '',
    "remote: Permission to o/r.git denied to x.\nfatal: unable to access 'https://github.com/o/r/': The requested URL returned error: 403",
    'refused',
    'GIT_FORBIDDEN',
  ],
  [
    'a wrong token',
    '',
    "fatal: could not read Username for 'https://github.com': terminal prompts disabled",
    'refused',
    'GIT_AUTH',
  ],
  [
    'a wrong key',
    '',
    'git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.',
    'refused',
    'GIT_AUTH',
  ],
  ['an unknown host key', '', 'Host key verification failed.', 'refused', 'GIT_HOST_KEY'],
  [
    'a missing repository',
    '',
    "remote: Repository not found.\nfatal: repository 'https://github.com/o/r/' not found",
    'refused',
    'GIT_REPOSITORY_NOT_FOUND',
  ],
  [
    'an unknown authority',
    '',
    "fatal: unable to access 'https://x/': SSL certificate problem: unable to get local issuer certificate",
    'refused',
    'GIT_TLS',
  ],
  [
    'a connection that died',
    '',
    'error: RPC failed; curl 56 Recv failure: Connection reset by peer\nfatal: the remote end hung up unexpectedly',
    'unknown',
    '',
  ],
  ['an empty answer', '', "fatal: unable to access 'http://x/': Empty reply from server", 'unknown', ''],
  [
    'a gateway error',
    '',
    'error: RPC failed; HTTP 502 curl 22 The requested URL returned error: 502\nfatal: the remote end hung up unexpectedly',
    'unknown',
    '',
  ],
  [
    'a reset below TLS',
    '',
    "fatal: unable to access 'https://x/': OpenSSL SSL_read: Connection reset by peer, errno 104",
    'unknown',
    '',
  ],
  [
    'a stalled transfer',
    '',
    'error: RPC failed; curl 28 Operation too slow. Less than 1 bytes/sec transferred the last 30 seconds',
    'unknown',
    '',
  ],
]

describe('a push that fails by', () => {
  test.each(transcripts)('%s', (_name, stdout, stderr, status, code) => {
    const outcome = readPush('o/r main', { exitCode: 1, stdout, stderr })
    expect(outcome.status).toBe(status)
    expect(outcome.status === 'refused' ? outcome.failure.code : '').toBe(code)
  })

  test('says what the server said, without its blank lines', () => {
    const stderr =
      'remote: error: GH013: Repository rule violations found for refs/heads/main.        \nremote: \nremote: - Changes must be made through a pull request.        \n'
    const outcome = readPush('o/r main', { exitCode: 1, stdout: remoteRejected('push declined'), stderr })
    expect(outcome.status === 'refused' && outcome.failure.details.seen).toBe(
      'remote: error: GH013: Repository rule violations found for refs/heads/main. | remote: - Changes must be made through a pull request. | ! abc:refs/heads/main [remote rejected] (push declined)',
    )
  })
})

describe('a push by ssh that fails', () => {
  const failures: [what: string, stderr: string, code: string, seen: string, next: RegExp][] = [
    [
      'by a key that the server does not know',
      'git@github.com: Permission denied (publickey).\r\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.\n',
      'GIT_AUTH',
      'git@github.com: Permission denied (publickey). | fatal: Could not read from remote repository.',
      /`ssh-key` as a deploy key/,
    ],
    [
      'by a key that may only read',
      'ERROR: The key you are authenticating with has been marked as read only.\nfatal: Could not read from remote repository.',
      'GIT_FORBIDDEN',
      'ERROR: The key you are authenticating with has been marked as read only. | fatal: Could not read from remote repository.',
      /deploy key with write access/,
    ],
    [
      'by a repository that the key does not open',
      'ERROR: Repository not found.\nfatal: Could not read from remote repository.',
      'GIT_REPOSITORY_NOT_FOUND',
      'ERROR: Repository not found. | fatal: Could not read from remote repository.',
      /token or key without rights/,
    ],
    [
      'by a host of which no key is known',
      'No ED25519 host key is known for git.example and you have requested strict checking.\nHost key verification failed.\nfatal: Could not read from remote repository.',
      'GIT_HOST_KEY',
      'No ED25519 host key is known for git.example and you have requested strict checking. | Host key verification failed. | fatal: Could not read from remote repository.',
      /`ssh-known-hosts`/,
    ],
  ]
  test.each(failures)('%s says so, and what to do about it', (_what, stderr, code, seen, next) => {
    const outcome = readPush('o/r main', { exitCode: 128, stdout: '', stderr })
    expect(outcome).toMatchObject({
      status: 'refused',
      failure: { code, details: { seen, next: expect.stringMatching(next) } },
    })
  })

  test('by a connection that ends is not known to have failed', () => {
    const stderr =
      'Connection to git.example closed by remote host.\nfatal: the remote end hung up unexpectedly'
    expect(readPush('o/r main', { exitCode: 128, stdout: '', stderr })).toEqual({
      status: 'unknown',
      seen: 'Connection to git.example closed by remote host. | fatal: the remote end hung up unexpectedly',
    })
  })
})

test('that git would have asked a person is told in other words than that it could not', () => {
  const stderr = "fatal: could not read Username for 'https://github.com': terminal prompts disabled"
  const outcome = readPush('o/r main', { exitCode: 128, stdout: '', stderr })
  expect(outcome.status === 'refused' && outcome.failure.details.seen).toBe(
    'the server at https://github.com asks for a login that it was not given',
  )
})

test('a push that succeeds is accepted', () => {
  expect(readPush('o/r', { exitCode: 0, stdout: '', stderr: '' })).toEqual({ status: 'accepted' })
})
