import { createHash } from 'node:crypto'
import { Failure } from '@mlops-actions/diagnostics'
import type { ContentDescriptor } from '@mlops-actions/oci'
import type { ManifestText } from '../stored-images.ts'

/** An image of one platform. */
export interface MergedImage extends ContentDescriptor {
  readonly platform: string
  /** Of Windows with its version, of which an index may have several: `windows/amd64 (10.0.20348.1)`. */
  readonly label: string
}

/** An index that does not exist yet, and the images that it will be made of. */
export interface MergedIndex extends ManifestText {
  /** By platform, in order. */
  readonly images: readonly MergedImage[]
  readonly attestations: readonly ContentDescriptor[]
  /** Entries of the given indexes that belong to none of the images, and are left out. */
  readonly strays: readonly ContentDescriptor[]
}

const WHAT = 'Cannot make one image of these digests'
const OCI_INDEX = 'application/vnd.oci.image.index.v1+json'
const DOCKER_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json'

/**
 * One index of these entries: images in the order of their platforms, then their attestations. The same entries in any
 * order give the same bytes. Pure.
 * @param on the repository, for failures
 * @param wanted platforms by their one names that must be there, and no others; none given: whatever there is
 * @throws Failure `config` for two images of one platform, media types of both families, and platforms that are wanted or not
 */
export function mergeIndex(
  entries: readonly ContentDescriptor[],
  on: string,
  wanted: readonly string[] = [],
): MergedIndex {
  const unique = [...new Map(entries.map((entry) => [entry.digest, entry])).values()]
  const images = unique.flatMap(asImage).toSorted((one, other) => compare(one.label, other.label))
  assertDistinct(images, on)
  assertWanted(images, on, wanted)
  const order = images.map(({ digest }) => digest)
  const others = unique.filter(({ platform }) => platform === undefined)
  const attestations = others
    .filter((entry) => order.includes(attestedBy(entry)))
    .toSorted((one, other) => compare(sortKey(one, order), sortKey(other, order)))
  const strays = others.filter((entry) => !attestations.includes(entry))
  const mediaType = typeOf([...images, ...attestations], on)
  const manifests = [...images, ...attestations].map(({ json }) => json)
  const text = JSON.stringify({ schemaVersion: 2, mediaType, manifests })
  const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`
  return { digest, mediaType, text, images, attestations, strays }
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

function assertDistinct(images: MergedIndex['images'], on: string): void {
  const at = images.findIndex(({ label }, index) => label === images[index + 1]?.label)
  const [one, other] = [images[at], images[at + 1]]
  if (one === undefined || other === undefined) return
  throw refused(on, 'MERGE_PLATFORM_TWICE', {
    seen: `two of them are for ${one.label}: ${one.digest} and ${other.digest}`,
    next: 'Give one digest for each platform; are there files of an earlier run in the folder, or does the matrix build a platform twice?',
  })
}

/** Versions of Windows are all of one platform. */
function assertWanted(images: MergedIndex['images'], on: string, wanted: readonly string[]): void {
  if (wanted.length === 0) return
  const have = images.map(({ platform }) => platform)
  const missing = wanted.filter((name) => !have.includes(name))
  const more = have.filter((name) => !wanted.includes(name))
  if (missing.length === 0 && more.length === 0) return
  throw refused(on, 'MERGE_PLATFORMS', {
    seen: [
      ...(missing.length === 0 ? [] : [`none of them is for ${missing.join(', ')}`]),
      ...(more.length === 0 ? [] : [`${more.join(', ')} is not among \`platforms\``]),
    ].join(', and '),
    next: 'Look whether every job of the matrix has run and handed on its digest, or correct `platforms`',
  })
}

function typeOf(entries: readonly ContentDescriptor[], on: string): string {
  const docker = entries.find(({ mediaType }) => isDocker(mediaType))
  const oci = entries.find(({ mediaType }) => !isDocker(mediaType))
  if (docker === undefined || oci === undefined) return docker === undefined ? OCI_INDEX : DOCKER_LIST
  throw refused(on, 'MERGE_MIXED', {
    seen: `${docker.digest} is of Docker's media types and ${oci.digest} of OCI's`,
    next: 'Build all of them with the same kind of builder, such as that of docker/setup-buildx-action: the image store of an older Docker engine makes Docker’s media types',
  })
}

function isDocker(mediaType: string): boolean {
  return mediaType.startsWith('application/vnd.docker.')
}

/** A failure of digests that make no image. */
export function refused(
  on: string,
  code: string,
  { seen, next }: { readonly seen: string; readonly next: string },
): Failure {
  return new Failure({ kind: 'config', code, what: WHAT, on, seen, next })
}
