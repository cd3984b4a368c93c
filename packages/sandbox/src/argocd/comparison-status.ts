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
import { isMultiSource, pathOf, revisionFields, sourcesOf } from './application.ts'
import { appHealth, compare } from './compare.ts'
import { type Argocd, nowText } from './context.ts'
import type { Wanted } from './manifests.ts'
import type { ManagedResource } from './state.ts'
import { resourceTree, summaryImages } from './tree.ts'

/** The outcome of one comparison: the new status without its operation fields, or nothing where it is to stay. */
export interface Comparison {
  readonly status: JsonObject
  readonly resources: readonly ManagedResource[]
  readonly revisions: readonly string[]
  readonly compared: boolean
}

/** Nothing could be compared: what was known before stays, but for a condition that says why. */
export function failed(
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

/** What a comparison writes into the status (argo-cd:controller/state.go CompareAppState). */
export function succeeded(
  argocd: Argocd,
  app: KubeObject,
  wanted: Wanted,
  comparedAt: JsonObject,
): Comparison {
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
