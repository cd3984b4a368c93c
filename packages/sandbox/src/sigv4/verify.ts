import { timingSafeEqual } from 'node:crypto'
import type { SandboxRequest } from '../server.ts'
import { type Claim, parseClaim } from './authorization.ts'
import type { Principal } from './principal.ts'
import { canonicalRequest, type Scope, sha256Hex, sign, signingKey, stringToSign } from './signature.ts'

/** AWS accepts a clock that is up to 15 minutes off. */
export const MAX_SKEW_MS = 15 * 60_000

export interface VerifyOptions {
  readonly principals: readonly Principal[]
  readonly service: 's3' | 'ecr' | 'ecr-public' | 'eks' | 'sts'
  /** Those that a signature may be for. */
  readonly regions: readonly string[]
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** Signed by whom; key, scope and signature go on into the signatures of aws-chunked bodies. */
export interface Verified {
  readonly ok: true
  readonly principal: Principal
  readonly key: Buffer
  readonly scope: Scope
  readonly amzDate: string
  readonly signature: string
}

export type Refusal =
  | { readonly reason: 'missing' | 'unsupported' }
  | { readonly reason: 'malformed'; readonly presigned: boolean; readonly detail: string }
  | { readonly reason: 'unknown-key'; readonly accessKeyId: string }
  | { readonly reason: 'wrong-region' | 'wrong-service'; readonly presigned: boolean; readonly claim: Claim }
  | { readonly reason: 'skewed' | 'url-expired'; readonly claim: Claim }
  | { readonly reason: 'invalid-token' | 'expired-token'; readonly claim: Claim }
  | { readonly reason: 'unsigned-headers'; readonly headers: readonly string[] }
  | {
      readonly reason: 'mismatch'
      readonly claim: Claim
      readonly canonical: string
      readonly toSign: string
    }

export type Verdict = Verified | { readonly ok: false; readonly refusal: Refusal }

/** Checks a SigV4 signature in the header or in the query; each service words the refusal in its own way. */
export function verifySignature(request: SandboxRequest, options: VerifyOptions): Verdict {
  const parsed = parseClaim(request)
  if (parsed.kind === 'malformed')
    return refuse({ reason: 'malformed', presigned: parsed.presigned, detail: parsed.detail })
  if (parsed.kind !== 'claim') return refuse({ reason: parsed.kind })
  const { claim } = parsed
  const presigned = claim.expiresIn !== undefined
  const principal = options.principals.find((known) => known.accessKeyId === claim.accessKeyId)
  if (!principal) return refuse({ reason: 'unknown-key', accessKeyId: claim.accessKeyId })
  if (claim.scope.service !== options.service) return refuse({ reason: 'wrong-service', presigned, claim })
  if (!options.regions.includes(claim.scope.region))
    return refuse({ reason: 'wrong-region', presigned, claim })
  return (
    checkTime(claim, options.now) ??
    checkToken(claim, principal, options.now) ??
    checkSignature(request, claim, principal)
  )
}

function refuse(refusal: Refusal): Verdict {
  return { ok: false, refusal }
}

function checkTime(claim: Claim, now: number): Verdict | undefined {
  if (claim.expiresIn !== undefined) {
    if (now > claim.signedAt + claim.expiresIn * 1000) return refuse({ reason: 'url-expired', claim })
    return claim.signedAt - now > MAX_SKEW_MS ? refuse({ reason: 'skewed', claim }) : undefined
  }
  return Math.abs(now - claim.signedAt) > MAX_SKEW_MS ? refuse({ reason: 'skewed', claim }) : undefined
}

function checkToken(claim: Claim, principal: Principal, now: number): Verdict | undefined {
  if (claim.token !== principal.sessionToken) return refuse({ reason: 'invalid-token', claim })
  if (principal.expiresAt !== undefined && now >= principal.expiresAt)
    return refuse({ reason: 'expired-token', claim })
  return undefined
}

function checkSignature(request: SandboxRequest, claim: Claim, principal: Principal): Verdict {
  const unsigned = unsignedHeaders(request, claim)
  if (unsigned.length > 0) return refuse({ reason: 'unsigned-headers', headers: unsigned })
  const canonical = canonicalRequest({
    method: request.method,
    rawPath: request.rawPath,
    rawQuery: request.rawQuery,
    headers: request.headers,
    signedHeaders: claim.signedHeaders,
    payloadHash: payloadHash(request, claim),
    encodePathTwice: claim.scope.service !== 's3',
  })
  const toSign = stringToSign(claim.amzDate, claim.scope, canonical)
  const key = signingKey(principal.secretAccessKey, claim.scope)
  if (!sameText(sign(key, toSign), claim.signature))
    return refuse({ reason: 'mismatch', claim, canonical, toSign })
  return { ok: true, principal, key, scope: claim.scope, amzDate: claim.amzDate, signature: claim.signature }
}

/** S3 signs what the header says (and checks the body against it later); a presigned URL of S3 signs no body. */
function payloadHash(request: SandboxRequest, claim: Claim): string {
  const declared =
    request.headers['x-amz-content-sha256'] ?? request.query.get('X-Amz-Content-Sha256') ?? undefined
  if (declared !== undefined) return declared
  const isUnsigned = claim.expiresIn !== undefined && claim.scope.service === 's3'
  return isUnsigned ? 'UNSIGNED-PAYLOAD' : sha256Hex(request.body)
}

/** `host` and every `x-amz-*` header must be signed. */
function unsignedHeaders(request: SandboxRequest, claim: Claim): string[] {
  const names = Object.keys(request.headers).filter((name) => name === 'host' || name.startsWith('x-amz-'))
  return names.filter((name) => !claim.signedHeaders.includes(name))
}

/** Compares two signatures in constant time. */
export function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}
