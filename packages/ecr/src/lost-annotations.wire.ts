import { fitsPlatform, platformOf } from '@mlops-actions/oci'
import { type AnnotationPlace, type BuildAnnotation, formatPlace } from './build-annotations.ts'

/** A manifest as the registry has it. */
interface Stored {
  readonly digest: string
  readonly text: string
}

/** Whatever can have annotations: a manifest, or what points at one. */
interface Annotated {
  readonly platform: string | undefined
  readonly annotations: Readonly<Record<string, unknown>>
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
  const meant = things.filter((one) => platform === undefined || fitsPlatform(one.platform ?? '', platform))
  return meant.length > 0 && meant.every(({ annotations }) => annotations[key] === value)
}

function thingsAt({ kind }: AnnotationPlace, top: Stored, others: readonly Stored[]): readonly Annotated[] {
  const whole = record(JSON.parse(top.text))
  const { manifests } = whole
  if (!Array.isArray(manifests)) return kind === 'manifest' ? [annotated(whole)] : []
  if (kind === 'index') return [annotated(whole)]
  const images = manifests
    .map(record)
    .filter((one) => record(one['annotations'])['vnd.docker.reference.type'] !== 'attestation-manifest')
  if (kind === 'manifest-descriptor') return images.map(annotated)
  return images.map((image) => {
    const text = others.find(({ digest }) => digest === image['digest'])?.text ?? '{}'
    return { ...annotated(record(JSON.parse(text))), platform: platformOf(image['platform']) }
  })
}

function annotated(thing: Readonly<Record<string, unknown>>): Annotated {
  return { platform: platformOf(thing['platform']), annotations: record(thing['annotations']) }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
