import { errorMessage } from '../containers/caught.ts'
import { compact, type JsonObject, objectAt, textAt } from '../kubernetes/json.ts'
import { findKind, RESOURCES } from '../kubernetes/resources.ts'
import { keyOf } from '../kubernetes/store.ts'
import { applyManifest, kindOrder } from './apply.ts'
import { hookTypeOf } from './compare.ts'
import type { Argocd } from './context.ts'
import type { HookOutcome, ManagedResource } from './state.ts'

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

const UNSUCCESSFUL = 'one or more synchronization tasks completed unsuccessfully'

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
  if (hasFailed(results)) return fail(UNSUCCESSFUL)
  const last = [...hooks('Sync'), ...hooks('PostSync')]
  const waves = wavesOf(resources, request)
  // A sync of one step does not wait for health (sync_context.go multiStep).
  const waits = !request.dryRun && (waves.length > 1 || last.length > 0)
  for (const wave of waves) {
    applyAll(argocd, wave, request, results)
    const refused = refusalsOf(results)
    if (refused !== undefined) return fail(refused)
    if (waits && !(await healthy())) return fail(UNSUCCESSFUL)
  }
  for (const hook of last)
    results.push(runHook(argocd, hook, hooks('Sync').includes(hook) ? 'Sync' : 'PostSync'))
  return hasFailed(results) ? fail(UNSUCCESSFUL) : { results, failed: undefined }
}

function refusalsOf(results: readonly ResourceResult[]): string | undefined {
  const refused = results.filter((one) => textAt(one, 'status') === 'SyncFailed')
  if (refused.length === 0) return undefined
  const reasons = refused.map((one) => textAt(one, 'message') ?? '').join(',')
  return `one or more objects failed to apply, reason: ${reasons}`
}

function hasFailed(results: readonly ResourceResult[]): boolean {
  return results.some((one) => textAt(one, 'hookPhase') === 'Failed')
}

/** What is to be applied, one list for each wave; what is to be pruned goes last. */
function wavesOf(resources: readonly ManagedResource[], request: SyncRequest): ManagedResource[][] {
  const waves = new Map<number, ManagedResource[]>()
  for (const one of resources.filter((each) => !each.hook && isChosen(each, request))) {
    const wave = waveOf(one)
    waves.set(wave, [...(waves.get(wave) ?? []), one])
  }
  return [...waves]
    .sort(([a], [b]) => a - b)
    .map(([, wave]) => wave.sort((a, b) => kindOrder(a.kind) - kindOrder(b.kind)))
}

function waveOf({ target }: ManagedResource): number {
  if (target === undefined) return Number.MAX_SAFE_INTEGER
  return Number(textAt(target, 'metadata', 'annotations', 'argocd.argoproj.io/sync-wave') ?? '0')
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

/**
 * A hook of the sandbox runs in no time: how it ends stands in the state, and one that nobody spoke for has not run.
 * Its object is made anew for each run.
 */
function runHook(argocd: Argocd, hook: ManagedResource, phase: Phase): ResourceResult {
  const { store } = argocd.state.kubernetes
  const outcome = argocd.state.hooks.get(hook.name) ?? notRun(hook.name)
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

function notRun(name: string): HookOutcome {
  const message = `the sandbox does not run hooks: state.hooks has to say how "${name}" ends`
  return { phase: 'Failed', message }
}
