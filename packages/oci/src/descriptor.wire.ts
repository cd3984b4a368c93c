import { Expected } from '@mlops-actions/text'
import { parseDigest } from './digest.ts'
import { formatPlatform } from './platform.ts'

/** Notes of an image, an index, or what points at one (OCI image-spec annotations.md). */
export type Annotations = Readonly<Record<string, string>>

/** What points at a blob or at another manifest (OCI image-spec descriptor.md). */
export interface ContentDescriptor {
  readonly mediaType: string
  /** `sha256:…` */
  readonly digest: string
  /** Bytes, as they are stored. */
  readonly size: number
  /** `linux/arm64`, by its one name; only of the images of an index, and not of what is `unknown` there. */
  readonly platform: string | undefined
  /** Of Windows: its images are each of one version, and an index may have several. */
  readonly osVersion: string | undefined
  readonly annotations: Annotations
  /** Whether it is BuildKit's attestation of an image of the same index (moby/buildkit docs/attestations/attestation-storage.md). */
  readonly isAttestation: boolean
  /** Whether the content is somewhere else, and registries need not hold it. */
  readonly isForeign: boolean
  /** Just as it is written, with the fields that are not read here. */
  readonly json: Readonly<Record<string, unknown>>
}

const WANT = 'the descriptor of a blob or manifest, with media type, digest and size'

/**
 * The descriptor of an image that stands in no index: its platform is what its configuration says (image-spec config.md).
 * @param config its text; what is no JSON names no platform
 */
export function descriptorOfImage(
  { digest, mediaType, text }: { readonly digest: string; readonly mediaType: string; readonly text: string },
  config: string,
): ContentDescriptor {
  const says = record(tryJson(config))
  const platform = Object.fromEntries(
    PLATFORM.flatMap((name) => (says[name] === undefined || says[name] === '' ? [] : [[name, says[name]]])),
  )
  return parseDescriptor({ mediaType, digest, size: Buffer.byteLength(text), platform })
}

/** What a configuration says of its platform, in the order in which descriptors have it. */
const PLATFORM = ['architecture', 'os', 'os.version', 'os.features', 'variant'] as const

function platformOf({ os, architecture, variant }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof os !== 'string' || typeof architecture !== 'string' || os === 'unknown') return undefined
  return formatPlatform({ os, architecture, variant: typeof variant === 'string' ? variant : '' })
}

/** @throws Expected */
export function parseDescriptor(value: unknown): ContentDescriptor {
  const json = record(value)
  const { mediaType = '', digest, size, urls } = json
  if (typeof mediaType !== 'string' || typeof digest !== 'string' || typeof size !== 'number')
    throw new Expected(WANT)
  if (!Number.isSafeInteger(size) || size < 0) throw new Expected(WANT)
  parseDigest(digest)
  const platform = record(json['platform'])
  const version = platform['os.version']
  const annotations = annotationsOf(json['annotations'])
  return {
    mediaType,
    digest,
    size,
    platform: platformOf(platform),
    osVersion: typeof version === 'string' && version !== '' ? version : undefined,
    annotations,
    isAttestation: annotations['vnd.docker.reference.type'] === 'attestation-manifest',
    isForeign: Array.isArray(urls) && urls.length > 0 && FOREIGN.test(mediaType),
    json,
  }
}

export function annotationsOf(value: unknown): Annotations {
  return Object.fromEntries(
    Object.entries(record(value)).flatMap(([key, note]) => (typeof note === 'string' ? [[key, note]] : [])),
  )
}

/** Layers that licences keep out of registries: Windows base images (image-spec layer.md, "Non-Distributable Layers"). */
const FOREIGN = /\.(?:foreign\.|nondistributable\.)/

export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

export function tryJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
