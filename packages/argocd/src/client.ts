import type { Check, HttpClient, HttpRequest } from '@mlops-actions/http'
import { type Application, isApplication } from './application.wire.ts'
import { explainFor, explainVersion } from './explain.ts'
import { readLog } from './log.ts'
import {
  type ApplicationSet,
  isApplicationSet,
  isResourceTree,
  isSyncWindows,
  isVersion,
  type ResourceTree,
  resourceOf,
  type SyncWindow,
  type TreeNode,
} from './resource.wire.ts'
import { streamOf } from './stream.ts'

export interface ApplicationName {
  readonly name: string
  /** Argo CD project; given, a missing Application answers 404 instead of the 403 that hides it. */
  readonly project?: string | undefined
  /** Namespace of the Application resource, for Applications in any namespace. */
  readonly appNamespace?: string | undefined
}

export interface ContainerName {
  readonly pod: string
  readonly namespace: string
  readonly container: string
}

/** What the sync windows of an Application keep automated sync from; undefined where they let it through. */
export type Blocking = SyncWindow | undefined

export interface Argocd {
  /** `v3.5.1+…`; needs no login, so it tells Argo CD from a login page before anything else is asked. */
  version(): Promise<string>
  get(application: ApplicationName): Promise<Application>
  /** Has the controller compare with Git anew, and returns the Application afterwards. Can hang upstream (argo-cd #21613): 30 s. */
  refresh(application: ApplicationName): Promise<Application>
  tree(application: ApplicationName): Promise<ResourceTree>
  /** An object of the tree as it is in the cluster now; undefined where it is gone. Needs no right in the cluster. */
  resource<T>(application: ApplicationName, node: TreeNode, check: Check<T>): Promise<T | undefined>
  /** The window that keeps Argo CD from syncing by itself now. It leaves no trace in the Application's status. */
  blockingWindow(application: ApplicationName): Promise<Blocking>
  /** Needs `applicationsets, get`. */
  applicationSet(name: string, namespace: string): Promise<ApplicationSet>
  /** The last lines that a container wrote before it ended; needs `logs, get`. */
  containerLog(application: ApplicationName, container: ContainerName): Promise<string>
  /** States as the server pushes them. Ends when the server closes it. */
  stream(application: ApplicationName, signal: AbortSignal): AsyncIterable<Application>
}

const REFRESH_TIMEOUT_MS = 30_000
const LOG_LINES = 20

export interface ArgocdOptions {
  /** Base URL; a root path (`https://host/argocd`) is kept. */
  readonly url: string
  readonly token: string
}

/** The Argo CD API (argo-cd server/application/application.proto over grpc-gateway). */
export function createArgocd(http: HttpClient, { url, token }: ArgocdOptions): Argocd {
  const base = url.replace(/\/+$/, '')
  const headers = { authorization: `Bearer ${token}` }
  const what = 'Cannot read the Application'
  /** A GET of the Application or of something below it. */
  const about = (application: ApplicationName, path = '', query: Query = {}): Get => {
    const { name, project, appNamespace } = application
    const at = `${base}/api/v1/applications/${encodeURIComponent(name)}${path}`
    return {
      url: withQuery(at, { project, appNamespace, ...query }),
      headers,
      what,
      explain: explainFor(application),
    }
  }
  return {
    async version() {
      const request = { url: `${base}/api/version`, what: 'Cannot reach Argo CD', explain: explainVersion }
      const answer = await http.json(request, isVersion)
      return answer.Version
    },
    get: (application) => http.json(about(application), isApplication),
    refresh: (application) => {
      const request = about(application, '', { refresh: 'normal' })
      const once = { totalTimeout: REFRESH_TIMEOUT_MS, retries: 0, what: 'Cannot refresh the Application' }
      return http.json({ ...request, ...once }, isApplication)
    },
    tree: (application) =>
      http.json(
        { ...about(application, '/resource-tree'), what: 'Cannot read the resource tree' },
        isResourceTree,
      ),
    resource(application, { group, version, kind, namespace, name }, check) {
      const request = about(application, '/resource', { namespace, resourceName: name, version, group, kind })
      // 400: it is no longer part of the Application (argo-cd server/application getAppLiveResource).
      const what = `Cannot read the ${kind} ${name}`
      return http.json({ ...request, what, tolerate: [400, 404] }, resourceOf(check))
    },
    async blockingWindow(application) {
      const request = { ...about(application, '/syncwindows'), what: 'Cannot read the sync windows' }
      const { activeWindows, assignedWindows } = await http.json(request, isSyncWindows)
      return blockingOf(activeWindows, assignedWindows)
    },
    applicationSet: (name, namespace) => {
      const at = `${base}/api/v1/applicationsets/${encodeURIComponent(name)}`
      const url = withQuery(at, { appsetNamespace: namespace })
      return http.json({ url, headers, what: 'Cannot read the ApplicationSet' }, isApplicationSet)
    },
    containerLog: async (application, { pod, namespace, container }) => {
      const path = `/pods/${encodeURIComponent(pod)}/logs`
      const query = { namespace, container, previous: 'true', tailLines: String(LOG_LINES), follow: 'false' }
      return readLog(
        await http.request({ ...about(application, path, query), what: 'Cannot read the log', retries: 0 }),
      )
    },
    stream: ({ name, project, appNamespace }, signal) => {
      const at = withQuery(`${base}/api/v1/stream/applications`, { name, projects: project, appNamespace })
      return streamOf(http, { url: at, headers, name, signal })
    },
  }
}

/** An active deny, or allows of which none is active (pkg/apis/application/v1alpha1/types.go SyncWindows.CanSync). */
function blockingOf(active: readonly SyncWindow[], assigned: readonly SyncWindow[]): Blocking {
  const denied = active.find(({ kind }) => kind === 'deny')
  const isAllowed = active.some(({ kind }) => kind === 'allow')
  return denied ?? (isAllowed ? undefined : assigned.find(({ kind }) => kind === 'allow'))
}

type Query = Readonly<Record<string, string | undefined>>
type Get = HttpRequest & { readonly url: string }

function withQuery(url: string, query: Query): string {
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== '') parameters.set(key, value)
  return parameters.size === 0 ? url : `${url}?${parameters}`
}
