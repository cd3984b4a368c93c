import { createHash } from 'node:crypto'
import { textAt } from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import { readJson } from '../kubernetes/object.wire.ts'
import type { SandboxRequest, SandboxResponse } from '../server.ts'
import { appKey, projectOf } from './application.ts'
import { ApiError, answer } from './errors.ts'
import type { Action, ArgocdState, Session } from './state.ts'

/** The session of the bearer token, preferred over the cookie. @throws ApiError 16 */
export function authenticate(request: SandboxRequest, state: ArgocdState, now: number): Session {
  const [, bearer] = /^Bearer\s+(\S+)$/i.exec(request.headers['authorization'] ?? '') ?? []
  const [, cookie] = /(?:^|;\s*)argocd\.token=([^;]+)/.exec(request.headers['cookie'] ?? '') ?? []
  const token = bearer ?? cookie
  if (token === undefined) throw new ApiError(16, 'no session information')
  const session = state.tokens.get(token)
  if (!session) throw new ApiError(16, 'invalid session: token signature is invalid: signature is invalid')
  if (session.expiresAt !== undefined && session.expiresAt <= now) {
    throw new ApiError(16, 'invalid session: token has invalid claims: token is expired')
  }
  return session
}

/** POST /api/v1/session */
export function login(request: SandboxRequest, state: ArgocdState, now: number): SandboxResponse {
  const body = readJson(request.body.toString('utf8'))
  const username = textAt(body, 'username') ?? ''
  const password = textAt(body, 'password')
  if (password === undefined || state.accounts.get(username) !== password) {
    throw new ApiError(16, 'Invalid username or password')
  }
  const digest = createHash('sha256').update(`${username}/${now}/${state.tokens.size}`).digest('base64url')
  const claims = {
    iss: 'argocd',
    sub: `${username}:login`,
    iat: Math.floor(now / 1000),
    exp: Math.floor(now / 1000) + 86_400,
  }
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const token = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.${digest}`
  state.tokens.set(token, { username, expiresAt: now + 86_400_000 })
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
