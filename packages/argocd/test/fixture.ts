import { explainTrouble, PODS, type Pod } from '@mlops-actions/kubernetes/pods'
import type { Verdict } from '@mlops-actions/wait'
import { createLiveJudge, type Live, type LiveState, type LiveWant, selectSources } from '../src/index.ts'
import { isApplication } from '../src/model/application.wire.ts'
import { isResourceTree } from '../src/model/resource.wire.ts'

export const WANTED = 'a'.repeat(40)
export const OLD = 'b'.repeat(40)
export const START = Date.parse('2026-01-15T12:00:00Z')
export const SECOND = 1_000

export interface Shape {
  revision?: string
  sync?: string
  health?: string
  phase?: string
  operationRevision?: string
  finishedAt?: string
  reconciledAt?: string
  conditions?: { type: string; message: string }[]
  automated?: object | null
  annotations?: Record<string, string>
  deletionTimestamp?: string
  resources?: object[]
  syncResources?: object[]
  images?: string[]
  retryCount?: number
  startedAt?: string
  targetRevision?: string
  helm?: object
  kustomize?: object
  dryRun?: boolean
  /** Asked for, and not begun: beside the state of the last one. */
  operation?: object
}

export function application(shape: Shape = {}) {
  const { revision = WANTED, sync = 'Synced', health = 'Healthy', phase = 'Succeeded' } = shape
  return isApplication({
    metadata: {
      name: 'churn-prod',
      annotations: shape.annotations,
      deletionTimestamp: shape.deletionTimestamp,
    },
    operation: shape.operation,
    spec: {
      source: {
        repoURL: 'https://git.example/octo/gitops.git',
        path: 'churn',
        targetRevision: shape.targetRevision,
        helm: shape.helm,
        kustomize: shape.kustomize,
      },
      syncPolicy: shape.automated === null ? {} : { automated: shape.automated ?? {} },
    },
    status: {
      sync: { status: sync, revision },
      health: { status: health },
      operationState: {
        phase,
        message: `${phase} it`,
        startedAt: shape.startedAt ?? '2026-01-15T11:58:30Z',
        finishedAt: shape.finishedAt ?? (phase === 'Running' ? undefined : '2026-01-15T11:59:00Z'),
        retryCount: shape.retryCount,
        operation: { sync: { dryRun: shape.dryRun } },
        syncResult: { revision: shape.operationRevision ?? revision, resources: shape.syncResources },
      },
      reconciledAt: shape.reconciledAt ?? '2026-01-15T12:00:00Z',
      conditions: shape.conditions,
      resources: shape.resources,
      summary: { images: shape.images },
    },
  })
}

export interface PodShape {
  name?: string
  uid?: string
  /** As `state.waiting` of its container, or of its init container where it begins with `Init:`. */
  reason?: string
  message?: string
  restarts?: number
  lastState?: object
  phase?: string
  health?: string
  statusReason?: string
  /** Before or after the sync of the fixture began, at 11:58:30. */
  createdAt?: string
  owner?: { kind: string; uid: string }
}

export const CRASH = { terminated: { exitCode: 3, reason: 'Error' } }

/** A node of the tree and the pod in the cluster, as both are shown for one pod. */
export function pod(shape: PodShape = {}): { node: object; live: Pod } {
  const { name = 'churn-x7k2p', uid = name, reason = '', restarts = 0, phase = 'Running' } = shape
  const { createdAt = '2026-01-15T11:58:31Z', owner = { kind: 'ReplicaSet', uid: 'rs-new' } } = shape
  const isInit = reason.startsWith('Init:')
  const waiting = { reason: reason.replace('Init:', ''), message: shape.message ?? 'back-off' }
  const status = {
    name: isInit ? 'storage-initializer' : 'kserve-container',
    restartCount: restarts,
    state: reason === '' ? {} : { waiting },
    lastState: shape.lastState ?? {},
  }
  const info = [{ name: 'Status Reason', value: (shape.statusReason ?? reason) || phase }]
  const health = { status: shape.health ?? 'Degraded', message: 'private last words' }
  return {
    node: {
      kind: 'Pod',
      version: 'v1',
      name,
      uid,
      namespace: 'ml',
      info,
      health,
      createdAt,
      parentRefs: [owner],
    },
    live: PODS.check({
      metadata: { name, uid, namespace: 'ml', ownerReferences: [{ name: 'owner', ...owner }] },
      spec: { containers: [{ name: 'kserve-container' }] },
      status: { phase, [isInit ? 'initContainerStatuses' : 'containerStatuses']: [status] },
    }),
  }
}

