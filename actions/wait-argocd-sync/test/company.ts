import { execFileSync } from 'node:child_process'
import { type ArgocdOptions, type ArgocdServer, startArgocd } from '@mlops-actions/sandbox/argocd'
import { commitFiles, type GitHubServer, type Repository, startGitHub } from '@mlops-actions/sandbox/github'
import {
  addNamespaces,
  createKubernetesState,
  type JsonObject,
  type KubeObject,
  type KubernetesState,
  RESOURCES,
  type ResourceType,
  realClock,
} from '@mlops-actions/sandbox/kubernetes'

/** A GitOps repository on a Git server, an Argo CD that deploys it, and ways to make things happen. */
export interface Company {
  readonly argocd: ArgocdServer
  readonly github: GitHubServer
  readonly kubernetes: KubernetesState
  readonly inputs: Readonly<Record<string, string>>
  /** Commits a ConfigMap with that value and returns the commit. */
  commit(value: string): Promise<string>
  commitFiles(files: Readonly<Record<string, string>>): Promise<string>
  /** Real git in the repository on the server. */
  git(...args: string[]): string
  /** Another Application on the repository: that folder of it, followed as `churn-prod` is. */
  createApplication(
    name: string,
    given?: { path?: string; metadata?: JsonObject; spec?: JsonObject },
  ): KubeObject
  /** Makes an object that the parent owns. */
  createChild(parent: KubeObject, type: ResourceType, object: JsonObject): KubeObject
  /** Resolves with the first object of that kind that is so. */
  until(type: ResourceType, is: (object: KubeObject) => boolean): Promise<KubeObject>
  close(): Promise<void>
}

interface CompanyOptions {
  readonly automated?: boolean
  /** The clock by which the cluster and its Argo CD date what they do. */
  readonly now?: () => number
  /** Milliseconds of that clock. */
  readonly comparisonTakes?: number
  /** How its API server is reached. */
  readonly served?: Pick<ArgocdOptions, 'tls' | 'rootPath'>
}

export async function startCompany({
  automated = true,
  now = Date.now,
  comparisonTakes = 0,
  served = {},
}: CompanyOptions = {}): Promise<Company> {
  const github = await startGitHub()
  const repository: Repository = await github.createRepository('octo/gitops', {
    files: { 'churn/settings.yaml': configMap('v1') },
  })
  const kubernetes = createKubernetesState({ now })
  addNamespaces(kubernetes.store, ['ml'])
  const clock = { ...realClock, now }
  const timings = { retryBackOff: 20, retryLimit: 50, comparisonTakes }
  const nearby = { [`${github.url}/`]: `${github.state.root}/` }
  const argocd = await startArgocd({ kubernetes, clock, timings, nearby, ...served })
  kubernetes.store.create(RESOURCES.applications, {
    metadata: { name: 'churn-prod', namespace: 'argocd' },
    spec: {
      project: 'default',
      source: { repoURL: `${github.url}/octo/gitops.git`, path: 'churn', targetRevision: 'main' },
      destination: { server: 'https://kubernetes.default.svc', namespace: 'ml' },
      ...(automated ? { syncPolicy: { automated: {} } } : {}),
    },
  })
  const commit = (files: Readonly<Record<string, string>>) =>
    commitFiles(github.state, repository, { files, message: 'change' })
  return {
    argocd,
    github,
    kubernetes,
    git: (...args) =>
      execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
        cwd: repository.directory,
        encoding: 'utf8',
      }).trim(),
    createApplication: (name, { path = 'churn', metadata = {}, spec = {} } = {}) =>
      kubernetes.store.create(RESOURCES.applications, {
        metadata: { name, namespace: 'argocd', ...metadata },
        spec: {
          project: 'default',
          source: { repoURL: `${github.url}/octo/gitops.git`, path, targetRevision: 'main' },
          destination: { server: 'https://kubernetes.default.svc', namespace: 'ml' },
          syncPolicy: { automated: {} },
          ...spec,
        },
      }),
    createChild: (parent, type, object) => createChild(kubernetes, parent, type, object),
    until: (type, is) => until(kubernetes, type, is),
    inputs: {
      url: `${argocd.url}${served.rootPath ?? ''}`,
      token: 'argocd-token',
      application: 'churn-prod',
      project: 'default',
      repository: `${github.url}/octo/gitops.git`,
      settle: '10ms',
      interval: '100ms',
    },
    commitFiles: commit,
    commit: (value) => commit({ 'churn/settings.yaml': configMap(value) }),
    close: async () => {
      await argocd.close()
      await github.close()
    },
  }
}

function createChild(
  { store }: KubernetesState,
  { apiVersion, kind, metadata: { name, uid, namespace = 'ml' } }: KubeObject,
  type: ResourceType,
  { metadata, ...object }: JsonObject,
): KubeObject {
  const ownerReferences = [{ apiVersion, kind, name, uid, controller: true }]
  const own = typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata) ? metadata : {}
  return store.create(type, { ...object, metadata: { namespace, ...own, ownerReferences } })
}

function until(
  { store }: KubernetesState,
  type: ResourceType,
  is: (object: KubeObject) => boolean,
): Promise<KubeObject> {
  return new Promise((resolve) => {
    const look = () => {
      const found = store.list(type).find(is)
      if (found === undefined) return
      unsubscribe()
      resolve(found)
    }
    const unsubscribe = store.subscribe(look)
    look()
  })
}

/** A sync window that keeps `churn-prod` from syncing. */
export const CLOSED = {
  kind: 'deny',
  schedule: '0 22 * * *',
  duration: '8h',
  applications: ['churn-prod'],
  manualSync: true,
  active: true,
} as const

export function configMap(value: string, name = 'settings'): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  value: "${value}"\n`
}
