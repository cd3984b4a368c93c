import { errorMessage } from '../containers/caught.ts'
import { type JsonObject, objectAt, textAt } from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import { RESOURCES } from '../kubernetes/resources.ts'
import { projectOf, REFRESH, revisionsIn, sourcesOf } from './application.ts'
import { type Comparison, failed, succeeded } from './comparison-status.ts'
import { type Argocd, nowText } from './context.ts'
import { type Freshness, loadWanted, ManifestError, type Wanted } from './manifests.ts'

/** What the controller remembers of an application between comparisons. */
export interface AppMemory {
  wanted: Wanted | undefined
  /** Milliseconds of the first of a row of failures to reach the repository. */
  failingSince: number | undefined
  healAttempts: number
  healNotBefore: number
}

export function createAppMemory(): AppMemory {
  return { wanted: undefined, failingSince: undefined, healAttempts: 0, healNotBefore: 0 }
}

/** Compares Git with the cluster. A repository that cannot be reached is forgiven for a while, bad manifests are not. */
export async function compareApp(
  argocd: Argocd,
  app: KubeObject,
  memory: AppMemory,
  freshness: Freshness,
  requested: boolean,
): Promise<Comparison | undefined> {
  const invalid = specProblem(argocd, app)
  const comparedAt = comparisonTime(argocd, app, freshness)
  // Nothing is compared, so `reconciledAt` stands still.
  if (invalid !== undefined)
    return failed(argocd, app, comparisonTime(argocd, app, 'recent'), {
      type: 'InvalidSpecError',
      message: invalid,
      revisions: [],
    })
  try {
    if (freshness === 'latest' || !memory.wanted) memory.wanted = await loadFresh(argocd, app, memory.wanted)
    memory.failingSince = undefined
  } catch (error) {
    if (error instanceof ManifestError)
      return failed(argocd, app, comparedAt, {
        type: 'ComparisonError',
        message: error.message,
        revisions: error.revisions,
      })
    memory.failingSince ??= argocd.clock.now()
    const forgiven = argocd.clock.now() - memory.failingSince < argocd.timings.repositoryGrace
    if (!requested && forgiven && memory.wanted) return undefined
    const message = `Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = ${errorMessage(error)}`
    const revisions = revisionsIn(objectAt(app, 'status', 'sync'))
    return failed(argocd, app, comparedAt, { type: 'ComparisonError', message, revisions })
  }
  return succeeded(argocd, app, memory.wanted, comparedAt)
}

/** A commit that touches none of the paths of `manifest-generate-paths` keeps the manifests, rightly or not; a hard refresh makes them anew. */
async function loadFresh(argocd: Argocd, app: KubeObject, before: Wanted | undefined): Promise<Wanted> {
  const wanted = await loadWanted(argocd, app)
  const isKept = argocd.state.keepManifests && app.metadata.annotations?.[REFRESH] !== 'hard'
  return isKept && before !== undefined ? { ...wanted, targets: before.targets } : wanted
}

/** Only a comparison with what Git has now moves `reconciledAt` (argo-cd:controller/appcontroller.go processAppRefreshQueueItem). */
function comparisonTime(argocd: Argocd, app: KubeObject, freshness: Freshness): JsonObject {
  const before = textAt(app, 'status', 'reconciledAt')
  if (freshness === 'latest') return { reconciledAt: nowText(argocd) }
  return before === undefined ? {} : { reconciledAt: before }
}

function specProblem(argocd: Argocd, app: KubeObject): string | undefined {
  const project = projectOf(app)
  const key = { type: RESOURCES.appprojects, namespace: argocd.state.namespace, name: project }
  if (project !== 'default' && !argocd.state.kubernetes.store.get(key)) {
    return `Application referencing project ${project} which does not exist`
  }
  const incomplete = sourcesOf(app).some(
    (source) =>
      textAt(source, 'repoURL') === undefined ||
      (textAt(source, 'path') === undefined &&
        textAt(source, 'chart') === undefined &&
        textAt(source, 'ref') === undefined),
  )
  return incomplete
    ? 'spec.source.repoURL and either spec.source.path, spec.source.chart, or spec.source.ref are required'
    : undefined
}
