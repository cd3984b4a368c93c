import { failed, pending, type Verdict } from '@mlops-actions/wait'
import type { Application, OperationState } from './application.wire.ts'
import { liveFailure } from './live-failure.ts'
import {
  currentRevision,
  type Live,
  type LiveState,
  type LiveWant,
  lasting,
  type Memory,
} from './live-state.ts'
import { revisionOf, type SelectedSource } from './source.ts'

const COMPARISON_GRACE_MS = 60_000
const OUT_OF_SYNC_GRACE_MS = 30_000

export function judgeBlocked({ application, now }: LiveState, memory: Memory): Verdict<Live> | undefined {
  const { metadata, status } = application
  if (metadata.deletionTimestamp !== undefined) {
    return failed(
      liveFailure(
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
      liveFailure(
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
      liveFailure(
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
export function judgeOperation({ application }: LiveState, want: LiveWant): Verdict<Live> | undefined {
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
    liveFailure(
      application,
      'workload',
      'ARGOCD_SYNC_FAILED',
      seen,
      'Correct the manifests or the hook, and commit again',
    ),
  )
}

export function judgeRevision(state: LiveState, want: LiveWant): Verdict<Live> | undefined {
  const current = currentRevision(state, want)
  if (state.relation === 'same') return undefined
  if (state.relation === 'newer') {
    if (want.acceptNewer) return undefined
    const seen = `Argo CD is already at ${short(current)}, which contains the wanted commit`
    return failed(
      liveFailure(
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
      liveFailure(
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

export function judgeSync({ application, now }: LiveState, memory: Memory): Verdict<Live> | undefined {
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
      liveFailure(
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
      liveFailure(
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
      liveFailure(
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
export function judgeFreshness({ application }: LiveState): Verdict<Live> | undefined {
  const { operationState, reconciledAt } = application.status
  const finished = Date.parse(operationState?.finishedAt ?? '')
  if (Number.isNaN(finished) || Date.parse(reconciledAt) >= finished) return undefined
  return pending('synced; health has not been judged since')
}

function operationRevision({ syncResult, operation }: OperationState, source: SelectedSource): string {
  const result = syncResult === undefined ? '' : revisionOf(syncResult, source)
  return result === '' && operation.sync !== undefined ? revisionOf(operation.sync, source) : result
}

function short(revision: string): string {
  return revision.slice(0, 7)
}
