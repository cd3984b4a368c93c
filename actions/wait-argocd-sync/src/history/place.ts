import {
  type Application,
  type LiveState,
  relateVersion,
  revisionOf,
  type SelectedSource,
} from '@mlops-actions/argocd'
import { ANY_REVISION, type Ancestry } from './ancestry.ts'

type Place = Pick<LiveState, 'relation' | 'hydrated' | 'proposal'>

/** Where Argo CD is, seen from the wanted revision: by Git, or by name where a revision is none of Git. */
export async function relateTo(
  application: Application,
  ancestry: Ancestry,
  { source, revision }: { readonly source: SelectedSource; readonly revision: string },
): Promise<Place> {
  if (ancestry === ANY_REVISION) {
    const relation = isComparedWithNow(application) ? 'same' : 'older'
    return { relation, hydrated: 'same', proposal: undefined }
  }
  if (source.kind === 'helm' || source.kind === 'oci') {
    const relation = relateVersion(application, source, revision)
    return { relation, hydrated: 'same', proposal: undefined }
  }
  const place = source.kind === 'hydrated' ? await relateHydrated(application, ancestry) : undefined
  const relation = place?.relation ?? (await ancestry.relate(revisionOf(application.status.sync, source)))
  const proposal = relation === 'diverged' ? await ancestry.proposal() : undefined
  return { relation, hydrated: place?.hydrated ?? 'same', proposal }
}

type Source = Application['spec']['source']

/**
 * Whether what Argo CD says is of what the sources name now: after an app of apps has moved the version of a chart its child
 * is Synced and Healthy at the old one, until it is compared anew.
 */
function isComparedWithNow({ spec, status }: Application): boolean {
  // Of a source hydrator the manifests are compared with what it wrote, wherever that is.
  if (spec.sourceHydrator !== undefined) return true
  const listOf = (of: Pick<Application['spec'], 'source' | 'sources'>) =>
    of.sources.length > 0 ? of.sources : [of.source]
  const [now, compared] = [listOf(spec), listOf(status.sync.comparedTo)]
  return now.length === compared.length && now.every((one, at) => isSame(one, compared[at]))
}

function isSame(one: Source, other: Source): boolean {
  if (one === undefined || other === undefined) return one === other
  const { repoURL, path, chart, targetRevision } = one
  return (
    repoURL === other.repoURL &&
    path === other.path &&
    chart === other.chart &&
    targetRevision === other.targetRevision
  )
}

/** The wanted commit by the one that manifests were written from; then what was written by what is synced. */
async function relateHydrated(
  application: Application,
  ancestry: Ancestry,
): Promise<Pick<Place, 'relation' | 'hydrated'>> {
  const { spec, status } = application
  const { drySHA = '', hydratedSHA = '' } = status.sourceHydrator?.currentOperation ?? {}
  const relation = await ancestry.relate(drySHA)
  const branch = spec.sourceHydrator?.syncSource.targetBranch ?? ''
  const current = status.sync.revision
  if (hydratedSHA === '') return { relation, hydrated: 'unknown' }
  return { relation, hydrated: await ancestry.relateWritten(hydratedSHA, branch, current) }
}
