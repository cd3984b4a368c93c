import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import type { Descriptor } from '../registry/manifest.ts'
import { applyLayer, type ImageFiles } from './layer-files.ts'
import { digestOf } from './registry-client.ts'

/** One layer as the registry has it, and what the image's configuration says of it. */
export interface FetchedLayer extends Descriptor {
  /** Compressed, as `mediaType` says. */
  readonly content: Buffer
  /** Digest of the archive, uncompressed. */
  readonly diffId: string
}

/**
 * Fetches layers one after the other, lowest first.
 * @throws Error where manifest and configuration differ in their number, in containerd's words
 */
export async function fetchLayers(
  layers: readonly Descriptor[],
  diffIds: readonly string[],
  fetch: (digest: string) => Promise<Buffer>,
): Promise<readonly FetchedLayer[]> {
  if (layers.length !== diffIds.length)
    throw new Error(
      `mismatched image rootfs and manifest layers: ${diffIds.length} diff ids, ${layers.length} layers`,
    )
  const fetched: FetchedLayer[] = []
  for (const [index, layer] of layers.entries())
    fetched.push({ ...layer, content: await fetch(layer.digest), diffId: diffIds[index] ?? '' })
  return fetched
}

/** The files of an image, from the lowest layer up. @throws Error for a layer that is none, or not the one it should be */
export function layersToFiles(layers: readonly FetchedLayer[]): ImageFiles {
  return layers.reduce<ImageFiles>((files, layer) => applyLayer(files, decompress(layer)), new Map())
}

/** OCI image-spec media-types.md, and Docker's image manifest v2 schema 2 with containerd's `.zstd`. */
function decompress({ mediaType, content, diffId }: FetchedLayer): Buffer {
  const archive = archiveOf(content, mediaType)
  const actual = digestOf(archive)
  if (actual !== diffId) throw new Error(`wrong diff id calculated on extraction: ${actual}, want ${diffId}`)
  return archive
}

function archiveOf(content: Buffer, mediaType: string): Buffer {
  if (/\.tar[.+]gzip$/.test(mediaType)) return gunzipSync(content)
  if (/\.tar[.+]zstd$/.test(mediaType)) return zstdDecompressSync(content)
  if (/\.tar$/.test(mediaType)) return content
  throw new Error(`unknown layer type ${mediaType}`)
}

/** Writes them below a directory that is empty: no link of the image is there yet to lead anything astray. */
export async function writeFiles(files: ImageFiles, root: string): Promise<void> {
  for (const [path, node] of files) {
    const target = join(root, path)
    if (node.type === 'directory') await mkdir(target, { recursive: true })
    else if (node.type === 'symlink') await symlink(node.to, target)
    else await writeFile(target, node.body, { mode: node.executable ? 0o755 : 0o644 })
  }
}
