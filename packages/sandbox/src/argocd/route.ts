import { textAt } from '../kubernetes/json.ts'
import { readJson } from '../kubernetes/object.wire.ts'
import { SelectorError } from '../kubernetes/selectors.ts'
import type { Handler, SandboxRequest, SandboxResponse } from '../server.ts'
import { pathOf } from './application.ts'
import type { Argocd } from './context.ts'
import { exchangeToken } from './dex.ts'
import { ApiError, answer, refusal } from './errors.ts'
import { listApps, readApp, readApplicationSet, readRevision, readSyncWindows } from './read-api.ts'
import { readEvents, readLogs, readManaged, readResource, readTree } from './resource-api.ts'
import { authenticate, login, permittedApp, userInfo } from './session.ts'
import type { Session } from './state.ts'
import { streamApps, streamTree } from './stream-api.ts'
import { rollback, syncApp, terminate } from './sync-api.ts'

/** The API server of Argo CD (argo-cd:server/server.go, assets/swagger.json). */
export function createArgocdHandler(argocd: Argocd): Handler {
  return async (request) => {
    // Dex has handlers of its own: the rule about content types is that of the gateway (argo-cd server/server.go).
    if (request.method === 'POST' && request.path === '/api/dex/token')
      return exchangeToken(request, argocd.state, argocd.clock.now())
    if (request.method !== 'GET' && !(request.headers['content-type'] ?? '').includes('application/json')) {
      return {
        status: 415,
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body: 'Invalid content type\n',
      }
    }
    try {
      return await route(argocd, request)
    } catch (error) {
      if (error instanceof ApiError) return refusal(error)
      if (error instanceof SelectorError) return refusal(new ApiError(3, error.message))
      throw error
    }
  }
}

function sessionOf(argocd: Argocd, request: SandboxRequest): Session {
  return authenticate(request, argocd.state, argocd.clock.now())
}

function optionalSession(argocd: Argocd, request: SandboxRequest): Session | undefined {
  try {
    return sessionOf(argocd, request)
  } catch {
    return undefined
  }
}

async function route(argocd: Argocd, request: SandboxRequest): Promise<SandboxResponse> {
  const { method, path } = request
  if (method === 'GET' && path === '/healthz') return { status: 200, body: 'ok' }
  if (method === 'GET' && path === '/api/version') {
    const Version = argocd.state.version
    return answer(
      200,
      optionalSession(argocd, request)
        ? { Version, GoVersion: 'go1.25.1', Platform: 'linux/amd64' }
        : { Version },
    )
  }
  if (method === 'POST' && path === '/api/v1/session') return login(request, argocd.state, argocd.clock.now())
  if (method === 'GET' && path === '/api/v1/session/userinfo')
    return userInfo(optionalSession(argocd, request))
  if (!path.startsWith('/api/')) return page()
  const session = sessionOf(argocd, request)
  if (method === 'GET' && path === '/api/v1/applications') return listApps(argocd, request, session)
  if (method === 'GET' && path === '/api/v1/stream/applications') return streamApps(argocd, request, session)
  const [, tree] = /^\/api\/v1\/stream\/applications\/([^/]+)\/resource-tree$/.exec(path) ?? []
  if (tree !== undefined) {
    return streamTree(argocd, request, pathOf(permittedApp(argocd.state, session, request.query, tree)))
  }
  const [, set] = /^\/api\/v1\/applicationsets\/([^/]+)$/.exec(path) ?? []
  if (set !== undefined) return readApplicationSet(argocd, set)
  const [, name, rest = ''] = /^\/api\/v1\/applications\/([^/]+)(\/.*)?$/.exec(path) ?? []
  if (name === undefined) throw new ApiError(5, 'Not Found')
  if (method === 'GET' && rest === '') return readApp(argocd, request, session, name)
  return method === 'GET'
    ? readBelow(argocd, request, session, name, rest)
    : change(argocd, request, session, name, rest)
}

function readBelow(
  argocd: Argocd,
  request: SandboxRequest,
  session: Session,
  name: string,
  rest: string,
): SandboxResponse | Promise<SandboxResponse> {
  const [, pod] = /^\/pods\/([^/]+)\/logs$/.exec(rest) ?? []
  const app = permittedApp(argocd.state, session, request.query, name, pod === undefined ? 'get' : 'logs')
  if (pod !== undefined) return readLogs(argocd, request, app, pod)
  const [, revision] = /^\/revisions\/([^/]+)\/metadata$/.exec(rest) ?? []
  if (revision !== undefined) return readRevision(argocd, app, revision)
  switch (rest) {
    case '/resource-tree':
      return readTree(argocd, app)
    case '/managed-resources':
      return readManaged(argocd, request, app)
    case '/resource':
      return readResource(argocd, request, app)
    case '/events':
      return readEvents(argocd, request, app)
    case '/syncwindows':
      return readSyncWindows(argocd, app)
    default:
      throw new ApiError(5, 'Not Found')
  }
}

function change(
  argocd: Argocd,
  request: SandboxRequest,
  session: Session,
  name: string,
  rest: string,
): SandboxResponse {
  const app = permittedApp(argocd.state, session, nameInBody(request), name, 'sync')
  if (request.method === 'POST' && rest === '/sync') return syncApp(argocd, request, session, app)
  if (request.method === 'POST' && rest === '/rollback') return rollback(argocd, request, session, app)
  if (request.method === 'DELETE' && rest === '/operation') return terminate(argocd, app)
  throw new ApiError(12, 'Method Not Allowed')
}

/** Of a POST the gateway reads the body and not the query (application.proto, `body: "*"`). */
function nameInBody({ method, body, query }: SandboxRequest): URLSearchParams {
  if (method !== 'POST') return query
  const given = readJson(body.toString('utf8'))
  return new URLSearchParams({
    project: textAt(given, 'project') ?? '',
    appNamespace: textAt(given, 'appNamespace') ?? '',
  })
}

/** Everything that is no API path is the web application. */
function page(): SandboxResponse {
  const body =
    '<!DOCTYPE html><html><head><title>Argo CD</title></head><body><div id="app"></div></body></html>'
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body }
}
