import {
  type ArgocdServer,
  addNamespaces,
  commitFiles,
  createKubernetesState,
  type GitHubServer,
  RESOURCES,
  type Repository,
  startArgocd,
  startGitHub,
} from '@mlops-actions/sandbox'

/** A GitOps repository on a Git server, an Argo CD that deploys it, and ways to make things happen. */
export interface Company {
  readonly argocd: ArgocdServer
  readonly github: GitHubServer
  readonly inputs: Readonly<Record<string, string>>
  /** Commits a ConfigMap with that value and returns the commit. */
  commit(value: string): Promise<string>
  commitFiles(files: Readonly<Record<string, string>>): Promise<string>
  close(): Promise<void>
}

export async function startCompany({ automated = true } = {}): Promise<Company> {
  const github = await startGitHub()
  const repository: Repository = await github.createRepository('octo/gitops', {
    files: { 'churn/settings.yaml': configMap('v1') },
  })
  const kubernetes = createKubernetesState()
  addNamespaces(kubernetes.store, ['ml'])
  const argocd = await startArgocd({ kubernetes, timings: { retryBackOff: 20, retryLimit: 50 } })
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
    inputs: {
      url: argocd.url,
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

export function configMap(value: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  value: "${value}"\n`
}
