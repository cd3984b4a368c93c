import { BatchCheckLayerAvailabilityCommand } from '@mlops-actions/aws/ecr'
import type { World } from '@mlops-actions/diagnostics'
import type { ContentDescriptor } from '@mlops-actions/oci'
import { callEcr } from '../api.ts'
import { archived, missingRepository } from '../image-failures.ts'
import { identity, nameOf } from '../repository.ts'
import type { Place } from './place.ts'

/** What BatchCheckLayerAvailability takes at once. */
const MOST_LAYERS = 100

/**
 * The blobs that the repository does not have.
 * @throws Failure `policy` where one is in the archive, `not-found` without the repository, and what AWS refused
 */
export async function missingBlobs(
  call: Pick<World, 'signal'>,
  place: Place,
  blobs: readonly ContentDescriptor[],
): Promise<readonly ContentDescriptor[]> {
  const there = new Set<string>()
  for (let at = 0; at < blobs.length; at += MOST_LAYERS) {
    const digests = blobs.slice(at, at + MOST_LAYERS).map(({ digest }) => digest)
    for (const digest of await available(call, place, digests)) there.add(digest)
  }
  return blobs.filter(({ digest }) => !there.has(digest))
}

async function available(
  call: Pick<World, 'signal'>,
  place: Place,
  layerDigests: string[],
): Promise<readonly string[]> {
  const { ecr, repository } = place
  const command = new BatchCheckLayerAvailabilityCommand({
    ...identity(repository),
    layerDigests,
  })
  const asked = {
    what: 'Cannot ask which layers are there',
    on: nameOf(place),
    action: 'ecr:BatchCheckLayerAvailability',
  }
  const { layers = [] } = await callEcr(call, ecr, asked, (abortSignal) =>
    ecr.client.send(command, { abortSignal }).catch((cause: unknown) => {
      throw cause instanceof Error && cause.name === 'RepositoryNotFoundException'
        ? missingRepository(place)
        : cause
    }),
  )
  const inArchive = layers.find(({ layerAvailability }) => layerAvailability === 'ARCHIVED')
  if (inArchive !== undefined) throw archived(place, `the layer ${inArchive.layerDigest}`)
  return layers.flatMap(({ layerDigest, layerAvailability }) =>
    layerDigest !== undefined && layerAvailability === 'AVAILABLE' ? [layerDigest] : [],
  )
}
