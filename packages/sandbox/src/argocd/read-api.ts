import { type Json, type JsonObject, listAt, textAt } from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import { RESOURCES } from '../kubernetes/resources.ts'
import { parseLabelSelector } from '../kubernetes/selectors.ts'
import type { SandboxRequest, SandboxResponse } from '../server.ts'
import {
  annotated,
  appKey,
  changeApp,
  keepsLateRefreshes,
  keyOfApp,
  pathOf,
  projectOf,
  REFRESH,
  REFRESH_TIMESTAMP,
  sourcesOf,
} from './application.ts'
import type { Argocd } from './context.ts'
import { ApiError, answer } from './errors.ts'
import { selectListFields } from './fields.ts'
import { isAllowed, permittedApp } from './session.ts'
import { type ArgocdState, canSync, type Session, windowsOf } from './state.ts'

/** As Go's typed clients have it: apiVersion and kind are left where the object was decoded (assets/swagger.json has neither). */
export function untyped({ apiVersion: _version, kind: _kind, ...object }: KubeObject): JsonObject {
  return object
}

/** The Application as the API server answers it: with the health of its resources, which the object does not hold. */
export function presented(state: ArgocdState, app: KubeObject): JsonObject {
  const managed = state.managed.get(pathOf(app)) ?? []
  const resources = listAt(app, 'status', 'resources').map((one): Json => {
    const found = managed.find(
      (item) =>
        item.kind === one['kind'] &&
        item.name === one['name'] &&
        item.namespace === (one['namespace'] ?? '') &&
        item.group === (one['group'] ?? ''),
    )
    const health = found?.health
    return health
      ? { ...one, health: { status: health.status, ...(health.message ? { message: health.message } : {}) } }
      : one
  })
  const status = app['status']
  if (typeof status !== 'object' || status === null || Array.isArray(status) || resources.length === 0)
    return untyped(app)
  return { ...untyped(app), status: { ...status, resources } }
}

/** GET of one application; `refresh` sets the annotation and waits until it is gone, however long that takes. */
export async function readApp(
  argocd: Argocd,
  request: SandboxRequest,
  session: Session,
  name: string,
): Promise<SandboxResponse> {
  const { state } = argocd
  const app = permittedApp(state, session, request.query, name)
  const refresh = request.query.get('refresh') ?? ''
  if (refresh !== '') {
    const kind = refresh === 'hard' ? 'hard' : 'normal'
    const stamp = keepsLateRefreshes(state.version)
      ? { [REFRESH_TIMESTAMP]: `${argocd.clock.now()}.${state.kubernetes.store.revision()}` }
      : {}
    changeApp(state, keyOfApp(app), (current) => annotated(current, { [REFRESH]: kind, ...stamp }))
    await refreshed(argocd, app, request.signal)
  }
  const current = state.kubernetes.store.get(keyOfApp(app))
  if (!current) throw new ApiError(5, `applications.argoproj.io "${name}" not found`)
  return answer(200, presented(state, current))
}

function refreshed(argocd: Argocd, app: KubeObject, gone: AbortSignal): Promise<void> {
  const { store } = argocd.state.kubernetes
  const signal = AbortSignal.any([gone, argocd.signal])
  return new Promise((resolve) => {
    const look = (): void => {
      const current = store.get(keyOfApp(app))
      if (!signal.aborted && current?.metadata.annotations?.[REFRESH] !== undefined) return
      unsubscribe()
      resolve()
    }
    const unsubscribe = store.subscribe(look)
    signal.addEventListener('abort', look, { once: true })
    look()
  })
}

/** Applications that a list or a stream may show. @throws SelectorError */
export function visibleApps(state: ArgocdState, session: Session, query: URLSearchParams): KubeObject[] {
  const selector = parseLabelSelector(query.get('selector') ?? '')
  return state.kubernetes.store
    .list(RESOURCES.applications)
    .filter((app) => selector(app) && isVisible(state, session, query, app))
}

export function isVisible(
  state: ArgocdState,
  session: Session,
  query: URLSearchParams,
  app: KubeObject,
): boolean {
  const projects = [...query.getAll('projects'), ...query.getAll('project')].filter((one) => one !== '')
  const name = query.get('name') ?? ''
  const namespace = query.get('appNamespace') ?? ''
  return (
    (name === '' || app.metadata.name === name) &&
    (namespace === '' || app.metadata.namespace === namespace) &&
    (projects.length === 0 || projects.includes(projectOf(app))) &&
    isAllowed(state, session, 'get', projectOf(app), app.metadata.name)
  )
}

/** GET /api/v1/applications */
export function listApps(argocd: Argocd, request: SandboxRequest, session: Session): SandboxResponse {
  const { state } = argocd
  const items = visibleApps(state, session, request.query).map((app) => presented(state, app))
  const metadata = { resourceVersion: String(state.kubernetes.store.revision()) }
  const list: JsonObject = { metadata, items: items.length === 0 ? null : items }
  return answer(200, selectListFields(list, request.query.get('fields') ?? ''))
}

/** GET …/syncwindows; `canSync` is computed for a manual sync. */
export function readSyncWindows(argocd: Argocd, app: KubeObject): SandboxResponse {
  const assigned = windowsOf(argocd.state, app.metadata.name)
  const json = (windows: typeof assigned): Json[] =>
    windows.map(({ kind, schedule, duration, manualSync }) => ({ kind, schedule, duration, manualSync }))
  const active = assigned.filter((window) => window.active)
  return answer(200, {
    ...(active.length === 0 ? {} : { activeWindows: json(active) }),
    ...(assigned.length === 0 ? {} : { assignedWindows: json(assigned) }),
    ...(canSync(assigned, true) ? { canSync: true } : {}),
  })
}

/** GET …/revisions/{revision}/metadata */
export async function readRevision(
  argocd: Argocd,
  app: KubeObject,
  revision: string,
): Promise<SandboxResponse> {
  const repository = textAt(sourcesOf(app)[0], 'repoURL') ?? ''
  try {
    return answer(200, { ...(await argocd.git.metadata(repository, revision)) })
  } catch {
    throw new ApiError(
      2,
      `failed to fetch revision metadata: unable to resolve '${revision}' to a commit SHA`,
    )
  }
}

/** GET /api/v1/applicationsets/{name} */
export function readApplicationSet(argocd: Argocd, name: string): SandboxResponse {
  const { kubernetes, namespace } = argocd.state
  const set = kubernetes.store.get({ ...appKey(namespace, name), type: RESOURCES.applicationsets })
  if (!set) throw new ApiError(5, `applicationsets.argoproj.io "${name}" not found`)
  return answer(200, untyped(set))
}
