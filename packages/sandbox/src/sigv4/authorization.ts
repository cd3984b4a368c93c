import type { SandboxRequest } from '../server.ts'
import type { Scope } from './signature.ts'

/** What a request claims about its signature, from the Authorization header or from the query (presigned). */
export interface Claim {
  readonly accessKeyId: string
  readonly scope: Scope
  readonly signedHeaders: readonly string[]
  readonly signature: string
  /** `20130524T000000Z` as sent. */
  readonly amzDate: string
  /** Milliseconds since the epoch. */
  readonly signedAt: number
  readonly token: string | undefined
  /** Seconds that a presigned URL lives; undefined for header authentication. */
  readonly expiresIn: number | undefined
}

export type ClaimResult =
  | { readonly kind: 'claim'; readonly claim: Claim }
  | { readonly kind: 'missing' | 'unsupported' }
  | { readonly kind: 'malformed'; readonly presigned: boolean; readonly detail: string }

export function parseClaim(request: SandboxRequest): ClaimResult {
  const header = request.headers['authorization']
  // Signature version 2, as old clients still presign by default.
  if (header?.startsWith('AWS ') || request.query.has('AWSAccessKeyId')) return { kind: 'unsupported' }
  if (header !== undefined) return parseHeader(request, header)
  if (request.query.has('X-Amz-Signature') || request.query.has('X-Amz-Algorithm')) return parseQuery(request)
  return { kind: 'missing' }
}

function parseHeader(request: SandboxRequest, header: string): ClaimResult {
  const match =
    /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/.exec(
      header,
    )
  if (!match)
    return malformed(
      false,
      'the authorization header requires three components: Credential, SignedHeaders, and Signature.',
    )
  const [, credential = '', signedHeaders = '', signature = ''] = match
  const date = request.headers['x-amz-date'] ?? ''
  return build({ credential, signedHeaders, signature, date, token: request.headers['x-amz-security-token'] })
}

function parseQuery(request: SandboxRequest): ClaimResult {
  const query = request.query
  const needed = [
    'X-Amz-Algorithm',
    'X-Amz-Credential',
    'X-Amz-Signature',
    'X-Amz-Date',
    'X-Amz-SignedHeaders',
    'X-Amz-Expires',
  ]
  if (needed.some((name) => !query.has(name)))
    return malformed(
      true,
      `Query-string authentication version 4 requires the ${needed.join(', ')} parameters.`,
    )
  const expiresIn = Number(query.get('X-Amz-Expires'))
  if (!(Number.isInteger(expiresIn) && expiresIn >= 0))
    return malformed(true, 'X-Amz-Expires should be a number')
  if (expiresIn > 604_800)
    return malformed(
      true,
      'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds',
    )
  return build({
    credential: query.get('X-Amz-Credential') ?? '',
    signedHeaders: query.get('X-Amz-SignedHeaders') ?? '',
    signature: query.get('X-Amz-Signature') ?? '',
    date: query.get('X-Amz-Date') ?? '',
    token: query.get('X-Amz-Security-Token') ?? undefined,
    expiresIn,
  })
}

interface Parts {
  readonly credential: string
  readonly signedHeaders: string
  readonly signature: string
  readonly date: string
  readonly token: string | undefined
  readonly expiresIn?: number
}

function build(parts: Parts): ClaimResult {
  const presigned = parts.expiresIn !== undefined
  const [accessKeyId, date, region, service, terminator] = parts.credential.split('/')
  if (!accessKeyId || !date || !region || !service || terminator !== 'aws4_request') {
    return malformed(
      presigned,
      `the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".`,
    )
  }
  const signedAt = parseAmzDate(parts.date)
  if (signedAt === undefined)
    return malformed(presigned, "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")
  if (!parts.date.startsWith(date))
    return malformed(
      presigned,
      `Invalid credential date "${date}". This date is not the same as X-Amz-Date: "${parts.date.slice(0, 8)}".`,
    )
  const signedHeaders = parts.signedHeaders.split(';')
  const { signature, token, expiresIn } = parts
  const claim = {
    accessKeyId,
    scope: { date, region, service },
    signedHeaders,
    signature,
    amzDate: parts.date,
    signedAt,
    token,
    expiresIn,
  }
  return { kind: 'claim', claim }
}

function malformed(presigned: boolean, detail: string): ClaimResult {
  return { kind: 'malformed', presigned, detail }
}

function parseAmzDate(text: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text)
  if (!match) return undefined
  const [, year, month, day, hour, minute, second] = match.map(Number)
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second)
}
