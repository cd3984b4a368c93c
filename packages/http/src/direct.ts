import { getCACertificates } from 'node:tls'
import type { HttpOptions } from './client.ts'

/** How somebody with sockets of its own, a thread say, reaches the servers that a client reaches. */
export interface DirectLine {
  /** PEM certificates of everybody who is trusted; Node's own roots where undefined. */
  readonly ca: readonly string[] | undefined
}

/** Undefined where only the client can: through a proxy, with a certificate of its own, or by a resolver of its own. */
export function directLine(
  hasProxy: boolean,
  added: readonly string[],
  { clientCertificate, serverName, lookup }: HttpOptions,
): DirectLine | undefined {
  if (hasProxy || clientCertificate !== undefined || serverName !== undefined || lookup !== undefined)
    return undefined
  return { ca: added.length === 0 ? undefined : [...getCACertificates('default'), ...added] }
}
