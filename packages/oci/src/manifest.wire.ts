import { Expected } from '@mlops-actions/text'
import { parseDigest } from './digest.ts'

/** What points at a blob or at another manifest (OCI image-spec descriptor.md). */
export interface ContentDescriptor {
  readonly mediaType: string
  /** `sha256:…` */
  readonly digest: string
  /** Bytes, as they are stored. */
  readonly size: number
  /** `linux/arm64/v8`; only of the images of an index. */
  readonly platform: string | undefined
  /** Whether it is BuildKit's attestation of an image of the same index (moby/buildkit docs/attestations/attestation-storage.md). */
  readonly isAttestation: boolean
  /** Whether the content is somewhere else, and registries need not hold it. */
  readonly isForeign: boolean
}

/** What is stored under a digest or tag: an image or another artifact, or an index of them. */
export type OciManifest =
  | {
      readonly kind: 'image'
      readonly mediaType: string
      readonly config: ContentDescriptor
      readonly layers: readonly ContentDescriptor[]
    }
  | {
      readonly kind: 'index'
      readonly mediaType: string
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
  if (Array.isArray(manifest['manifests']))
    return { kind: 'index', mediaType, manifests: manifest['manifests'].map(descriptor) }
  const { layers = [] } = manifest
  if (!Array.isArray(layers)) throw new Expected(WANT)
  return {
    kind: 'image',
    mediaType,
    config: descriptor(manifest['config']),
    layers: layers.map(descriptor),
  }
}

/** The blobs that a registry must hold before it takes this manifest, each once. */
export function blobsOf(manifest: OciManifest): readonly ContentDescriptor[] {
  if (manifest.kind === 'index') return []
  const blobs = [manifest.config, ...manifest.layers].filter(({ isForeign }) => !isForeign)
  return [...new Map(blobs.map((blob) => [blob.digest, blob])).values()]
}

/** `linux/arm64/v8` out of a descriptor's `platform` or an image's configuration; undefined where neither names both. */
export function platformOf(value: unknown): string | undefined {
  const { os, architecture, variant } = record(value)
  if (typeof os !== 'string' || typeof architecture !== 'string') return undefined
  return [os, architecture, ...(typeof variant === 'string' && variant !== '' ? [variant] : [])].join('/')
}

/** Whether an image for `have` is one for `want`; without a variant every variant will do. */
export function fitsPlatform(have: string, want: string): boolean {
  return have === want || have.startsWith(`${want}/`)
}

function descriptor(value: unknown): ContentDescriptor {
  const { mediaType = '', digest, size, urls, platform, annotations } = record(value)
  if (typeof mediaType !== 'string' || typeof digest !== 'string' || typeof size !== 'number')
    throw new Expected(WANT)
  if (!Number.isSafeInteger(size) || size < 0) throw new Expected(WANT)
  parseDigest(digest)
  const isForeign = Array.isArray(urls) && urls.length > 0 && FOREIGN.test(mediaType)
  const isAttestation = record(annotations)['vnd.docker.reference.type'] === 'attestation-manifest'
  return { mediaType, digest, size, platform: platformOf(platform), isAttestation, isForeign }
}

/** Layers that licences keep out of registries: Windows base images (image-spec layer.md, "Non-Distributable Layers"). */
const FOREIGN = /\.(?:foreign\.|nondistributable\.)/

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Expected(WANT)
  }
}
