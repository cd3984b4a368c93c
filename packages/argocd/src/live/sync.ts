import type { ApplicationCondition } from '../model/application.wire.ts'
import { hasRipened, type Memory, type Noted } from './memory.ts'
import { isJudgedSince, isSyncing, ownOperation } from './operation.ts'
import { currentRevision, isThere, type LiveState, type LiveWant } from './state.ts'
import { blocks, fails, type LiveVerdict, waits } from './verdict.ts'

const OUT_OF_SYNC_GRACE_MS = 30_000
const NAMED = 3

export function syncKeys(state: LiveState, want: LiveWant): readonly Noted[] {
  const { application } = state
  const isIdle = application.status.sync.status === 'OutOfSync' && !isSyncing(application)
  return isIdle && isThere(state) ? [outOfSync(state, want)] : []
}

/** A newer commit gets the time to begin its sync anew. */
function outOfSync(state: LiveState, want: LiveWant): Noted {
  return { key: `out of sync at ${currentRevision(state, want)}`, lasting: OUT_OF_SYNC_GRACE_MS }
}

/** Whether the revision is in the cluster: synced, and nothing under way. */
export function judgeSync(state: LiveState, want: LiveWant, memory: Memory): LiveVerdict | undefined {
  const { application, now } = state
  const { sync, conditions } = application.status
  if (isSyncing(application)) return judgeSyncing(state, want)
  if (sync.status === 'Synced') return undefined
  const refusal = conditions.find((condition) => isAbout(condition, state, want))
  if (refusal !== undefined)
    return fails(application, {
      kind: 'workload',
      code: 'ARGOCD_SYNC_ERROR',
      seen: refusal.message,
      next: 'Correct the manifests, and commit again',
    })
  if (sync.status === 'Unknown')
    return waits('comparison-failed', `Argo CD could not compare: ${conditionText(conditions)}`)
  return hasRipened(memory, outOfSync(state, want), now)
    ? diagnoseOutOfSync(state, want)
    : waits('out-of-sync', `${sync.status}, no sync has started yet`)
}

/** A closed window leaves the SyncError of an earlier commit standing: it names the commit that it is about. */
function isAbout({ type, message }: ApplicationCondition, state: LiveState, want: LiveWant): boolean {
  if (type !== 'SyncError') return false
  const commits = message.match(/\b[0-9a-f]{40}\b/g) ?? []
  return commits.length === 0 || commits.some((commit) => commit === currentRevision(state, want))
}

function judgeSyncing(state: LiveState, want: LiveWant): LiveVerdict {
  const { operationState } = state.application.status
  // Beside one that has yet to begin stands how the last one ended.
  const hasBegun = operationState?.phase === 'Running' || operationState?.phase === 'Terminating'
  if (!hasBegun || operationState.message === '') return waits('syncing', 'syncing: starting')
  const { message, finishedAt, retryCount } = operationState
  if (finishedAt === undefined || retryCount === 0) return waits('syncing', `syncing: ${message}`)
  if (ownOperation(state, want) !== undefined)
    return waits('syncing', `the sync is being retried: ${message}`)
  return waits('earlier-sync', `the sync of an earlier commit is being retried: ${message}`)
}

function conditionText(conditions: readonly ApplicationCondition[]): string {
  const [first] = conditions.filter(({ type }) => type.endsWith('Error'))
  return first === undefined ? 'it gives no reason' : `${first.type}: ${first.message}`
}

/** The revision was compared, nothing runs, and it stays out of sync: say why instead of waiting for the deadline. */
function diagnoseOutOfSync(state: LiveState, want: LiveWant): LiveVerdict {
  const { turn } = state
  if (turn !== undefined)
    return waits(
      'turn',
      `OutOfSync; its ApplicationSet ${turn.applicationSet} has not come to it yet (${turn.standing ?? 'its step cannot be read, grant applicationsets, get'})`,
    )
  return judgePolicy(state) ?? judgeDrift(state, want) ?? judgeWindow(state)
}

/** What the Application's own sync policy keeps from being synced. */
function judgePolicy({ application }: LiveState): LiveVerdict | undefined {
  const automated = application.spec.syncPolicy?.automated
  if (automated === undefined || !automated.enabled)
    return blocks(application, {
      code: 'ARGOCD_AUTO_SYNC_OFF',
      seen: 'it is OutOfSync and automated sync is off',
      next: 'Sync it by hand, switch automated sync on, or set `sync: if-needed`',
    })
  const different = application.status.resources.filter(({ status }) => status === 'OutOfSync')
  const isPruneOnly = different.length > 0 && different.every(({ requiresPruning }) => requiresPruning)
  if (!isPruneOnly || automated.prune) return undefined
  return blocks(application, {
    code: 'ARGOCD_PRUNE',
    seen: 'only resources that have to be pruned are out of sync, and automated sync does not prune',
    next: 'Prune them, or set syncPolicy.automated.prune',
  })
}

/** Argo CD syncs a commit once: what changes after that is left to self-heal (controller/appcontroller.go autoSync). */
function judgeDrift(state: LiveState, want: LiveWant): LiveVerdict | undefined {
  const { application } = state
  const isDone = ownOperation(state, want)?.phase === 'Succeeded' && isJudgedSince(application)
  if (!isDone || application.spec.syncPolicy?.automated?.selfHeal === true) return undefined
  return fails(application, {
    kind: 'policy',
    code: 'ARGOCD_DRIFT',
    seen: `it was synced at this commit and differs again (${namesOf(state)}), and self-heal is off`,
    next: 'Find what changes it after the sync (an admission webhook, an autoscaler, somebody by hand) and list the field in ignoreDifferences, or set syncPolicy.automated.selfHeal',
  })
}

function judgeWindow(state: LiveState): LiveVerdict {
  const { application, blocking } = state
  if (blocking === undefined)
    return waits(
      'out-of-sync',
      `OutOfSync (${namesOf(state)}), and Argo CD has not begun to sync although automated sync is on`,
    )
  const { kind, schedule, duration } = blocking
  return blocks(application, {
    code: 'ARGOCD_WINDOW',
    seen: `OutOfSync; a sync window keeps it from syncing (${kind} ${schedule}, ${duration})`,
    next: 'Run this step again when the window lets it sync, or sync by hand in Argo CD',
    retryable: true,
  })
}

function namesOf({ application }: LiveState): string {
  const different = application.status.resources.filter((resource) => resource.status === 'OutOfSync')
  const names = different.slice(0, NAMED).map(({ kind, name }) => `${kind} ${name}`)
  const more = different.length > NAMED ? ` and ${different.length - NAMED} more` : ''
  return names.length === 0 ? 'Argo CD names no resource' : `${names.join(', ')}${more}`
}
