import { errorMessage } from '../containers/caught.ts'
import {
  compact,
  type Json,
  type JsonObject,
  listAt,
  objectAt,
  sameJson,
  textAt,
} from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import { RESOURCES } from '../kubernetes/resources.ts'
import {
  isMultiSource,
  pathOf,
  projectOf,
  REFRESH,
  revisionFields,
  revisionsIn,
  sourcesOf,
} from './application.ts'
import { appHealth, compare } from './compare.ts'
import { type Argocd, nowText } from './context.ts'
import { type Freshness, loadWanted, ManifestError, type Wanted } from './manifests.ts'
import type { ManagedResource } from './state.ts'
import { resourceTree, summaryImages } from './tree.ts'

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

/** The outcome of one comparison: the new status without its operation fields, or nothing where it is to stay. */
export interface Comparison {
  readonly status: JsonObject
  readonly resources: readonly ManagedResource[]
  readonly revisions: readonly string[]
  readonly compared: boolean
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

function failed(
  argocd: Argocd,
  app: KubeObject,
  comparedAt: JsonObject,
  {
    type,
    message,
    revisions,
  }: {
    readonly type: 'ComparisonError' | 'InvalidSpecError'
    readonly message: string
    readonly revisions: readonly string[]
  },
): Comparison {
  const status = {
    ...objectAt(app, 'status'),
    sync: { status: 'Unknown', ...revisionFields(app, revisions), comparedTo: comparedTo(app) },
    health: healthFields(argocd, app, 'Unknown'),
    conditions: withCondition(argocd, app, { type, message }),
    ...comparedAt,
  }
  return { status, resources: argocd.state.managed.get(pathOf(app)) ?? [], revisions, compared: false }
}

function succeeded(argocd: Argocd, app: KubeObject, wanted: Wanted, comparedAt: JsonObject): Comparison {
  const resources = compare(argocd.state.kubernetes.store, app.metadata.name, wanted.targets)
  argocd.state.managed.set(pathOf(app), resources)
  const synced = resources.every((one) => one.status === 'Synced')
  const status = {
    ...objectAt(app, 'status'),
    sync: {
      status: synced ? 'Synced' : 'OutOfSync',
      ...revisionFields(app, wanted.revisions),
      comparedTo: comparedTo(app),
    },
    health: healthFields(argocd, app, appHealth(resources)),
    resources: resources.filter((one) => !one.hook).map(resourceStatus),
    summary: summaryOf(argocd, app, resources),
    conditions: withCondition(argocd, app, undefined),
    ...comparedAt,
    ...(isMultiSource(app) ? { sourceTypes: sourcesOf(app).map(sourceType) } : { sourceType: 'Directory' }),
    // Since 3.0 the health of single resources is kept outside of the object; the API server adds it to its answers.
    resourceHealthSource: 'appTree',
  }
  return { status, resources, revisions: wanted.revisions, compared: true }
}

function sourceType(source: JsonObject): string {
  return textAt(source, 'chart') === undefined ? 'Directory' : 'Helm'
}

function comparedTo(app: KubeObject): JsonObject {
  const source = isMultiSource(app) ? { sources: sourcesOf(app) } : { source: sourcesOf(app)[0] ?? {} }
  return { ...source, destination: objectAt(app, 'spec', 'destination') }
}

function healthFields(argocd: Argocd, app: KubeObject, status: string): JsonObject {
  const before = objectAt(app, 'status', 'health')
  const same = textAt(before, 'status') === status
  return {
    status,
    lastTransitionTime: same ? (textAt(before, 'lastTransitionTime') ?? nowText(argocd)) : nowText(argocd),
  }
}

function resourceStatus({
  group,
  version,
  kind,
  namespace,
  name,
  status,
  requiresPruning,
}: ManagedResource): JsonObject {
  return compact({
    group: group === '' ? undefined : group,
    version,
    kind,
    namespace: namespace === '' ? undefined : namespace,
    name,
    status,
    requiresPruning: requiresPruning ? true : undefined,
  })
}

export function summaryOf(
  argocd: Argocd,
  app: KubeObject,
  resources: readonly ManagedResource[],
): JsonObject {
  const images = summaryImages(resourceTree(argocd.state, pathOf(app)))
  const parent = resources.some((one) => one.group === 'argoproj.io' && one.kind === 'Application')
  return compact({
    images: images.length === 0 ? undefined : images,
    isAppOfApps: parent ? true : undefined,
  })
}

/** Errors of the comparison are written anew each time, a SyncError stays until auto-sync decides about it. */
function withCondition(
  argocd: Argocd,
  app: KubeObject,
  fresh: { type: string; message: string } | undefined,
): Json[] {
  const before = listAt(app, 'status', 'conditions')
  const others = before.filter(
    (one) => !['ComparisonError', 'InvalidSpecError'].includes(textAt(one, 'type') ?? ''),
  )
  if (!fresh) return others
  const old = before.find((one) =>
    sameJson({ ...one, lastTransitionTime: '' }, { ...fresh, lastTransitionTime: '' }),
  )
  return [...others, old ?? { ...fresh, lastTransitionTime: nowText(argocd) }]
}
