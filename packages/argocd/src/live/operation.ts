import { failed, pending, type Verdict } from '@mlops-actions/wait'
import type { Application, OperationState } from '../model/application.wire.ts'
import { revisionOf, type SelectedSource } from '../model/source.ts'
import { liveFailure } from './failure.ts'
import { comparedAtOf, currentRevision, type Live, type LiveState, type LiveWant } from './state.ts'

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
  const operation = realOperation(state.application)
  if (operation === undefined) return undefined
  const counting = state.relation === 'newer' ? currentRevision(state, want) : want.revision
  return operationRevision(operation, want.source) === counting ? operation : undefined
}

/** The last operation that was more than a trial. */
function realOperation({ status: { operationState } }: Application): OperationState | undefined {
  return operationState?.operation.sync?.dryRun === true ? undefined : operationState
}

/** The commit of the last operation, where it failed and no other one has been asked for since. */
export function failedRevision(application: Application, source: SelectedSource): string | undefined {
  const operation = realOperation(application)
  // The controller takes away what was asked for when it writes how that ended (controller/appcontroller.go setOperationState).
  if (application.operation !== undefined) return undefined
  const hasFailed = operation?.phase === 'Failed' || operation?.phase === 'Error'
  return hasFailed ? operationRevision(operation, source) : undefined
}

/**
 * A failed operation of the revision fails at once, also behind Synced and Healthy (a PostSync hook). So does one of a
 * commit in between, where the newer one that Argo CD is at changes nothing here and therefore is not synced.
 */
export function judgeOperation(state: LiveState, want: LiveWant): Verdict<Live> | undefined {
  const commit = failedRevision(state.application, want.source)
  const own = ownOperation(state, want)
  const isLast = state.relation === 'newer' && state.application.status.sync.status === 'Synced'
  const contains = state.operated === 'same' || state.operated === 'newer'
  const operation = own ?? (isLast && contains ? realOperation(state.application) : undefined)
  if (commit === undefined || operation === undefined) return undefined
  const broken = (operation.syncResult?.resources ?? []).filter(
    ({ status, hookPhase }) => status === 'SyncFailed' || hookPhase === 'Failed' || hookPhase === 'Error',
  )
  const details = broken.map(({ kind, name, message }) => `${kind} ${name}: ${message}`)
  const ended = operation.phase === 'Error' ? 'ended in an error' : 'failed'
  const what =
    own === undefined
      ? `${commit.slice(0, 7)} ${ended}, and none came since`
      : `${whichOf(state, want)} ${ended}`
  const seen = [`the sync of ${what}: ${operation.message}`, ...details]
  const next = 'Correct the manifests or the hook, and commit again'
  return failed(liveFailure(state.application, 'workload', 'ARGOCD_SYNC_FAILED', seen.join('\n'), next))
}

function whichOf(state: LiveState, want: LiveWant): string {
  if (state.relation !== 'newer') return 'this commit'
  return `the newer commit ${currentRevision(state, want).slice(0, 7)}`
}

/** Health that was judged before the operation ended says nothing (kargo #2196). */
export function judgeFreshness({ application }: LiveState): Verdict<Live> | undefined {
  return isJudgedSince(application) ? undefined : pending('synced; health has not been judged since')
}

/** Whether Argo CD has compared since its last operation ended. */
export function isJudgedSince(application: Application): boolean {
  const finished = Date.parse(realOperation(application)?.finishedAt ?? '')
  return Number.isNaN(finished) || comparedAtOf(application) >= finished
}

function operationRevision({ syncResult, operation }: OperationState, source: SelectedSource): string {
  const result = syncResult === undefined ? '' : revisionOf(syncResult, source)
  return result === '' && operation.sync !== undefined ? revisionOf(operation.sync, source) : result
}
