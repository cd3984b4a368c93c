import { createHash, createHmac } from 'node:crypto'

/** `20130524/us-east-1/s3/aws4_request`, taken apart. */
export interface Scope {
  readonly date: string
  readonly region: string
  readonly service: string
}

export interface CanonicalInput {
  readonly method: string
  readonly rawPath: string
  readonly rawQuery: string
  readonly headers: Readonly<Record<string, string>>
  readonly signedHeaders: readonly string[]
  readonly payloadHash: string
  /** S3 encodes the path once, every other service twice. */
  readonly encodePathTwice: boolean
}

/** AWS General Reference, "Create a canonical request"; `X-Amz-Signature` never counts. */
export function canonicalRequest(input: CanonicalInput): string {
  const headers = input.signedHeaders.map((name) => `${name}:${trimHeader(input.headers[name] ?? '')}\n`)
  return [
    input.method,
    canonicalPath(input.rawPath, input.encodePathTwice),
    canonicalQuery(input.rawQuery),
    headers.join(''),
    input.signedHeaders.join(';'),
    input.payloadHash,
  ].join('\n')
}

export function stringToSign(amzDate: string, scope: Scope, canonical: string): string {
  return ['AWS4-HMAC-SHA256', amzDate, formatScope(scope), sha256Hex(canonical)].join('\n')
}

export function signingKey(secret: string, scope: Scope): Buffer {
  const date = hmac(`AWS4${secret}`, scope.date)
  return hmac(hmac(hmac(date, scope.region), scope.service), 'aws4_request')
}

export function sign(key: Buffer, text: string): string {
  return hmac(key, text).toString('hex')
}

export function formatScope(scope: Scope): string {
  return `${scope.date}/${scope.region}/${scope.service}/aws4_request`
}

export function sha256Hex(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}

/** RFC 3986 with only `A-Za-z0-9-_.~` unreserved, capital hex digits. */
export function uriEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}

function trimHeader(value: string): string {
  return value.trim().replace(/ +/g, ' ')
}

function canonicalPath(rawPath: string, twice: boolean): string {
  const once = rawPath
    .split('/')
    .map((segment) => uriEncode(decode(segment)))
    .join('/')
  return twice ? once.split('/').map(uriEncode).join('/') : once
}

function canonicalQuery(rawQuery: string): string {
  return rawQuery
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair): [string, string] => {
      const at = pair.indexOf('=')
      const [name, value] = at === -1 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)]
      return [uriEncode(decode(name)), uriEncode(decode(value))]
    })
    .filter(([name]) => name !== 'X-Amz-Signature')
    .sort(([a, x], [b, y]) => (a === b ? compare(x, y) : compare(a, b)))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
