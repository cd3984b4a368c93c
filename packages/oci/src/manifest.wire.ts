import { Expected } from '@mlops-actions/text'
import {
  type Annotations,
  annotationsOf,
  type ContentDescriptor,
  parseDescriptor,
  record,
  tryJson,
} from './descriptor.wire.ts'

/** What is stored under a digest or tag: an image or another artifact, or an index of them. */
export type OciManifest =
  | {
      readonly kind: 'image'
      readonly mediaType: string
      readonly config: ContentDescriptor
      readonly layers: readonly ContentDescriptor[]
      readonly annotations: Annotations
    }
  | {
      readonly kind: 'index'
      readonly mediaType: string
      readonly annotations: Annotations
      readonly manifests: readonly ContentDescriptor[]
    }

/** Every media type of a manifest that clients and registries of today write; Docker's are the older twins of OCI's. */
export const MANIFEST_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
] as const

const WANT = 'the manifest of an image or an index, with schemaVersion 2'

/**
 * Reads a manifest (OCI image-spec manifest.md and image-index.md). What it is, its own fields say: the media type that
 * a registry gives can be wrong or missing.
 * @param givenType media type as the registry says it; manifests of OCI need not name one themselves
 * @throws Expected for anything else, a manifest of Docker's schema 1 included
 */
export function parseOciManifest(text: string, givenType: string): OciManifest {
  const manifest = record(parseJson(text))
  if (manifest['schemaVersion'] !== 2) throw new Expected(WANT)
  const mediaType = typeof manifest['mediaType'] === 'string' ? manifest['mediaType'] : givenType
  const annotations = annotationsOf(manifest['annotations'])
  if (Array.isArray(manifest['manifests']))
    return { kind: 'index', mediaType, annotations, manifests: manifest['manifests'].map(parseDescriptor) }
  const { layers = [] } = manifest
  if (!Array.isArray(layers)) throw new Expected(WANT)
  return {
    kind: 'image',
    mediaType,
    annotations,
    config: parseDescriptor(manifest['config']),
    layers: layers.map(parseDescriptor),
  }
}

/** The blobs that a registry must hold before it takes this manifest, each once. */
export function blobsOf(manifest: OciManifest): readonly ContentDescriptor[] {
  if (manifest.kind === 'index') return []
  const blobs = [manifest.config, ...manifest.layers].filter(({ isForeign }) => !isForeign)
  return [...new Map(blobs.map((blob) => [blob.digest, blob])).values()]
}

/** The images of an index, without attestations, which are none; nothing of an image. */
export function imagesOf(manifest: OciManifest): readonly ContentDescriptor[] {
  return manifest.kind === 'index' ? manifest.manifests.filter((one) => !one.isAttestation) : []
}

/** Bytes that a pull of an image fetches: configuration and layers, as they are stored. */
export function imageSize(manifest: OciManifest): number {
  if (manifest.kind === 'index') return 0
  return [manifest.config, ...manifest.layers].reduce((sum, { size }) => sum + size, 0)
}

function parseJson(text: string): unknown {
  const value = tryJson(text)
  if (value === undefined) throw new Expected(WANT)
  return value
}
