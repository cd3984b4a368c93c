import { textAt } from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import { readJson } from '../kubernetes/object.wire.ts'
import type { SandboxRequest, SandboxResponse } from '../server.ts'
import { appKey, projectOf } from './application.ts'
import { isOver } from './dex.ts'
import { ApiError, answer } from './errors.ts'
import { claimsOf, issueJwt } from './jwt.ts'
import { allows } from './rbac.ts'
import type { Action, ArgocdState, Session } from './state.ts'

/** The session of the bearer token, preferred over the cookie. @throws ApiError 16 */
export function authenticate(request: SandboxRequest, state: ArgocdState, now: number): Session {
  const [, bearer] = /^Bearer\s+(\S+)$/i.exec(request.headers['authorization'] ?? '') ?? []
  const token = bearer ?? tokenInCookies(request.headers['cookie'] ?? '')
  if (token === undefined) throw new ApiError(16, 'no session information')
  const session = state.tokens.get(token) ?? sessionOfExternal(state, token, now)
  if (!session) throw new ApiError(16, 'invalid session: token signature is invalid: signature is invalid')
  if (session.expiresAt !== undefined && session.expiresAt <= now) {
    throw new ApiError(16, 'invalid session: token has invalid claims: token is expired')
  }
  return session
}

/** The ID token of an external provider (argo-cd util/oidc/provider.go Verify). @throws ApiError 16 */
function sessionOfExternal({ oidc }: ArgocdState, token: string, now: number): Session | undefined {
  if (oidc === undefined || textAt(claimsOf(token), 'iss') !== oidc.issuer) return undefined
  const claims = oidc.verify(token)
  const audience = textAt(claims, 'aud') ?? ''
  if (claims === undefined || !oidc.allowedAudiences.includes(audience) || isOver(claims, now))
    throw new ApiError(16, 'invalid session: failed to verify the token')
  return { username: textAt(claims, 'sub') ?? '' }
}

/** What is long enough for a browser goes in one cookie, else the first one says in how many (util/http JoinCookies). */
function tokenInCookies(header: string): string | undefined {
  const cookies = new Map(
    header.split(';').map((one): [string, string] => {
      const [name = '', ...value] = one.trim().split('=')
      return [name, value.join('=')]
    }),
  )
  const first = cookies.get('argocd.token')
  const [, parts, head] = /^(\d+):(.*)$/.exec(first ?? '') ?? []
  if (head === undefined) return first
  const others = Array.from(
    { length: Number(parts) - 1 },
    (_, at) => cookies.get(`argocd.token-${at + 1}`) ?? '',
  )
  return [head, ...others].join('')
}

/** util/session: after so many wrong passwords in a row, within that time, the right one is refused as well. */
const MOST_FAILURES = 5
const FAILURES_FOR_MS = 300_000

/** POST /api/v1/session */
export function login(request: SandboxRequest, state: ArgocdState, now: number): SandboxResponse {
  const body = readJson(request.body.toString('utf8'))
  const username = textAt(body, 'username') ?? ''
  const password = textAt(body, 'password') ?? ''
  if (username === '' || password === '') throw new ApiError(16, 'no credentials supplied')
  const before = state.loginFailures.get(username)
  const failed = before !== undefined && now - before.at < FAILURES_FOR_MS ? before.count : 0
  if (failed >= MOST_FAILURES) throw new ApiError(16, 'Invalid username or password')
  if (state.accounts.get(username) !== password) {
    state.loginFailures.set(username, { count: failed + 1, at: now })
    throw new ApiError(16, 'Invalid username or password')
  }
  state.loginFailures.delete(username)
  const [iat, expiresAt] = [Math.floor(now / 1_000), now + 86_400_000]
  const jti = `${username}-${now}-${state.tokens.size}`
  const claims = { iss: 'argocd', sub: `${username}:login`, iat, exp: Math.floor(expiresAt / 1_000), jti }
  const token = issueJwt(claims, 'server.secretkey')
  state.tokens.set(token, { username, expiresAt })
  return answer(200, { token })
}

/** GET /api/v1/session/userinfo */
export function userInfo(session: Session | undefined): SandboxResponse {
  if (!session) return answer(200, {})
  return answer(200, { loggedIn: true, username: session.username, iss: 'argocd', groups: [] })
}

export function isAllowed(
  state: ArgocdState,
  session: Session,
  action: Action,
  project: string,
  name: string,
): boolean {
  const { username } = session
  const resource = action === 'logs' ? 'logs' : 'applications'
  const access = { resource, action: action === 'logs' ? 'get' : action, object: `${project}/${name}` }
  if (state.policy !== undefined && !allows(state.policy, username, access)) return false
  return !state.deny.some(
    (rule) =>
      (rule.user ?? session.username) === session.username &&
      (rule.action ?? action) === action &&
      (rule.project ?? project) === project &&
      (rule.application ?? name) === name,
  )
}

/**
 * The application if the session may see it. Without `project` an absent one and a forbidden one are both 403; with it
 * absent is 404 where the session has rights in that project (argo-cd:server/application getAppEnforceRBAC).
 * @throws ApiError 5, 7
 */
export function permittedApp(
  state: ArgocdState,
  session: Session,
  query: URLSearchParams,
  name: string,
  action: Action = 'get',
): KubeObject {
  const namespace = query.get('appNamespace') || state.namespace
  const project = query.get('project') ?? ''
  if (project !== '' && !isAllowed(state, session, 'get', project, name))
    throw new ApiError(7, 'permission denied')
  const app = state.kubernetes.store.get(appKey(namespace, name))
  if (!app || (project !== '' && projectOf(app) !== project)) {
    if (project === '') throw new ApiError(7, 'permission denied')
    throw new ApiError(5, `applications.argoproj.io "${name}" not found`)
  }
  if (!isAllowed(state, session, 'get', projectOf(app), name)) throw new ApiError(7, 'permission denied')
  if (!isAllowed(state, session, action, projectOf(app), name)) {
    const resource = action === 'logs' ? 'logs' : 'applications'
    const verb = action === 'logs' ? 'get' : action
    throw new ApiError(
      7,
      `permission denied: ${resource}, ${verb}, ${projectOf(app)}/${name}, sub: ${session.username}`,
    )
  }
  return app
}
