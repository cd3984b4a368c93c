import { Failure } from '@mlops-actions/diagnostics'
import type { ContentDescriptor } from '@mlops-actions/oci'

/** An image of one platform. */
export interface MergedImage extends ContentDescriptor {
  readonly platform: string
  /** Of Windows with its version, of which an index may have several: `windows/amd64 (10.0.20348.1)`. */
  readonly label: string
}

const WHAT = 'Cannot make one image of these digests'
const OCI_INDEX = 'application/vnd.oci.image.index.v1+json'
const DOCKER_LIST = 'application/vnd.docker.distribution.manifest.list.v2+json'

/** @throws Failure for two images of one platform */
export function assertDistinct(images: readonly MergedImage[], on: string): void {
  const at = images.findIndex(({ label }, index) => label === images[index + 1]?.label)
  const [one, other] = [images[at], images[at + 1]]
  if (one === undefined || other === undefined) return
  throw refused(on, 'MERGE_PLATFORM_TWICE', {
    seen: `two of them are for ${one.label}: ${one.digest} and ${other.digest}`,
    next: 'Give one digest for each platform; are there files of an earlier run in the folder, or does the matrix build a platform twice?',
  })
}

/** Versions of Windows are all of one platform. @throws Failure for platforms that are missing, and for others */
export function assertWanted(images: readonly MergedImage[], on: string, wanted: readonly string[]): void {
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

/** The media type of an index of these. @throws Failure where they are of both families */
export function typeOf(entries: readonly ContentDescriptor[], on: string): string {
  const docker = entries.find(({ mediaType }) => isDocker(mediaType))
  const oci = entries.find(({ mediaType }) => !isDocker(mediaType))
  if (docker === undefined || oci === undefined) return docker === undefined ? OCI_INDEX : DOCKER_LIST
  throw refused(on, 'MERGE_MIXED', {
    seen: `${docker.digest} is of Docker's media types and ${oci.digest} of OCI's`,
    next: 'Build all of them with the same kind of builder, such as that of docker/setup-buildx-action: the image store of an older Docker engine makes Docker’s media types',
  })
}

/** @throws Failure where the index is Docker's list, which has no place for annotations */
export function assertAnnotatable(entries: readonly ContentDescriptor[], on: string): void {
  const docker = entries.find(({ mediaType }) => isDocker(mediaType))
  if (docker === undefined) return
  throw refused(on, 'MERGE_ANNOTATIONS', {
    seen: `${docker.digest} is of Docker's media types, and their manifest list has no annotations`,
    next: 'Give the steps that build the images `outputs: type=image,oci-mediatypes=true`, or leave the input `annotations` away',
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
