import type { FailureKind } from '@mlops-actions/diagnostics'
import type { TroubleName } from './trouble.ts'

/** What one trouble means for the user. */
export interface Meaning {
  readonly kind: FailureKind
  readonly code: string
  readonly seen: string
  readonly next: string
  readonly retryable?: boolean
}

const REACH = 'Check that the server runs, that host and port are right, and that the runner may reach it'
export const SLOW = 'Run the step again; if the server is always this slow, raise request-timeout'
const CA_HINT = 'If the server uses a private CA, pass its PEM certificate as ca-cert'
const PROXY_HINT = 'Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the runner'

/** Every trouble but an error status, which `status.ts` explains. */
export const MEANINGS: Readonly<Record<Exclude<TroubleName, 'status'>, Meaning>> = {
  'name-unknown': {
    kind: 'config',
    code: 'HTTP_HOST_UNKNOWN',
    seen: 'the name does not resolve',
    next: 'Check the spelling; a private endpoint needs a runner inside its network',
  },
  'name-temporary': {
    kind: 'upstream',
    code: 'HTTP_DNS',
    seen: 'the name server did not answer',
    next: 'Run the step again; check the DNS of the runner if it stays',
  },
  refused: { kind: 'upstream', code: 'HTTP_REFUSED', seen: 'the connection was refused', next: REACH },
  unreachable: {
    kind: 'upstream',
    code: 'HTTP_UNREACHABLE',
    seen: 'there is no route to the host',
    next: REACH,
  },
  reset: {
    kind: 'upstream',
    code: 'HTTP_RESET',
    seen: 'the connection was closed before the answer',
    next: REACH,
  },
  cut: {
    kind: 'upstream',
    code: 'HTTP_BODY_CUT',
    seen: 'the body of the answer ended early',
    next: 'Run the step again; if it stays, look at the server or at a proxy before it',
  },
  malformed: {
    kind: 'upstream',
    code: 'HTTP_MALFORMED',
    seen: 'the answer is not valid HTTP',
    next: 'Check scheme and port: https may be due where http was written',
    retryable: false,
  },
  'connect-timeout': {
    kind: 'timeout',
    code: 'HTTP_CONNECT_TIMEOUT',
    seen: 'the connection was not made in time',
    next: REACH,
  },
  'send-timeout': {
    kind: 'timeout',
    code: 'HTTP_SEND_TIMEOUT',
    seen: 'the server stopped taking the body of the request',
    next: SLOW,
  },
  'headers-timeout': {
    kind: 'timeout',
    code: 'HTTP_HEADERS_TIMEOUT',
    seen: 'the server accepted the request and stayed silent',
    next: SLOW,
  },
  'idle-timeout': {
    kind: 'timeout',
    code: 'HTTP_IDLE_TIMEOUT',
    seen: 'the body of the answer stopped coming',
    next: SLOW,
  },
  'total-timeout': {
    kind: 'timeout',
    code: 'HTTP_TIMEOUT',
    seen: 'the whole answer did not arrive in time',
    next: SLOW,
  },
  'tls-unknown-ca': {
    kind: 'config',
    code: 'TLS_UNKNOWN_CA',
    seen: 'its certificate was signed by a CA that is not trusted here',
    next: CA_HINT,
  },
  'tls-expired': {
    kind: 'config',
    code: 'TLS_EXPIRED',
    seen: 'its certificate has expired or is not valid yet',
    next: 'Renew the certificate, or correct the clock of the runner; ca-cert does not help here',
  },
  'tls-wrong-host': {
    kind: 'config',
    code: 'TLS_WRONG_HOST',
    seen: 'its certificate is for another host',
    next: 'Use the host name that the certificate carries, or add this one to the certificate; ca-cert does not help here',
  },
  tls: {
    kind: 'config',
    code: 'TLS_FAILED',
    seen: 'the TLS handshake failed',
    next: `Check that this port speaks TLS. ${CA_HINT}`,
  },
  'proxy-auth': {
    kind: 'config',
    code: 'HTTP_PROXY_AUTH',
    seen: 'the proxy wants other credentials (407)',
    next: `Put user and password into the proxy URL. ${PROXY_HINT}`,
  },
  proxy: { kind: 'upstream', code: 'HTTP_PROXY', seen: 'the proxy made no tunnel to it', next: PROXY_HINT },
  'too-large': {
    kind: 'upstream',
    code: 'HTTP_BODY_TOO_LARGE',
    seen: 'the answer is larger than any that is expected here',
    next: 'Check that the URL is that of the API',
    retryable: false,
  },
  empty: {
    kind: 'upstream',
    code: 'HTTP_EMPTY',
    seen: 'the answer is empty where JSON is due',
    next: 'Check that the URL is that of the API, and what a proxy before it does',
  },
  'not-json': {
    kind: 'upstream',
    code: 'HTTP_NOT_JSON',
    seen: 'the answer is not JSON',
    next: 'Check that the URL is that of the API, and what a proxy before it does',
  },
  'login-page': {
    kind: 'auth',
    code: 'HTTP_LOGIN_PAGE',
    seen: 'an HTML page answered where the API is due, as the login page of an SSO proxy does',
    next: 'Check the URL, and pass what the proxy before it wants (extra-headers), or use a URL that bypasses it',
  },
  'redirect-elsewhere': {
    kind: 'auth',
    code: 'HTTP_LOGIN_REDIRECT',
    seen: 'it redirects to another host where the API is due, as a login does',
    next: 'Check the URL, and pass what the proxy before it wants (extra-headers), or use a URL that bypasses it',
  },
  'redirect-refused': {
    kind: 'policy',
    code: 'HTTP_REDIRECT_REFUSED',
    seen: 'it redirects where nothing may be sent',
    next: 'Configure the URL to which it redirects, if that is the right server',
  },
  'redirect-loop': {
    kind: 'upstream',
    code: 'HTTP_REDIRECT_LOOP',
    seen: 'it redirects again and again',
    next: 'Open the URL in a browser and configure the address at which it ends',
    retryable: false,
  },
  'forbidden-address': {
    kind: 'policy',
    code: 'HTTP_ADDRESS_REFUSED',
    seen: 'a server gave a URL that may not be followed',
    next: 'Check the server that gave the URL; configure the host if it is yours',
  },
  'bad-request': {
    kind: 'config',
    code: 'HTTP_BAD_REQUEST',
    seen: 'the URL or a header of the request is malformed',
    next: 'Check the URL and the headers for line breaks and special characters',
  },
  'wrong-length': {
    kind: 'upstream',
    code: 'HTTP_BODY_LENGTH',
    seen: 'what was to be sent has another length than was announced',
    next: 'Run the step again; if it stays, look at where the data comes from',
  },
  network: { kind: 'upstream', code: 'HTTP_NETWORK', seen: 'the connection failed', next: REACH },
}
