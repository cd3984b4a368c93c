/** Whom an OIDC token is of: what a trust policy and an identity provider are compared with. */
export interface IdTokenClaims {
  /** `repo:octo/churn:ref:refs/heads/main` */
  readonly subject: string
  /** `https://token.actions.githubusercontent.com`; that of an enterprise server is another. */
  readonly issuer: string
}

/** Reads them for a message, unverified; what cannot be read says so in its place. */
export function readClaims(token: string): IdTokenClaims {
  const { sub, iss } = payloadOf(token)
  return { subject: said(sub), issuer: said(iss) }
}

function payloadOf(token: string): Record<string, unknown> {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
    return typeof payload === 'object' && payload !== null ? (payload as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function said(claim: unknown): string {
  return typeof claim === 'string' && claim !== '' ? claim.slice(0, 200) : 'not to be read'
}
