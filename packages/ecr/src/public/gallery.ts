import { createHash } from 'node:crypto'
import { Failure } from '@mlops-actions/diagnostics'
import type { HttpClient, HttpResponse } from '@mlops-actions/http'
import { MANIFEST_TYPES, registryPath } from '@mlops-actions/oci'
import { bearerToken } from '../bearer.ts'
import { registryUrl } from '../registry-host.ts'
import { createRenewable, type Renewable } from '../renewable.ts'

const ACCEPT = MANIFEST_TYPES.join(', ')

/** A manifest as a registry gives it. */
export interface GalleryManifest {
  /** As the registry says it. */
  readonly digest: string
  readonly mediaType: string
  readonly text: string
}

/** The registry of ECR Public: its API has no BatchGetImage, so that manifests are read there. */
export interface Gallery {
  /** Whether an endpoint of somebody's own stands for the API: then only its answers say what its registry is called. */
  readonly isElsewhere: boolean
  /** Hosts of the registry, by the name of a repository that is known to be there. */
  readonly known: Map<string, string>
  /** Undefined where it is not there. @throws Failure what the registry refused */
  manifest(host: string, name: string, reference: string): Promise<GalleryManifest | undefined>
  close(): void
}

export interface GalleryOptions {
  readonly isElsewhere: boolean
  /** A client for the registry with this host. */
  readonly open: (host: string) => HttpClient
  /** The login that the API gives, masked: base64 of `user:password`. */
  readonly auth: () => Promise<string>
  readonly mask: (secret: string) => void
}

interface Connection {
  readonly http: HttpClient
  readonly bearer: Renewable
}

/** Nothing is asked yet. */
export function createGallery({ isElsewhere, open, auth, mask }: GalleryOptions): Gallery {
  const connections = new Map<string, Connection>()
  const connect = (host: string): Connection => {
    const http = open(host)
    return { http, bearer: createRenewable(() => logIn(http, host, auth, mask)) }
  }
  return {
    isElsewhere,
    known: new Map(),
    async manifest(host, name, reference) {
      const connection = connections.get(host) ?? connect(host)
      connections.set(host, connection)
      return manifestOf(
        await getManifest(connection, `${registryUrl(host)}${registryPath.manifest(name, reference)}`),
      )
    },
    close: () => {
      for (const { http } of connections.values()) http.close()
    },
  }
}

/** distribution-spec, "Determining support": what `/v2/` refuses says who gives tokens. */
async function logIn(
  http: HttpClient,
  host: string,
  auth: GalleryOptions['auth'],
  mask: GalleryOptions['mask'],
): Promise<string> {
  const what = 'Cannot log in to ECR Public'
  const [login, { headers }] = await Promise.all([
    auth(),
    http.request({ url: `${registryUrl(host)}/v2/`, what, tolerate: [401] }),
  ])
  const challenge = headers['www-authenticate'] ?? ''
  const token = await bearerToken(http, { challenge, auth: login, what })
  if (token === undefined)
    throw new Failure({
      kind: 'upstream',
      code: 'ECR_TOKEN_SHAPE',
      what,
      on: host,
      seen: 'it asks for no token, or gives none',
      next: 'Something else answers in the place of ECR Public: look at the proxy, and at AWS_ENDPOINT_URL_ECR_PUBLIC',
    })
  mask(token)
  return token
}

/** distribution-spec, "Pulling manifests"; with another token where the registry says that this one is too old. */
async function getManifest({ http, bearer }: Connection, url: string): Promise<HttpResponse> {
  const get = (token: string, tolerate: number[]): Promise<HttpResponse> =>
    http.request({
      url,
      headers: { accept: ACCEPT, authorization: `Bearer ${token}` },
      what: 'Cannot look into the repository',
      tolerate,
    })
  const token = await bearer.value()
  const first = await get(token, [401, 404])
  if (first.status !== 401) return first
  await bearer.renew(token)
  return get(await bearer.value(), [404])
}

function manifestOf({ status, headers, body }: HttpResponse): GalleryManifest | undefined {
  if (status === 404) return undefined
  const actual = `sha256:${createHash('sha256').update(body).digest('hex')}`
  return {
    digest: headers['docker-content-digest'] ?? actual,
    mediaType: headers['content-type']?.split(';')[0]?.trim() ?? '',
    text: body.toString('utf8'),
  }
}
