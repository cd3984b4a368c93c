import { createHash } from 'node:crypto'
import type { Annotations, ContentDescriptor } from '@mlops-actions/oci'
import type { ManifestText } from '../stored-images.ts'
import { assertAnnotatable, assertDistinct, assertWanted, type MergedImage, typeOf } from './merge-rules.ts'

/** An index that does not exist yet, and the images that it will be made of. */
export interface MergedIndex extends ManifestText {
  /** By platform, in order. */
  readonly images: readonly MergedImage[]
  readonly attestations: readonly ContentDescriptor[]
  /** Entries of the given indexes that belong to none of the images, and are left out. */
  readonly strays: readonly ContentDescriptor[]
  readonly annotations: Annotations
}

/** What an index is to be. */
export interface IndexWish {
  /** By their one names: these must be there, and no others. None: whatever there is. */
  readonly platforms?: readonly string[]
  readonly annotations?: ReadonlyMap<string, string>
}

/**
 * One index of these entries: images in the order of their platforms, then their attestations. The same entries in any
 * order give the same bytes. Pure.
 * @param on the repository, for failures
 * @throws Failure `config` for two images of one platform, media types of both families, platforms that
 *   are wanted or not, and annotations that its media type has no place for
 */
export function mergeIndex(
  entries: readonly ContentDescriptor[],
  on: string,
  { platforms = [], annotations: wanted = new Map() }: IndexWish = {},
): MergedIndex {
  const unique = [...new Map(entries.map((entry) => [entry.digest, entry])).values()]
  const images = unique.flatMap(asImage).toSorted((one, other) => compare(one.label, other.label))
  assertDistinct(images, on)
  assertWanted(images, on, platforms)
  const order = images.map(({ digest }) => digest)
  const others = unique.filter(({ platform }) => platform === undefined)
  const attestations = others
    .filter((entry) => order.includes(attestedBy(entry)))
    .toSorted((one, other) => compare(sortKey(one, order), sortKey(other, order)))
  const strays = others.filter((entry) => !attestations.includes(entry))
  const mediaType = typeOf([...images, ...attestations], on)
  const manifests = [...images, ...attestations].map(({ json }) => json)
  if (wanted.size > 0) assertAnnotatable(images, on)
  const annotations = Object.fromEntries([...wanted].toSorted(([one], [other]) => compare(one, other)))
  const index = { schemaVersion: 2, mediaType, manifests }
  const text = JSON.stringify(wanted.size === 0 ? index : { ...index, annotations })
  const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`
  return { digest, mediaType, text, images, attestations, strays, annotations }
}

function asImage(entry: ContentDescriptor): MergedImage[] {
  const { platform, osVersion } = entry
  if (platform === undefined) return []
  return [{ ...entry, platform, label: osVersion === undefined ? platform : `${platform} (${osVersion})` }]
}

/** Digest of the image that an entry attests. */
function attestedBy({ isAttestation, annotations }: ContentDescriptor): string {
  return isAttestation ? (annotations['vnd.docker.reference.digest'] ?? '') : ''
}

function sortKey(entry: ContentDescriptor, order: readonly string[]): string {
  return `${String(order.indexOf(attestedBy(entry))).padStart(6, '0')} ${entry.digest}`
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}
