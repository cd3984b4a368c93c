import { Failure } from '@mlops-actions/diagnostics'
import { fitsPlatform, platformOf } from '@mlops-actions/oci'
import { nameOf, type Place } from './place.ts'
import type { StoredManifest } from './read-manifests.ts'
import { readBlob } from './registry.ts'

/**
 * The platforms that an image is for: of an index as it says itself, of a single image as its configuration does.
 * @throws Failure
 */
export async function platformsOf(place: Place, { manifest }: StoredManifest): Promise<readonly string[]> {
  if (manifest.kind === 'index')
    return manifest.manifests.flatMap(({ platform, isAttestation }) =>
      isAttestation ? [] : (platform ?? []),
    )
  const platform = platformOf(parseConfig(await readBlob(place, manifest.config)))
  return platform === undefined ? [] : [platform]
}

/** @throws Failure `gate` where the image is for none of the wanted platforms' machines */
export async function assertPlatforms(
  place: Place,
  root: StoredManifest,
  wanted: readonly string[],
): Promise<void> {
  if (wanted.length === 0) return
  const have = await platformsOf(place, root)
  const missing = wanted.filter((want) => !have.some((one) => fitsPlatform(one, want)))
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

/** What is no JSON names no platform. */
function parseConfig(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}
