import { canonicalJson, objectAt } from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import { RESOURCES } from '../kubernetes/resources.ts'
import { keyOf, type StoreChange } from '../kubernetes/store.ts'
import {
  annotated,
  changeApp,
  keyOfApp,
  pathOf,
  REFRESH,
  REFRESH_TIMESTAMP,
  TRACKING,
} from './application.ts'
import { planAutoSync, withSyncError } from './auto-sync.ts'
import { type AppMemory, compareApp, createAppMemory } from './comparison.ts'
import { type Comparison, summaryOf } from './comparison-status.ts'
import { type Argocd, nowText } from './context.ts'
import { hydrate } from './hydrator.ts'
import type { Freshness } from './manifests.ts'
import { runOperation } from './operation.ts'
import { resourceTree } from './tree.ts'
import { createWorkQueue } from './work-queue.ts'

/** The application controller: two separate workers per application, one that compares and one that operates. */
export interface Controller {
  /** Stops; resolves when nothing is under way any more. The signal must be aborted before. */
  closed(): Promise<void>
}

export function startController(argocd: Argocd): Controller {
  const { store } = argocd.state.kubernetes
  const memories = new Map<string, AppMemory>()
  const specs = new Map<string, string>()
  const queue = createWorkQueue(argocd, (app, freshness) => {
    const memory = memories.get(pathOf(app)) ?? createAppMemory()
    memories.set(pathOf(app), memory)
    return reconcile(argocd, app, memory, freshness, (later) => {
      argocd.clock.sleep(later, argocd.signal).then(() => queue.request(app, 'recent'))
    })
  })
  const operator = createOperator(argocd, (app) => queue.request(app, 'latest'))
  const onApplication = (app: KubeObject): void => {
    const path = pathOf(app)
    const spec = canonicalJson(objectAt(app, 'spec'))
    const changed = specs.get(path) !== spec
    specs.set(path, spec)
    if (app.metadata.deletionTimestamp !== undefined) {
      cascade(argocd, app)
      return
    }
    if (app['operation'] !== undefined) operator.run(app)
    if (changed || app.metadata.annotations?.[REFRESH] !== undefined) queue.request(app, 'latest')
  }
  const unsubscribe = store.subscribe((change: StoreChange) => {
    if (change.type === RESOURCES.applications && change.change !== 'DELETED') onApplication(change.object)
    if (change.type === RESOURCES.events) return
    const owner = change.object.metadata.annotations?.[TRACKING]?.split(':')[0]
    for (const app of store.list(RESOURCES.applications)) {
      if (owner === app.metadata.name) queue.request(app, 'recent')
      else if (change.type === RESOURCES.pods) refreshSummary(argocd, app)
    }
  })
  for (const app of store.list(RESOURCES.applications)) onApplication(app)
  const polling = poll(argocd, () => {
    for (const app of store.list(RESOURCES.applications)) queue.request(app, 'latest')
  })
  return {
    closed: async () => {
      unsubscribe()
      await Promise.all([polling, queue.idle(), operator.idle()])
    },
  }
}

/** Runs at most one operation of an application at a time. */
function createOperator(
  argocd: Argocd,
  finished: (app: KubeObject) => void,
): { run(app: KubeObject): void; idle(): Promise<void> } {
  const running = new Map<string, Promise<void>>()
  return {
    run: (app) => {
      const path = pathOf(app)
      if (running.has(path) || argocd.signal.aborted) return
      // Begun a moment later: its first write comes back here as a change and must find it registered.
      const begun = Promise.resolve().then(() => runOperation(argocd, keyOfApp(app)))
      const done = begun.finally(() => {
        running.delete(path)
        const current = argocd.state.kubernetes.store.get(keyOfApp(app))
        if (current) finished(current)
      })
      running.set(path, done)
    },
    idle: async () => {
      await Promise.all(running.values())
    },
  }
}

async function poll(argocd: Argocd, refresh: () => void): Promise<void> {
  while (!argocd.signal.aborted) {
    await argocd.clock.sleep(argocd.timings.pollEvery, argocd.signal)
    if (!argocd.signal.aborted) refresh()
  }
}

