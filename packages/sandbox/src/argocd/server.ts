import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Clock, realClock } from '../kubernetes/clock.ts'
import { addNamespaces } from '../kubernetes/namespaces.ts'
import { RESOURCES } from '../kubernetes/resources.ts'
import type { KubernetesState } from '../kubernetes/state.ts'
import { type Handler, type SandboxServer, type ServeOptions, serve } from '../server.ts'
import { ARGOCD_TIMINGS, type Argocd, type ArgocdTimings } from './context.ts'
import { startController } from './controller.ts'
import type { Nearby } from './git-copies.ts'
import { createGitSource } from './git-source.ts'
import { createArgocdHandler } from './route.ts'
import { type ArgocdState, createArgocdState } from './state.ts'

export interface ArgocdOptions extends ServeOptions {
  /** The cluster that Argo CD runs in and deploys to. */
  readonly kubernetes: KubernetesState
  readonly state?: ArgocdState
  readonly clock?: Clock
  readonly timings?: Partial<ArgocdTimings>
  /** Folders that hold the repositories below a URL: for Git servers of this process, which cost five processes a look. */
  readonly nearby?: Nearby
  /** `server.rootpath`: everything is served below it, and nothing elsewhere. */
  readonly rootPath?: string
}

export interface ArgocdServer extends SandboxServer {
  readonly state: ArgocdState
}

/** Starts API server and application controller; Applications are objects of the cluster. */
export async function startArgocd(options: ArgocdOptions): Promise<ArgocdServer> {
  const over = new AbortController()
  const root = await mkdtemp(join(tmpdir(), 'sandbox-argocd-'))
  const argocd: Argocd = {
    state: options.state ?? createArgocdState(options.kubernetes),
    clock: options.clock ?? realClock,
    timings: { ...ARGOCD_TIMINGS, ...options.timings },
    git: createGitSource(root, options.nearby),
    signal: over.signal,
  }
  addNamespaces(options.kubernetes.store, [argocd.state.namespace])
  addDefaultProject(argocd.state)
  const controller = startController(argocd)
  const server = await serve(below(options.rootPath ?? '', createArgocdHandler(argocd)), options)
  return {
    ...server,
    state: argocd.state,
    close: async () => {
      over.abort()
      await server.close()
      await controller.closed()
      await rm(root, { recursive: true, force: true })
    },
  }
}

function below(rootPath: string, handler: Handler): Handler {
  if (rootPath === '') return handler
  return async (request) => {
    const { path, rawPath } = request
    if (!path.startsWith(`${rootPath}/`)) return { status: 404, body: '404 page not found\n' }
    const cut = (text: string): string => text.slice(rootPath.length)
    return handler({ ...request, path: cut(path), rawPath: cut(rawPath) })
  }
}

/** Argo CD's API server makes it where it is missing (argo-cd:server/server.go initializeDefaultProject). */
function addDefaultProject({ kubernetes: { store }, namespace }: ArgocdState): void {
  const key = { type: RESOURCES.appprojects, namespace, name: 'default' }
  if (store.get(key) !== undefined) return
  store.create(RESOURCES.appprojects, {
    metadata: { name: 'default', namespace },
    spec: { sourceRepos: ['*'], destinations: [{ server: '*', namespace: '*' }] },
  })
}
