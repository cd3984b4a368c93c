import type { HttpClient, HttpRequest } from '@mlops-actions/http'
import { isApplication, isApplicationList } from '../model/application.wire.ts'
import { blockingOf } from '../model/blocking.ts'
import {
  isApplicationSet,
  isCommitInfo,
  isEventList,
  isResourceTree,
  isSyncWindows,
  isVersion,
  resourceOf,
} from '../model/resource.wire.ts'
import type { ApplicationName, ApplicationQuery, Argocd } from './argocd.ts'
import { explainFor, explainSync, explainVersion } from './explain.ts'
import { readLog } from './log.ts'
import { streamOf } from './stream.ts'

const REFRESH_TIMEOUT_MS = 30_000
const LOG_LINES = 20
/**
 * A list holds every Application whole: `fields` lets through neither the revision nor the conditions nor the version
 * (argo-cd pkg/apiclient/application/forwarder_overwrite.go appFields).
 */
const LIST_BYTES = 128 * 1024 * 1024

export interface ArgocdOptions {
  /** Base URL; a root path (`https://host/argocd`) is kept. */
  readonly url: string
  /** Without one the client itself carries the login (`signIn`). */
  readonly token?: string
}

/** The Argo CD API (argo-cd server/application/application.proto over grpc-gateway). */
export function createArgocd(http: HttpClient, { url, token }: ArgocdOptions): Argocd {
  const headers: Readonly<Record<string, string>> =
    token === undefined ? {} : { authorization: `Bearer ${token}` }
  const server = { http, base: url.replace(/\/+$/, ''), headers }
  return { ...callsOfServer(server), ...callsOfApplication(server), ...callsBelow(server) }
}

interface Server {
  readonly http: HttpClient
  readonly base: string
  readonly headers: Readonly<Record<string, string>>
}

/** What is no matter of one Application alone. */
function callsOfServer({
  http,
  base,
  headers,
}: Server): Pick<Argocd, 'version' | 'list' | 'applicationSet' | 'stream'> {
  return {
    async version() {
      const request = { url: `${base}/api/version`, what: 'Cannot reach Argo CD', explain: explainVersion }
      const answer = await http.json(request, isVersion)
      return answer.Version
    },
    async list(query) {
      const url = withQuery(`${base}/api/v1/applications`, listQuery(query))
      const request = { url, headers, what: 'Cannot list the Applications', maxBytes: LIST_BYTES }
      const { items } = await http.json(request, isApplicationList)
      return items
    },
    applicationSet: (name, namespace) => {
      const at = `${base}/api/v1/applicationsets/${encodeURIComponent(name)}`
      const url = withQuery(at, { appsetNamespace: namespace })
      return http.json({ url, headers, what: 'Cannot read the ApplicationSet' }, isApplicationSet)
    },
    stream: (query, signal) => {
      const url = withQuery(`${base}/api/v1/stream/applications`, listQuery(query))
      return streamOf(http, { url, headers, name: query.name, signal })
    },
  }
}

/** A request about the Application or something below it. */
function about({ base, headers }: Server, application: ApplicationName, path = '', query: Query = {}): Get {
  const { name, project, appNamespace } = application
  const at = `${base}/api/v1/applications/${encodeURIComponent(name)}${path}`
  return {
    url: withQuery(at, { project, appNamespace, ...query }),
    headers,
    what: 'Cannot read the Application',
    explain: explainFor(application),
  }
}

function callsOfApplication(
  server: Server,
): Pick<Argocd, 'get' | 'refresh' | 'blockingWindow' | 'events' | 'sync'> {
  const { http } = server
  return {
    get: (application) => http.json(about(server, application), isApplication),
    refresh: (application, { hard = false } = {}) => {
      const request = about(server, application, '', { refresh: hard ? 'hard' : 'normal' })
      const once = { totalTimeout: REFRESH_TIMEOUT_MS, retries: 0, what: 'Cannot refresh the Application' }
      return http.json({ ...request, ...once }, isApplication)
    },
    async events(application, node) {
      const query = { resourceUID: node?.uid, resourceName: node?.name, resourceNamespace: node?.namespace }
      const request = { ...about(server, application, '/events', query), what: 'Cannot read the events' }
      const { items } = await http.json(request, isEventList)
      return items
    },
    async blockingWindow(application) {
      const request = { ...about(server, application, '/syncwindows'), what: 'Cannot read the sync windows' }
      const { activeWindows, assignedWindows } = await http.json(request, isSyncWindows)
      return blockingOf(activeWindows, assignedWindows)
    },
    async sync(application, { prune }) {
      const { name, project, appNamespace } = application
      await http.request({
        // Of a POST the server reads the body alone.
        ...about(server, { name }, '/sync'),
        method: 'POST',
        body: { json: { project, appNamespace, prune } },
        what: 'Cannot sync the Application',
        explain: explainSync(application),
        // A second try may find the first one's operation under way.
        retries: 0,
      })
    },
  }
}

/** What Argo CD shows of the objects that an Application made, and of the commits that they come from. */
function callsBelow(server: Server): Pick<Argocd, 'tree' | 'resource' | 'containerLog' | 'commit'> {
  const { http } = server
  return {
    commit: (application, revision) => {
      const path = `/revisions/${encodeURIComponent(revision)}/metadata`
      const request = { ...about(server, application, path), what: 'Cannot read the commit', retries: 0 }
      return http.json(request, isCommitInfo)
    },
    tree: (application) => {
      const request = {
        ...about(server, application, '/resource-tree'),
        what: 'Cannot read the resource tree',
      }
      return http.json(request, isResourceTree)
    },
    resource(application, { group, version, kind, namespace, name }, check) {
      const query = { namespace, resourceName: name, version, group, kind }
      const what = `Cannot read the ${kind} ${name}`
      // 400: it is no longer part of the Application (argo-cd server/application getAppLiveResource).
      const request = { ...about(server, application, '/resource', query), what, tolerate: [400, 404] }
      return http.json(request, resourceOf(check))
    },
    containerLog: async (application, { pod, namespace, container }) => {
      const path = `/pods/${encodeURIComponent(pod)}/logs`
      const query = { namespace, container, previous: 'true', tailLines: String(LOG_LINES), follow: 'false' }
      const request = { ...about(server, application, path, query), what: 'Cannot read the log', retries: 0 }
      return readLog(await http.request(request))
    },
  }
}

function listQuery({ name, selector, project, appNamespace }: ApplicationQuery): Query {
  return { name, selector, projects: project, appNamespace }
}

type Query = Readonly<Record<string, string | undefined>>
type Get = HttpRequest & { readonly url: string }

function withQuery(url: string, query: Query): string {
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== '') parameters.set(key, value)
  return parameters.size === 0 ? url : `${url}?${parameters}`
}
