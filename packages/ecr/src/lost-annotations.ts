import { type Annotations, imagesOf, type OciManifest } from '@mlops-actions/oci'
import { type AnnotationPlace, type BuildAnnotation, formatPlace } from './build-annotations.ts'

/** A manifest as the registry has it. */
interface Stored {
  readonly digest: string
  readonly manifest: OciManifest
}

/** Whatever can have annotations: a manifest, or what points at one. */
interface Annotated {
  readonly platform?: string | undefined
  readonly annotations: Annotations
}

/**
 * Annotations that were asked for and are not in the registry, as `index:key`. A builder may leave them out without a
 * word. Attestations are no images, and have none.
 * @param top the image, or the index
 * @param others the images of the index
 */
export function lostAnnotations(
  wanted: readonly BuildAnnotation[],
  top: Stored,
  others: readonly Stored[],
): readonly string[] {
  const everywhere: readonly AnnotationPlace[] = [{ kind: 'manifest', platform: undefined }]
  return wanted.flatMap(({ places, key, value }) =>
    (places.length === 0 ? everywhere : places)
      .filter((place) => !isKept(place, key, value, thingsAt(place, top, others)))
      .map((place) => `${formatPlace(place)}:${key}`),
  )
}

function isKept(
  { platform }: AnnotationPlace,
  key: string,
  value: string,
  things: readonly Annotated[],
): boolean {
  const meant = things.filter((one) => platform === undefined || one.platform === platform)
  return meant.length > 0 && meant.every(({ annotations }) => annotations[key] === value)
}

function thingsAt(
  { kind }: AnnotationPlace,
  { manifest }: Stored,
  others: readonly Stored[],
): readonly Annotated[] {
  if (manifest.kind === 'image') return kind === 'manifest' ? [{ annotations: manifest.annotations }] : []
  if (kind === 'index') return [{ annotations: manifest.annotations }]
  const images = imagesOf(manifest)
  if (kind === 'manifest-descriptor') return images
  return images.map(({ digest, platform }) => {
    const found = others.find((one) => one.digest === digest)
    return { platform, annotations: found?.manifest.annotations ?? {} }
  })
}
