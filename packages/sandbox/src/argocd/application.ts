import { isObject, type Json, type JsonObject, listAt, objectAt, textAt } from '../kubernetes/json.ts'
import type { KubeObject } from '../kubernetes/object.wire.ts'
import { RESOURCES } from '../kubernetes/resources.ts'
import type { ObjectKey } from '../kubernetes/store.ts'
import type { ArgocdState } from './state.ts'

export const REFRESH = 'argocd.argoproj.io/refresh'
/** Since 3.6: tells a request that came while a comparison ran from the one that the comparison answers. */
export const REFRESH_TIMESTAMP = 'argocd.argoproj.io/refresh-timestamp'
export const TRACKING = 'argocd.argoproj.io/tracking-id'

export function appKey(namespace: string, name: string): ObjectKey {
  return { type: RESOURCES.applications, namespace, name }
}

export function pathOf(app: KubeObject): string {
  return `${app.metadata.namespace}/${app.metadata.name}`
}

export function keyOfApp(app: KubeObject): ObjectKey {
  return appKey(app.metadata.namespace ?? '', app.metadata.name)
}

export function projectOf(app: KubeObject): string {
  return textAt(app, 'spec', 'project') ?? 'default'
}

/** `spec.sources`, or `spec.source` alone; with a source hydrator where it writes to, or others bring that to. */
export function sourcesOf(app: KubeObject): JsonObject[] {
  const dry = dryFolderOf(app)
  if (dry !== undefined) {
    const sync = objectAt(app, 'spec', 'sourceHydrator', 'syncSource')
    const repoURL = textAt(sync, 'repoURL') ?? dry.repository
    return [{ repoURL, path: textAt(sync, 'path') ?? '', targetRevision: textAt(sync, 'targetBranch') ?? '' }]
  }
  const many = listAt(app, 'spec', 'sources')
  return many.length > 0 ? many : [objectAt(app, 'spec', 'source')]
}

/** Where a source hydrator takes manifests from; undefined without one. */
export function dryFolderOf(
  app: KubeObject,
): { readonly repository: string; readonly revision: string; readonly path: string } | undefined {
  const dry = objectAt(app, 'spec', 'sourceHydrator', 'drySource')
  const repository = textAt(dry, 'repoURL')
  if (repository === undefined) return undefined
  return { repository, revision: textAt(dry, 'targetRevision') ?? 'HEAD', path: textAt(dry, 'path') ?? '' }
}

/** The branch and the folder that a source hydrator writes to: `hydrateTo`, from where others bring it on, or the branch that is synced. */
export function hydrateToOf(app: KubeObject): { readonly branch: string; readonly path: string } {
  const spec = objectAt(app, 'spec', 'sourceHydrator')
  const staging = textAt(spec, 'hydrateTo', 'targetBranch')
  const branch = staging ?? textAt(spec, 'syncSource', 'targetBranch') ?? ''
  return { branch, path: textAt(spec, 'syncSource', 'path') ?? '' }
}

export function isMultiSource(app: KubeObject): boolean {
  return listAt(app, 'spec', 'sources').length > 0
}

/** `revision` of one source, `revisions` of several. */
export function revisionFields(app: KubeObject, revisions: readonly string[]): JsonObject {
  return isMultiSource(app) ? { revisions: [...revisions] } : { revision: revisions[0] ?? '' }
}

/** The revisions that stand in a sync status, a sync result or an operation. */
export function revisionsIn(value: Json | undefined): string[] {
  if (!isObject(value)) return []
  const many = value['revisions']
  if (Array.isArray(many) && many.length > 0) return many.map(String)
  const single = textAt(value, 'revision')
  return single === undefined ? [] : [single]
}

/** Changes fields of an Application as it is now; nothing happens when it is gone. */
export function changeApp(
  state: ArgocdState,
  key: ObjectKey,
  change: (app: KubeObject) => JsonObject,
): KubeObject | undefined {
  const { store } = state.kubernetes
  const app = store.get(key)
  if (!app) return undefined
  const changed = change(app)
  const { resourceVersion: _version, ...metadata } = objectAt(changed, 'metadata')
  return store.update(key, { ...changed, metadata })
}

/** Sets and removes (null) annotations. */
export function annotated(app: KubeObject, annotations: Readonly<Record<string, string | null>>): JsonObject {
  const merged: Record<string, string> = { ...app.metadata.annotations }
  for (const [name, value] of Object.entries(annotations)) {
    if (value === null) delete merged[name]
    else merged[name] = value
  }
  return { ...app, metadata: { ...app.metadata, annotations: merged } }
}

/** Whether this version keeps a refresh request that arrives while a comparison runs (argo-cd#28603, fixed in 3.6). */
export function keepsLateRefreshes(version: string): boolean {
  const [, major = '0', minor = '0'] = /^v(\d+)\.(\d+)/.exec(version) ?? []
  return Number(major) > 3 || (Number(major) === 3 && Number(minor) >= 6)
}
