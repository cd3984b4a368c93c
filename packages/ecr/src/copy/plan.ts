import { blobsOf, type ContentDescriptor } from '@mlops-actions/oci'
import type { StoredManifest } from './read-manifests.ts'

/** What stands where, before anything is done. */
export interface CopyState {
  readonly root: StoredManifest
  /** Everything that belongs to the image, in the order in which a registry takes it; empty within one repository. */
  readonly tree: readonly StoredManifest[]
  /** Digests of the manifests that the target has. A registry removes no part of what it has. */
  readonly there: ReadonlySet<string>
  /** Digests by tag, of the tags that the target has. */
  readonly before: ReadonlyMap<string, string>
}

/** What has to be done, in this order. */
export interface CopyPlan {
  /** Of these the target may have some: it is asked when they are copied. */
  readonly blobs: readonly ContentDescriptor[]
  readonly manifests: readonly StoredManifest[]
  readonly tags: readonly string[]
}

/** Decides what a copy has to do. Pure. */
export function planCopy({ root, tree, there, before }: CopyState, tags: readonly string[]): CopyPlan {
  const manifests = tree.filter(({ digest }) => !there.has(digest))
  const blobs = manifests.flatMap(({ manifest }) => blobsOf(manifest))
  return {
    blobs: [...new Map(blobs.map((blob) => [blob.digest, blob])).values()],
    manifests,
    tags: tags.filter((tag) => before.get(tag) !== root.digest),
  }
}
