import { failed, pending, type Verdict } from '@mlops-actions/wait'
import type { Application, OperationState } from './application.wire.ts'
import { liveFailure } from './live-failure.ts'
import { currentRevision, type Live, type LiveState, type LiveWant } from './live-state.ts'
import { revisionOf, type SelectedSource } from './source.ts'

/** Whether an operation is under way or about to begin. */
export function isSyncing({ operation, status }: Application): boolean {
  const phase = status.operationState?.phase
  return operation !== undefined || phase === 'Running' || phase === 'Terminating'
}

/**
 * The last operation, where it is the one of the revision that counts: the wanted one, or the newer one that Argo CD is
 * at. One of an older revision is stale.
 */
export function ownOperation(state: LiveState, want: LiveWant): OperationState | undefined {
  const operation = state.application.status.operationState
  if (operation === undefined) return undefined
  const counting = state.relation === 'newer' ? currentRevision(state, want) : want.revision
  return operationRevision(operation, want.source) === counting ? operation : undefined
}

/** A failed operation of the revision fails at once, also behind Synced and Healthy (a PostSync hook). */
export function judgeOperation(state: LiveState, want: LiveWant): Verdict<Live> | undefined {
  const operation = ownOperation(state, want)
  if (operation === undefined || !['Failed', 'Error'].includes(operation.phase)) return undefined
  const broken = (operation.syncResult?.resources ?? []).filter(
    ({ status, hookPhase }) => status === 'SyncFailed' || hookPhase === 'Failed' || hookPhase === 'Error',
  )
  const details = broken.map(({ kind, name, message }) => `${kind} ${name}: ${message}`)
  const which =
    state.relation === 'newer'
      ? `the newer commit ${currentRevision(state, want).slice(0, 7)}`
      : 'this commit'
  const seen = [`the sync of ${which} ${operation.phase.toLowerCase()}: ${operation.message}`, ...details]
  const next = 'Correct the manifests or the hook, and commit again'
  return failed(liveFailure(state.application, 'workload', 'ARGOCD_SYNC_FAILED', seen.join('\n'), next))
}

/** Health that was judged before the operation ended says nothing (kargo #2196). */
export function judgeFreshness({ application }: LiveState): Verdict<Live> | undefined {
  return isJudgedSince(application) ? undefined : pending('synced; health has not been judged since')
}

/** Whether Argo CD has compared since its last operation ended. */
export function isJudgedSince({ status: { operationState, reconciledAt } }: Application): boolean {
  const finished = Date.parse(operationState?.finishedAt ?? '')
  return Number.isNaN(finished) || Date.parse(reconciledAt) >= finished
}

function operationRevision({ syncResult, operation }: OperationState, source: SelectedSource): string {
  const result = syncResult === undefined ? '' : revisionOf(syncResult, source)
  return result === '' && operation.sync !== undefined ? revisionOf(operation.sync, source) : result
}
