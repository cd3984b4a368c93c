import { Failure } from '@mlops-actions/diagnostics'
import { descriptorOfImage, imagesOf } from '@mlops-actions/oci'
import { nameOf } from '../repository.ts'
import type { StoredImage } from '../stored-images.ts'
import type { Place } from './place.ts'
import { readBlob } from './registry.ts'

/**
 * The platforms that an image is for: of an index as it says itself, of a single image as its configuration does.
 * @throws Failure
 */
export async function platformsOf(place: Place, image: StoredImage): Promise<readonly string[]> {
  const { manifest } = image
  if (manifest.kind === 'index') return imagesOf(manifest).flatMap(({ platform }) => platform ?? [])
  const config = await readBlob(place, manifest.config)
  const { platform } = descriptorOfImage(image, config.toString('utf8'))
  return platform === undefined ? [] : [platform]
}

/**
 * @param wanted by their one names
 * @throws Failure `gate` where the image is for none of the wanted platforms' machines
 */
export async function assertPlatforms(
  place: Place,
  root: StoredImage,
  wanted: readonly string[],
): Promise<void> {
  if (wanted.length === 0) return
  const have = await platformsOf(place, root)
  const missing = wanted.filter((want) => !have.includes(want))
  if (missing.length === 0) return
  throw new Failure({
    kind: 'gate',
    code: 'ECR_NO_PLATFORM',
    what: 'The image is not for every platform that is wanted',
    on: `${nameOf(place)}@${root.digest}`,
    seen: `${missing.join(', ')} is missing; it is for ${have.join(', ') || 'no platform that it names'}`,
    next: 'Build it for these platforms as well (`platforms` of ecr-build-push); nothing was copied',
  })
}
