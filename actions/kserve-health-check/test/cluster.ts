import {
  type Handler,
  type SandboxRequest,
  type SandboxResponse,
  type SandboxServer,
  serve,
} from '@mlops-actions/sandbox/server'

/**
 * A cluster of one InferenceService whose objects follow a script in time, and the gateway before it. Shapes: KServe 0.20
 * in Standard mode on Kubernetes 1.33. What a real controller would do is not modelled: a scene is what it has done.
 */
export const NEW = `registry.test/churn@sha256:${'9'.repeat(64)}`
export const OLD = `registry.test/churn@sha256:${'1'.repeat(64)}`
export const MODEL = 's3://ml/churn/v2/'
const OLD_MODEL = 's3://ml/churn/v1/'
const SOURCE_URI = 'internal.serving.kserve.io/storage-initializer-sourceuri'

/** Inputs of a step that looks often and does not wait long, for a cluster that knows the token. */
export const QUICK = {
  name: 'churn',
  namespace: 'models',
  'kubernetes-token': 'canary-token',
  settle: '100ms',
  interval: '50ms',
} as const

export interface Scene {
  /** Undefined: it does not exist. */
  readonly isvc: object | undefined
  readonly deployment: object | undefined
  readonly replicaSets: readonly object[]
  readonly pods: readonly object[]
}

type Age = 'new' | 'old'
const imageOf = (age: Age) => (age === 'new' ? NEW : OLD)
const modelOf = (age: Age) => (age === 'new' ? MODEL : OLD_MODEL)

export function isvc(age: Age, status: object = {}, more: object = {}): object {
  return {
    metadata: { name: 'churn', namespace: 'models', uid: 'i', generation: 2, ...more },
    spec: { predictor: { model: { image: imageOf(age), storageUri: modelOf(age) } } },
    status: {
      deploymentMode: 'Standard',
      conditions: [{ type: 'Ready', status: 'True' }],
      modelStatus: { transitionStatus: 'UpToDate' },
      ...status,
    },
  }
}

const template = (age: Age) => ({
  metadata: { annotations: { [SOURCE_URI]: modelOf(age) } },
  spec: { containers: [{ name: 'kserve-container', image: imageOf(age) }] },
})

function deployment(age: Age, counts: object, conditions: readonly object[] = []): object {
  const metadata = { name: 'churn-predictor', namespace: 'models', uid: 'd', generation: 2 }
  const all = { replicas: 1, updatedReplicas: 1, availableReplicas: 1 }
  return {
    metadata,
    spec: { replicas: 1, template: template(age) },
    status: { observedGeneration: 2, ...all, ...counts, conditions },
  }
}

function replicaSet(age: Age): object {
  return {
    metadata: {
      name: `churn-predictor-${age}`,
      uid: age,
      ownerReferences: [{ kind: 'Deployment', name: 'churn-predictor', uid: 'd' }],
      annotations: { 'deployment.kubernetes.io/revision': age === 'new' ? '2' : '1' },
    },
    spec: { replicas: 1, template: template(age) },
  }
}

export interface PodScript {
  readonly ready?: boolean
  readonly restarts?: number
  readonly state?: object
  readonly lastState?: object
  readonly init?: object
}

export function pod(
  age: Age,
  { ready = true, restarts = 0, state, lastState = {}, init }: PodScript = {},
): object {
  const server = {
    name: 'kserve-container',
    image: imageOf(age),
    imageID: imageOf(age),
    ready,
    restartCount: restarts,
    state: state ?? { running: {} },
    lastState,
  }
  return {
    metadata: {
      name: `churn-predictor-${age}-x7k2p`,
      uid: `pod-${age}`,
      annotations: { [SOURCE_URI]: modelOf(age) },
      ownerReferences: [{ kind: 'ReplicaSet', name: `churn-predictor-${age}`, uid: age }],
    },
    spec: { containers: [{ name: 'kserve-container', image: imageOf(age) }] },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      containerStatuses: [server],
      ...(init === undefined
        ? {}
        : { initContainerStatuses: [{ name: 'storage-initializer', restartCount: 1, ...init }] }),
    },
  }
}

/** Before anything has arrived: the old version, Ready, asked for and serving. */
export const before: Scene = {
  isvc: isvc('old'),
  deployment: deployment('old', {}),
  replicaSets: [replicaSet('old')],
  pods: [pod('old')],
}

