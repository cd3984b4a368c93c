import { mkdir, readdir } from 'node:fs/promises'
import { type Manifest, parseManifest } from '../registry/manifest.ts'
import { errorMessage, rootMessage } from './caught.ts'
import type { PulledImage, PullOptions } from './container.ts'
import { NoAnswer } from './exchange.ts'
import { parseImageConfig } from './image-config.ts'
import { parseReference, registryBaseUrl } from './reference.ts'
import { fetchBlob, fetchManifest, RegistryRefusal, type RepositoryAddress } from './registry-client.ts'
import { fetchLayers, layersToFiles, writeFiles } from './unpack.ts'

export type PullFailureCode =
  | 'invalid-reference'
  | 'not-found'
  | 'unauthorized'
  | 'unreachable'
  | 'invalid-image'

/** Why an image did not come, in the words a kubelet event would use. */
export class ImagePullError extends Error {
  readonly code: PullFailureCode

  constructor(code: PullFailureCode, reference: string, cause: unknown) {
    super(`Failed to pull image "${reference}": ${rootMessage(cause)}`, { cause })
    this.name = 'ImagePullError'
    this.code = code
  }
}

/**
 * Fetches an image by the distribution protocol, of an index the one for this machine, as containers are processes of
 * it; checks every digest and unpacks its layers.
 * @throws ImagePullError
 */
export async function pullImage(options: PullOptions): Promise<PulledImage> {
  try {
    return await pull(options)
  } catch (error) {
    if (options.signal?.aborted) throw options.signal.reason
    throw new ImagePullError(classify(error), options.reference, error)
  }
}

async function pull(options: PullOptions): Promise<PulledImage> {
  const { host, repository, tag, digest } = parseReference(options.reference)
  const { auth, signal } = options
  const address: RepositoryAddress = {
    baseUrl: options.registryUrl ?? registryBaseUrl(host),
    repository,
    auth: auth && Buffer.from(`${auth.username}:${auth.password}`).toString('base64'),
    signal,
  }
  const named = await resolveImage(address, digest ?? tag ?? 'latest', OWN_ARCHITECTURE)
  await prepareRoot(options.rootfs)
  const { config, diffIds } = parseImageConfig(await fetchBlob(address, named.image.config.digest))
  const layers = await fetchLayers(named.image.layers, diffIds, (one) => fetchBlob(address, one))
  await writeFiles(layersToFiles(layers), options.rootfs)
  return { reference: options.reference, digest: named.digest, rootfs: options.rootfs, config }
}

/** As Go calls it, and so every manifest. */
const OWN_ARCHITECTURE = process.arch === 'x64' ? 'amd64' : process.arch

interface ResolvedImage {
  /** Of what the reference names: the image, or the index that it was chosen from. */
  readonly digest: string
  readonly image: Extract<Manifest, { kind: 'image' }>
}

/** Follows an index to its image for Linux on this architecture. @throws Error, RegistryRefusal */
export async function resolveImage(
  address: RepositoryAddress,
  reference: string,
  architecture: string,
): Promise<ResolvedImage> {
  const { bytes, mediaType, digest } = await fetchManifest(address, reference)
  const manifest = parseManifest(bytes, mediaType)
  if (!manifest) throw new Error(`${reference} is no image manifest (${mediaType})`)
  if (manifest.kind === 'image') return { digest, image: manifest }
  const child = manifest.manifests.find(
    ({ platform }) => platform?.os === 'linux' && platform.architecture === architecture,
  )
  if (!child) throw new Error('no match for platform in manifest: not found')
  return { digest, image: (await resolveImage(address, child.digest, architecture)).image }
}

async function prepareRoot(rootfs: string): Promise<void> {
  await mkdir(rootfs, { recursive: true })
  const names = await readdir(rootfs)
  if (names.length > 0) throw new Error(`the directory ${rootfs} is not empty`)
}

function classify(error: unknown): PullFailureCode {
  if (error instanceof RegistryRefusal) {
    if (error.status === 404) return 'not-found'
    return error.status === 401 || error.status === 403 ? 'unauthorized' : 'unreachable'
  }
  if (error instanceof NoAnswer) return 'unreachable'
  if (errorMessage(error).startsWith('invalid reference format')) return 'invalid-reference'
  return 'invalid-image'
}
