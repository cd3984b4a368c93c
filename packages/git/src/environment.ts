import type { World } from '@mlops-actions/diagnostics'
import { childEnv } from '@mlops-actions/process'

/**
 * What lets git in: a token as the password of HTTP Basic authentication, or the socket of an agent that
 * holds a key.
 */
export type Access =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'token'; readonly origin: string; readonly token: string; readonly user: string }
  | { readonly kind: 'ssh'; readonly agentSocket: string; readonly knownHostsFile: string }

export interface EnvironmentOptions {
  readonly access: Access
  /** The remote `origin`. */
  readonly url: string
  /** Becomes HOME: no `.netrc`, no `.ssh/config`, no `.gitconfig` of the machine takes part. */
  readonly home: string
  /** A file with every certificate that is trusted, in place of the system's. */
  readonly caFile: string | undefined
  /** Milliseconds without a byte after which a transfer is given up. */
  readonly requestTimeout: number
}

/**
 * The environment of every git command. Configuration goes through `GIT_CONFIG_*`, so that a credential
 * stands neither in argv nor in a file; hooks, file system monitors and protocols that run commands are
 * off.
 */
export function gitEnvironment(
  { env, mask }: Pick<World, 'env' | 'mask'>,
  options: EnvironmentOptions,
): Record<string, string> {
  return childEnv(env, {
    HOME: options.home,
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ALLOW_PROTOCOL: options.access.kind === 'ssh' ? 'ssh' : 'http:https',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_SSL_CAINFO: options.caFile,
    ...sshEnvironment(options),
    ...configEnvironment([
      ...SAFE_CONFIG,
      ['remote.origin.url', options.url],
      ...stallConfig(options.requestTimeout),
      ...credentialConfig(options.access, mask),
    ]),
  })
}

/** Of a repository that somebody else may have written: nothing in it runs. */
export const SAFE_CONFIG: readonly (readonly [string, string])[] = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['credential.helper', ''],
  ['protocol.ext.allow', 'never'],
  ['protocol.file.allow', 'never'],
  ['gc.auto', '0'],
  ['maintenance.auto', 'false'],
]

/** Below 100 bytes per second for that long curl gives up (git-config: http.lowSpeedLimit). */
function stallConfig(requestTimeout: number): [string, string][] {
  const seconds = Math.max(1, Math.ceil(requestTimeout / 1_000))
  return [
    ['http.lowSpeedLimit', '100'],
    ['http.lowSpeedTime', String(seconds)],
  ]
}

/**
 * Git matches the origin only once, with the URL of the remote: it goes on with the header to wherever a redirect has led
 * its first request. So no redirect is followed with a token, nor what a server of plain files says of objects elsewhere
 * (`info/http-alternates`), which git takes for a redirect, too.
 */
function credentialConfig(access: Access, mask: (secret: string) => void): [string, string][] {
  if (access.kind !== 'token') return []
  const basic = Buffer.from(`${access.user}:${access.token}`).toString('base64')
  mask(basic)
  return [
    [`http.${access.origin}/.extraheader`, `Authorization: Basic ${basic}`],
    ['http.followRedirects', 'false'],
  ]
}

/**
 * Of the machine nothing takes part: ssh looks for keys and hosts in the account's own home, whatever HOME says. A server
 * that is silent for as long as a transfer may stand still is given up.
 */
function sshEnvironment({ access, requestTimeout }: EnvironmentOptions): Record<string, string> {
  if (access.kind !== 'ssh') return {}
  const seconds = Math.max(1, Math.ceil(requestTimeout / 1_000))
  const options = [
    'BatchMode=yes',
    'StrictHostKeyChecking=yes',
    'IdentitiesOnly=no',
    'IdentityFile=none',
    `UserKnownHostsFile="${access.knownHostsFile.replaceAll("'", "'\\''")}"`,
    'GlobalKnownHostsFile=/dev/null',
    `ConnectTimeout=${seconds}`,
    `ServerAliveInterval=${Math.ceil(seconds / 2)}`,
    'ServerAliveCountMax=1',
  ]
  return {
    SSH_AUTH_SOCK: access.agentSocket,
    GIT_SSH_VARIANT: 'ssh',
    GIT_SSH_COMMAND: ['ssh', '-F', '/dev/null', ...options.map((option) => `-o '${option}'`)].join(' '),
  }
}

export function configEnvironment(config: readonly (readonly [string, string])[]): Record<string, string> {
  const entries = config.flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key] as const,
    [`GIT_CONFIG_VALUE_${index}`, value] as const,
  ])
  return { GIT_CONFIG_COUNT: String(config.length), ...Object.fromEntries(entries) }
}
