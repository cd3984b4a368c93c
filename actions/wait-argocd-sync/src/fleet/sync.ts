import { type Application, isSyncing, isThere, type LiveState, syncsByItself } from '@mlops-actions/argocd'
import type { Inputs } from '../inputs.ts'

/** Whether this step starts a sync now, and why it does or does not. */
export type SyncPlan =
  | { readonly kind: 'none' }
  | { readonly kind: 'sync'; readonly prune: boolean; readonly why: string }

/** What the plan has to know beside the state. */
export interface SyncMemory {
  /** Since when it has been out of sync with nothing under way; undefined where it is not. */
  readonly idleSince: number | undefined
  /** When this step began a sync, in milliseconds since the epoch; undefined where it has not. */
  readonly begunAt: number | undefined
}

/** Automated sync has its first chance: it begins within seconds of the comparison. */
const AUTOMATED_FIRST_MS = 30_000
/** An operation shows in the Application at once, in what a cache or a stream has of it a little later. */
const SHOWS_WITHIN_MS = 5_000
const NOTHING: SyncPlan = { kind: 'none' }

/**
 * Whether to start a sync. Never one beside another, nor one that a window or an ApplicationSet's order forbids, nor
 * before Argo CD has seen the commit; and where Argo CD syncs by itself only what it has left lying. Pure.
 */
export function planSync(
  state: LiveState,
  policy: Inputs['sync'],
  { idleSince, begunAt }: SyncMemory,
): SyncPlan {
  const { application, blocking, turn, now } = state
  if (policy === 'never' || begunAt !== undefined || !isThere(state) || isSyncing(application)) return NOTHING
  if (blocking !== undefined || turn !== undefined) return NOTHING
  const prune = application.spec.syncPolicy?.automated?.prune ?? false
  if (policy === 'always') return { kind: 'sync', prune, why: '`sync` is always' }
  if (application.status.sync.status !== 'OutOfSync') return NOTHING
  if (!syncsByItself(application))
    return { kind: 'sync', prune, why: 'it is OutOfSync and automated sync is off' }
  const isLeft = idleSince !== undefined && now - idleSince >= AUTOMATED_FIRST_MS
  return isLeft
    ? { kind: 'sync', prune, why: 'automated sync has left it OutOfSync (argo-cd #27875)' }
    : NOTHING
}

/** Since when the Application has been left alone out of sync, after this look. Pure. */
export function idleSince(before: number | undefined, { application, now }: LiveState): number | undefined {
  return isIdle(application) ? (before ?? now) : undefined
}

/**
 * Whether a look has not seen the sync that this step has just begun, or was made before it: what it says of an Application
 * that nobody syncs is no verdict. Pure.
 */
export function precedesSync({ application, now }: LiveState, { begunAt }: SyncMemory): boolean {
  return begunAt !== undefined && now - begunAt < SHOWS_WITHIN_MS && isIdle(application)
}

function isIdle(application: Application): boolean {
  return application.status.sync.status === 'OutOfSync' && !isSyncing(application)
}
