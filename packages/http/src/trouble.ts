import type { HttpResponse } from './client.ts'

/** Everything that can go wrong with one attempt. What each means for the user stands in `explain.ts`. */
export type TroubleName =
  | 'name-unknown'
  | 'name-temporary'
  | 'refused'
  | 'unreachable'
  | 'reset'
  | 'cut'
  | 'malformed'
  | 'connect-timeout'
  | 'send-timeout'
  | 'headers-timeout'
  | 'idle-timeout'
  | 'total-timeout'
  | 'tls-unknown-ca'
  | 'tls-expired'
  | 'tls-wrong-host'
  | 'tls'
  | 'proxy-auth'
  | 'proxy'
  | 'too-large'
  | 'empty'
  | 'not-json'
  | 'login-page'
  | 'redirect-elsewhere'
  | 'redirect-refused'
  | 'redirect-loop'
  | 'forbidden-address'
  | 'bad-request'
  | 'wrong-length'
  | 'network'
  | 'status'

export interface TroubleDetails {
  /** What was seen, as a fragment that may end a sentence; may hold server text. */
  readonly detail?: string
  readonly cause?: unknown
  /** The answer, where the trouble is its status or its body. */
  readonly response?: HttpResponse
}

/** One failed attempt; never leaves this package: it is retried, or explained by a Failure. */
export class Trouble extends Error {
  readonly trouble: TroubleName
  readonly detail: string
  readonly response: HttpResponse | undefined

  constructor(trouble: TroubleName, { detail = '', cause, response }: TroubleDetails = {}) {
    super(trouble, cause === undefined ? undefined : { cause })
    this.name = 'Trouble'
    this.trouble = trouble
    this.detail = detail
    this.response = response
  }
}

const BY_CODE: Readonly<Record<string, TroubleName>> = {
  ENOTFOUND: 'name-unknown',
  EAI_AGAIN: 'name-temporary',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ETIMEDOUT: 'connect-timeout',
  ERR_SOCKET_CONNECTION_TIMEOUT: 'connect-timeout',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  ERR_STREAM_PREMATURE_CLOSE: 'cut',
  HPE_INVALID_EOF_STATE: 'cut',
  Z_BUF_ERROR: 'cut',
  // Node's and OpenSSL's names of X509_V_ERR_*.
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls-unknown-ca',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls-unknown-ca',
  UNABLE_TO_GET_ISSUER_CERT: 'tls-unknown-ca',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls-unknown-ca',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls-unknown-ca',
  CERT_UNTRUSTED: 'tls-unknown-ca',
  CERT_HAS_EXPIRED: 'tls-expired',
  CERT_NOT_YET_VALID: 'tls-expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls-wrong-host',
  HOSTNAME_MISMATCH: 'tls-wrong-host',
  EPROTO: 'tls',
  ERR_PROXY_INVALID_CONFIG: 'proxy-auth',
  ERR_INVALID_CHAR: 'bad-request',
  ERR_INVALID_HTTP_TOKEN: 'bad-request',
  ERR_UNESCAPED_CHARACTERS: 'bad-request',
}

/**
 * Any error of a socket, of TLS, of the HTTP parser or of the decompressor as a {@link Trouble};
 * an error without a code is no network error and is thrown on as it is.
 */
export function toTrouble(thrown: unknown, headersSeen = false): Trouble {
  if (thrown instanceof Trouble) return thrown
  const code = codeOf(thrown)
  if (code === undefined) throw thrown
  const trouble = code === 'ERR_PROXY_TUNNEL' ? tunnelTrouble(thrown) : nameOf(code)
  if (trouble === 'reset' && headersSeen) return new Trouble('cut', { detail: code, cause: thrown })
  return new Trouble(trouble, { detail: detailOf(trouble, code, thrown), cause: thrown })
}

/** The `code` of an error, which Node sets on everything that the system or OpenSSL reports. */
export function codeOf(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined
  return typeof thrown.code === 'string' ? thrown.code : undefined
}

function nameOf(code: string): TroubleName {
  const known = BY_CODE[code]
  if (known !== undefined) return known
  if (code.startsWith('HPE_')) return 'malformed'
  if (code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || code.startsWith('CERT_')) return 'tls'
  if (code.startsWith('Z_')) return 'malformed'
  return 'network'
}

/** What Node sets on the error of a tunnel (lib/https.js): the proxy's status, or the time that was waited for it. */
function tunnelTrouble(thrown: unknown): TroubleName {
  if (ownValue(thrown, 'statusCode') === 407) return 'proxy-auth'
  return ownValue(thrown, 'proxyTunnelTimeout') === undefined ? 'proxy' : 'connect-timeout'
}

/** Behind a proxy it can be the proxy that has no name or takes no connection, so the thing that failed is told. */
function detailOf(trouble: TroubleName, code: string, thrown: unknown): string {
  if (trouble === 'refused') return joined(code, 'at port', ownValue(thrown, 'port'))
  if (trouble === 'name-unknown' || trouble === 'name-temporary')
    return joined(code, 'for', ownValue(thrown, 'hostname'))
  return code
}

function joined(code: string, preposition: string, value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? `${code} ${preposition} ${value}` : code
}

function ownValue(thrown: unknown, key: string): unknown {
  if (typeof thrown !== 'object' || thrown === null) return undefined
  return Object.getOwnPropertyDescriptor(thrown, key)?.value
}
