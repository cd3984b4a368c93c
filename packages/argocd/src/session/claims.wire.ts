import { number, optional, record, string, withDefault } from '@mlops-actions/http'

const isClaims = record({
  sub: withDefault(string, ''),
  exp: optional(number),
  federated_claims: optional(record({ user_id: withDefault(string, '') })),
})

/** What a token says of itself, for messages: nothing here proves it. */
export interface Claims {
  /** As RBAC names it: since 3.0 Dex's `federated_claims.user_id` before `sub` (argo-cd util/jwt GetUserIdentifier). */
  readonly subject: string
  /** Milliseconds since the epoch; undefined where it never ends. */
  readonly expiresAt: number | undefined
}

/** The claims of a JWT, unverified; undefined for a token of another form. */
export function readClaims(token: string): Claims | undefined {
  const [, payload, signature] = token.split('.')
  if (payload === undefined || signature === undefined) return undefined
  try {
    const claims = isClaims(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')))
    const { sub, exp, federated_claims: federated } = claims
    return {
      subject: federated?.user_id || sub,
      expiresAt: exp === undefined ? undefined : exp * 1_000,
    }
  } catch {
    return undefined
  }
}
