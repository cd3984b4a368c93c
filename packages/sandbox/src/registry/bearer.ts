import { randomBytes } from 'node:crypto'
import type { SandboxRequest, SandboxResponse } from '../server.ts'
import { authenticateRegistry } from './authenticate.ts'
import type { RegistryState } from './state.ts'

export type Admitted = { readonly request: SandboxRequest } | { readonly response: SandboxResponse }

/**
 * ECR Public asks for a Bearer token, which its `/token/` gives for `AWS:<password>` (distribution-spec, token
 * authentication). Unlike it this one gives none to nobody: pulls want a login, too.
 */
export function createBearerGate(state: RegistryState): (request: SandboxRequest, now: number) => Admitted {
  const logins = new Map<string, string>()
  return (request, now) => {
    if (request.path === '/token/') return { response: giveToken(request, state, now, logins) }
    const [, token = ''] = /^Bearer (.+)$/i.exec(request.headers['authorization'] ?? '') ?? []
    const authorization = logins.get(token)
    if (authorization === undefined) return { response: challenge(request) }
    return { request: { ...request, headers: { ...request.headers, authorization } } }
  }
}

function giveToken(
  request: SandboxRequest,
  state: RegistryState,
  now: number,
  logins: Map<string, string>,
): SandboxResponse {
  const { authorization = '' } = request.headers
  if (!authenticateRegistry(request, state, now).ok) return challenge(request)
  const token = randomBytes(200).toString('base64url')
  logins.set(token, authorization)
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }) }
}

/** The words of public.ecr.aws; its realm is https, and this is loopback. */
function challenge({ headers }: SandboxRequest): SandboxResponse {
  const realm = `Bearer realm="http://${headers['host']}/token/",service="public.ecr.aws",scope="aws"`
  const body = `${JSON.stringify({ errors: [{ code: 'DENIED', message: 'Not Authorized' }] })}\n`
  return { status: 401, headers: { 'www-authenticate': realm, 'content-type': 'application/json' }, body }
}
