import {
  booleanAt,
  compact,
  isObject,
  type JsonObject,
  listAt,
  numberAt,
  objectAt,
  sameJson,
  textAt,
} from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import { revisionFields, revisionsIn } from './application.ts'
import type { AppMemory } from './comparison.ts'
import type { Argocd } from './context.ts'
import { canSync, type ManagedResource, windowsOf } from './state.ts'

/** What auto-sync does after a comparison. */
export type AutoSync =
  | { readonly operation: JsonObject; readonly heals: boolean }
  /** Condition SyncError: this revision has failed and is not tried again. */
  | { readonly syncError: string }
  /** Ask again after so many milliseconds. */
  | { readonly later: number }
  | { readonly nothing: string }

/** Source: argo-cd:controller/appcontroller.go autoSync. What it skips leaves no trace in the status. */
export function planAutoSync(
  argocd: Argocd,
  app: KubeObject,
  resources: readonly ManagedResource[],
  revisions: readonly string[],
  memory: AppMemory,
): AutoSync {
  const automated = objectAt(app, 'spec', 'syncPolicy')['automated']
  if (!isObject(automated) || automated['enabled'] === false) return { nothing: 'auto-sync is off' }
  if (argocd.state.autoSyncStuck) return { nothing: 'stuck' }
  if (app.metadata.deletionTimestamp !== undefined || app['operation'] !== undefined)
    return { nothing: 'busy' }
  if (textAt(app, 'status', 'sync', 'status') !== 'OutOfSync') return { nothing: 'not OutOfSync' }
  const prune = booleanAt(automated, 'prune') === true
  const changed = resources.filter((one) => one.status === 'OutOfSync')
  if (!prune && changed.every((one) => one.requiresPruning))
    return { nothing: 'need to prune extra resources only' }
  if (!canSync(windowsOf(argocd.state, app.metadata.name), false))
    return { nothing: 'blocked by sync window' }
  const sync = { ...revisionFields(app, revisions), prune: prune ? true : undefined }
  const last = objectAt(app, 'status', 'operationState')
  if (!wasAttempted(last, revisions)) return { operation: operationOf(app, compact(sync)), heals: false }
  if (['Failed', 'Error'].includes(textAt(last, 'phase') ?? '')) {
    return {
      syncError: `Failed last sync attempt to [${revisions.join(',')}]: ${textAt(last, 'message') ?? ''}`,
    }
  }
  return planSelfHeal(argocd, app, automated, changed, sync, memory)
}

function wasAttempted(last: JsonObject, revisions: readonly string[]): boolean {
  const tried = revisionsIn(objectAt(last, 'syncResult'))
  const asked = revisionsIn(objectAt(last, 'operation', 'sync'))
  return sameJson(tried.length > 0 ? tried : asked, [...revisions])
}

/** A drift of the cluster is put right for the drifted resources alone, with growing distance. */
function planSelfHeal(
  argocd: Argocd,
  app: KubeObject,
  automated: JsonObject,
  changed: readonly ManagedResource[],
  sync: { [key: string]: JsonObject[string] | undefined },
  memory: AppMemory,
): AutoSync {
  if (booleanAt(automated, 'selfHeal') !== true) return { nothing: 'already attempted' }
  const now = argocd.clock.now()
  if (now < memory.healNotBefore) return { later: memory.healNotBefore - now }
  const resources = changed.map(({ group, kind, name, namespace }) => ({ group, kind, name, namespace }))
  return {
    operation: operationOf(
      app,
      compact({ ...sync, resources, autoHealAttemptsCount: memory.healAttempts + 1 }),
    ),
    heals: true,
  }
}

function operationOf(app: KubeObject, sync: JsonObject): JsonObject {
  const options = objectAt(app, 'spec', 'syncPolicy')['syncOptions']
  const policy = objectAt(app, 'spec', 'syncPolicy')['retry']
  return {
    sync: compact({ ...sync, syncOptions: options }),
    initiatedBy: { automated: true },
    retry: isObject(policy) ? policy : { limit: 5 },
  }
}

/** How often an operation is tried again. */
export function retryLimitOf(operation: JsonObject): number {
  return numberAt(operation, 'retry', 'limit') ?? 0
}

export function withSyncError(app: KubeObject, message: string | undefined, now: string): JsonObject[] {
  const before = listAt(app, 'status', 'conditions')
  const others = before.filter((one) => textAt(one, 'type') !== 'SyncError')
  if (message === undefined) return others
  const same = before.find((one) => textAt(one, 'type') === 'SyncError' && textAt(one, 'message') === message)
  return [...others, same ?? { type: 'SyncError', message, lastTransitionTime: now }]
}
