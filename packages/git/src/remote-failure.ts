import { type FailureKind, sanitizeText } from '@mlops-actions/diagnostics'

interface Explanation {
  /** Git, curl or ssh says one of these. */
  readonly seen: RegExp
  readonly kind: FailureKind
  readonly code: string
  readonly next: string
}

const TOKEN_ADVICE =
  "Give a token of a GitHub App (or a fine-grained personal token) that is installed on that repository with `contents: write`; the workflow's own GITHUB_TOKEN reaches no other repository"

/** Of this machine; a server whose own is full says so behind `remote: `. */
const DISK_FULL: Explanation = {
  seen: /^(?!remote: ).*(?:No space left on device|Out of diskspace|Disk quota exceeded)/m,
  kind: 'quota',
  code: 'DISK_FULL',
  next: 'Free space on the disk of the runner, where RUNNER_TEMP is, or take a larger one',
}

/** In the order in which they are looked for: the first that matches says what it was. */
const EXPLANATIONS: readonly Explanation[] = [
  DISK_FULL,
  {
    seen: /Permission denied \(publickey/,
    kind: 'auth',
    code: 'GIT_AUTH',
    next: 'The server knows no such key: add the public half of `ssh-key` as a deploy key of that repository, with write access',
  },
  {
    seen: /Authentication failed|could not read (?:Username|Password)|error: 401|Invalid username or (?:token|password)/,
    kind: 'auth',
    code: 'GIT_AUTH',
    next: `The token is missing, wrong or expired. ${TOKEN_ADVICE}`,
  },
  {
    seen: /error: 407|Proxy Authentication Required/,
    kind: 'config',
    code: 'GIT_PROXY',
    next: 'Correct the user and password in HTTPS_PROXY',
  },
  {
    seen: /deploy key.*(?:read.?only|not allowed to push|cannot push)|marked as read only/i,
    kind: 'auth',
    code: 'GIT_FORBIDDEN',
    next: 'Make the key a deploy key with write access; one that may only read is taken off first',
  },
  {
    seen: /error: 403|denied to |Write access to repository not granted/i,
    kind: 'auth',
    code: 'GIT_FORBIDDEN',
    next: TOKEN_ADVICE,
  },
  {
    seen: /Host key verification failed/,
    kind: 'auth',
    code: 'GIT_HOST_KEY',
    next: 'Give the lines of the host in `ssh-known-hosts`, taken from a source you trust',
  },
  {
    seen: /couldn't find remote ref|Remote branch \S+ not found/i,
    kind: 'not-found',
    code: 'GIT_BRANCH_NOT_FOUND',
    next: 'Correct `branch`, or create the branch first',
  },
  {
    seen: /Repository not found|repository '[^']*' not found|does not appear to be a git repository|error: 404/i,
    kind: 'not-found',
    code: 'GIT_REPOSITORY_NOT_FOUND',
    next: `Correct \`repository\`; a private one is also "not found" for a token or key without rights. ${TOKEN_ADVICE}`,
  },
  {
    seen: /error: 30[12378]\b/,
    kind: 'config',
    code: 'GIT_REDIRECT',
    next: 'Give the address that it leads to: often the same with `.git` at its end, or the new name of the repository. A token is not sent along to another address',
  },
  {
    seen: /Could not resolve (?:host|hostname|proxy)/i,
    kind: 'config',
    code: 'GIT_HOST',
    next: 'The host does not resolve: correct it, or run where it can be reached',
  },
  {
    seen: /SSL certificate problem|certificate verif|certificate subject name|self.signed certificate|no alternative certificate/i,
    kind: 'config',
    code: 'GIT_TLS',
    next: 'Give the certificate authority of the server in `ca-cert`',
  },
  {
    seen: /mismatched algorithms/,
    kind: 'config',
    code: 'GIT_OBJECT_FORMAT',
    next: 'The repository names its objects by SHA-256, which neither GitHub nor this step speaks: use one with SHA-1',
  },
  { seen: /error: 429/, kind: 'rate-limit', code: 'GIT_RATE_LIMIT', next: 'Wait, then run the job again' },
]

/**
 * How git's last words are to be understood; undefined for what passes by itself, such as a broken
 * connection.
 */
export function explainRemote(stderr: string): Explanation | undefined {
  return EXPLANATIONS.find(({ seen }) => seen.test(stderr))
}

/** The same for a command that does not talk to the server; undefined for what only git itself can say. */
export function explainLocal(stderr: string): Explanation | undefined {
  return DISK_FULL.seen.test(stderr) ? DISK_FULL : undefined
}

/** What has no explanation is the trouble of the server or the network. */
export const PASSING: Omit<Explanation, 'seen'> = {
  kind: 'upstream',
  code: 'GIT_UPSTREAM',
  next: 'Run the job again; if it stays, look at the state of the git server',
}

/** Lines that say something: of git, and of the server through it. */
const SAYING = /^(?:remote: |fatal: |error: |! |ssh: |ERROR: )/
/** And of ssh, whose lines have no mark in front. */
const SSH_SAYING =
  /Permission denied \(|^Host key verification failed|host key is known|HOST IDENTIFICATION HAS CHANGED|^kex_exchange_identification: |^Connection .*(?:closed|reset|timed out)|^Timeout, server /

/** The lines of git's stderr that say what went wrong, as one line. */
export function lastWords(stderr: string): string {
  const lines = sanitizeText(stderr, { maxLines: 100, maxLineLength: 300 })
    .split('\n')
    .map((line) => line.trim())
    .filter(
      (line) =>
        (SAYING.test(line) || SSH_SAYING.test(line)) && !/^remote:\s*$|failed to push some refs/.test(line),
    )
  return lines.length === 0 ? 'git said nothing' : lines.slice(-6).map(plainly).join(' | ')
}

/** Git would ask a person for another password, and complains only that it cannot. */
function plainly(line: string): string {
  return line.replace(
    /^fatal: could not read (?:Username|Password) for '([^']*)': terminal prompts disabled$/,
    'the server at $1 asks for a login that it was not given',
  )
}
