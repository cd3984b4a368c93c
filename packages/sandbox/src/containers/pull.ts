import { mkdir, readdir } from 'node:fs/promises'
import { type Manifest, parseManifest } from '../registry/manifest.ts'
import { errorMessage, rootMessage } from './caught.ts'
import type { PulledImage, PullOptions } from './container.ts'
import { extractLayer } from './extract.ts'
import { parseImageConfig } from './image-config.ts'
import { parseReference, registryBaseUrl } from './reference.ts'
import {
  type FetchedManifest,
  fetchBlob,
  fetchManifest,
  RegistryRefusal,
  type RepositoryAddress,
} from './registry-client.ts'

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
 * Fetches an image for linux/amd64 by the distribution protocol, checks every digest and unpacks its layers.
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
  const { fetched, image } = await resolveImage(address, digest ?? tag ?? 'latest')
  await prepareRoot(options.rootfs)
  const { config } = parseImageConfig(await fetchBlob(address, image.config.digest))
  for (const layer of image.layers)
    await extractLayer(await fetchBlob(address, layer.digest), layer.mediaType, options.rootfs)
  return { reference: options.reference, digest: fetched.digest, rootfs: options.rootfs, config }
}

interface ResolvedImage {
  readonly fetched: FetchedManifest
  readonly image: Extract<Manifest, { kind: 'image' }>
}

/** Follows an index to its linux/amd64 image. @throws Error, RegistryRefusal */
export async function resolveImage(address: RepositoryAddress, reference: string): Promise<ResolvedImage> {
  const fetched = await fetchManifest(address, reference)
  const manifest = parseManifest(fetched.bytes, fetched.mediaType)
  if (!manifest) throw new Error(`${reference} is no image manifest (${fetched.mediaType})`)
  if (manifest.kind === 'image') return { fetched, image: manifest }
  const child = manifest.manifests.find(
    ({ platform }) => platform?.os === 'linux' && platform.architecture === 'amd64',
  )
  if (!child) throw new Error('no match for platform in manifest: not found')
  return resolveImage(address, child.digest)
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
  const message = errorMessage(error)
  if (message.startsWith('invalid reference format')) return 'invalid-reference'
  return message === 'fetch failed' ? 'unreachable' : 'invalid-image'
}
