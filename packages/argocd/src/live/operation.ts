import type { Application, OperationState, ResourceResult } from '../model/application.wire.ts'
import { revisionOf, type SelectedSource } from '../model/source.ts'
import {
  comparedAtOf,
  currentRevision,
  isThere,
  type LiveState,
  type LiveWant,
  shortRevision,
} from './state.ts'
import { fails, type LiveVerdict, waits } from './verdict.ts'

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
  const isOther = state.relation === 'newer' || want.source.kind !== 'git'
  const counting = isOther && isThere(state) ? currentRevision(state, want) : want.revision
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
 * commit in between, where the newer one that Argo CD is at changes nothing here and therefore is not synced; and one that
 * is tried again for ever at what no further try will mend.
 */
export function judgeOperation(state: LiveState, want: LiveWant): LiveVerdict | undefined {
  const commit = failedRevision(state.application, want.source)
  const own = ownOperation(state, want)
  if (own !== undefined && isHopeless(own))
    return failedSync(state, own, `${whichOf(state, want)} fails again`)
  const isLast = state.relation === 'newer' && state.application.status.sync.status === 'Synced'
  const contains = state.operated === 'same' || state.operated === 'newer'
  const operation = own ?? (isLast && contains ? realOperation(state.application) : undefined)
  if (commit === undefined || operation === undefined) return undefined
  const ended = operation.phase === 'Error' ? 'ended in an error' : 'failed'
  const what =
    own === undefined
      ? `${shortRevision(commit)} ${ended}, and none came since`
      : `${whichOf(state, want)} ${ended}`
  return failedSync(state, operation, what)
}

function failedSync({ application }: LiveState, operation: OperationState, what: string): LiveVerdict {
  const details = brokenOf(operation).map(({ kind, name, message }) => `${kind} ${name}: ${message}`)
  return fails(application, {
    kind: 'workload',
    code: 'ARGOCD_SYNC_FAILED',
    seen: [`the sync of ${what}: ${operation.message}`, ...details].join('\n'),
    next: 'Correct the manifests or the hook, and commit again',
  })
}

function brokenOf({ syncResult }: OperationState): readonly ResourceResult[] {
  return (syncResult?.resources ?? []).filter(
    ({ status, hookPhase }) => status === 'SyncFailed' || hookPhase === 'Failed' || hookPhase === 'Error',
  )
}

/** A right that is missing, a field that is wrong, a rule that says no: the API server says the same at every try. */
const FINAL =
  /is forbidden|cannot (?:create|patch|update|get) resource|is invalid|denied the request|unknown field/i
/** Of five by default, over minutes: the first may have met a webhook or a custom resource that was not there yet. */
const TRIES = 2

/** Tried twice already, and what failed is a hook, which has tries of its own, or something that the API server refuses. */
function isHopeless(operation: OperationState): boolean {
  const { phase, finishedAt, retryCount } = operation
  const waitsForRetry = phase === 'Running' && finishedAt !== undefined
  if (!waitsForRetry || retryCount < TRIES) return false
  return brokenOf(operation).some(({ hookType, message }) => hookType !== '' || FINAL.test(message))
}

function whichOf(state: LiveState, want: LiveWant): string {
  if (state.relation !== 'newer') return want.source.kind === 'git' ? 'this commit' : 'this revision'
  return `the newer commit ${shortRevision(currentRevision(state, want))}`
}

/** Health that was judged before the operation ended says nothing (kargo #2196). */
export function judgeFreshness({ application }: LiveState): LiveVerdict | undefined {
  return isJudgedSince(application)
    ? undefined
    : waits('not-judged', 'synced; health has not been judged since')
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
