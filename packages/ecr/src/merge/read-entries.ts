import type { World } from '@mlops-actions/diagnostics'
import { type ContentDescriptor, descriptorOfImage } from '@mlops-actions/oci'
import type { Place } from '../copy/place.ts'
import { readBlob } from '../copy/registry.ts'
import { nameOf } from '../repository.ts'
import { requireImages, type StoredImage } from '../stored-images.ts'
import { refused } from './merge-rules.ts'

const CONFIGS = ['application/vnd.oci.image.config.v1+json', 'application/vnd.docker.container.image.v1+json']

/**
 * The entries of an index that is to be made of these digests. An image is one entry; an index gives those that it has.
 * Everything that is named is in the repository, or this throws.
 * @throws Failure `not-found` for a digest that is not there, `config` for what is no image
 */
export async function readEntries(
  call: Pick<World, 'signal'>,
  place: Place,
  digests: readonly string[],
): Promise<readonly ContentDescriptor[]> {
  const given = await requireImages(call, place, digests)
  const entries = await Promise.all(given.map((manifest) => open(call, place, manifest)))
  return entries.flat()
}

async function open(
  call: Pick<World, 'signal'>,
  place: Place,
  { digest, mediaType, text, manifest }: StoredImage,
): Promise<readonly ContentDescriptor[]> {
  if (manifest.kind === 'image') {
    const isImage = CONFIGS.includes(manifest.config.mediaType)
    const config = isImage ? (await readBlob(place, manifest.config)).toString('utf8') : ''
    const entry = descriptorOfImage({ digest, mediaType, text }, config)
    if (entry.platform === undefined) throw noImage(`${nameOf(place)}@${digest}`)
    return [entry]
  }
  const parts = await requireImages(
    call,
    place,
    manifest.manifests.map((part) => part.digest),
  )
  const nested = parts.find((part) => part.manifest.kind === 'index')
  if (nested === undefined) return manifest.manifests
  throw refused(`${nameOf(place)}@${digest}`, 'MERGE_NESTED', {
    seen: `it is an index whose part ${nested.digest} is an index itself`,
    next: 'Give the digests of its parts',
  })
}

function noImage(on: string) {
  return refused(on, 'MERGE_NO_IMAGE', {
    seen: 'it is for no platform: an attestation, a signature or another artifact, and no image',
    next: 'Give the output `digest` of the step that built the image; what belongs to it comes along',
  })
}
