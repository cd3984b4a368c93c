import { type HttpClient, type HttpResponse, serverSentEvents } from '@mlops-actions/http'
import {
  type Application,
  isApplication,
  isArgocdError,
  isLogEntry,
  isResourceTree,
  isStreamEvent,
  isVersion,
  type ResourceTree,
} from './application.wire.ts'

export interface ApplicationName {
  readonly name: string
  /** Argo CD project; given, a missing Application answers 404 instead of the 403 that hides it. */
  readonly project?: string | undefined
  /** Namespace of the Application resource, for Applications in any namespace. */
  readonly appNamespace?: string | undefined
}

export interface PodName {
  readonly pod: string
  readonly namespace: string
}

export interface Argocd {
  /** `v3.5.1+…`; needs no login, so it tells Argo CD from a login page before anything else is asked. */
  version(): Promise<string>
  get(application: ApplicationName): Promise<Application>
  /** Has the controller compare with Git anew, and returns the Application afterwards. Can hang upstream (argo-cd #21613): 30 s. */
  refresh(application: ApplicationName): Promise<Application>
  tree(application: ApplicationName): Promise<ResourceTree>
  /** The last lines that a pod's container wrote before it ended; needs `logs, get`. */
  podLog(application: ApplicationName, pod: PodName): Promise<string>
  /** States as the server pushes them. Ends when the server closes it. */
  stream(application: ApplicationName, signal: AbortSignal): AsyncIterable<Application>
}

const REFRESH_TIMEOUT_MS = 30_000
const LOG_LINES = 20
/** The server sends a comment every 15 s on an idle stream, and may be that late with its first byte. */
const STREAM_IDLE_MS = 40_000

export interface ArgocdOptions {
  /** Base URL; a root path (`https://host/argocd`) is kept. */
  readonly url: string
  readonly token: string
}

/** The Argo CD API (argo-cd server/application/application.proto over grpc-gateway). */
export function createArgocd(http: HttpClient, { url, token }: ArgocdOptions): Argocd {
  const headers = { authorization: `Bearer ${token}` }
  const at = (path: string, query: Readonly<Record<string, string | undefined>> = {}) =>
    withQuery(`${url.replace(/\/+$/, '')}${path}`, query)
  const of = ({ name, project, appNamespace }: ApplicationName) => ({
    path: `/api/v1/applications/${encodeURIComponent(name)}`,
    query: { project, appNamespace },
  })
  const what = 'Cannot read the Application'
  return {
    async version() {
      const answer = await http.json({ url: at('/api/version'), what: 'Cannot reach Argo CD' }, isVersion)
      return answer.Version
    },
    get: (application) => {
      const { path, query } = of(application)
      return http.json(
        { url: at(path, query), headers, what, explain: explainFor(application) },
        isApplication,
      )
    },
    refresh: (application) => {
      const { path, query } = of(application)
      const request = {
        url: at(path, { ...query, refresh: 'normal' }),
        headers,
        what: 'Cannot refresh the Application',
      }
      return http.json(
        { ...request, totalTimeout: REFRESH_TIMEOUT_MS, retries: 0, explain: explainFor(application) },
        isApplication,
      )
    },
    tree: (application) => {
      const { path, query } = of(application)
      return http.json(
        {
          url: at(`${path}/resource-tree`, query),
          headers,
          what: 'Cannot read the resource tree',
          explain: explainFor(application),
        },
        isResourceTree,
      )
    },
    podLog: async (application, { pod, namespace }) => {
      const { path, query } = of(application)
      const url = at(`${path}/pods/${encodeURIComponent(pod)}/logs`, {
        ...query,
        namespace,
        previous: 'true',
        tailLines: String(LOG_LINES),
        follow: 'false',
      })
      return readLog(await http.request({ url, headers, what: 'Cannot read the log', retries: 0 }))
    },
    stream: (application, signal) => streamOf(http, at, headers, application, signal),
  }
}

async function* streamOf(
  http: HttpClient,
  at: (path: string, query: Readonly<Record<string, string | undefined>>) => string,
  headers: Readonly<Record<string, string>>,
  { name, project, appNamespace }: ApplicationName,
  signal: AbortSignal,
): AsyncGenerator<Application, void, undefined> {
  const stream = await http.stream({
    url: at('/api/v1/stream/applications', { name, projects: project, appNamespace }),
    headers: { ...headers, accept: 'text/event-stream' },
    what: 'Cannot watch the Application',
    headersTimeout: STREAM_IDLE_MS,
    idleTimeout: STREAM_IDLE_MS,
    signal,
  })
  try {
    for await (const { data } of serverSentEvents(stream.chunks)) {
      const { result } = isStreamEvent(JSON.parse(data))
      if (result === undefined) return
      if (result.application.metadata.name === name) yield result.application
    }
  } finally {
    stream.close()
  }
}

/** One JSON text on each line (`LogEntry` of application.proto); the last one says only that it is the last. */
function readLog({ body }: HttpResponse): string {
  const entries = body
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => isLogEntry(JSON.parse(line)).result?.content ?? '')
  return entries.join('\n').trim()
}

/** Argo CD hides what one may not see: 403 means "does not exist, or no right to it". */
function explainFor({
  name,
  project,
}: ApplicationName): (response: HttpResponse) => { seen?: string; next?: string } | undefined {
  return (response) => {
    const seen = messageIn(response)
    if (response.status === 403) {
      return {
        seen: `${seen} (HTTP 403)`,
        next: `Check that the Application ${name} exists${project === undefined ? ' (give its `project`, then a missing one says so)' : ''}, and grant the token: p, <subject>, applications, get, ${project ?? '<project>'}/${name}, allow`,
      }
    }
    if (response.status === 401)
      return {
        seen: `${seen} (HTTP 401)`,
        next: 'Give a valid Argo CD token: an account with the apiKey capability, or a project role',
      }
    if (response.status === 404)
      return {
        seen: `${seen} (HTTP 404)`,
        next: `Check the name ${name}${project === undefined ? '' : ` and the project ${project}`}`,
      }
    return undefined
  }
}

function messageIn({ body, status }: HttpResponse): string {
  try {
    const answer = isArgocdError(JSON.parse(body.toString('utf8')))
    return answer.message || answer.error || `HTTP ${status}`
  } catch {
    return `HTTP ${status}`
  }
}

function withQuery(url: string, query: Readonly<Record<string, string | undefined>>): string {
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== '') parameters.set(key, value)
  return parameters.size === 0 ? url : `${url}?${parameters}`
}
