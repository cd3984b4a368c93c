import { Failure } from '@mlops-actions/diagnostics'

export interface Descriptor {
  readonly digest: string
  /** Bytes, compressed. */
  readonly size: number
}

/** An image, or the list of images of an index (OCI image-spec manifest.md and image-index.md, and Docker's twins of them). */
export interface ImageManifest {
  /** Absent in an index. */
  readonly config: Descriptor | undefined
  readonly layers: readonly Descriptor[]
  /** Images of an index, without BuildKit's attestations, which are no images. */
  readonly children: readonly (Descriptor & { readonly platform: string })[]
}

/** Bytes that a pull fetches: configuration and layers, as they are stored. */
export function imageSize({ config, layers }: ImageManifest): number {
  return [...(config === undefined ? [] : [config]), ...layers].reduce((sum, { size }) => sum + size, 0)
}

/** @throws Failure `upstream` for text that is no manifest */
export function parseManifest(text: string, on: string): ImageManifest {
  const manifest = record(parseJson(text, on))
  const children = list(manifest['manifests']).filter((child) => !isAttestation(child))
  const config = manifest['config'] === undefined ? undefined : descriptor(manifest['config'], on)
  if (config === undefined && !Array.isArray(manifest['manifests'])) throw noManifest(on)
  return {
    config,
    layers: list(manifest['layers']).map((layer) => descriptor(layer, on)),
    children: children.map((child) => ({ ...descriptor(child, on), platform: platformOf(child) })),
  }
}

/** moby/buildkit docs/attestations/attestation-storage.md */
function isAttestation(child: unknown): boolean {
  const annotations = record(record(child)['annotations'])
  return annotations['vnd.docker.reference.type'] === 'attestation-manifest'
}

function platformOf(child: unknown): string {
  const { os, architecture, variant } = record(record(child)['platform'])
  return [os, architecture, variant].filter((part) => typeof part === 'string').join('/')
}

function descriptor(value: unknown, on: string): Descriptor {
  const { digest, size } = record(value)
  if (typeof digest !== 'string' || typeof size !== 'number') throw noManifest(on)
  return { digest, size }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function parseJson(text: string, on: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw noManifest(on, cause)
  }
}

function noManifest(on: string, cause?: unknown): Failure {
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
