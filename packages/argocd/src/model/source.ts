import type { Application, ApplicationSource } from './application.wire.ts'

/** What names a revision of a source: a commit, a commit that others are written from, a chart's version, a digest. */
export type SourceKind = 'git' | 'hydrated' | 'helm' | 'oci'

/** Which of an Application's sources a revision belongs to; `index` is undefined for the single `spec.source`. */
export interface SelectedSource {
  readonly source: ApplicationSource
  readonly index: number | undefined
  readonly kind: SourceKind
}

/** The sources in Git whose repository is this one; all of them when no repository is given. */
export function selectSources(application: Application, repository: string | undefined): SelectedSource[] {
  return allSources(application).filter(
    ({ source, kind }) =>
      (kind === 'git' || kind === 'hydrated') &&
      (repository === undefined || isSameRepository(source.repoURL, repository)),
  )
}

/** The sources that are charts or artifacts of a registry. */
export function selectPackages(application: Application, repository: string | undefined): SelectedSource[] {
  return allSources(application).filter(
    ({ source, kind }) =>
      (kind === 'helm' || kind === 'oci') &&
      (repository === undefined || isSameRepository(source.repoURL, repository)),
  )
}

/** Every source of an Application; of a source hydrator the one that it is made from. */
export function allSources({ spec }: Application): SelectedSource[] {
  const { source, sources, sourceHydrator } = spec
  // The manifests come from where they are written to; a commit is made where they are written from.
  if (sourceHydrator !== undefined)
    return [{ source: sourceHydrator.drySource, index: undefined, kind: 'hydrated' }]
  if (sources.length > 0) return sources.map((item, index) => ({ source: item, index, kind: kindOf(item) }))
  return source === undefined ? [] : [{ source, index: undefined, kind: kindOf(source) }]
}

function kindOf({ chart, repoURL }: ApplicationSource): SourceKind {
  if (chart !== undefined && chart !== '') return 'helm'
  return repoURL.startsWith('oci://') ? 'oci' : 'git'
}

/** The source as the specification has it now: an Application of another one may move its targetRevision meanwhile. */
export function sourceNow(
  application: Application,
  { source, index, kind }: SelectedSource,
): ApplicationSource {
  const now = allSources(application).find((one) => one.index === index && one.kind === kind)
  return now?.source ?? source
}

/** The revision of a status, a result or an operation, for that source. */
export function revisionOf(
  { revision, revisions }: { revision: string; revisions: readonly string[] },
  { index }: SelectedSource,
): string {
  return index === undefined ? revision : (revisions[index] ?? '')
}

/**
 * The revision that Argo CD last compared with; '' where it has not, or where what stands there is of another source: the
 * list follows the sources of that comparison, which may have been others.
 */
export function syncedRevision(application: Application, selected: SelectedSource): string {
  const { sync } = application.status
  const revision = revisionOf(sync, selected)
  if (selected.kind === 'helm' || selected.kind === 'oci')
    return isCompared(application, selected) ? revision : ''
  return isCommit(revision) && isCompared(application, selected) ? revision : ''
}

function isCompared(application: Application, selected: SelectedSource): boolean {
  const compared = comparedSource(application, selected)
  if (compared === undefined || selected.kind === 'hydrated') return true
  const now = sourceNow(application, selected)
  return compared.repoURL === now.repoURL && compared.path === now.path && compared.chart === now.chart
}

function comparedSource({ status }: Application, { index }: SelectedSource): ApplicationSource | undefined {
  const { source, sources } = status.sync.comparedTo
  return index === undefined ? source : sources[index]
}

/**
 * How the version or digest that Argo CD is at relates to the wanted one. Versions are compared as they are written: which
 * of two charts contains the other nobody can say. What Argo CD is at of an OCI artifact is its digest, also where the
 * source names a tag (argo-cd util/oci/client.go ResolveRevision).
 */
export function relateVersion(
  application: Application,
  selected: SelectedSource,
  wanted: string,
): 'same' | 'older' | 'unknown' {
  const revision = syncedRevision(application, selected)
  if (revision === '') return 'unknown'
  if (revision === wanted) return 'same'
  const isAtTag = selected.kind === 'oci' && sourceNow(application, selected).targetRevision === wanted
  const wasAtTag = comparedSource(application, selected)?.targetRevision === wanted
  return isAtTag && wasAtTag ? 'same' : 'older'
}

/** Whether two spellings name one repository: scheme, user, `.git`, letter case and a trailing slash do not count. */
export function isSameRepository(a: string, b: string): boolean {
  const left = normalize(a)
  const right = normalize(b)
  return left === right || left.endsWith(`/${right}`) || right.endsWith(`/${left}`)
}

/** `https://u@Git.example/Org/Repo.git`, `git@git.example:org/repo` -> `git.example/org/repo`; `Org/Repo` -> `org/repo` */
function normalize(url: string): string {
  return url
    .toLowerCase()
    .replace(/^[a-z+]+:\/\//, '')
    .replace(/^[^@/]+@/, '')
    .replace(/^([^/:]+):(?!\d+\/)/, '$1/')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
}

/** Whether a targetRevision stands for many versions, of which Argo CD takes the highest (github.com/Masterminds/semver constraints). */
export function isRange(targetRevision: string): boolean {
  return /[\s*^~<>=!|,]|(?:^|\.)[xX](?:\.|$)|^v?\d+(?:\.\d+)?$/.test(targetRevision)
}

/** A full commit id. On a manifest error `status.sync.revision` may be a branch name (argo-cd #29575). */
export function isCommit(revision: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(revision)
}
