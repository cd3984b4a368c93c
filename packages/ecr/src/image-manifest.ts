import { Failure } from '@mlops-actions/diagnostics'
import { type ContentDescriptor, parseOciManifest } from '@mlops-actions/oci'

/** An image, or the list of images of an index. */
export interface ImageManifest {
  /** Absent in an index. */
  readonly config: ContentDescriptor | undefined
  readonly layers: readonly ContentDescriptor[]
  /** Images of an index, without attestations, which are no images. */
  readonly children: readonly ContentDescriptor[]
  /** Everything that an index names, attestations too: ECR takes it only where all of them are there. */
  readonly parts: readonly ContentDescriptor[]
}

/** Bytes that a pull fetches: configuration and layers, as they are stored. */
export function imageSize({ config, layers }: ImageManifest): number {
  return [...(config === undefined ? [] : [config]), ...layers].reduce((sum, { size }) => sum + size, 0)
}

/** @throws Failure `upstream` for text that is no manifest */
export function parseManifest(text: string, on: string): ImageManifest {
  try {
    const manifest = parseOciManifest(text, '')
    if (manifest.kind === 'image')
      return { config: manifest.config, layers: manifest.layers, children: [], parts: [] }
    const { manifests: parts } = manifest
    return { config: undefined, layers: [], children: parts.filter((part) => !part.isAttestation), parts }
  } catch (cause) {
    throw noManifest(on, cause)
  }
}

function noManifest(on: string, cause: unknown): Failure {
  return new Failure({
    kind: 'upstream',
    code: 'ECR_MANIFEST',
    what: 'Cannot read the image in the registry',
    on,
    seen: 'its manifest is neither that of an image nor that of an index',
    next: 'Look at the image with `docker buildx imagetools inspect`; is another kind of artifact stored under this tag?',
    cause,
  })
}
