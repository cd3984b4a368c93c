import { Failure, type World } from '@mlops-actions/diagnostics'
import type { ContentDescriptor } from '@mlops-actions/oci'
import { type Arrivals, copyBlobs } from './copy-blobs.ts'
import { missingBlobs } from './layers.ts'
import { nameOf, type Place } from './place.ts'
import { type CopyPlan, type CopyState, planCopy } from './plan.ts'
import { putManifest } from './put-manifest.ts'
import { readManifest, readManifests, type StoredManifest } from './read-manifests.ts'
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
  const root = await readManifest(world, source, reference)
  const tree = isSameRepository(source, target) ? [] : await readTree(world, source, root, wish)
  const digests = tree.map(({ digest }) => digest)
  const [tagged, stored] = await Promise.all([
    readManifests(world, target, tags),
    readManifests(world, target, digests),
  ])
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
    await putManifest(world, target, root, tag)
    onTag(tag)
  }
  return { arrivals, tagged: plan.tags }
}

const LOOKS = 3
const PAUSE_MS = 500

/**
 * Looks whether every tag names the image.
 * @throws Failure `integrity` where one does not, after a few looks
 */
export async function verifyTags(
  world: World,
  target: Place,
  { digest }: Pick<StoredManifest, 'digest'>,
  tags: readonly string[],
): Promise<void> {
  for (let look = 1; ; look++) {
    const found = await readManifests(world, target, tags)
    const wrong = tags.find((tag) => found.get(tag)?.digest !== digest)
    if (wrong === undefined) return
    if (look === LOOKS) throw mismatch(target, wrong, digest, found.get(wrong)?.digest)
    await world.sleep(PAUSE_MS)
  }
}

/** Of one registry in two names (FIPS, dual-stack) each is another place here: then the layers are found to be there. */
export function isSameRepository(one: Place, other: Place): boolean {
  return one.host === other.host && one.repository.name === other.repository.name
}

function mismatch(place: Place, tag: string, digest: string, seen: string | undefined): Failure {
  return new Failure({
    kind: 'integrity',
    code: 'ECR_DIGEST',
    what: 'The tag does not name the image that was promoted',
    on: `${nameOf(place)}:${tag}`,
    seen: `promoted was ${digest}, and the tag is ${seen ?? 'not there'}`,
    next: 'Does another job move the same tag at the same moment? Let only one at a time do so (`concurrency`)',
  })
}
