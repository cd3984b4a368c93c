import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Sandbox } from '@mlops-actions/sandbox'
import { commitFiles, headOf } from '@mlops-actions/sandbox/github'
import { addNamespaces, type KubeObject, RESOURCES } from '@mlops-actions/sandbox/kubernetes'
import type { Desk } from './product.ts'

export const NAMESPACE = 'ml'
export const SERVICE = 'churn'
export const APPLICATION = 'churn-prod'
export const MANIFEST = 'apps/churn/inference.yaml'

/** Puts the product's manifests into the GitOps repository, naming an image and a model. */
export async function writeManifests(
  desk: Desk,
  image: string,
  storageUri: string,
  message: string,
): Promise<string> {
  const { github, gitops } = desk.sandbox
  const read = (name: string): string => readFileSync(join(desk.directory, 'k8s', name), 'utf8')
  const inference = read('inference.yaml')
    .replace(/^( +image: ).*$/m, `$1${image}`)
    .replace(/^( +storageUri: ).*$/m, `$1${storageUri}`)
  // Pods are processes of this machine: they must not listen beyond loopback.
  const runtime = read('runtime.yaml').replace(
    /^( +)env:$/m,
    '$1env:\n$1  - name: HOST\n$1    value: 127.0.0.1',
  )
  const repository = github.state.repositories.get(gitops.toLowerCase())
  if (repository === undefined) throw new Error(`the sandbox has no repository ${gitops}`)
  return commitFiles(github.state, repository, {
    files: { [MANIFEST]: inference, 'apps/churn/runtime.yaml': runtime },
    message,
  })
}

export async function gitopsHead({ github, gitops }: Sandbox): Promise<string> {
  const repository = github.state.repositories.get(gitops.toLowerCase())
  const head = repository && (await headOf(repository, repository.defaultBranch))
  if (head === undefined) throw new Error(`${gitops} has no commit`)
  return head
}

/** What the people who run the cluster have made there for the product: a namespace, and an account for its pods. */
export function prepareNamespace({ kubernetes }: Sandbox): void {
  const { store } = kubernetes.state
  addNamespaces(store, [NAMESPACE])
  store.create(RESOURCES.serviceaccounts, { metadata: { name: 'churn-predictor', namespace: NAMESPACE } })
}

/** The Argo CD Application that deploys the GitOps repository's folder by itself. */
export function createApplication({ github, gitops, kubernetes }: Sandbox): void {
  kubernetes.state.store.create(RESOURCES.applications, {
    metadata: { name: APPLICATION, namespace: 'argocd' },
    spec: {
      project: 'default',
      source: { repoURL: `${github.url}/${gitops}.git`, path: 'apps/churn', targetRevision: 'main' },
      destination: { server: 'https://kubernetes.default.svc', namespace: NAMESPACE },
      syncPolicy: { automated: { prune: true, selfHeal: true } },
    },
  })
}

/** Resolves with the first value that the question finds; asked again at every change of the cluster. */
export function untilCluster<T>(
  { kubernetes }: Sandbox,
  question: () => T | undefined,
  signal: AbortSignal,
): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason)
  return new Promise((resolve, reject) => {
    const { store } = kubernetes.state
    let unsubscribe = (): void => {}
    const over = (): void => {
      unsubscribe()
      signal.removeEventListener('abort', stop)
    }
    const stop = (): void => {
      over()
      reject(signal.reason)
    }
    const ask = (): void => {
      const found = question()
      if (found === undefined) return
      over()
      resolve(found)
    }
    signal.addEventListener('abort', stop)
    unsubscribe = store.subscribe(ask)
    ask()
  })
}

export interface Deployed {
  /** Where customers send their requests. */
  readonly url: string
  readonly revision: string
}

/** Waits until Argo CD has synced a commit of the GitOps repository and the InferenceService is ready. */
export function untilDeployed(sandbox: Sandbox, commit: string, signal: AbortSignal): Promise<Deployed> {
  return untilCluster(
    sandbox,
    () => {
      const app = at(find(sandbox, 'applications', 'argocd', APPLICATION), 'status')
      const status = [at(app, 'sync', 'status'), at(app, 'sync', 'revision'), at(app, 'health', 'status')]
      const service = find(sandbox, 'inferenceservices', NAMESPACE, SERVICE)
      const url = at(service, 'status', 'url')
      const done = status.join(' ') === `Synced ${commit} Healthy` && typeof url === 'string'
      return done && rolledOut(sandbox) ? { url, revision: commit } : undefined
    },
    signal,
  )
}

/** The image that the ready pods run, by what their kubelet says; several while a rollout is under way. */
export function servingImages(sandbox: Sandbox): readonly string[] {
  const images = readyPods(sandbox).map((pod) => String(at(pod, 'spec', 'containers', '0', 'image')))
  return [...new Set(images)]
}

export function readyPods({ kubernetes }: Sandbox): readonly KubeObject[] {
  return kubernetes.state.store.list(RESOURCES.pods, NAMESPACE).filter((pod) => {
    const conditions = at(pod, 'status', 'conditions')
    const list = Array.isArray(conditions) ? conditions : []
    const ready = list.find((one) => at(one, 'type') === 'Ready')
    return at(ready, 'status') === 'True' && pod.metadata.deletionTimestamp === undefined
  })
}

/** A pod whose server ends again and again, with the last line that it wrote. */
export interface CrashingPod {
  readonly name: string
  readonly image: string
  readonly lastLine: string
}

export function crashingPod({ kubernetes }: Sandbox): CrashingPod | undefined {
  const pod = kubernetes.state.store.list(RESOURCES.pods, NAMESPACE).find((one) => {
    const status = at(one, 'status', 'containerStatuses', '0', 'state', 'waiting', 'reason')
    return status === 'CrashLoopBackOff'
  })
  if (pod === undefined) return undefined
  const { name } = pod.metadata
  const log = kubernetes.state.logs.get(`${NAMESPACE}/${name}/kserve-container`)
  const lines = [...(log?.previous ?? []), ...(log?.current ?? [])].map(({ text }) => text.trim())
  const lastLine = lines.filter((text) => text !== '').at(-1) ?? ''
  return { name, image: String(at(pod, 'spec', 'containers', '0', 'image')), lastLine }
}

/** One Deployment, its newest pods ready and no others left. */
function rolledOut({ kubernetes }: Sandbox): boolean {
  const { store } = kubernetes.state
  const all = store.list(RESOURCES.pods, NAMESPACE)
  const deployments = store.list(RESOURCES.deployments, NAMESPACE)
  return deployments.every((one) => {
    const status = at(one, 'status')
    const wanted = at(one, 'spec', 'replicas') ?? 1
    const counts = ['replicas', 'updatedReplicas', 'readyReplicas'].map((field) => at(status, field))
    return counts.every((count) => count === wanted) && all.length === wanted
  })
}

function find(
  { kubernetes }: Sandbox,
  kind: 'applications' | 'inferenceservices',
  namespace: string,
  name: string,
): unknown {
  return kubernetes.state.store.get({ type: RESOURCES[kind], namespace, name })
}

/** A field of a value whose shape is not known here. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null
        ? Object.entries(inner).find(([name]) => name === key)?.[1]
        : undefined,
    value,
  )
}