async function reconcile(
  argocd: Argocd,
  app: KubeObject,
  memory: AppMemory,
  freshness: Freshness,
  retryLater: (milliseconds: number) => void,
): Promise<void> {
  const { state } = argocd
  if (app.metadata.annotations?.['argocd.argoproj.io/skip-reconcile'] === 'true') return
  const requested = app.metadata.annotations?.[REFRESH] !== undefined
  if (requested && state.hangRefreshes > 0) {
    state.hangRefreshes -= 1
    return
  }
  if (freshness === 'latest' && (await hydrate(argocd, app))) {
    // What was written is compared now; the status is another one.
    const written = state.kubernetes.store.get(keyOfApp(app))
    if (written !== undefined) return reconcile(argocd, written, memory, freshness, retryLater)
  }
  const lost = requested && state.loseRefreshes > 0
  if (lost) state.loseRefreshes -= 1
  const comparison = lost ? undefined : await compareApp(argocd, app, memory, freshness, requested)
  const takes = argocd.timings.comparisonTakes
  if (!lost && takes > 0) await argocd.clock.sleep(takes, argocd.signal)
  persist(argocd, app, comparison)
  const current = state.kubernetes.store.get(keyOfApp(app))
  if (current && comparison?.compared === true) autoSync(argocd, current, comparison, memory, retryLater)
}

/** Fields of the status that others write while a comparison runs. */
const KEPT = new Set(['operationState', 'history', 'sourceHydrator'])

/**
 * Writes the comparison. The refresh annotation goes with it, also one that came while the comparison ran: such a
 * request is lost before 3.6 (argo-cd#28603). Fields of the operation are those of now, not of the comparison's begin.
 */
function persist(argocd: Argocd, app: KubeObject, comparison: Comparison | undefined): void {
  changeApp(argocd.state, keyOfApp(app), (current) => {
    const stamp = (one: KubeObject): string | undefined => one.metadata.annotations?.[REFRESH_TIMESTAMP]
    const cleared = stamp(current) === stamp(app) ? annotated(current, { [REFRESH]: null }) : current
    if (!comparison) return cleared
    const compared = Object.fromEntries(Object.entries(comparison.status).filter(([name]) => !KEPT.has(name)))
    const now = objectAt(current, 'status')
    const kept = Object.fromEntries(Object.entries(now).filter(([name]) => KEPT.has(name)))
    return { ...cleared, status: { ...compared, ...kept } }
  })
}

function autoSync(
  argocd: Argocd,
  app: KubeObject,
  comparison: Comparison,
  memory: AppMemory,
  retryLater: (milliseconds: number) => void,
): void {
  const plan = planAutoSync(argocd, app, comparison.resources, comparison.revisions, memory)
  const synced = comparison.resources.every((one) => one.status === 'Synced')
  if (synced) memory.healAttempts = 0
  const syncError = 'syncError' in plan ? plan.syncError : undefined
  if ('later' in plan) retryLater(plan.later)
  if ('operation' in plan && plan.heals) {
    const { selfHealBackOff, selfHealLimit } = argocd.timings
    memory.healNotBefore =
      argocd.clock.now() + Math.min(selfHealLimit, selfHealBackOff * 3 ** memory.healAttempts)
    memory.healAttempts += 1
  }
  changeApp(argocd.state, keyOfApp(app), (current) => {
    const conditions = withSyncError(current, syncError, nowText(argocd))
    const status = { ...objectAt(current, 'status'), conditions }
    return 'operation' in plan ? { ...current, status, operation: plan.operation } : { ...current, status }
  })
}

/** A change below the managed resources moves the summary alone: no comparison, no new `reconciledAt`. */
function refreshSummary(argocd: Argocd, app: KubeObject): void {
  if (objectAt(app, 'status')['summary'] === undefined) return
  const summary = summaryOf(argocd, app, argocd.state.managed.get(pathOf(app)) ?? [])
  changeApp(argocd.state, keyOfApp(app), (current) => ({
    ...current,
    status: { ...objectAt(current, 'status'), summary },
  }))
}

/** `resources-finalizer.argocd.argoproj.io`: what was managed goes with the application. */
function cascade(argocd: Argocd, app: KubeObject): void {
  const finalizers = app.metadata.finalizers ?? []
  if (!finalizers.some((one) => one.startsWith('resources-finalizer.argocd.argoproj.io'))) return
  const { store } = argocd.state.kubernetes
  for (const node of resourceTree(argocd.state, pathOf(app))) {
    const type = Object.values(RESOURCES).find(
      (one) => one.kind === node.object.kind && node.parents.length === 0,
    )
    if (type && store.get(keyOf(type, node.object))) store.remove(keyOf(type, node.object))
  }
  const kept = finalizers.filter((one) => !one.startsWith('resources-finalizer.argocd.argoproj.io'))
  changeApp(argocd.state, keyOfApp(app), (current) => ({
    ...current,
    metadata: { ...current.metadata, finalizers: kept },
  }))
}