/** A ReplicaSet of the one Deployment. */
export function replicaSet(uid: string, revision: number, health: object = { status: 'Healthy' }) {
  const info = [{ name: 'Revision', value: `Rev:${revision}` }]
  const createdAt = '2026-01-15T11:58:31Z'
  return { kind: 'ReplicaSet', name: uid, uid, info, health, createdAt, parentRefs: [{ uid: 'deployment' }] }
}

/** @param more with `refreshed`: whether Argo CD has just compared for this look; it has unless said otherwise */
export function state(
  shape: Shape = {},
  { refreshed = true, ...more }: Partial<LiveState> & { readonly refreshed?: boolean } = {},
  pods: readonly { node: object; live: Pod }[] = [],
  nodes: readonly object[] = [],
): LiveState {
  const now = more.now ?? START
  const comparedAt = new Date(refreshed ? now : START).toISOString()
  const app = application({ reconciledAt: comparedAt, ...shape })
  const relation = app.status.sync.revision === WANTED ? 'same' : 'unknown'
  return {
    application: app,
    tree: isResourceTree({ nodes: [...nodes, ...pods.map(({ node }) => node)] }),
    pods: new Map(pods.map(({ live }) => [live.metadata.uid, live])),
    blocking: undefined,
    behind: undefined,
    rollouts: [],
    paused: [],
    unproven: [],
    declared: [],
    hydrated: 'same',
    proposal: undefined,
    overrideFile: undefined,
    isRendered: false,
    turn: undefined,
    relation,
    operated: app.status.operationState?.syncResult?.revision === WANTED ? 'same' : 'unknown',
    now,
    ...more,
  }
}

type Asked = Partial<Omit<LiveWant, 'source'>> & { source?: LiveWant['source'] | undefined }

export function wanted({ source: given, ...more }: Asked = {}): LiveWant {
  const source = given ?? selectSources(application(), undefined)[0]
  if (source === undefined) throw new Error('the fixture has a source')
  return {
    revision: WANTED,
    source,
    images: [],
    storageUri: undefined,
    settle: 10 * SECOND,
    degradedGrace: 60 * SECOND,
    acceptNewer: true,
    acceptSuspended: false,
    explain: ({ trouble, namespace }) => explainTrouble(trouble, { namespace, showLogs: false }),
    ...more,
  }
}

export function judgeOf({ onBlocked, ...asked }: Asked & { onBlocked?: 'wait' | 'fail' } = {}) {
  return createLiveJudge(wanted(asked), onBlocked)
}

export function text(verdict: Verdict<Live>): string {
  if (verdict.status === 'done') return `done: ${verdict.value.result}`
  if (verdict.status === 'failed') return `failed: ${verdict.failure.kind}: ${verdict.failure.details.seen}`
  return `pending: ${verdict.reason}`
}

/** The verdict on a state that stays as it is for `seconds`, looked at every five. */
export function after(seconds: number, make: (now: number) => LiveState, judge = judgeOf()): string {
  let verdict = judge.evaluate(make(START))
  for (let at = 5; at <= seconds && verdict.status === 'pending'; at += 5)
    verdict = judge.evaluate(make(START + at * SECOND))
  return text(verdict)
}
