import { Failure, sanitizeLine, type World } from '@mlops-actions/diagnostics'
import { createHttp, type HttpClient, type HttpResponse } from '@mlops-actions/http'
import { MANIFEST_TYPES, registryHost, registryPath } from '@mlops-actions/oci'
import { bearerToken } from '../bearer.ts'
import type { RegistryAuths } from '../docker-config.wire.ts'
import { registryUrl } from '../registry-host.ts'
import { readReference } from './base-images.ts'
import { Unkeyable } from './unkeyable.ts'

const ACCEPT = MANIFEST_TYPES.join(', ')

/** Where an image is asked for. */
interface Address {
  readonly host: string
  readonly origin: string
  readonly path: string
  /** Tag or digest. */
  readonly reference: string
}

export interface DigestOptions {
  readonly auths: RegistryAuths
  readonly caCert?: string | undefined
  /** Milliseconds for one request. */
  readonly requestTimeout: number
}

/**
 * The digest that a tag of any registry has now: HEAD of its manifest (distribution-spec, "Pulling manifests"), with
 * the job's own login where there is one, and by the token flow where the registry wants that. Docker Hub does not
 * count it as a pull.
 * @throws Unkeyable where the registry does not say
 */
export async function headDigest(world: World, image: string, options: DigestOptions): Promise<string> {
  const address = addressOf(image)
  const { requestTimeout, caCert } = options
  const http = createHttp(world, { requestTimeout, caCert, retries: 1, trustedOrigins: [address.origin] })
  try {
    const { status, headers } = await headManifest(http, address, options.auths.get(address.host), world)
    const digest = headers['docker-content-digest'] ?? ''
    if (status === 200 && /^sha256:[0-9a-f]{64}$/.test(digest)) return digest
    throw new Unkeyable(`${address.host} did not say the digest of ${image} (HTTP ${status})`)
  } catch (thrown) {
    world.signal.throwIfAborted()
    if (thrown instanceof Unkeyable) throw thrown
    const seen = thrown instanceof Failure ? thrown.details.seen : 'it failed'
    throw new Unkeyable(`${address.host} did not say the digest of ${image}: ${sanitizeLine(seen)}`, {
      cause: thrown,
    })
  } finally {
    http.close()
  }
}

/** Docker Hub's registry has another host than its name, and its own images are in `library/`. */
function addressOf(image: string): Address {
  const { host: given, path, tag, digest } = readReference(image)
  const named = registryHost(given)
  const isHub = named === 'docker.io'
  return {
    host: named,
    origin: registryUrl(isHub ? 'registry-1.docker.io' : named),
    path: isHub && !path.includes('/') ? `library/${path}` : path,
    reference: digest ?? tag ?? 'latest',
  }
}

async function headManifest(
  http: HttpClient,
  address: Address,
  auth: string | undefined,
  { mask }: Pick<World, 'mask'>,
): Promise<HttpResponse> {
  const head = (authorization?: string): Promise<HttpResponse> =>
    http.request({
      method: 'HEAD',
      url: `${address.origin}${registryPath.manifest(address.path, address.reference)}`,
      headers: { accept: ACCEPT, ...(authorization === undefined ? {} : { authorization }) },
      what: 'Cannot read the digest of a base image',
      tolerate: [401, 403, 404, 429],
    })
  const first = await head()
  const challenge = first.headers['www-authenticate'] ?? ''
  if (first.status !== 401) return first
  if (/^basic\b/i.test(challenge)) return auth === undefined ? first : head(`Basic ${auth}`)
  const what = 'Cannot get a token for a base image'
  const token = await bearerToken(http, { challenge, auth, what, scope: `repository:${address.path}:pull` })
  if (token === undefined) return first
  mask(token)
  return head(`Bearer ${token}`)
}
