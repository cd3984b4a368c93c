import { request as send } from 'node:http'
import { type EcrServer, startEcr } from '@mlops-actions/sandbox/ecr'
import { type SandboxRequest, type SandboxResponse, serve } from '@mlops-actions/sandbox/server'
import type { RealRegistry } from './docker-registry.ts'

export interface EcrOverRegistry {
  readonly url: string
  /** Of the sandbox's ECR: repositories, denied actions, principals. */
  readonly state: EcrServer['state']
  close(): Promise<void>
}

/**
 * The sandbox's ECR API in front of a real registry: tokens open that registry, and what the API says of images is
 * what that registry holds. The sandbox still checks every signature and every right.
 */
export async function startEcrOver(registry: RealRegistry): Promise<EcrOverRegistry> {
  const ecr = await startEcr()
  const front = await serve((request) => answer(request, ecr, registry))
  const close = async (): Promise<void> => {
    await Promise.all([front.close(), ecr.close()])
  }
  return { url: front.url, state: ecr.state, close }
}

async function answer(
  request: SandboxRequest,
  ecr: EcrServer,
  registry: RealRegistry,
): Promise<SandboxResponse> {
  const operation = (request.headers['x-amz-target'] ?? '').split('.').at(-1)
  if (operation === 'BatchGetImage') await mirror(request, ecr, registry)
  if (operation === 'BatchCheckLayerAvailability') await mirrorLayers(request, ecr, registry)
  if (operation === 'PutImage') await mirrorParts(request, ecr, registry)
  const said = await ask(request, ecr.url)
  if (operation === 'PutImage' && said.status === 200) await store(request, registry)
  if (operation !== 'GetAuthorizationToken' || said.status !== 200) return said
  const token = {
    authorizationToken: registry.auth,
    proxyEndpoint: `http://${registry.host}`,
    expiresAt: Date.now() / 1000 + 43_200,
  }
  return { ...said, body: JSON.stringify({ authorizationData: [token] }) }
}

/** The signature covers the host, so the request keeps the one it came with. */
async function ask(request: SandboxRequest, url: string): Promise<SandboxResponse & { body: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<SandboxResponse & { body: string }>()
  const outgoing = send(url, { method: request.method, headers: { ...request.headers } }, (response) => {
    const chunks: Buffer[] = []
    response.on('data', (chunk: Buffer) => chunks.push(chunk))
    response.on('end', () => {
      const { 'content-type': type = '', 'x-amzn-requestid': id = '' } = response.headers
      const headers = { 'content-type': type, 'x-amzn-requestid': String(id) }
      resolve({ status: response.statusCode ?? 500, headers, body: Buffer.concat(chunks).toString('utf8') })
    })
  })
  outgoing.on('error', reject)
  outgoing.end(request.body)
  return promise
}

async function mirror(request: SandboxRequest, ecr: EcrServer, registry: RealRegistry): Promise<void> {
  const { repositoryName, imageIds } = JSON.parse(request.body.toString('utf8')) as {
    repositoryName: string
    imageIds: readonly { imageTag?: string; imageDigest?: string }[]
  }
  for (const { imageTag, imageDigest } of imageIds) {
    const reference = imageTag ?? imageDigest ?? ''
    const digest = await mirrorManifest({ repositoryName, reference }, ecr, registry)
    if (imageTag !== undefined && digest !== undefined)
      ecr.state.registry.repositories.get(repositoryName)?.tags.set(imageTag, digest)
  }
}

/** The digest of what the registry has; the API has it then, too. */
async function mirrorManifest(
  { repositoryName, reference }: { readonly repositoryName: string; readonly reference: string },
  ecr: EcrServer,
  registry: RealRegistry,
): Promise<string | undefined> {
  const manifests = ecr.state.registry.repositories.get(repositoryName)?.manifests
  const found = manifests && (await registry.manifest(repositoryName, reference))
  if (found === undefined) return undefined
  const known = manifests?.get(found.digest)
  manifests?.set(found.digest, { ...found, pushedAt: known?.pushedAt ?? Date.now() })
  return found.digest
}

/** What the registry has of these layers, the API has: their bytes nobody asks it for. */
async function mirrorLayers(request: SandboxRequest, ecr: EcrServer, registry: RealRegistry): Promise<void> {
  const { repositoryName, layerDigests } = JSON.parse(request.body.toString('utf8')) as {
    repositoryName: string
    layerDigests: readonly string[]
  }
  await mirrorBlobs({ repositoryName, digests: layerDigests }, ecr, registry)
}

/** What a manifest needs before the API takes it. */
async function mirrorParts(request: SandboxRequest, ecr: EcrServer, registry: RealRegistry): Promise<void> {
  const { repositoryName, imageManifest } = JSON.parse(request.body.toString('utf8')) as Put
  const {
    config,
    layers = [],
    manifests = [],
  } = JSON.parse(imageManifest) as {
    config?: { digest: string }
    layers?: readonly { digest: string }[]
    manifests?: readonly { digest: string }[]
  }
  for (const { digest } of manifests)
    await mirrorManifest({ repositoryName, reference: digest }, ecr, registry)
  const digests = [...(config === undefined ? [] : [config]), ...layers].map(({ digest }) => digest)
  await mirrorBlobs({ repositoryName, digests }, ecr, registry)
}

async function mirrorBlobs(
  { repositoryName, digests }: { readonly repositoryName: string; readonly digests: readonly string[] },
  ecr: EcrServer,
  registry: RealRegistry,
): Promise<void> {
  const blobs = ecr.state.registry.repositories.get(repositoryName)?.blobs
  for (const digest of digests) {
    const response = await fetch(`http://${registry.host}/v2/${repositoryName}/blobs/${digest}`, {
      method: 'HEAD',
      headers: { authorization: `Basic ${registry.auth}` },
    })
    if (response.ok) blobs?.set(digest, Buffer.alloc(0))
    else blobs?.delete(digest)
  }
}

interface Put {
  readonly repositoryName: string
  readonly imageManifest: string
  readonly imageManifestMediaType: string
  readonly imageDigest: string
  readonly imageTag?: string
}

/** A manifest that the API has taken is in the registry; the registry judges it once more. */
async function store(request: SandboxRequest, registry: RealRegistry): Promise<void> {
  const put = JSON.parse(request.body.toString('utf8')) as Put
  const reference = put.imageTag ?? put.imageDigest
  const response = await fetch(`http://${registry.host}/v2/${put.repositoryName}/manifests/${reference}`, {
    method: 'PUT',
    headers: { 'content-type': put.imageManifestMediaType, authorization: `Basic ${registry.auth}` },
    body: put.imageManifest,
  })
  if (response.status !== 201)
    throw new Error(`the registry answers ${response.status} to a manifest: ${await response.text()}`)
}
