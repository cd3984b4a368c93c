import { parseImageConfig } from '../containers/image-config.ts'
import { resolveImage } from '../containers/pull.ts'
import { parseReference, registryBaseUrl } from '../containers/reference.ts'
import { fetchBlob, type RepositoryAddress } from '../containers/registry-client.ts'
import type { TarEntry } from '../containers/tar.ts'
import { type FetchedLayer, fetchLayers, layersToFiles } from '../containers/unpack.ts'
import { toTree } from './context.ts'
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

/** The stage that a FROM begins with: configuration, layers and files of an image for this architecture. */
export async function loadBase(
  reference: string,
  access: RegistryAccess,
  architecture: string,
): Promise<Omit<Stage, 'name'>> {
  const address = addressOf(reference, access)
  const { image } = await resolveImage(address, address.reference, architecture)
  const { config, diffIds } = parseImageConfig(await fetchBlob(address, image.config.digest))
  const layers = await fetchLayers(image.layers, diffIds, (digest) => fetchBlob(address, digest))
  return { run: config, layers, history: [], files: toTree(entriesOf(layers)), args: new Map() }
}

/** Links stay in their layer; they are only not seen by `COPY --from`. */
function entriesOf(layers: readonly FetchedLayer[]): readonly TarEntry[] {
  return [...layersToFiles(layers)].flatMap(([path, node]): TarEntry[] => {
    if (node.type === 'symlink') return []
    if (node.type === 'file') return [{ path, ...node }]
    return [{ path, type: 'directory', executable: true, body: Buffer.alloc(0) }]
  })
}
