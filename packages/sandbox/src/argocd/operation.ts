import { errorMessage } from '../containers/caught.ts'
import {
  booleanAt,
  compact,
  type JsonObject,
  listAt,
  numberAt,
  objectAt,
  textAt,
} from '../kubernetes/json.ts'
import { timestamp } from '../kubernetes/lifecycle.ts'
import { addNamespaces } from '../kubernetes/namespaces.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import type { ObjectKey } from '../kubernetes/store.ts'
import { changeApp, revisionsIn } from './application.ts'
import { retryLimitOf } from './auto-sync.ts'
import { appHealth, compare } from './compare.ts'
import { type Argocd, nowText } from './context.ts'
import { type Attempt, nextHistory, resultOf } from './history.ts'
import { loadWanted, type Wanted } from './manifests.ts'
import { canSync, windowsOf } from './state.ts'
import { runSync } from './sync-run.ts'

/**
 * Runs the `operation` of an Application to its end, with retries. `status.operationState` is empty for a moment when
 * it begins. Waiting for a retry is `phase: Running` with `finishedAt` and `retryCount`.
 * Source: argo-cd:controller/appcontroller.go processRequestedAppOperation.
 */
export async function runOperation(argocd: Argocd, key: ObjectKey): Promise<void> {
  const { state } = argocd
  const started = changeApp(state, key, (app) =>
    withStatus(app, ({ operationState: _old, ...status }) => status),
  )
  const operation = objectAt(started, 'operation')
  const startedAt = nowText(argocd)
  const report = (fields: JsonObject): void => {
    changeApp(state, key, (app) => {
      const phase = isTerminating(app) && fields['phase'] === 'Running' ? 'Terminating' : fields['phase']
      const operationState = compact({ operation, startedAt, ...fields, phase })
      return withStatus(app, (status) => ({ ...status, operationState }))
    })
  }
  report({ phase: 'Running', message: '' })
  await waitForWindow(argocd, key, operation, report)
  for (let retryCount = 0; ; retryCount += 1) {
    const attempt = await attemptSync(argocd, key, operation)
    const app = state.kubernetes.store.get(key)
    if (!app || argocd.signal.aborted) return
    const result = compact({
      syncResult: resultOf(app, attempt),
      retryCount: retryCount === 0 ? undefined : retryCount,
    })
    if (attempt.failed === undefined || isTerminating(app) || retryCount >= retryLimitOf(operation)) {
      finish(argocd, key, attempt, { operation, startedAt, result })
      return
    }
    await waitForRetry(argocd, retryCount + 1, attempt.failed, result, report)
  }
}

/** A window blocks even an operation that was put into the object past the API server. */
async function waitForWindow(
  argocd: Argocd,
  key: ObjectKey,
  operation: JsonObject,
  report: (fields: JsonObject) => void,
): Promise<void> {
  const manual = booleanAt(operation, 'initiatedBy', 'automated') !== true
  while (!argocd.signal.aborted && !canSync(windowsOf(argocd.state, key.name), manual)) {
    report({ phase: 'Running', message: 'Sync operation blocked by sync window' })
    await argocd.clock.sleep(argocd.timings.retryBackOff, argocd.signal)
  }
}

async function attemptSync(argocd: Argocd, key: ObjectKey, operation: JsonObject): Promise<Attempt> {
  const { store } = argocd.state.kubernetes
  const app = store.get(key)
  if (!app) return { results: [], failed: 'the application is gone', wanted: undefined }
  try {
    const wanted = await loadWanted(argocd, app, revisionsIn(objectAt(operation, 'sync')))
    const options = objectAt(operation, 'sync')['syncOptions']
    if (Array.isArray(options) && options.includes('CreateNamespace=true')) {
      addNamespaces(store, [textAt(app, 'spec', 'destination', 'namespace') ?? 'default'])
    }
    const resources = compare(store, key.name, wanted.targets)
    const only = listAt(operation, 'sync', 'resources')
    const request = {
      prune: booleanAt(operation, 'sync', 'prune') === true,
      dryRun: booleanAt(operation, 'sync', 'dryRun') === true,
      only: only.length > 0 ? only : undefined,
    }
    return {
      ...(await runSync(argocd, resources, request, () => waitForHealth(argocd, key, wanted))),
      wanted,
    }
  } catch (error) {
    return { results: [], failed: `ComparisonError: ${errorMessage(error)}`, wanted: undefined }
  }
}

/** Resolves true once the applied resources are healthy, false when one is Degraded or the operation is terminated. */
function waitForHealth(argocd: Argocd, key: ObjectKey, wanted: Wanted): Promise<boolean> {
  const { store } = argocd.state.kubernetes
  return new Promise((resolve) => {
    const look = (): void => {
      const app = store.get(key)
      const health = appHealth(compare(store, key.name, wanted.targets))
      const over = !app || isTerminating(app) || argocd.signal.aborted || health === 'Degraded'
      if (!over && health !== 'Healthy') return
      unsubscribe()
      resolve(!over)
    }
    const unsubscribe = store.subscribe(look)
    argocd.signal.addEventListener('abort', look, { once: true })
    look()
  })
}

async function waitForRetry(
  argocd: Argocd,
  attempt: number,
  failure: string,
  result: JsonObject,
  report: (fields: JsonObject) => void,
): Promise<void> {
  const { retryBackOff, retryLimit } = argocd.timings
  const delay = Math.min(retryLimit, retryBackOff * 2 ** (attempt - 1))
  const at = timestamp(argocd.clock.now() + delay)
  report({
    ...result,
    phase: 'Running',
    message: `${failure}. Retrying attempt #${attempt} at ${at}.`,
    finishedAt: nowText(argocd),
    retryCount: attempt,
  })
  await argocd.clock.sleep(delay, argocd.signal)
}

function finish(
  argocd: Argocd,
  key: ObjectKey,
  attempt: Attempt,
  run: { operation: JsonObject; startedAt: string; result: JsonObject },
): void {
  const finishedAt = nowText(argocd)
  changeApp(argocd.state, key, (app) => {
    const terminated = isTerminating(app)
    const failed = terminated ? 'Operation terminated' : attempt.failed
    const retried = numberAt(run.result, 'retryCount') ?? 0
    const operationState = {
      operation: run.operation,
      phase: failed === undefined ? 'Succeeded' : 'Failed',
      message:
        failed === undefined
          ? 'successfully synced (all tasks run)'
          : `${failed}${retried > 0 ? ` (retried ${retried} times).` : ''}`,
      startedAt: run.startedAt,
      finishedAt,
      ...run.result,
    }
    const { operation: _done, ...rest } = app
    const history = failed === undefined ? nextHistory(app, attempt.wanted, run, finishedAt) : undefined
    return withStatus(rest, (status) =>
      compact({ ...status, operationState, history: history ?? status['history'] }),
    )
  })
}

export function isTerminating(app: KubeObject): boolean {
  return textAt(app, 'status', 'operationState', 'phase') === 'Terminating'
}

function withStatus(app: JsonObject, change: (status: JsonObject) => JsonObject): JsonObject {
  return { ...app, status: change(objectAt(app, 'status')) }
}
