import { Failure } from '@mlops-actions/diagnostics'
import { done, failed, pending, type Verdict } from '@mlops-actions/wait'
import type { Application, OperationState, ResourceTree } from './application.wire.ts'
import { type PodTrouble, troubledPods, unfinishedNodes } from './pods.ts'
import { isCommit, revisionOf, type SelectedSource } from './source.ts'

/** One look at an Application. */
export interface LiveState {
  readonly application: Application
  /** Undefined when the look did not go below the Application. */
  readonly tree: ResourceTree | undefined
  /** How the revision that Argo CD is at relates to the wanted one. */
  readonly relation: 'same' | 'newer' | 'older' | 'diverged' | 'unknown'
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Whether this look made the controller compare with Git first. */
  readonly refreshed: boolean
}

export interface LiveWant {
  readonly revision: string
  readonly source: SelectedSource
  /** Image references that pods must have. */
  readonly images: readonly string[]
  /** Milliseconds for which everything has to stay good. */
  readonly settle: number
  /** Milliseconds for which Degraded may be a passing state. */
  readonly degradedGrace: number
  readonly acceptNewer: boolean
  readonly acceptSuspended: boolean
}

export interface Live {
  readonly result: 'live' | 'superseded'
  readonly revision: string
}

const COMPARISON_GRACE_MS = 60_000
const OUT_OF_SYNC_GRACE_MS = 30_000

/** What has to be remembered between looks: since when something has been so. */
interface Memory {
  readonly since: Map<string, number>
  readonly podLooks: Map<string, number>
  greenSince: number | undefined
  confirmed: boolean
}

export interface LiveJudge {
  /** Judges the next look; looks come in the order of time. */
  evaluate(state: LiveState): Verdict<Live>
  /** Whether everything was good, and only a look after one more refresh is missing. */
  readonly isUnconfirmed: boolean
  /** Milliseconds after which a look can bring the verdict, where that is sooner than the next regular one. */
  dueIn(now: number): number | undefined
}

/**
 * Judges looks at an Application, one after the other, by the race-free rules that no Argo CD client has:
 * this revision (or a newer one that contains it), synced, its own operation succeeded, compared after that operation
 * ended, healthy down to the pods, confirmed by one more refresh, and settled.
 */
export function createLiveJudge(want: LiveWant): LiveJudge {
  const memory: Memory = { since: new Map(), podLooks: new Map(), greenSince: undefined, confirmed: false }
  return {
    evaluate(state) {
      const verdict = judge(state, want, memory)
      if (verdict === undefined) return settle(state, want, memory)
      memory.greenSince = undefined
      memory.confirmed = false
      return verdict
    },
    get isUnconfirmed() {
      return memory.greenSince !== undefined && !memory.confirmed
    },
    dueIn(now) {
      if (memory.greenSince === undefined) return undefined
      return memory.confirmed ? Math.max(0, memory.greenSince + want.settle - now) : CONFIRM_AFTER_MS
    },
  }
}

/** Argo CD's timestamps have seconds: a refresh within the same one proves nothing. */
const CONFIRM_AFTER_MS = 1_000

/** Undefined when everything is good at this moment. */
function judge(state: LiveState, want: LiveWant, memory: Memory): Verdict<Live> | undefined {
  return (
    judgeBlocked(state, memory) ??
    judgeOperation(state, want) ??
    judgeRevision(state, want) ??
    judgeSync(state, memory) ??
    judgeFreshness(state) ??
    judgeHealth(state, want, memory) ??
    judgePods(state, memory) ??
    judgeImages(state, want)
  )
}

function judgeBlocked({ application, now }: LiveState, memory: Memory): Verdict<Live> | undefined {
  const { metadata, status } = application
  if (metadata.deletionTimestamp !== undefined) {
    return failed(
      failure(
        application,
        'not-found',
        'ARGOCD_DELETED',
        'the Application is being deleted',
        'Create it again, then run this step again',
      ),
    )
  }
  if (metadata.annotations['argocd.argoproj.io/skip-reconcile'] === 'true') {
    return failed(
      failure(
        application,
        'policy',
        'ARGOCD_SKIP_RECONCILE',
        'the annotation argocd.argoproj.io/skip-reconcile stops Argo CD',
        'Remove the annotation',
      ),
    )
  }
  const condition = status.conditions.find(
    ({ type }) => type === 'ComparisonError' || type === 'InvalidSpecError',
  )
  if (
    lasting(memory, 'comparison', condition !== undefined, now, COMPARISON_GRACE_MS) &&
    condition !== undefined
  ) {
    return failed(
      failure(
        application,
        'workload',
        'ARGOCD_COMPARISON',
        `${condition.type}: ${condition.message}`,
        'Correct the manifests or the Application; nothing was deployed',
      ),
    )
  }
  return undefined
}