/** The new version is asked for; KServe has not touched the Deployment. Ready, as it really is then. */
export const synced: Scene = { ...before, isvc: isvc('new') }

/** A new pod comes up beside the old one, which serves; the InferenceService stays Ready. */
export function rolling(script: PodScript = {}, conditions: readonly object[] = []): Scene {
  return {
    isvc: isvc('new'),
    deployment: deployment('new', { replicas: 2 }, conditions),
    replicaSets: [replicaSet('old'), replicaSet('new')],
    pods: [
      pod('old'),
      pod('new', { ready: false, state: { waiting: { reason: 'ContainerCreating' } }, ...script }),
    ],
  }
}

/** Only the expected version serves. */
export function live(script: PodScript = {}): Scene {
  return {
    isvc: isvc('new'),
    deployment: deployment('new', {}),
    replicaSets: [replicaSet('old'), replicaSet('new')],
    pods: [pod('new', script)],
  }
}

export interface ClusterScript {
  /** What the API shows after so many seconds of the test's clock. */
  readonly scene: (seconds: number) => Scene
  readonly now: () => number
  /** Answers before the objects do: RBAC, faults. */
  readonly intercept?: (request: SandboxRequest) => SandboxResponse | undefined
  /** Whether `intercept` alone decides who may ask. */
  readonly anyToken?: boolean
  readonly model?: Handler
  readonly events?: readonly object[]
  readonly log?: string
  /** With what the API proves who it is; default: nothing, by http. */
  readonly tls?: { readonly key: string; readonly cert: string }
}

export interface TestCluster {
  readonly api: SandboxServer
  readonly gateway: SandboxServer
  close(): Promise<void>
}

export const json = (body: unknown, status = 200): SandboxResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/** A model that agrees with whoever asks: the answer is how many instances there were. */
export const goodModel: Handler = ({ method, path, body }) => {
  if (method === 'GET' && path === '/v1/models/churn') return json({ name: 'churn', ready: true })
  if (method === 'GET' && path === '/v2/models/churn/ready') return { status: 200 }
  if (path === '/v1/models/churn:predict') {
    const { instances = [] }: { instances?: unknown[] } = JSON.parse(body.toString())
    return json({ predictions: instances.map(() => 1) })
  }
  if (path === '/v2/models/churn/infer')
    return json({ model_name: 'churn', outputs: [{ name: 'y', shape: [1], datatype: 'INT64', data: [1] }] })
  return json({ error: 'Model with name other does not exist.' }, 404)
}

export async function startCluster(script: ClusterScript): Promise<TestCluster> {
  const gateway = await serve((request) => (script.model ?? goodModel)(request))
  const started = script.now()
  const api = await serve(
    (request) => {
      const intercepted = script.intercept?.(request)
      if (intercepted !== undefined) return intercepted
      if (script.anyToken !== true && request.headers['authorization'] !== 'Bearer canary-token')
        return json({ kind: 'Status', code: 401, reason: 'Unauthorized', message: 'Unauthorized' }, 401)
      return answer(request, script.scene((script.now() - started) / 1_000), script, gateway.url)
    },
    script.tls === undefined ? {} : { tls: script.tls },
  )
  return {
    api,
    gateway,
    close: async () => {
      await api.close()
      await gateway.close()
    },
  }
}

function answer({ path }: SandboxRequest, scene: Scene, script: ClusterScript, url: string): SandboxResponse {
  const one = (object: object | undefined) =>
    object === undefined
      ? json({ kind: 'Status', code: 404, reason: 'NotFound', message: 'not found' }, 404)
      : json(object)
  const list = (items: readonly object[]) => json({ metadata: { resourceVersion: '1' }, items })
  if (path.endsWith('/inferenceservices/churn')) return one(withUrl(scene.isvc, url))
  if (path.endsWith('/deployments/churn-predictor')) return one(scene.deployment)
  if (path.endsWith('/replicasets')) return list(scene.replicaSets)
  if (path.endsWith('/pods')) return list(scene.pods)
  if (path.endsWith('/events')) return list(script.events ?? [])
  if (path.endsWith('/log'))
    return { status: 200, headers: { 'content-type': 'text/plain' }, body: script.log ?? '' }
  return one(undefined)
}

function withUrl(object: object | undefined, url: string): object | undefined {
  if (object === undefined || !('status' in object)) return object
  return { ...object, status: { url, ...Object(object.status) } }
}
