import type { HeadObjectCommandOutput } from '@mlops-actions/aws/s3'

/**
 * How an object in an archive stands.
 * - `listed`: a listing says so, which does not say whether a restored copy is there
 * - `archived`: nobody can read it, and nobody has asked for it
 * - `restoring`: nobody can read it yet
 */
export type Archive = 'listed' | 'archived' | 'restoring'

/** GLACIER_IR is read like any other. Of the tiers of INTELLIGENT_TIERING no listing says which one has an object. */
export function listedArchive(storageClass: string | undefined): 'listed' | undefined {
  return storageClass === 'GLACIER' || storageClass === 'DEEP_ARCHIVE' ? 'listed' : undefined
}

/** Pure: what HEAD says. `Restore` has `ongoing-request="false"` once a copy is there (HeadObject in the API reference). */
export function archiveOf({
  StorageClass,
  ArchiveStatus,
  Restore,
}: Pick<HeadObjectCommandOutput, 'StorageClass' | 'ArchiveStatus' | 'Restore'>): Archive | undefined {
  if (listedArchive(StorageClass) === undefined && ArchiveStatus === undefined) return undefined
  if (Restore?.includes('ongoing-request="false"') === true) return undefined
  return Restore?.includes('ongoing-request="true"') === true ? 'restoring' : 'archived'
}
