import { failed, pending, type Verdict } from '@mlops-actions/wait'
import type { Application, ApplicationCondition } from '../model/application.wire.ts'
import { liveFailure } from './failure.ts'
import { isJudgedSince, isSyncing, ownOperation } from './operation.ts'
import { currentRevision, type Live, type LiveState, type LiveWant, lasting, type Memory } from './state.ts'

const OUT_OF_SYNC_GRACE_MS = 30_000
const NAMED = 3

/** Whether the revision is in the cluster: synced, and nothing under way. */
export function judgeSync(state: LiveState, want: LiveWant, memory: Memory): Verdict<Live> | undefined {
  const { application } = state
  const { sync, conditions } = application.status
  const syncing = isSyncing(application)
  const waits = !syncing && sync.status === 'OutOfSync'
  const stuck = lasting(
    memory,
    `out of sync at ${currentRevision(state, want)}`,
    waits,
    state,
    OUT_OF_SYNC_GRACE_MS,
  )
  if (syncing) return pending(describeSync(state, want))
  if (sync.status === 'Synced') return undefined
  const refusal = conditions.find((condition) => isAbout(condition, state, want))
  if (refusal !== undefined) {
    const next = 'Correct the manifests, and commit again'
    return failed(liveFailure(application, 'workload', 'ARGOCD_SYNC_ERROR', refusal.message, next))
  }
  if (sync.status === 'Unknown') return pending(`Argo CD could not compare: ${conditionText(conditions)}`)
  return stuck ? diagnoseOutOfSync(state, want) : pending(`${sync.status}, no sync has started yet`)
}

/** A closed window leaves the SyncError of an earlier commit standing: it names the commit that it is about. */
function isAbout({ type, message }: ApplicationCondition, state: LiveState, want: LiveWant): boolean {
  if (type !== 'SyncError') return false
  const commits = message.match(/\b[0-9a-f]{40}\b/g) ?? []
  return commits.length === 0 || commits.some((commit) => commit === currentRevision(state, want))
}

function describeSync(state: LiveState, want: LiveWant): string {
  const { operationState } = state.application.status
  // Beside one that has yet to begin stands how the last one ended.
  const hasBegun = operationState?.phase === 'Running' || operationState?.phase === 'Terminating'
  if (!hasBegun || operationState.message === '') return 'syncing: starting'
  const { message, finishedAt, retryCount } = operationState
  if (finishedAt === undefined || retryCount === 0) return `syncing: ${message}`
  const which = ownOperation(state, want) === undefined ? ' of an earlier commit' : ''
  return `the sync${which} is being retried: ${message}`
}

function conditionText(conditions: readonly ApplicationCondition[]): string {
  const [first] = conditions.filter(({ type }) => type.endsWith('Error'))
  return first === undefined ? 'it gives no reason' : `${first.type}: ${first.message}`
}

/** The revision was compared, nothing runs, and it stays out of sync: say why instead of waiting for the deadline. */
function diagnoseOutOfSync(state: LiveState, want: LiveWant): Verdict<Live> {
  const { application, blocking, turn } = state
  if (turn !== undefined)
    return pending(
      `OutOfSync; its ApplicationSet ${turn.applicationSet} has not come to it yet (${turn.standing ?? 'its step cannot be read, grant applicationsets, get'})`,
    )
  const policy = (code: string, seen: string, next: string) =>
    failed(liveFailure(application, 'policy', code, seen, next))
  const automated = application.spec.syncPolicy?.automated
  if (automated === undefined || !automated.enabled)
    return policy(
      'ARGOCD_AUTO_SYNC_OFF',
      'it is OutOfSync and automated sync is off',
      'Sync it by hand, or switch automated sync on',
    )
  const different = application.status.resources.filter(({ status }) => status === 'OutOfSync')
  const isPruneOnly = different.length > 0 && different.every(({ requiresPruning }) => requiresPruning)
  if (isPruneOnly && !automated.prune)
    return policy(
      'ARGOCD_PRUNE',
      'only resources that have to be pruned are out of sync, and automated sync does not prune',
      'Prune them, or set syncPolicy.automated.prune',
    )
  const names = namesOf(application)
  if (!automated.selfHeal && hasDrifted(state, want))
    return policy(
      'ARGOCD_DRIFT',
      `it was synced at this commit and differs again (${names}), and self-heal is off`,
      'Find what changes it after the sync (an admission webhook, an autoscaler, somebody by hand) and list the field in ignoreDifferences, or set syncPolicy.automated.selfHeal',
    )
  if (blocking !== undefined)
    return pending(
      `OutOfSync; a sync window keeps it from syncing (${blocking.kind} ${blocking.schedule}, ${blocking.duration})`,
    )
  return pending(`OutOfSync (${names}), and Argo CD has not begun to sync although automated sync is on`)
}

/** Argo CD syncs a commit once: what changes after that is left to self-heal (controller/appcontroller.go autoSync). */
function hasDrifted(state: LiveState, want: LiveWant): boolean {
  return ownOperation(state, want)?.phase === 'Succeeded' && isJudgedSince(state.application)
}

function namesOf({ status }: Application): string {
  const different = status.resources.filter((resource) => resource.status === 'OutOfSync')
  const names = different.slice(0, NAMED).map(({ kind, name }) => `${kind} ${name}`)
  const more = different.length > NAMED ? ` and ${different.length - NAMED} more` : ''
  return names.length === 0 ? 'Argo CD names no resource' : `${names.join(', ')}${more}`
}
