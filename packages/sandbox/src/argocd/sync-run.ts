import { errorMessage } from '../containers/caught.ts'
import { compact, type JsonObject, objectAt, textAt } from '../kubernetes/json.ts'
import { findKind, RESOURCES } from '../kubernetes/resources.ts'
import { keyOf } from '../kubernetes/store.ts'
import { applyManifest, kindOrder } from './apply.ts'
import { hookTypeOf } from './compare.ts'
import type { Argocd } from './context.ts'
import type { ManagedResource } from './state.ts'

export interface SyncRequest {
  readonly prune: boolean
  readonly dryRun: boolean
  /** Undefined: everything. A partial sync is not written to the history and runs no hooks. */
  readonly only: readonly JsonObject[] | undefined
}

/** One entry of `syncResult.resources`. */
export type ResourceResult = JsonObject

/** What one attempt of a sync did; `failed` makes the operation Failed. */
export interface SyncOutcome {
  readonly results: ResourceResult[]
  readonly failed: string | undefined
}

type Phase = 'PreSync' | 'Sync' | 'PostSync' | 'SyncFail'

/**
 * One attempt: PreSync hooks, resources by wave and kind, pruning, then PostSync hooks once everything is healthy.
 * Source: argo-cd:gitops-engine/pkg/sync/sync_context.go.
 * @param healthy resolves when the applied resources are healthy; false when the operation was terminated
 */
export async function runSync(
  argocd: Argocd,
  resources: readonly ManagedResource[],
  request: SyncRequest,
  healthy: () => Promise<boolean>,
): Promise<SyncOutcome> {
  const results: ResourceResult[] = []
  const hooks = (phase: Phase): ManagedResource[] =>
    request.only === undefined
      ? resources.filter((one) => hookTypeOf(one.target)?.split(',').includes(phase))
      : []
  const fail = (message: string): SyncOutcome => {
    for (const hook of hooks('SyncFail')) results.push(runHook(argocd, hook, 'SyncFail'))
    return { results, failed: message }
  }
  for (const hook of hooks('PreSync')) results.push(runHook(argocd, hook, 'PreSync'))
  if (hasFailed(results)) return fail('one or more synchronization tasks completed unsuccessfully')
  applyAll(argocd, chosen(resources, request), request, results)
  const refused = results.filter((one) => textAt(one, 'status') === 'SyncFailed')
  if (refused.length > 0) {
    const reasons = refused.map((one) => textAt(one, 'message') ?? '').join(',')
    return fail(`one or more objects failed to apply, reason: ${reasons}`)
  }
  const last = [...hooks('Sync'), ...hooks('PostSync')]
  if (last.length > 0 && !(await healthy())) return fail('Operation terminated')
  for (const hook of last)
    results.push(runHook(argocd, hook, hooks('Sync').includes(hook) ? 'Sync' : 'PostSync'))
  if (hasFailed(results)) return fail('one or more synchronization tasks completed unsuccessfully')
  return { results, failed: undefined }
}

function hasFailed(results: readonly ResourceResult[]): boolean {
  return results.some((one) => textAt(one, 'hookPhase') === 'Failed')
}

function chosen(resources: readonly ManagedResource[], request: SyncRequest): ManagedResource[] {
  const wave = (one: ManagedResource): number =>
    Number(textAt(one.target, 'metadata', 'annotations', 'argocd.argoproj.io/sync-wave') ?? '0')
  return resources
    .filter((one) => !one.hook && isChosen(one, request))
    .sort((a, b) => wave(a) - wave(b) || kindOrder(a.kind) - kindOrder(b.kind))
}

function isChosen(resource: ManagedResource, { only }: SyncRequest): boolean {
  if (only === undefined) return true
  return only.some(
    (one) =>
      (textAt(one, 'group') ?? '') === resource.group &&
      textAt(one, 'kind') === resource.kind &&
      textAt(one, 'name') === resource.name &&
      (textAt(one, 'namespace') ?? resource.namespace) === resource.namespace,
  )
}

function applyAll(
  argocd: Argocd,
  resources: readonly ManagedResource[],
  request: SyncRequest,
  results: ResourceResult[],
): void {
  for (const resource of resources) {
    const result = resource.target
      ? applyOne(argocd, resource, resource.target, request)
      : pruneOne(argocd, resource, request)
    results.push({ ...referenceOf(resource), ...result, syncPhase: 'Sync' })
  }
}

function applyOne(
  argocd: Argocd,
  resource: ManagedResource,
  target: JsonObject,
  request: SyncRequest,
): JsonObject {
  const refusal = argocd.state.admit(target)
  if (refusal !== undefined) return { status: 'SyncFailed', message: refusal, hookPhase: 'Failed' }
  if (request.dryRun) return { status: 'Synced', message: `${resource.name} configured (dry run)` }
  try {
    const { message } = applyManifest(argocd.state.kubernetes.store, target)
    return { status: 'Synced', message, hookPhase: 'Running' }
  } catch (error) {
    return { status: 'SyncFailed', message: errorMessage(error), hookPhase: 'Failed' }
  }
}

function pruneOne(argocd: Argocd, resource: ManagedResource, request: SyncRequest): JsonObject {
  const type = resource.live && findKind(resource.live.apiVersion, resource.kind)
  if (!request.prune || !type || !resource.live)
    return { status: 'PruneSkipped', message: 'ignored (requires pruning)' }
  if (!request.dryRun) argocd.state.kubernetes.store.remove(keyOf(type, resource.live))
  return { status: 'Pruned', message: 'pruned', hookPhase: 'Succeeded' }
}

function referenceOf({ group, version, kind, namespace, name }: ManagedResource): JsonObject {
  return { group, version, kind, namespace, name }
}

/** A hook of the sandbox runs in no time: how it ends stands in the state. Its object is made anew for each run. */
function runHook(argocd: Argocd, hook: ManagedResource, phase: Phase): ResourceResult {
  const { store } = argocd.state.kubernetes
  const outcome = argocd.state.hooks.get(hook.name) ?? { phase: 'Succeeded', message: '' }
  const target = hook.target ?? {}
  const type = findKind(textAt(target, 'apiVersion') ?? '', hook.kind)
  if (type) {
    const key = keyOf(type, target)
    if (store.get(key)) store.remove(key, { force: true })
    const made = store.create(type, target)
    const done = {
      type: outcome.phase === 'Succeeded' ? 'Complete' : 'Failed',
      status: 'True',
      message: outcome.message,
    }
    if (type === RESOURCES.jobs)
      store.update(key, { ...made, status: { ...objectAt(made, 'status'), conditions: [done] } }, 'status')
  }
  return compact({
    ...referenceOf(hook),
    hookType: phase,
    hookPhase: outcome.phase,
    syncPhase: phase,
    message: outcome.message,
  })
}
