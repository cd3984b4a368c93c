import { isObject, type Json, type JsonObject, sameJson, textAt } from '../kubernetes/json.ts'
import { type KubeObject, readJson } from '../kubernetes/object.wire.ts'
import { findKind } from '../kubernetes/resources.ts'
import { keyOf, type ObjectStore } from '../kubernetes/store.ts'
import { TRACKING } from './application.ts'
import { type Health, healthOf, worstOf } from './health.ts'
import type { ManagedResource } from './state.ts'

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'
const HOOK = 'argocd.argoproj.io/hook'

/** PreSync, Sync, PostSync, SyncFail, Skip; undefined for what is not a hook. */
export function hookTypeOf(object: JsonObject | undefined): string | undefined {
  return textAt(object, 'metadata', 'annotations', HOOK)
}

/** What an apply would make of the live object: fields of the last apply that are gone from Git go, others stay. */
export function predict(live: JsonObject | undefined, target: JsonObject): JsonObject {
  if (!live) return target
  const last = readJson(textAt(live, 'metadata', 'annotations', LAST_APPLIED) ?? '{}')
  const merged = threeWay(live, last, target)
  return isObject(merged) ? merged : target
}

/** Lists are replaced as a whole, as kubectl does it for custom resources. */
function threeWay(live: Json | undefined, last: Json | undefined, target: Json): Json {
  if (!isObject(target) || !isObject(live)) return target
  const merged: JsonObject = { ...live }
  for (const key of Object.keys(isObject(last) ? last : {})) if (target[key] === undefined) delete merged[key]
  for (const [key, value] of Object.entries(target)) {
    merged[key] = threeWay(live[key], isObject(last) ? last[key] : undefined, value)
  }
  return merged
}

/** Target and live state side by side, with what has left Git but still lives (requiresPruning). */
export function compare(
  store: ObjectStore,
  appName: string,
  targets: readonly JsonObject[],
): ManagedResource[] {
  const seen = new Set<string>()
  const wanted = targets.map((target) => {
    const type = findKind(textAt(target, 'apiVersion') ?? '', textAt(target, 'kind') ?? '')
    const live = type && store.get(keyOf(type, target))
    if (live) seen.add(live.metadata.uid)
    return describe(target, live)
  })
  const orphans = [...store.objects.values()].filter((object) => {
    const tracked = object.metadata.annotations?.[TRACKING]?.startsWith(`${appName}:`) === true
    return tracked && !seen.has(object.metadata.uid) && hookTypeOf(object) === undefined
  })
  return [...wanted, ...orphans.map((live) => describe(undefined, live))]
}

function describe(target: JsonObject | undefined, live: KubeObject | undefined): ManagedResource {
  const object = target ?? live ?? {}
  const [group = '', version = ''] = splitVersion(textAt(object, 'apiVersion') ?? '')
  const predicted = target && predict(live, target)
  const hook = hookTypeOf(object) !== undefined
  const same = target !== undefined && live !== undefined && sameJson(live, predicted)
  return {
    group,
    version,
    kind: textAt(object, 'kind') ?? '',
    namespace: textAt(object, 'metadata', 'namespace') ?? '',
    name: textAt(object, 'metadata', 'name') ?? '',
    target,
    live,
    predicted,
    // Hooks are run, not compared: they never make an application OutOfSync.
    status: same || hook ? 'Synced' : 'OutOfSync',
    requiresPruning: target === undefined,
    hook,
    health: resourceHealth(live, hook),
  }
}

function resourceHealth(live: KubeObject | undefined, hook: boolean): Health | undefined {
  if (live) return healthOf(live)
  return hook ? undefined : { status: 'Missing' }
}

function splitVersion(apiVersion: string): [string, string] {
  const slash = apiVersion.indexOf('/')
  return slash === -1 ? ['', apiVersion] : [apiVersion.slice(0, slash), apiVersion.slice(slash + 1)]
}

/**
 * Worst health of the managed resources, children not asked. A missing one does not worsen it; only when all are
 * missing the application is Missing. Source: argo-cd:controller/health.go setApplicationHealth.
 */
export function appHealth(resources: readonly ManagedResource[]): Health['status'] {
  const counted = resources.filter((one) => !one.hook && !one.requiresPruning)
  const present = counted.filter((one) => one.live !== undefined)
  if (counted.length > 0 && present.length === 0) return 'Missing'
  return worstOf(present.map((one) => one.health?.status ?? 'Healthy'))
}
