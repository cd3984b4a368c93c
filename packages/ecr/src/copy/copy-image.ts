import type { World } from '@mlops-actions/diagnostics'
import type { ContentDescriptor } from '@mlops-actions/oci'
import { missingRepository } from '../image-failures.ts'
import { putManifest } from '../put-image.ts'
import { findImages, requireImage } from '../stored-images.ts'
import { type Arrivals, copyBlobs } from './copy-blobs.ts'
import { missingBlobs } from './layers.ts'
import type { Place } from './place.ts'
import { type CopyPlan, type CopyState, planCopy } from './plan.ts'
import { readTree } from './tree.ts'

export interface CopyWish {
  readonly source: Place
  readonly target: Place
  /** Tag or digest of the source. */
  readonly reference: string
  readonly tags: readonly string[]
  readonly referrers: boolean
}

/** What a copy will do, and what it has found. */
export interface PreparedCopy extends CopyState {
  readonly wish: CopyWish
  readonly plan: CopyPlan
  /** Of the blobs of the plan, those that the target lacks. */
  readonly missing: readonly ContentDescriptor[]
}

/** Looks at both ends and changes nothing. A tag is resolved here, once: from now on the digest is what counts. */
export async function prepareCopy(world: World, wish: CopyWish): Promise<PreparedCopy> {
  const { source, target, reference, tags } = wish
  const root = await requireImage(world, source, reference)
  const tree = isSameRepository(source, target) ? [] : await readTree(world, source, root, wish)
  const digests = tree.map(({ digest }) => digest)
  const [tagged, stored] = await Promise.all([
    findImages(world, target, tags),
    findImages(world, target, digests),
  ])
  if (tagged === undefined || stored === undefined) throw missingRepository(target)
  const before = new Map([...tagged].map(([tag, { digest }]) => [tag, digest]))
  const state = { root, tree, there: new Set(stored.keys()), before }
  const plan = planCopy(state, tags)
  return { ...state, wish, plan, missing: await missingBlobs(world, target, plan.blobs) }
}

/** What a copy did. */
export interface CopyResult {
  readonly arrivals: Arrivals
  /** Tags that were set, in order. */
  readonly tagged: readonly string[]
}

export interface CopyListener {
  readonly onBytes: (count: number) => void
  /** A tag names the image now. */
  readonly onTag: (tag: string) => void
}

/** Copies what is missing: blobs, then manifests, then tags, so that no tag ever names half an image. */
export async function applyCopy(
  world: World,
  { wish, plan, missing, root }: PreparedCopy,
  { onBytes, onTag }: CopyListener,
): Promise<CopyResult> {
  const { source, target } = wish
  const arrivals = await copyBlobs(world, { source, target, blobs: missing, onBytes })
  for (const manifest of plan.manifests) await putManifest(world, target, manifest)
  for (const tag of plan.tags) {
    await putManifest(world, target, root, { tag, ours: 'promoted is' })
    onTag(tag)
  }
  return { arrivals, tagged: plan.tags }
}

/** Of one registry in two names (FIPS, dual-stack) each is another place here: then the layers are found to be there. */
export function isSameRepository(one: Place, other: Place): boolean {
  return one.host === other.host && one.repository.name === other.repository.name
}
