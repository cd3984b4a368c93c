import { compact, isObject, type JsonObject, numberAt, objectAt, textAt } from '../kubernetes/json.ts'
import { type KubeObject, readJson } from '../kubernetes/object.wire.ts'
import type { SandboxRequest, SandboxResponse } from '../server.ts'
import { changeApp, isMultiSource, keyOfApp, projectOf, revisionsIn, sourcesOf } from './application.ts'
import type { Argocd } from './context.ts'
import { ApiError, answer } from './errors.ts'
import { presented } from './read-api.ts'
import { isAllowed } from './session.ts'
import { canSync, type Session, windowsOf } from './state.ts'

/** POST …/sync. @throws ApiError 3, 7, 9 */
export function syncApp(
  argocd: Argocd,
  request: SandboxRequest,
  session: Session,
  app: KubeObject,
): SandboxResponse {
  const { state } = argocd
  const text = request.body.toString('utf8')
  const body = text === '' ? {} : readJson(text)
  if (!isObject(body)) throw new ApiError(3, 'invalid character in request body')
  if (!canSync(windowsOf(state, app.metadata.name), true))
    throw new ApiError(7, 'cannot sync: blocked by sync window')
  if (app.metadata.deletionTimestamp !== undefined) throw new ApiError(9, 'application is deleting')
  const revisions = revisionsIn(body).filter((one) => one !== '')
  assertRevision(app, revisions)
  if (revisions.length > 0 && !isAllowed(state, session, 'override', projectOf(app), app.metadata.name)) {
    throw new ApiError(7, 'permission denied')
  }
  assertIdle(app)
  const operation = {
    sync: compact({
      ...(isMultiSource(app) && revisions.length > 0 ? { revisions } : {}),
      ...(!isMultiSource(app) && revisions.length > 0 ? { revision: revisions[0] } : {}),
      prune: body['prune'],
      dryRun: body['dryRun'],
      resources: body['resources'],
      syncStrategy: body['strategy'],
      syncOptions:
        objectAt(body, 'syncOptions')['items'] ?? objectAt(app, 'spec', 'syncPolicy')['syncOptions'],
    }),
    initiatedBy: { username: session.username },
    ...compact({ info: body['infos'], retry: body['retryStrategy'] }),
  }
  return answer(200, presented(state, setOperation(argocd, app, operation)))
}

/** With auto-sync on nothing but the targetRevision may be synced. */
function assertRevision(app: KubeObject, revisions: readonly string[]): void {
  const automated = objectAt(app, 'spec', 'syncPolicy')['automated']
  if (!isObject(automated) || automated['enabled'] === false) return
  for (const [index, revision] of revisions.entries()) {
    const target = textAt(sourcesOf(app)[index], 'targetRevision') ?? 'HEAD'
    if (revision !== target) {
      throw new ApiError(9, `Cannot sync to ${revision}: auto-sync currently set to ${target}`)
    }
  }
}

function assertIdle(app: KubeObject): void {
  if (app['operation'] !== undefined) throw new ApiError(9, 'another operation is already in progress')
}

function setOperation(argocd: Argocd, app: KubeObject, operation: JsonObject): KubeObject {
  const changed = changeApp(argocd.state, keyOfApp(app), (current) => {
    const { operationState: _old, ...status } = objectAt(current, 'status')
    return { ...current, operation, status }
  })
  return changed ?? app
}

/** DELETE …/operation */
export function terminate(argocd: Argocd, app: KubeObject): SandboxResponse {
  if (app['operation'] === undefined)
    throw new ApiError(3, 'Unable to terminate operation. No operation is in progress')
  changeApp(argocd.state, keyOfApp(app), (current) => {
    const status = objectAt(current, 'status')
    return {
      ...current,
      status: { ...status, operationState: { ...objectAt(status, 'operationState'), phase: 'Terminating' } },
    }
  })
  return answer(200, {})
}

/** POST …/rollback: back to an entry of the history, for applications without auto-sync. */
export function rollback(
  argocd: Argocd,
  request: SandboxRequest,
  session: Session,
  app: KubeObject,
): SandboxResponse {
  const automated = objectAt(app, 'spec', 'syncPolicy')['automated']
  if (isObject(automated) && automated['enabled'] !== false) {
    throw new ApiError(9, 'rollback cannot be initiated when auto-sync is enabled')
  }
  const body = readJson(request.body.toString('utf8'))
  const id = numberAt(body, 'id') ?? 0
  const history = objectAt(app, 'status')['history']
  const entry = (Array.isArray(history) ? history : []).find((one) => numberAt(one, 'id') === id)
  if (!isObject(entry))
    throw new ApiError(3, `application ${app.metadata.name} does not have deployment with id ${id}`)
  assertIdle(app)
  const revisions = revisionsIn(entry)
  const operation = {
    sync: { ...(isMultiSource(app) ? { revisions } : { revision: revisions[0] ?? '' }) },
    initiatedBy: { username: session.username },
  }
  return answer(200, presented(argocd.state, setOperation(argocd, app, operation)))
}
