import type { KubeObject } from '../kubernetes/object.wire.ts'
import { keyOfApp, pathOf } from './application.ts'
import type { Argocd } from './context.ts'
import type { Freshness } from './manifests.ts'

/** Comparisons that are due: one at a time for each application, requests of one moment together. */
export interface WorkQueue {
  request(app: KubeObject, freshness: Freshness): void
  /** Resolves when no comparison is under way. */
  idle(): Promise<void>
}

export function createWorkQueue(
  argocd: Argocd,
  reconcile: (app: KubeObject, freshness: Freshness) => Promise<void>,
): WorkQueue {
  const due = new Map<string, Freshness>()
  const running = new Map<string, Promise<void>>()
  const work = async (app: KubeObject): Promise<void> => {
    const path = pathOf(app)
    await new Promise((resolve) => setImmediate(resolve))
    for (let next = due.get(path); next !== undefined && !argocd.signal.aborted; next = due.get(path)) {
      due.delete(path)
      const current = argocd.state.kubernetes.store.get(keyOfApp(app))
      if (current) await reconcile(current, next)
    }
  }
  return {
    request: (app, freshness) => {
      const path = pathOf(app)
      if (argocd.signal.aborted) return
      due.set(path, freshness === 'latest' ? 'latest' : (due.get(path) ?? 'recent'))
      if (running.has(path)) return
      running.set(
        path,
        work(app).finally(() => running.delete(path)),
      )
    },
    idle: async () => {
      await Promise.all(running.values())
    },
  }
}
