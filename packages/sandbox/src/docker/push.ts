import { setTimeout as delay } from 'node:timers/promises'
import { rootMessage } from '../containers/caught.ts'
import { askRegistry, RegistryRefusal, type RepositoryAddress } from '../containers/registry-client.ts'
import { MEDIA_TYPES } from '../registry/manifest.ts'
import { addressOf, type RegistryAccess } from './base.ts'
import type { BuiltImage } from './image.ts'
import { BuildRefusal } from './refusal.ts'

/** BuildKit waits 1, 2 and 4 s (util/resolver/retryhandler); this is ten times as fast, for tests. */
const RETRY_DELAYS_MS = [100, 200, 400]

export interface Pusher {
  readonly access: RegistryAccess
  /**
   * Docker's own pusher sends a blob by PATCH and closes the upload by an empty PUT (distribution's client,
   * blob_writer.go); containerd's, which BuildKit has, sends it by the PUT.
   */
  readonly by: 'docker' | 'containerd'
  readonly log: (line: string) => void
}

/** Blobs that are absent, then the manifest under its tag. @throws BuildRefusal */
export async function pushImage(image: BuiltImage, tag: string, { access, by, log }: Pusher): Promise<void> {
  const address = addressOf(tag, access)
  try {
    log('pushing layers')
    const blobs = [{ digest: image.configDigest, content: image.config }, ...image.layers]
    for (const { digest, content } of blobs)
      await retrying(access.signal, () => pushBlob(address, by, digest, content))
    log(`pushing manifest for ${tag.includes('@') ? tag : `${tag}@${image.digest}`}`)
    await retrying(access.signal, () => pushManifest(address, image))
  } catch (error) {
    if (access.signal.aborted) throw error
    throw new BuildRefusal(`failed to push ${tag}: ${describe(error, address)}`)
  }
}

async function pushBlob(
  address: RepositoryAddress,
  by: Pusher['by'],
  digest: string,
  content: Buffer,
): Promise<void> {
  const known = await askRegistry(address, 'HEAD', `/v2/${address.repository}/blobs/${digest}`, {
    accept: [200, 404],
  })
  if (known.status === 200) return
  const started = await askRegistry(address, 'POST', `/v2/${address.repository}/blobs/uploads/`, {
    accept: [202],
  })
  const session = started.headers.location ?? ''
  if (by === 'containerd') return closeUpload(address, session, digest, content)
  const sent = await askRegistry(address, 'PATCH', session, { accept: [202], headers: BYTES, body: content })
  await closeUpload(address, sent.headers.location ?? '', digest, Buffer.alloc(0))
}

async function closeUpload(
  address: RepositoryAddress,
  session: string,
  digest: string,
  body: Buffer,
): Promise<void> {
  const location = new URL(session, address.baseUrl)
  location.searchParams.set('digest', digest)
  await askRegistry(address, 'PUT', location.href, { accept: [201], headers: BYTES, body })
}

const BYTES = { 'content-type': 'application/octet-stream' }

async function pushManifest(
  address: RepositoryAddress & { reference: string },
  image: BuiltImage,
): Promise<void> {
  const path = `/v2/${address.repository}/manifests/${address.reference}`
  const headers = { 'content-type': MEDIA_TYPES.ociManifest }
  await askRegistry(address, 'PUT', path, { accept: [200, 201], headers, body: image.manifest })
}

/** 5xx and broken connections come again, everything else is the registry's word. */
async function retrying(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  for (const wait of RETRY_DELAYS_MS) {
    try {
      return await work()
    } catch (error) {
      const final = error instanceof RegistryRefusal && error.status < 500
      if (final || signal.aborted) throw error
      await delay(wait, undefined, { signal })
    }
  }
  return work()
}

function describe(error: unknown, address: RepositoryAddress): string {
  if (error instanceof RegistryRefusal && error.status === 401 && address.auth === undefined) {
    return 'push access denied, repository does not exist or may require authorization: authorization failed: no basic auth credentials'
  }
  return rootMessage(error)
}
