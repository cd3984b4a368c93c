import { encodeStrictly } from '../sigv4.ts'
import { createSigner, type Signer } from './sign.ts'

/** Where the objects of a bucket are, as the SDK has found out with a request that succeeded. */
export interface Route {
  readonly protocol: string
  readonly hostname: string
  readonly port: number | undefined
  /** `/` or `/bucket/`. */
  readonly path: string
  /** Undefined where requests go unsigned. */
  readonly sign: Signer | undefined
}

/** A request as the SDK has sent it. */
export interface SentRequest {
  readonly protocol: string
  readonly hostname: string
  readonly port?: number
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

/** Signature Version 4 for the service `s3`: neither S3 Express, Outposts, Object Lambda nor access points of many regions. */
const SCOPE = /^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/([A-Za-z0-9_-]+)\/s3\/aws4_request,/

/**
 * Pure: what stands before the key in the path of one request is what stands before every key of its bucket. Undefined for
 * what is signed in another way.
 */
export function routeOf(request: SentRequest, key: string): Route | undefined {
  const { protocol, hostname, port, path, headers } = request
  const authorization = headers['authorization']
  const region = SCOPE.exec(authorization ?? '')?.[1]
  if (authorization !== undefined && region === undefined) return undefined
  const encoded = encodeKey(key)
  if (!path.endsWith(encoded)) return undefined
  const folder = path.slice(0, path.length - encoded.length)
  return {
    protocol,
    hostname,
    port,
    path: folder.endsWith('/') ? folder : `${folder}/`,
    sign: region === undefined ? undefined : createSigner(region),
  }
}

/** S3 encodes a key once, and its slashes not at all ("Create a signed AWS API request" in the IAM user guide). */
export function encodeKey(key: string): string {
  return key.split('/').map(encodeStrictly).join('/')
}
