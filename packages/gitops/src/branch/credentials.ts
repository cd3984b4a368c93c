import { Failure, type World } from '@mlops-actions/diagnostics'
import { type Credential, isPrivateWay, type RemoteUrl } from '@mlops-actions/git'

/** What a user gave to get in; the names are those of the inputs. */
export interface GivenCredential {
  readonly token: string | undefined
  readonly sshKey?: string | undefined
  readonly sshKnownHosts?: string | undefined
}

/** github.com's key as it publishes it (docs.github.com, "GitHub's SSH key fingerprints"). */
const KNOWN_GITHUB =
  'github.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl'

/**
 * What git gets to show to the server.
 * @throws Failure INPUTS when an input is missing, or when a token of GitHub would go to another server
 */
export function credentialFor(
  { token, sshKey, sshKnownHosts }: GivenCredential,
  remote: RemoteUrl,
  serverUrl: string,
): Credential {
  if (remote.protocol === 'http') {
    if (token === undefined) return { kind: 'anonymous' }
    assertForThisServer(token, remote, serverUrl)
    return { kind: 'token', token }
  }
  const knownHosts = sshKnownHosts ?? (remote.host === 'github.com' ? KNOWN_GITHUB : undefined)
  const seen = `${remote.url} is reached by ssh`
  if (sshKey === undefined)
    throw inputFailure('ssh-key', seen, 'Give a deploy key with write access, or an https URL and a `token`')
  if (knownHosts === undefined)
    throw inputFailure(
      'ssh-known-hosts',
      seen,
      `Give the lines of \`${keyscan(remote.host)}\`, after comparing the fingerprint`,
    )
  return { kind: 'ssh-key', privateKey: sshKey, knownHosts }
}

function keyscan(host: string): string {
  const [, name = host, port] = /^(.*):(\d+)$/.exec(host) ?? []
  return ['ssh-keyscan', ...(port === undefined ? [] : ['-p', port]), name].join(' ')
}

/**
 * `token` is the workflow's own unless it is given, and that one is nobody else's business: an installation
 * token of GitHub (`ghs_…`) goes to GitHub only.
 */
function assertForThisServer(
  token: string,
  remote: RemoteUrl & { readonly protocol: 'http' },
  serverUrl: string,
): void {
  const isGitHub =
    remote.origin === new URL(serverUrl).origin || /^(?:github\.com|[\w-]+\.ghe\.com)$/.test(remote.host)
  if (isGitHub || !token.startsWith('ghs_')) return
  const seen = `it holds a token of GitHub, which is not sent to ${remote.host}`
  throw inputFailure('token', seen, `Give a token of ${remote.host}`)
}

export function inputFailure(on: string, seen: string, next: string): Failure {
  return new Failure({
    kind: 'config',
    code: 'INPUTS',
    what: 'The inputs do not fit together',
    on,
    seen,
    next,
  })
}

export function warnOfPlainHttp(remote: RemoteUrl, { log }: Pick<World, 'log'>): void {
  if (remote.protocol !== 'http' || isPrivateWay(remote)) return
  log.warn(
    `${remote.origin} is not encrypted: whoever is on the way can read the token and change what is committed`,
  )
}
