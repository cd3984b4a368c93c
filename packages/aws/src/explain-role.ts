import { Failure } from '@mlops-actions/diagnostics'
import { readAwsError } from './error.wire.ts'
import { explainAws } from './explain.ts'
import { readClaims } from './id-token.wire.ts'

const ACTION = 'sts:AssumeRoleWithWebIdentity'

export interface RefusedRole {
  /** Its ARN. */
  readonly role: string
  readonly webIdentityToken: string
}

/**
 * Why STS gave no keys for a role (API reference, AssumeRoleWithWebIdentity, Errors). A denial is one by the trust policy of
 * the role, or by a role that is not there; a token is invalid where the account has no provider for its issuer, or one
 * with other audiences.
 */
export function explainRole(thrown: unknown, refused: RefusedRole): Failure {
  const { role, webIdentityToken } = refused
  const failure = explainAws(thrown, { what: 'Cannot assume the role', on: role, action: ACTION })
  const { subject, issuer } = readClaims(webIdentityToken)
  const { name } = readAwsError(thrown)
  if (name === 'InvalidIdentityTokenException')
    return new Failure({
      ...failure.details,
      kind: 'auth',
      code: 'AWS_OIDC_PROVIDER',
      next: `Add the identity provider ${issuer} with the audience sts.amazonaws.com to IAM of account ${accountOf(role)}, or correct its audience`,
    })
  if (failure.code !== 'AWS_ACCESS_DENIED') return failure
  return new Failure({
    ...failure.details,
    code: 'AWS_ROLE_REFUSED',
    next: `Check that the role exists, and let its trust policy allow \`${ACTION}\` to this job, whose \`sub\` is ${subject}`,
  })
}

function accountOf(role: string): string {
  return role.split(':')[4] ?? ''
}
