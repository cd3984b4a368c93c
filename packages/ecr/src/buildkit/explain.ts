import { Failure, type FailureDetails, messageOf, sanitizeLine } from '@mlops-actions/diagnostics'
import type { BuildkitAddress } from './address.ts'
import type { Answer } from './connection.ts'
import { OLDEST_BUILDKIT } from './info.ts'

type Explanation = Pick<FailureDetails, 'kind' | 'code' | 'on' | 'next'> & { readonly seen?: string }
type Rule = readonly [codes: RegExp, explain: (address: BuildkitAddress, error: unknown) => Explanation]

const ADDRESS = 'the input `buildkit`'
const config = (on: string, code: string, next: string): Explanation => ({ kind: 'config', on, code, next })

const STRANGER = config(
  ADDRESS,
  'BUILDKIT_STRANGER',
  'Give the address of a buildkitd: something else answers there',
)

/** Node's codes, of TLS those of OpenSSL: X509_V_ERR_… and alerts of the peer (RFC 8446, section 6). */
const RULES: readonly Rule[] = [
  [
    /^(?:UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT.*|SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|CERT_SIGNATURE_FAILURE|CERT_UNTRUSTED)$/,
    () =>
      config(
        'the input `buildkit-ca`',
        'BUILDKIT_CA',
        'Give the certificate of the authority that has signed the certificate of this builder',
      ),
  ],
  [
    /^CERT_HAS_EXPIRED$/,
    () => config(ADDRESS, 'BUILDKIT_CERT_EXPIRED', 'Give the builder a new certificate, and start it again'),
  ],
  [
    /^CERT_NOT_YET_VALID$/,
    () =>
      config(
        ADDRESS,
        'BUILDKIT_CERT_EARLY',
        'Correct the clock of this runner, or the certificate of the builder',
      ),
  ],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    ({ text }) =>
      config(
        ADDRESS,
        'BUILDKIT_NAME',
        `Name the builder as its certificate does, or say which name that is: ${text}?servername=…`,
      ),
  ],
  [
    /^ERR_SSL_.*ALERT_(?:UNKNOWN_CA|CERTIFICATE_REQUIRED|BAD_CERTIFICATE|CERTIFICATE_EXPIRED|CERTIFICATE_REVOKED|CERTIFICATE_UNKNOWN|UNSUPPORTED_CERTIFICATE|HANDSHAKE_FAILURE|ACCESS_DENIED)$/,
    () => ({
      kind: 'auth',
      on: 'the input `buildkit-cert`',
      code: 'BUILDKIT_CLIENT_REFUSED',
      next: 'Give a certificate that has not expired, of the authority whose clients this builder takes (`--tlscacert` of buildkitd)',
    }),
  ],
  [
    /^(?:ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG)|EPROTO)$/,
    () =>
      config(
        ADDRESS,
        'BUILDKIT_NO_TLS',
        'Start buildkitd with `--tlscacert`, `--tlscert` and `--tlskey`: it speaks no TLS at this port',
      ),
  ],
  [
    /^ECONNREFUSED$/,
    () => ({
      kind: 'upstream',
      on: ADDRESS,
      code: 'BUILDKIT_REFUSED',
      next: 'Start buildkitd, let it listen at this address, and check the port',
    }),
  ],
  [
    /^(?:ENOTFOUND|EAI_AGAIN)$/,
    () => config(ADDRESS, 'BUILDKIT_HOST', 'Check the host: this runner cannot resolve it'),
  ],
  [
    /^ENOENT$/,
    () =>
      config(
        ADDRESS,
        'BUILDKIT_SOCKET',
        'Give the path of the socket, and mount it where the job runs in a container',
      ),
  ],
  [/^ERR_HTTP2_/, () => STRANGER],
  [/^EACCES$/, () => config(ADDRESS, 'BUILDKIT_SOCKET', 'Let the user of this job open the socket')],
]

const INTERRUPTED: Explanation = {
  kind: 'upstream',
  on: ADDRESS,
  code: 'BUILDKIT_UNREACHABLE',
  next: 'Run the step again; if it stays, look at the network between this runner and the builder',
}

/** What it means that a BuildKit could not be asked, or is none that can be used. Pure. */
export function explainConnection(answer: Answer, address: BuildkitAddress, patience: number): Failure {
  const { seen = seenOf(answer, address, patience), ...explanation } = explanationOf(answer, address)
  const cause = answer.kind === 'error' ? answer.error : undefined
  return new Failure({ ...explanation, what: 'Cannot reach the builder', seen, cause })
}

function explanationOf(answer: Answer, address: BuildkitAddress): Explanation {
  switch (answer.kind) {
    case 'error': {
      const rule = RULES.find(([codes]) => codes.test(codeOf(answer.error)))
      return rule?.[1](address, answer.error) ?? INTERRUPTED
    }
    case 'closed':
      return {
        ...INTERRUPTED,
        next: 'Does it want certificates? Give `buildkit-ca`, `buildkit-cert` and `buildkit-key`; otherwise look at the log of buildkitd',
      }
    case 'silent':
      return {
        ...INTERRUPTED,
        kind: 'timeout',
        code: 'BUILDKIT_TIMEOUT',
        next: 'Check host and port, and whether a firewall or a network policy lets this runner through',
      }
    case 'stranger':
      return STRANGER
    case 'answer':
      if (answer.status === UNIMPLEMENTED) return tooOld()
      return answer.status === '0' ? STRANGER : INTERRUPTED
  }
}

/** grpc/grpc doc/statuscodes.md: a method that the server does not know; BuildKit has had this one since 0.11. */
const UNIMPLEMENTED = '12'

export function tooOld(version?: string): Explanation {
  return {
    kind: 'config',
    on: ADDRESS,
    code: 'BUILDKIT_TOO_OLD',
    ...(version === undefined ? {} : { seen: `it is BuildKit ${sanitizeLine(version, 40)}` }),
    next: `Update the builder to BuildKit ${OLDEST_BUILDKIT} or newer: older ones ignore SOURCE_DATE_EPOCH, so that each build has another digest`,
  }
}

function codeOf(error: unknown): string {
  const code: unknown = Object(error).code
  return typeof code === 'string' ? code : ''
}

function seenOf(answer: Answer, { text }: BuildkitAddress, patience: number): string {
  switch (answer.kind) {
    case 'error':
      return `${text}: ${wordsOf(answer.error)}`
    case 'closed':
      return `${text} ended the connection without an answer`
    case 'silent':
      return `${text} gave no answer within ${patience / 1000} s`
    case 'stranger':
      return `${text} answered with ${sanitizeLine(answer.said, 200)}`
    case 'answer':
      return `${text} answered with the status ${answer.status || 'none'} of gRPC${answer.message === '' ? '' : `: ${sanitizeLine(answer.message, 200)}`}`
  }
}

/** OpenSSL's begin with the number of a thread and end with a line of its source. */
function wordsOf(error: unknown): string {
  const said = /:SSL routines:[^:]*:([^:]+):/.exec(messageOf(error))?.[1] ?? messageOf(error)
  return sanitizeLine(said.trim(), 300)
}
