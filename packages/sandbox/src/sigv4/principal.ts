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

/** True when a rule denies the action on the resource to the principal. */
export function isDenied(
  rules: readonly DenyRule[],
  principal: Principal,
  action: string,
  resource: string,
): boolean {
  return rules.some(
    (rule) =>
      matchesAction(rule.action, action) &&
      resource.startsWith(rule.resourcePrefix ?? '') &&
      (rule.principal === undefined ||
        rule.principal === principal.arn ||
        rule.principal === principal.accessKeyId),
  )
}

function matchesAction(pattern: string, action: string): boolean {
  return pattern.endsWith('*') ? action.startsWith(pattern.slice(0, -1)) : pattern === action
}
