import { gzipSync } from 'node:zlib'
import type { ImageRunConfig } from '../containers/container.ts'
import { digestOf } from '../containers/registry-client.ts'
import { packTar } from '../containers/tar.ts'
import { MEDIA_TYPES } from '../registry/manifest.ts'
import type { FileTree } from './context.ts'

export interface Layer {
  readonly digest: string
  readonly diffId: string
  readonly mediaType: string
  readonly size: number
  /** As pushed: compressed. */
  readonly content: Buffer
}

export interface BuiltImage {
  readonly manifest: Buffer
  readonly digest: string
  readonly config: Buffer
  readonly configDigest: string
  readonly layers: readonly Layer[]
}

/** Packs a layer; without times and with a fixed system byte in the gzip header, so it is the same everywhere. */
export function packLayer(files: FileTree): Layer {
  const tar = packTar([...files.values()])
  const content = gzipSync(tar, { level: 6 })
  content[9] = 255
  return {
    digest: digestOf(content),
    diffId: digestOf(tar),
    mediaType: MEDIA_TYPES.ociLayer,
    size: content.length,
    content,
  }
}

/** An OCI image without any time in it (image-spec config.md, manifest.md): same input, same digest. */
export function assembleImage(
  platform: string,
  run: ImageRunConfig,
  layers: readonly Layer[],
  history: readonly string[],
): BuiltImage {
  const [os = 'linux', architecture = 'amd64', variant] = platform.split('/')
  const config = Buffer.from(
    JSON.stringify({
      architecture,
      ...(variant !== undefined && { variant }),
      os,
      created: '1970-01-01T00:00:00Z',
      config: sortKeys(run),
      rootfs: { type: 'layers', diff_ids: layers.map((layer) => layer.diffId) },
      history: history.map((created_by) => ({ created: '1970-01-01T00:00:00Z', created_by })),
    }),
  )
  const configDigest = digestOf(config)
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: MEDIA_TYPES.ociManifest,
      config: { mediaType: MEDIA_TYPES.ociConfig, digest: configDigest, size: config.length },
      layers: layers.map(({ mediaType, digest, size }) => ({ mediaType, digest, size })),
    }),
  )
  return { manifest, digest: digestOf(manifest), config, configDigest, layers }
}

function sortKeys(run: ImageRunConfig): ImageRunConfig {
  return Object.fromEntries(Object.entries(run).sort(([left], [right]) => (left < right ? -1 : 1)))
}