/** A failed operation of the wanted revision fails at once, also behind Synced and Healthy (a PostSync hook); one of an older revision is stale. */
function judgeOperation({ application }: LiveState, want: LiveWant): Verdict<Live> | undefined {
  const operation = application.status.operationState
  if (operation === undefined || !['Failed', 'Error'].includes(operation.phase)) return undefined
  if (operationRevision(operation, want.source) !== want.revision) return undefined
  const broken = (operation.syncResult?.resources ?? []).filter(
    ({ status, hookPhase }) => status === 'SyncFailed' || hookPhase === 'Failed' || hookPhase === 'Error',
  )
  const details = broken.map(({ kind, name, message }) => `${kind} ${name}: ${message}`)
  const seen = [
    `the sync of this commit ${operation.phase.toLowerCase()}: ${operation.message}`,
    ...details,
  ].join('\n')
  return failed(
    failure(
      application,
      'workload',
      'ARGOCD_SYNC_FAILED',
      seen,
      'Correct the manifests or the hook, and commit again',
    ),
  )
}

function judgeRevision(state: LiveState, want: LiveWant): Verdict<Live> | undefined {
  const current = currentRevision(state, want)
  if (state.relation === 'same') return undefined
  if (state.relation === 'newer') {
    if (want.acceptNewer) return undefined
    const seen = `Argo CD is already at ${short(current)}, which contains the wanted commit`
    return failed(
      failure(
        state.application,
        'conflict',
        'ARGOCD_SUPERSEDED',
        seen,
        'Somebody deployed a newer commit; follow that deployment, or set on-superseded: accept',
      ),
    )
  }
  if (state.relation === 'diverged') {
    const seen = `Argo CD is at ${short(current)}, which does not contain ${short(want.revision)}`
    return failed(
      failure(
        state.application,
        'conflict',
        'ARGOCD_DIVERGED',
        seen,
        'Check the branch of the Application (targetRevision), and whether the branch was force-pushed',
      ),
    )
  }
  return pending(
    current === ''
      ? 'Argo CD has not compared yet'
      : `Argo CD is at ${short(current)}, not yet at ${short(want.revision)}`,
  )
}

function judgeSync({ application, now }: LiveState, memory: Memory): Verdict<Live> | undefined {
  const { sync, operationState, conditions } = application.status
  const running =
    application.operation !== undefined ||
    operationState?.phase === 'Running' ||
    operationState?.phase === 'Terminating'
  if (running) {
    lasting(memory, 'out-of-sync', false, now, 0)
    const retrying = operationState?.finishedAt !== undefined && operationState.retryCount > 0
    return pending(
      retrying
        ? `the sync is being retried: ${operationState.message}`
        : `syncing: ${operationState?.message ?? 'starting'}`,
    )
  }
  const stuck = lasting(memory, 'out-of-sync', sync.status !== 'Synced', now, OUT_OF_SYNC_GRACE_MS)
  if (sync.status === 'Synced') return undefined
  const syncError = conditions.find(({ type }) => type === 'SyncError')
  if (syncError !== undefined)
    return failed(
      failure(
        application,
        'workload',
        'ARGOCD_SYNC_ERROR',
        syncError.message,
        'Correct the manifests, and commit again',
      ),
    )
  return stuck ? diagnoseOutOfSync(application) : pending(`${sync.status}, no sync has started yet`)
}

/** The revision was compared, nothing runs, and it stays out of sync: say why instead of waiting for the deadline. */
function diagnoseOutOfSync(application: Application): Verdict<Live> {
  const automated = application.spec.syncPolicy?.automated
  if (automated === undefined || !automated.enabled) {
    return failed(
      failure(
        application,
        'policy',
        'ARGOCD_AUTO_SYNC_OFF',
        'it is OutOfSync and automated sync is off',
        'Sync it by hand, or switch automated sync on',
      ),
    )
  }
  if (
    application.status.resources
      .filter(({ status }) => status !== 'Synced')
      .every(({ requiresPruning }) => requiresPruning)
  ) {
    return failed(
      failure(
        application,
        'policy',
        'ARGOCD_PRUNE',
        'only resources that have to be pruned are out of sync, and automated sync does not prune',
        'Prune them, or set syncPolicy.automated.prune',
      ),
    )
  }
  return pending('OutOfSync with automated sync on and no sync running: a sync window may be closed')
}

/** Health that was judged before the operation ended says nothing (kargo #2196). */
function judgeFreshness({ application }: LiveState): Verdict<Live> | undefined {
  const { operationState, reconciledAt } = application.status
  const finished = Date.parse(operationState?.finishedAt ?? '')
  if (Number.isNaN(finished) || Date.parse(reconciledAt) >= finished) return undefined
  return pending('synced; health has not been judged since')
}

