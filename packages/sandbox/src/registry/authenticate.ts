import type { SandboxRequest, SandboxResponse } from '../server.ts'
import type { Principal } from '../sigv4/index.ts'
import { formatRegistryError, RegistryError } from './errors.ts'
import type { RegistryState } from './state.ts'

export type RegistryVerdict =
  | { readonly ok: true; readonly principal: Principal }
  | { readonly ok: false; readonly response: SandboxResponse }

/** Basic `AWS:<password>` with a password that GetAuthorizationToken gave out and that still lives. */
export function authenticateRegistry(
  request: SandboxRequest,
  state: RegistryState,
  now: number,
): RegistryVerdict {
  const match = /^Basic (.+)$/i.exec(request.headers['authorization'] ?? '')
  const [, user = '', password = ''] =
    /^([^:]*):(.*)$/s.exec(Buffer.from(match?.[1] ?? '', 'base64').toString('utf8')) ?? []
  const session = user === 'AWS' ? state.sessions.get(password) : undefined
  if (!session) return { ok: false, response: challenge(request) }
  if (now < session.expiresAt) return { ok: true, principal: session.principal }
  const expired = new RegistryError(
    403,
    'DENIED',
    'Your authorization token has expired. Reauthenticate and try again.',
  )
  return { ok: false, response: formatRegistryError(expired) }
}

/** Private ECR challenges by Basic (ECR Public by Bearer). */
function challenge(request: SandboxRequest): SandboxResponse {
  const realm = `Basic realm="https://${request.headers['host']}/",service="ecr.amazonaws.com"`
  return {
    status: 401,
    headers: { 'www-authenticate': realm, 'content-type': 'text/plain; charset=utf-8' },
    body: 'Not Authorized\n',
  }
}
