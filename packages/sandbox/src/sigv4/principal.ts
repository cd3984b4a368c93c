import { askPolicy, type PolicyAnswer, type PolicyDocument, type PolicyQuestion } from './policy.ts'

/** Who may sign, as `aws sts get-caller-identity` would name it. */
export interface Principal {
  /** `arn:aws:iam::123456789012:user/ci`; stands in refusals. */
  readonly arn: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Temporary credentials: the token must then come with every request. */
  readonly sessionToken?: string
  /** Milliseconds since the epoch; only with a session token. */
  readonly expiresAt?: number
  /** Default: everything is allowed. */
  readonly policy?: PolicyDocument
}

/** One key pair that a test may use when it does not care who asks. */
export const DEFAULT_PRINCIPAL: Principal = {
  arn: 'arn:aws:iam::123456789012:user/sandbox',
  accessKeyId: 'AKIASANDBOXSANDBOX01',
  secretAccessKey: 'sandboxSecretKey/sandboxSecretKey/0000001',
}

/** One explicit deny of an identity policy. */
export interface DenyRule {
  /** `s3:GetObject`, `ecr:PutImage`, or with a `*` at its end. */
  readonly action: string
  /** Begins the resource: `bucket/models/` for S3, a repository name for ECR. Absent: every resource. */
  readonly resourcePrefix?: string
  /** ARN or access key id. Absent: everyone. */
  readonly principal?: string
}

/** Why somebody may not do something; undefined: nothing speaks against it. */
export type Denial = Exclude<PolicyAnswer, 'allowed'> | undefined

/** Asked for one call: the resource as deny rules name it, and as policies do. */
export interface Question extends PolicyQuestion {
  readonly resource: string
}

/** The deny rules first, then the principal's own policy; a principal without one may do everything. */
export function denialOf(rules: readonly DenyRule[], principal: Principal, question: Question): Denial {
  if (rules.some((rule) => applies(rule, principal, question))) return 'explicit-deny'
  const answer = principal.policy ? askPolicy(principal.policy, question) : 'allowed'
  return answer === 'allowed' ? undefined : answer
}

function applies(rule: DenyRule, principal: Principal, { action, resource }: Question): boolean {
  return (
    matchesAction(rule.action, action) &&
    resource.startsWith(rule.resourcePrefix ?? '') &&
    (rule.principal === undefined || [principal.arn, principal.accessKeyId].includes(rule.principal))
  )
}

/** The end of AWS's sentence "… is not authorized to perform: …" (IAM user guide, "Access denied error messages"). */
export function denialText(denial: NonNullable<Denial>, action: string): string {
  return denial === 'explicit-deny'
    ? 'with an explicit deny in an identity-based policy'
    : `because no identity-based policy allows the ${action} action`
}

function matchesAction(pattern: string, action: string): boolean {
  return pattern.endsWith('*') ? action.startsWith(pattern.slice(0, -1)) : pattern === action
}
