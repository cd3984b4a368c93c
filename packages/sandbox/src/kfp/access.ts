import type { SandboxRequest, SandboxResponse } from '../server.ts'

/** What stands before the server, and whom it lets in. */
export interface KfpAccess {
  /** Bearer tokens that are let in; none: everybody is. */
  readonly tokens: readonly string[]
  /**
   * What a request without a token gets. `oauth2-proxy`: 401 `{}` on API paths, as its `api_routes` do. `dex`: 302 to a
   * login page, which answers 200 with HTML to a client that follows.
   */
  readonly login: 'oauth2-proxy' | 'dex'
}

/** Undefined when the request may pass (manifests: oauth2_proxy.cfg, Istio RequestAuthentication). */
export function refuseStranger(request: SandboxRequest, access: KfpAccess): SandboxResponse | undefined {
  if (access.tokens.length === 0) return undefined
  if (request.path === '/dex/auth') return loginPage()
  const header = request.headers['authorization']
  if (header === undefined) return access.login === 'dex' ? redirect(request) : unauthenticated(request)
  if (access.tokens.some((token) => header === `Bearer ${token}`)) return undefined
  // Istio checks whatever bears a token, before oauth2-proxy sees it.
  const headers = { 'content-type': 'text/plain', 'www-authenticate': `Bearer realm="${request.path}"` }
  return { status: 401, headers, body: 'Jwt is expired' }
}

function unauthenticated(request: SandboxRequest): SandboxResponse {
  if (!request.path.includes('/apis/')) return { ...loginPage(), status: 403 }
  return { status: 401, headers: { 'content-type': 'application/json' }, body: '{}' }
}

function redirect(request: SandboxRequest): SandboxResponse {
  const back = encodeURIComponent(`${request.rawPath}?${request.rawQuery}`)
  return { status: 302, headers: { location: `/dex/auth?state=${back}` } }
}

function loginPage(): SandboxResponse {
  const body =
    '<!DOCTYPE html>\n<html><head><title>Log in to Your Account</title></head><body><form method="post"></form></body></html>\n'
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body }
}
