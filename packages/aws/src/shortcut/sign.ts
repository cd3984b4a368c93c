import { createSecretKey, type KeyObject } from 'node:crypto'
import { canonicalQuery, hmac, sha256Hex, signingKey, stampOf } from '../sigv4.ts'

export interface Keys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
}

export interface UnsignedRequest {
  readonly method: string
  /** Encoded as it is sent. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** Lower-case names; all of them are signed. */
  readonly headers: Readonly<Record<string, string>>
  /** SHA-256 of the body as hex, or UNSIGNED-PAYLOAD. */
  readonly payload: string
}

/** Signs requests to one service in one region; what depends on the day and the keys alone is computed once. */
export type Signer = (request: UnsignedRequest, keys: Keys, now: number) => Record<string, string>

/** The headers of a request with its signature (Signature Version 4; S3 encodes the path once, others once more). */
export function createSigner(region: string, service = 's3'): Signer {
  let cached: { readonly for: string; readonly key: KeyObject } | undefined
  const keyFor = (secret: string, scope: string): KeyObject => {
    const wanted = `${secret} ${scope}`
    if (cached?.for !== wanted) cached = { for: wanted, key: createSecretKey(signingKey(secret, scope)) }
    return cached.key
  }
  return ({ method, path, query, headers, payload }, keys, now) => {
    const stamp = stampOf(now)
    const scope = `${stamp.slice(0, 8)}/${region}/${service}/aws4_request`
    const all: Record<string, string> = {
      ...headers,
      'x-amz-content-sha256': payload,
      'x-amz-date': stamp,
      // An empty one, as an unset variable leaves it, is none.
      ...(keys.sessionToken ? { 'x-amz-security-token': keys.sessionToken } : {}),
    }
    const names = Object.keys(all).sort()
    const canonicalHeaders = names.map((name) => `${name}:${canonicalValue(all[name] ?? '')}\n`).join('')
    const signed = names.join(';')
    const canonical = [method, path, canonicalQuery(query), canonicalHeaders, signed, payload].join('\n')
    const toSign = ['AWS4-HMAC-SHA256', stamp, scope, sha256Hex(canonical)].join('\n')
    const signature = hmac(keyFor(keys.secretAccessKey, scope), toSign).toString('hex')
    const credential = `${keys.accessKeyId}/${scope}`
    all['authorization'] =
      `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signed}, Signature=${signature}`
    return all
  }
}

/** Without white space around it, and one space for every run of it within. */
function canonicalValue(value: string): string {
  return value.trim().replace(/\s+/g, ' ')
}
