import { blobsOf, type ContentDescriptor } from '@mlops-actions/oci'
import { tagsToPut } from '../put-image.ts'
import type { StoredImage } from '../stored-images.ts'

/** What stands where, before anything is done. */
export interface CopyState {
  readonly root: StoredImage
  /** Everything that belongs to the image, in the order in which a registry takes it; empty within one repository. */
  readonly tree: readonly StoredImage[]
  /** Digests of the manifests that the target has. A registry removes no part of what it has. */
  readonly there: ReadonlySet<string>
  /** Digests by tag, of the tags that the target has. */
  readonly before: ReadonlyMap<string, string>
}

/** What has to be done, in this order. */
export interface CopyPlan {
  /** Of these the target may have some: it is asked when they are copied. */
  readonly blobs: readonly ContentDescriptor[]
  readonly manifests: readonly StoredImage[]
  readonly tags: readonly string[]
}

/** Decides what a copy has to do. Pure. */
export function planCopy({ root, tree, there, before }: CopyState, tags: readonly string[]): CopyPlan {
  const manifests = tree.filter(({ digest }) => !there.has(digest))
  return {
    blobs: blobsOfTree({ tree: manifests }),
    manifests,
    tags: tagsToPut(tags, root.digest, before),
  }
}

/** The blobs of all these manifests, each once. */
export function blobsOfTree({ tree }: Pick<CopyState, 'tree'>): readonly ContentDescriptor[] {
  const blobs = tree.flatMap(({ manifest }) => blobsOf(manifest))
  return [...new Map(blobs.map((blob) => [blob.digest, blob])).values()]
}
