import * as core from '@actions/core'
import { type Log, type Redactor, sanitizeText, type TextLimits } from '@mlops-actions/diagnostics'

/** Redacted before and after: what is stripped from a text can be what kept a secret in it apart. */
export function cleanText(text: string, redactor: Redactor, limits?: TextLimits): string {
  return redactor.redact(sanitizeText(redactor.redact(text), limits))
}

/**
 * The log of a step: every line is redacted and sanitized, so that no text of a server acts on the runner. Lines behind
 * the first are set off by a bar: mostly they are somebody else's, and problem matchers of other actions still listen.
 */
export function createConsoleLog(redactor: Redactor): Log {
  const clean = (message: string) => cleanText(message, redactor).replaceAll('\n', '\n│ ')
  return {
    debug: (message) => core.debug(clean(message)),
    info: (message) => core.info(clean(message)),
    warn: (message) => core.warning(clean(message)),
    group: (title, body) => core.group(clean(title), body),
  }
}

/** Secrets that steps before may have left in the environment; whatever reads them, a server can send them back. */
const SECRET_VARIABLES = [
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'MLFLOW_TRACKING_TOKEN',
  'MLFLOW_TRACKING_PASSWORD',
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  'ACTIONS_RUNTIME_TOKEN',
  'GITHUB_TOKEN',
]

/** URLs of which a child or a proxy may repeat the password. */
const PROXY_VARIABLES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY']

export function maskEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  mask: (secret: string) => void,
): void {
  for (const name of SECRET_VARIABLES) if ((env[name] ?? '') !== '') mask(env[name] ?? '')
  for (const name of PROXY_VARIABLES.flatMap((proxy) => [proxy, proxy.toLowerCase()]))
    for (const password of passwordsIn(env[name] ?? '')) mask(password)
}

/** The password of a URL as it stands there and as it is meant. */
function passwordsIn(url: string): string[] {
  const password = URL.canParse(url) ? new URL(url).password : ''
  return password === '' ? [] : [password, percentDecoded(password)]
}

function percentDecoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (codes) =>
    Buffer.from(codes.replaceAll('%', ''), 'hex').toString(),
  )
}

/**
 * Tells the runner to hide a secret, in every form in which it can show.
 * The runner masks what it has been told of from that line on, so this comes before any other use.
 */
export function createMask(redactor: Redactor): (secret: string) => void {
  return (secret) => {
    for (const form of redactor.add(secret)) core.setSecret(form)
  }
}
