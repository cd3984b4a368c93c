import { Expected } from '@mlops-actions/text'
import type { ManifestText } from '../put-image.ts'

/** An entry of an index, just as it is written there. */
export interface IndexEntry {
  readonly digest: string
  readonly mediaType: string
  /** `linux/arm64`; undefined where it says none, or `unknown` as attestations do. */
  readonly platform: string | undefined
  /** Digest of the image that this entry attests. */
  readonly attests: string | undefined
  readonly json: Readonly<Record<string, unknown>>
}

/** The entries of an index, with every field that they have (OCI image-spec image-index.md). @throws Expected */
export function entriesOf(index: string): readonly IndexEntry[] {
  const { manifests } = record(JSON.parse(index))
  if (!Array.isArray(manifests)) throw new Expected('an index with its `manifests`')
  return manifests.map((manifest) => entryOf(record(manifest)))
}

/** What an image's configuration says of its platform, in the order in which descriptors have it. */
const PLATFORM = ['architecture', 'os', 'os.version', 'os.features', 'variant'] as const

/**
 * The entry of an image that stood in no index: its platform is what its configuration says (OCI image-spec config.md).
 * @param config text of the configuration; what is no JSON names no platform
 */
export function entryOfImage({ digest, mediaType, text }: ManifestText, config: string): IndexEntry {
  const says = record(parse(config))
  const platform = Object.fromEntries(
    PLATFORM.flatMap((name) => (says[name] === undefined || says[name] === '' ? [] : [[name, says[name]]])),
  )
  return entryOf({ mediaType, digest, size: Buffer.byteLength(text), platform })
}

function entryOf(json: Readonly<Record<string, unknown>>): IndexEntry {
  const { digest, mediaType, platform, annotations } = json
  if (typeof digest !== 'string' || typeof mediaType !== 'string')
    throw new Expected('entries with media type and digest')
  const notes = record(annotations)
  const of = notes['vnd.docker.reference.digest']
  const isAttestation = notes['vnd.docker.reference.type'] === 'attestation-manifest'
  const attests = isAttestation && typeof of === 'string' ? of : undefined
  return { digest, mediaType, platform: platformName(record(platform)), attests, json }
}

/** Variants that say nothing (containerd/platforms, `normalizeArch`): arm64 is v8, arm is v7, amd64 is v1. */
export function normalizePlatform(platform: string): string {
  return platform
    .replace(/\/arm64\/v8$|\/amd64\/v1$/, (machine) => machine.slice(0, -3))
    .replace(/\/arm$/, '/arm/v7')
}

/** Images of Windows are of one version of it, and an index may have several. */
function platformName(platform: Readonly<Record<string, unknown>>): string | undefined {
  const { os, architecture, variant } = platform
  if (typeof os !== 'string' || typeof architecture !== 'string' || os === 'unknown') return undefined
  const machine = typeof variant === 'string' && variant !== '' ? `${architecture}/${variant}` : architecture
  const version = platform['os.version']
  const name = normalizePlatform(`${os}/${machine}`)
  return typeof version === 'string' && version !== '' ? `${name} (${version})` : name
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
