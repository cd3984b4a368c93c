import type { World } from '@mlops-actions/diagnostics'
import { missingImage } from '../copy/missing.ts'
import { nameOf, type Place } from '../copy/place.ts'
import { readManifests, type StoredManifest } from '../copy/read-manifests.ts'
import { readBlob } from '../copy/registry.ts'
import { entriesOf, entryOfImage, type IndexEntry } from './entries.wire.ts'
import { refused } from './merge-index.ts'

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
): Promise<readonly IndexEntry[]> {
  const given = await readAll(call, place, digests)
  const entries = await Promise.all(given.map((manifest) => open(call, place, manifest)))
  return entries.flat()
}

async function open(
  call: Pick<World, 'signal'>,
  place: Place,
  stored: StoredManifest,
): Promise<readonly IndexEntry[]> {
  if (stored.manifest.kind === 'image') return [await openImage(place, stored)]
  const entries = entriesOf(stored.text)
  const parts = await readAll(
    call,
    place,
    entries.map(({ digest }) => digest),
  )
  const nested = parts.find(({ manifest }) => manifest.kind === 'index')
  if (nested !== undefined)
    throw refused(`${nameOf(place)}@${stored.digest}`, 'MERGE_NESTED', {
      seen: `it is an index whose part ${nested.digest} is an index itself`,
      next: 'Give the digests of its parts',
    })
  return entries
}

async function openImage(place: Place, stored: StoredManifest): Promise<IndexEntry> {
  const { manifest } = stored
  const isImage = manifest.kind === 'image' && CONFIGS.includes(manifest.config.mediaType)
  const config = isImage ? (await readBlob(place, manifest.config)).toString('utf8') : ''
  const entry = entryOfImage(stored, config)
  if (entry.platform !== undefined) return entry
  throw refused(`${nameOf(place)}@${stored.digest}`, 'MERGE_NO_IMAGE', {
    seen: 'it is for no platform: an attestation, a signature or another artifact, and no image',
    next: 'Give the output `digest` of the step that built the image; what belongs to it comes along',
  })
}

async function readAll(
  call: Pick<World, 'signal'>,
  place: Place,
  digests: readonly string[],
): Promise<readonly StoredManifest[]> {
  const found = await readManifests(call, place, digests)
  return digests.map((digest) => {
    const manifest = found.get(digest)
    if (manifest === undefined) throw missingImage(place, digest)
    return manifest
  })
}
