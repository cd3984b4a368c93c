import { createHmac, hash, type KeyObject } from 'node:crypto'

// The pieces of Signature Version 4 ("Create a signed AWS API request" in the IAM user guide).

export function sha256Hex(data: string | Uint8Array): string {
  return hash('sha256', data)
}

export function hmac(key: Buffer | KeyObject, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

/** @param scope `20260115/eu-west-1/s3/aws4_request` */
export function signingKey(secret: string, scope: string): Buffer {
  return scope.split('/').reduce<Buffer>((key, part) => hmac(key, part), Buffer.from(`AWS4${secret}`))
}

/** RFC 3986, as SigV4 wants it: encodeURIComponent leaves `!'()*` as they are. */
export function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** Encoded, and sorted by the encoded names: `a=` stands before `a-b=`, though `-` comes before `=`. */
export function canonicalQuery(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => [encodeStrictly(name), encodeStrictly(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map((pair) => pair.join('='))
    .join('&')
}

/** `20260115T120000Z` */
export function stampOf(now: number): string {
  return new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '')
}
