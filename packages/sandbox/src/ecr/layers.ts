import { type JsonRecord, stringsField } from '../registry/json.ts'
import { isDigest } from '../registry/manifest.ts'
import { issueLayerLink } from '../registry/state.ts'
import { type EcrCall, invalid, requireString, useRepository } from './context.ts'
import { EcrError } from './errors.ts'

/** Unknown layers are UNAVAILABLE, malformed digests are failures. */
export function batchCheckLayerAvailability(call: EcrCall): JsonRecord {
  const repository = useRepository(call, 'BatchCheckLayerAvailability')
  const digests = stringsField(call.input, 'layerDigests')
  if (!digests || digests.length < 1 || digests.length > 100)
    throw invalid('layerDigests', 'Member must have length between 1 and 100')
  const layers = digests.filter(isDigest).map((layerDigest) => {
    const blob = repository.blobs.get(layerDigest)
    if (!blob) return { layerDigest, layerAvailability: 'UNAVAILABLE' }
    return { layerDigest, layerAvailability: 'AVAILABLE', layerSize: blob.length }
  })
  const failures = digests
    .filter((digest) => !isDigest(digest))
    .map((layerDigest) => ({
      layerDigest,
      failureCode: 'InvalidLayerDigest',
      failureReason: 'Invalid layer digest format',
    }))
  return { layers, failures }
}

export function getDownloadUrlForLayer(call: EcrCall): JsonRecord {
  const repository = useRepository(call, 'GetDownloadUrlForLayer')
  const layerDigest = requireString(call.input, 'layerDigest')
  if (!repository.blobs.has(layerDigest)) {
    throw new EcrError(
      'LayersNotFoundException',
      `The layer with digest '${layerDigest}' does not exist in the repository with name '${repository.name}' in the registry with id '${call.registry.accountId}'`,
    )
  }
  return {
    layerDigest,
    downloadUrl: call.layersUrl + issueLayerLink(call.registry, repository.name, layerDigest, call.now),
  }
}
