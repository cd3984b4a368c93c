import type { Application, LiveState, ResourceTree, TreeNode } from '@mlops-actions/argocd'

export const NOW = Date.parse('2026-01-15T12:00:00Z')
export const WANTED = 'a'.repeat(40)
export const OLD = 'b'.repeat(40)

/** The time so many seconds before now, as Kubernetes writes it. */
export const before = (seconds: number) => new Date(NOW - seconds * 1_000).toISOString().replace('.000', '')

type Status = Application['status']
type Spec = Application['spec']
export interface Changes {
  readonly name?: string
  readonly metadata?: Partial<Application['metadata']>
  readonly spec?: Partial<Spec>
  readonly status?: Partial<Status>
  readonly operation?: object
}

/** Synced and healthy at the wanted commit, but for the changes. */
export function application({
  name = 'churn-prod',
  metadata,
  spec,
  status,
  operation,
}: Changes = {}): Application {
  const source = {
    repoURL: 'https://git.example/octo/gitops.git',
    targetRevision: 'main',
    path: 'churn',
  }
  return {
    metadata: {
      name,
      namespace: 'argocd',
      uid: `uid-${name}`,
      resourceVersion: '1',
      generation: 1,
      creationTimestamp: before(3_600),
      labels: {},
      annotations: {},
      ownerReferences: [],
      ...metadata,
    },
    spec: {
      project: 'default',
      destination: { server: 'https://kubernetes.default.svc', name: '', namespace: 'ml' },
      source,
      sources: [],
      syncPolicy: { automated: { enabled: true, selfHeal: false, prune: false } },
      ...spec,
    },
    ...(operation === undefined ? {} : { operation }),
    status: {
      sync: syncAt('Synced', WANTED),
      health: { status: 'Healthy', message: '' },
      operationState: {
        phase: 'Succeeded',
        message: '',
        startedAt: before(30),
        finishedAt: before(20),
        retryCount: 0,
        operation: {},
        syncResult: { revision: WANTED, revisions: [], resources: [] },
      },
      conditions: [],
      resources: [],
      summary: { images: [] },
      reconciledAt: before(10),
      ...status,
    },
  }
}

export function syncAt(status: string, revision: string) {
  return { status, revision, revisions: [], comparedTo: { sources: [] } }
}

export function resource(kind: string, name: string, more: Partial<Status['resources'][number]> = {}) {
  return {
    group: '',
    version: 'v1',
    kind,
    namespace: 'ml',
    name,
    status: 'Synced',
    requiresPruning: false,
    ...more,
  }
}

export function live(changes: Changes = {}, more: Partial<LiveState> = {}): LiveState {
  return {
    application: application(changes),
    tree: undefined,
    pods: new Map(),
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
    blocking: undefined,
    relation: 'same',
    operated: 'unknown',
    now: NOW,
    ...more,
  }
}

/** A node of a tree below another one; its uid is its name. */
export function node(
  kind: string,
  name: string,
  more: Partial<TreeNode> & { readonly of?: string } = {},
): TreeNode {
  const { of, ...fields } = more
  return {
    group: '',
    version: 'v1',
    kind,
    namespace: 'ml',
    name,
    uid: name,
    parentRefs: of === undefined ? [] : [{ kind: '', uid: of }],
    info: [],
    images: [],
    createdAt: before(60),
    ...fields,
  }
}

export const treeOf = (...nodes: readonly TreeNode[]): ResourceTree => ({ nodes })

export const unwell = (status: string, message = '') => ({ health: { status, message } })
