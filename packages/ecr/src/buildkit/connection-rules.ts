import type { FailureDetails } from '@mlops-actions/diagnostics'
import type { BuildkitAddress } from './address.ts'

/** What it means, and what to do. */
export type Explanation = Pick<FailureDetails, 'kind' | 'code' | 'on' | 'next'> & { readonly seen?: string }
export type Rule = readonly [codes: RegExp, explain: (address: BuildkitAddress) => Explanation]

export const ADDRESS = 'the input `buildkit`'
const config = (on: string, code: string, next: string): Explanation => ({ kind: 'config', on, code, next })

/** Something else answers there. */
export const STRANGER = config(
  ADDRESS,
  'BUILDKIT_STRANGER',
  'Give the address of a buildkitd: something else answers there',
)

/** Node's codes, of TLS those of OpenSSL: X509_V_ERR_… and alerts of the peer (RFC 8446, section 6). */
export const CONNECTION_RULES: readonly Rule[] = [
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
