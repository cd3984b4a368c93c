import {
  type Application,
  type LiveState,
  relateVersion,
  revisionOf,
  type SelectedSource,
} from '@mlops-actions/argocd'
import type { Ancestry } from './ancestry.ts'

type Place = Pick<LiveState, 'relation' | 'hydrated' | 'proposal'>

/** Where Argo CD is, seen from the wanted revision: by Git, or by name where a revision is none of Git. */
export async function relateTo(
  application: Application,
  ancestry: Ancestry,
  { source, revision }: { readonly source: SelectedSource; readonly revision: string },
): Promise<Place> {
  if (source.kind === 'helm' || source.kind === 'oci') {
    const relation = relateVersion(application, source, revision)
    return { relation, hydrated: 'same', proposal: undefined }
  }
  const place = source.kind === 'hydrated' ? await relateHydrated(application, ancestry) : undefined
  const relation = place?.relation ?? (await ancestry.relate(revisionOf(application.status.sync, source)))
  const proposal = relation === 'diverged' ? await ancestry.proposal() : undefined
  return { relation, hydrated: place?.hydrated ?? 'same', proposal }
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
