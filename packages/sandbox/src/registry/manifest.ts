import {
  isRecord,
  type JsonRecord,
  numberField,
  parseJson,
  recordField,
  recordsField,
  stringField,
} from './json.ts'

export const MEDIA_TYPES = {
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
  ociIndex: 'application/vnd.oci.image.index.v1+json',
  ociConfig: 'application/vnd.oci.image.config.v1+json',
  ociLayer: 'application/vnd.oci.image.layer.v1.tar+gzip',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
} as const

export interface Descriptor {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
  readonly platform?: { readonly os: string; readonly architecture: string }
  readonly annotations?: Readonly<Record<string, unknown>>
}

/** What both forms of manifest say (OCI image-spec 1.1, manifest.md and image-index.md). */
export type Manifest =
  | {
      readonly kind: 'image'
      readonly mediaType: string
      readonly config: Descriptor
      readonly layers: readonly Descriptor[]
      readonly subject?: Descriptor
      readonly artifactType?: string
    }
  | {
      readonly kind: 'index'
      readonly mediaType: string
      readonly manifests: readonly Descriptor[]
      readonly subject?: Descriptor
      readonly artifactType?: string
    }

/** The bytes of a manifest as data; undefined when they are none. `fallbackType` serves manifests without a mediaType. */
export function parseManifest(bytes: Buffer, fallbackType?: string): Manifest | undefined {
  const json = parseJson(bytes.toString('utf8'))
  if (!isRecord(json) || numberField(json, 'schemaVersion') !== 2) return undefined
  const mediaType = stringField(json, 'mediaType') ?? fallbackType
  if (mediaType === undefined) return undefined
  const more = commonFields(json)
  if (mediaType === MEDIA_TYPES.ociIndex || mediaType === MEDIA_TYPES.dockerList) {
    const manifests = descriptors(recordsField(json, 'manifests'))
    return manifests && { kind: 'index', mediaType, manifests, ...more }
  }
  if (mediaType !== MEDIA_TYPES.ociManifest && mediaType !== MEDIA_TYPES.dockerManifest) return undefined
  const config = descriptor(recordField(json, 'config'))
  const layers = descriptors(recordsField(json, 'layers'))
  return config && layers && { kind: 'image', mediaType, config, layers, ...more }
}

function commonFields(json: JsonRecord): { subject?: Descriptor; artifactType?: string } {
  const subject = descriptor(recordField(json, 'subject'))
  const artifactType = stringField(json, 'artifactType')
  return { ...(subject && { subject }), ...(artifactType !== undefined && { artifactType }) }
}

function descriptors(records: readonly JsonRecord[] | undefined): Descriptor[] | undefined {
  const parsed = records?.map(descriptor).filter((entry) => entry !== undefined)
  return parsed?.length === records?.length ? parsed : undefined
}

function descriptor(record: JsonRecord | undefined): Descriptor | undefined {
  if (!record) return undefined
  const mediaType = stringField(record, 'mediaType')
  const digest = stringField(record, 'digest')
  const size = numberField(record, 'size')
  if (mediaType === undefined || digest === undefined || size === undefined || !isDigest(digest))
    return undefined
  const platform = recordField(record, 'platform')
  const os = platform && stringField(platform, 'os')
  const architecture = platform && stringField(platform, 'architecture')
  const annotations = recordField(record, 'annotations')
  return {
    mediaType,
    digest,
    size,
    ...(os !== undefined && architecture !== undefined && { platform: { os, architecture } }),
    ...(annotations && { annotations }),
  }
}

export function isDigest(text: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(text)
}
