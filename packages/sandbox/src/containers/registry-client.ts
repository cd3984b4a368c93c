import { createHash } from 'node:crypto'
import { MEDIA_TYPES } from '../registry/manifest.ts'

export interface RepositoryAddress {
  /** `http://127.0.0.1:5000`. */
  readonly baseUrl: string
  readonly repository: string
  /** Base64 of `user:password`, as in DOCKER_AUTH_CONFIG. */
  readonly auth: string | undefined
  readonly signal?: AbortSignal | undefined
}

/** An answer that is no success; `code` and `detail` are the registry's own when it gave any. */
export class RegistryRefusal extends Error {
  readonly status: number
  readonly code: string | undefined

  constructor(method: string, url: string, status: number, statusText: string, body: string) {
    const [, code, text] = /"code":"(\w+)","message":"((?:[^"\\]|\\.)*)"/.exec(body) ?? []
    const plain = `unexpected status from ${method} request to ${url}: ${status} ${statusText}`
    super(code === undefined ? plain : `${code.toLowerCase().replaceAll('_', ' ')}: ${text ?? ''}`)
    this.name = 'RegistryRefusal'
    this.status = status
    this.code = code
  }
}

export interface FetchedManifest {
  readonly bytes: Buffer
  readonly mediaType: string
  readonly digest: string
}

/** One request; statuses in `accept` are answers, everything else is thrown. @throws RegistryRefusal */
export async function askRegistry(
  address: RepositoryAddress,
  method: string,
  path: string,
  options: { accept: readonly number[]; headers?: Record<string, string>; body?: Buffer },
): Promise<Response> {
  const url = new URL(path, address.baseUrl).href
  const response = await fetch(url, {
    method,
    headers: {
      ...options.headers,
      ...(address.auth !== undefined && { authorization: `Basic ${address.auth}` }),
    },
    ...(options.body && { body: new Uint8Array(options.body) }),
    ...(address.signal && { signal: address.signal }),
  })
  if (options.accept.includes(response.status)) return response
  throw new RegistryRefusal(method, url, response.status, response.statusText, await response.text())
}

const ACCEPT = [
  MEDIA_TYPES.ociManifest,
  MEDIA_TYPES.dockerManifest,
  MEDIA_TYPES.ociIndex,
  MEDIA_TYPES.dockerList,
].join(', ')

/** Manifest by tag or digest; its bytes must have the digest that names them. */
export async function fetchManifest(address: RepositoryAddress, reference: string): Promise<FetchedManifest> {
  const path = `/v2/${address.repository}/manifests/${reference}`
  const response = await askRegistry(address, 'GET', path, { accept: [200], headers: { accept: ACCEPT } })
  const bytes = Buffer.from(await response.arrayBuffer())
  const digest = digestOf(bytes)
  const stated = reference.startsWith('sha256:') ? reference : response.headers.get('docker-content-digest')
  if (stated !== null && stated !== digest)
    throw new Error(`manifest ${reference}: content has digest ${digest}, want ${stated}`)
  return { bytes, digest, mediaType: response.headers.get('content-type') ?? '' }
}

/** fetch drops the credentials when the redirect leads to another origin, as it must. */
export async function fetchBlob(address: RepositoryAddress, digest: string): Promise<Buffer> {
  const path = `/v2/${address.repository}/blobs/${digest}`
  const response = await askRegistry(address, 'GET', path, { accept: [200] })
  const bytes = Buffer.from(await response.arrayBuffer())
  if (digestOf(bytes) !== digest) throw new Error(`blob ${digest}: content has digest ${digestOf(bytes)}`)
  return bytes
}

export function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}
