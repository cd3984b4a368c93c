/** What every program needs to find its files, its language, its proxy and its certificates; and what marks it as ours. */
const ALLOWED = new Set([
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'TMPDIR',
  'TMP',
  'TEMP',
  'TZ',
  'LANG',
  'LANGUAGE',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'ALL_PROXY',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'NODE_EXTRA_CA_CERTS',
  // The runner ends what has it and outlives the job: a daemon that left its group, anything where we were killed ourselves.
  'RUNNER_TRACKING_ID',
])

/** Without these no Windows program starts. */
const ALLOWED_ON_WINDOWS = new Set([
  'SYSTEMROOT',
  'SYSTEMDRIVE',
  'WINDIR',
  'COMSPEC',
  'PATHEXT',
  'USERPROFILE',
  'HOMEDRIVE',
  'HOMEPATH',
  'APPDATA',
  'LOCALAPPDATA',
  'PROGRAMDATA',
  'PROGRAMFILES',
])

export interface ChildEnvOptions {
  /** Lets the child use the SSH agent of the job: for git over ssh. */
  readonly sshAgent?: boolean
}

/**
 * The environment of a child: what is on the allow-list, and what the caller adds for this one child.
 * The job's own secrets (INPUT_*, ACTIONS_ID_TOKEN_*, ACTIONS_RUNTIME_TOKEN, GITHUB_TOKEN, AWS keys) are not on
 * the list, so a child has them only where they were meant for it.
 */
export function childEnv(
  env: Readonly<Record<string, string | undefined>>,
  extra: Readonly<Record<string, string | undefined>> = {},
  { sshAgent = false }: ChildEnvOptions = {},
): Record<string, string> {
  const chosen: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && isAllowed(name, sshAgent)) chosen[name] = value
  }
  for (const [name, value] of Object.entries(extra)) {
    if (value !== undefined) chosen[name] = value
  }
  return chosen
}

/** Proxy variables are read in both cases, and on Windows every name is. */
function isAllowed(name: string, sshAgent: boolean): boolean {
  const upper = name.toUpperCase()
  if (upper.startsWith('LC_')) return true
  if (upper === 'SSH_AUTH_SOCK' || upper === 'SSH_AGENT_PID') return sshAgent
  return ALLOWED.has(upper) || (process.platform === 'win32' && ALLOWED_ON_WINDOWS.has(upper))
}
