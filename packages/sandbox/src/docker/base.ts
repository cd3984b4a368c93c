import { gunzipSync } from 'node:zlib'
import { safePath } from '../containers/extract.ts'
import { parseImageConfig } from '../containers/image-config.ts'
import { resolveImage } from '../containers/pull.ts'
import { parseReference, registryBaseUrl } from '../containers/reference.ts'
import { fetchBlob, type RepositoryAddress } from '../containers/registry-client.ts'
import { readTar, type TarEntry } from '../containers/tar.ts'
import { toTree } from './context.ts'
import type { Layer } from './image.ts'
import type { Stage } from './stage.ts'

export interface RegistryAccess {
  readonly signal: AbortSignal
  /** Base64 of `user:password` for a registry host. */
  auth(host: string): string | undefined
}

export function addressOf(
  reference: string,
  access: RegistryAccess,
): RepositoryAddress & { readonly reference: string } {
  const { host, repository, tag, digest } = parseReference(reference)
  return {
    baseUrl: registryBaseUrl(host),
    repository,
    auth: access.auth(host),
    signal: access.signal,
    reference: digest ?? tag ?? 'latest',
  }
}

/** The stage that a FROM begins with: configuration, layers and files of an image. */
export async function loadBase(reference: string, access: RegistryAccess): Promise<Omit<Stage, 'name'>> {
  const address = addressOf(reference, access)
  const { image } = await resolveImage(address, address.reference)
  const { config, diffIds } = parseImageConfig(await fetchBlob(address, image.config.digest))
  const files = new Map<string, TarEntry>()
  const layers: Layer[] = []
  for (const [index, { digest, mediaType, size }] of image.layers.entries()) {
    const content = await fetchBlob(address, digest)
    layers.push({ digest, mediaType, size, diffId: diffIds[index] ?? '', content })
    overlay(files, mediaType.endsWith('gzip') ? gunzipSync(content) : content)
  }
  return { run: config, layers, history: [], files: toTree([...files.values()]), args: new Map() }
}

/** Links stay in their layer; they are only not seen by `COPY --from`. */
function overlay(files: Map<string, TarEntry>, archive: Buffer): void {
  for (const { path, type, executable, body } of readTar(archive)) {
    const clean = safePath(path)
    if (clean !== '' && (type === 'file' || type === 'directory'))
      files.set(clean, { path: clean, type, executable, body })
  }
}