function judgeHealth(
  { application, now }: LiveState,
  want: LiveWant,
  memory: Memory,
): Verdict<Live> | undefined {
  const { status, message } = application.status.health
  const degraded = lasting(memory, 'degraded', status === 'Degraded', now, want.degradedGrace)
  if (status === 'Healthy' || (status === 'Suspended' && want.acceptSuspended)) return undefined
  if (degraded)
    return failed(
      failure(
        application,
        'workload',
        'ARGOCD_DEGRADED',
        degradedText(application),
        'Look at the resource named here; the summary lists the pods',
      ),
    )
  return pending(`synced, health ${status}${message === '' ? '' : `: ${message}`}`)
}

function judgePods({ application, tree }: LiveState, memory: Memory): Verdict<Live> | undefined {
  if (tree === undefined) return undefined
  const troubles = troubledPods(tree)
  for (const pod of [...memory.podLooks.keys()])
    if (!troubles.some((trouble) => trouble.pod === pod)) memory.podLooks.delete(pod)
  for (const { pod } of troubles) memory.podLooks.set(pod, (memory.podLooks.get(pod) ?? 0) + 1)
  const sure = troubles.find(
    (trouble) => trouble.sure || (memory.podLooks.get(trouble.pod) ?? 0) >= LOOKS_UNTIL_SURE,
  )
  if (sure !== undefined) return failed(podFailure(application, sure))
  const [node] = unfinishedNodes(tree)
  return node === undefined
    ? undefined
    : pending(`synced; ${node.kind} ${node.name} is ${node.health?.status ?? ''}`)
}

const LOOKS_UNTIL_SURE = 3

function judgeImages({ application }: LiveState, want: LiveWant): Verdict<Live> | undefined {
  const seen = application.status.summary.images
  const missing = want.images.find((image) => !seen.includes(image))
  return missing === undefined ? undefined : pending(`no pod has the image ${missing} yet`)
}

/** Good now: it has to be good after one more refresh, too (timestamps have only seconds), and for the settle time. */
function settle(state: LiveState, want: LiveWant, memory: Memory): Verdict<Live> {
  if (memory.greenSince === undefined) memory.greenSince = state.now
  else if (state.refreshed) memory.confirmed = true
  const green = state.now - memory.greenSince
  if (!memory.confirmed) return pending('synced and healthy; looking once more')
  if (green < want.settle)
    return pending(
      `synced and healthy for ${Math.round(green / 1_000)} s of ${Math.round(want.settle / 1_000)} s`,
    )
  return done({
    result: state.relation === 'newer' ? 'superseded' : 'live',
    revision: currentRevision(state, want),
  })
}

/** Whether `is` has been so for at least `ms`. */
function lasting({ since }: Memory, name: string, is: boolean, now: number, ms: number): boolean {
  if (!is) {
    since.delete(name)
    return false
  }
  const start = since.get(name) ?? now
  since.set(name, start)
  return now - start >= ms
}

function currentRevision({ application }: LiveState, { source }: LiveWant): string {
  const revision = revisionOf(application.status.sync, source)
  return isCommit(revision) ? revision : ''
}

function operationRevision({ syncResult, operation }: OperationState, source: SelectedSource): string {
  const result = syncResult === undefined ? '' : revisionOf(syncResult, source)
  return result === '' && operation.sync !== undefined ? revisionOf(operation.sync, source) : result
}

function degradedText({ status }: Application): string {
  const broken = status.resources.filter(({ health }) => health?.status === 'Degraded')
  const details = broken.map(({ kind, name, health }) => `${kind} ${name}: ${health?.message ?? ''}`)
  return [`Degraded${status.health.message === '' ? '' : `: ${status.health.message}`}`, ...details].join(
    '\n',
  )
}

function podFailure(application: Application, { pod, reason, message }: PodTrouble): Failure {
  return failure(
    application,
    'workload',
    'ARGOCD_POD',
    `pod ${pod}: ${reason}${message === '' ? '' : `: ${message}`}`,
    POD_ADVICE.find(([pattern]) => pattern.test(reason))?.[1] ?? 'Look at the pod',
  )
}

const POD_ADVICE: readonly (readonly [RegExp, string])[] = [
  [/Image/, 'Check that the image exists, and that the cluster may pull it'],
  [/Config/, 'Check the ConfigMaps and Secrets that the pod refers to'],
  [/Crash|Error/, 'Look at the log of the container: it ends by itself'],
]

function failure(
  application: Application,
  kind: Failure['kind'],
  code: string,
  seen: string,
  next: string,
): Failure {
  return new Failure({
    kind,
    code,
    what: 'The commit is not live',
    on: `Application ${application.metadata.name}`,
    seen,
    next,
  })
}

function short(revision: string): string {
  return revision.slice(0, 7)
}
