import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startArgocd } from '@mlops-actions/sandbox/argocd'
import {
  addNamespaces,
  createKubernetesState,
  type JsonObject,
  type KubeObject,
  RESOURCES,
  realClock,
} from '@mlops-actions/sandbox/kubernetes'

/** One answer of the API, by what was asked. */
export interface Answer {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly body: unknown
}

/** What the sandbox's Argo CD answered and wrote. */
export interface Recorded {
  readonly answers: readonly Answer[]
  /** Every version of every resource of Argo CD, by its plural. */
  readonly objects: readonly { readonly plural: string; readonly object: KubeObject }[]
}

const MANIFESTS = `apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data: { value: a }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: churn }
spec:
  replicas: 1
  selector: { matchLabels: { app: churn } }
  template:
    metadata: { labels: { app: churn } }
    spec: { containers: [{ name: server, image: "r/churn:v1" }] }
`
const HOOK = `apiVersion: batch/v1
kind: Job
metadata: { name: migrate, annotations: { argocd.argoproj.io/hook: PreSync } }
spec: { template: { spec: { restartPolicy: Never, containers: [{ name: c, image: "r/x:1" }] } } }
`
const APP = '/api/v1/applications/churn'

/** A commit is synced, one with a hook that fails, one that is broken; and everything that can be asked is asked. */
export async function record(): Promise<Recorded> {
  const repository = mkdtempSync(join(tmpdir(), 'argocd-schema-'))
  mkdirSync(join(repository, 'churn'))
  const git = (...args: string[]): string => {
    const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com']
    return execFileSync('git', [...who, ...args], { cwd: repository, encoding: 'utf8' }).trim()
  }
  git('init', '--quiet', '--initial-branch=main')
  const commit = (file: string, text: string): void => {
    writeFileSync(join(repository, 'churn', file), text)
    git('add', '--all')
    git('commit', '--quiet', '--message', 'change')
  }
  commit('all.yaml', MANIFESTS)
  const kubernetes = createKubernetesState()
  addNamespaces(kubernetes.store, ['ml'])
  const objects: { plural: string; object: KubeObject }[] = []
  kubernetes.store.subscribe(({ type, object }) => {
    if (type.group === 'argoproj.io') objects.push({ plural: type.plural, object })
  })
  const timings = { retryBackOff: 10, retryLimit: 20 }
  const argocd = await startArgocd({ kubernetes, clock: realClock, timings })
  const answers: Answer[] = []
  const ask = async (
    method: string,
    path: string,
    body?: JsonObject,
    token = 'argocd-token',
  ): Promise<void> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const response = await fetch(`${argocd.url}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    for (const line of path.includes('/logs') ? text.trim().split('\n') : [text])
      answers.push({ method, path, status: response.status, body: JSON.parse(line) })
  }
  try {
    kubernetes.store.create(RESOURCES.applications, applicationOf(repository))
    kubernetes.store.create(RESOURCES.applicationsets, {
      metadata: { name: 'all', namespace: 'argocd' },
      spec: { generators: [], template: { metadata: {}, spec: { project: 'default', destination: {} } } },
    })
    await ask('GET', `${APP}?refresh=normal`)
    const isSynced = (phase: string) => (app: KubeObject) =>
      Object(Object(app['status']).operationState).phase === phase && app['operation'] === undefined
    await until(kubernetes, isSynced('Succeeded'))
    addPod(kubernetes)
    await askAll(ask, git('rev-parse', 'HEAD'))
    answers.push(await firstOfStream(argocd.url))
    argocd.state.syncWindows.push({
      kind: 'deny',
      schedule: '* * * * *',
      duration: '1h',
      applications: ['*'],
      manualSync: true,
      active: true,
    })
    await ask('GET', `${APP}/syncwindows`)
    argocd.state.syncWindows.length = 0
    commit('hook.yaml', HOOK)
    commit('all.yaml', MANIFESTS.replace('value: a', 'value: b'))
    await ask('GET', `${APP}?refresh=normal`)
    await until(kubernetes, isSynced('Failed'))
    await ask('GET', APP)
    commit('all.yaml', 'a: [')
    await ask('GET', `${APP}?refresh=hard`)
    await ask('GET', APP)
    return { answers, objects }
  } finally {
    await argocd.close()
    rmSync(repository, { recursive: true, force: true })
  }
}

type Ask = (method: string, path: string, body?: JsonObject, token?: string) => Promise<void>

async function askAll(ask: Ask, commit: string): Promise<void> {
  const pod = 'resourceName=churn-a&namespace=ml&version=v1&kind=Pod'
  for (const path of [
    '/api/version',
    '/api/v1/session/userinfo',
    '/api/v1/applications',
    '/api/v1/applicationsets/all',
    APP,
    `${APP}/resource-tree`,
    `${APP}/managed-resources`,
    `${APP}/events`,
    `${APP}/syncwindows`,
    `${APP}/resource?${pod}`,
    `${APP}/pods/churn-a/logs?namespace=ml&container=server`,
    `${APP}/revisions/${commit}/metadata`,
    '/api/v1/applications/none?project=default',
    '/api/v1/applications/none',
  ])
    await ask('GET', path)
  await ask('GET', APP, undefined, 'nobody')
  await ask('POST', '/api/v1/session', { username: 'admin', password: 'sandbox-password' })
  await ask('POST', '/api/v1/session', { username: 'admin', password: 'wrong' })
  await ask('POST', `${APP}/sync`, { prune: false })
}

function applicationOf(repository: string): JsonObject {
  return {
    metadata: { name: 'churn', namespace: 'argocd' },
    spec: {
      project: 'default',
      source: { repoURL: repository, path: 'churn', targetRevision: 'main' },
      destination: { server: 'https://kubernetes.default.svc', namespace: 'ml' },
      syncPolicy: { automated: {}, retry: { limit: 1 } },
    },
  }
}

/** What controllers would have made of the Deployment. */
function addPod({ store, logs }: ReturnType<typeof createKubernetesState>): void {
  const owner = store.get({ type: RESOURCES.deployments, namespace: 'ml', name: 'churn' })
  const ownerReferences = [
    { apiVersion: 'apps/v1', kind: 'Deployment', name: 'churn', uid: owner?.metadata.uid ?? '' },
  ]
  const pod = store.create(RESOURCES.pods, {
    metadata: { name: 'churn-a', namespace: 'ml', ownerReferences },
    spec: { containers: [{ name: 'server', image: 'r/churn:v1' }] },
    status: {
      phase: 'Pending',
      containerStatuses: [{ name: 'server', state: { waiting: { reason: 'ErrImagePull' } } }],
    },
  })
  const app = store.get({ type: RESOURCES.applications, namespace: 'argocd', name: 'churn' })
  store.create(RESOURCES.events, {
    metadata: { name: 'e', namespace: 'argocd' },
    involvedObject: { kind: 'Application', name: 'churn', uid: app?.metadata.uid ?? '' },
    type: 'Normal',
    reason: 'OperationStarted',
    lastTimestamp: pod.metadata.creationTimestamp ?? '',
  })
  logs.set('ml/churn-a/server', { current: [{ at: 0, text: 'hello' }], previous: undefined })
}

async function firstOfStream(url: string): Promise<Answer> {
  const path = '/api/v1/stream/applications'
  const headers = { authorization: 'Bearer argocd-token', accept: 'text/event-stream' }
  const over = new AbortController()
  const response = await fetch(`${url}${path}?name=churn`, { headers, signal: over.signal })
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString('utf8')
    if (text.includes('\n\n')) break
  }
  over.abort()
  const [, data = ''] = /^data: (.*)$/m.exec(text) ?? []
  return { method: 'GET', path, status: response.status, body: JSON.parse(data) }
}

function until(
  { store }: ReturnType<typeof createKubernetesState>,
  is: (app: KubeObject) => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!store.list(RESOURCES.applications).some(is)) return
      unsubscribe()
      resolve()
    }
    const unsubscribe = store.subscribe(look)
    look()
  })
}
