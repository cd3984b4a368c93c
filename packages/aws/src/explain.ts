import { Failure, type FailureKind } from '@mlops-actions/diagnostics'
import { type AwsError, readAwsError } from './error.wire.ts'

export interface AwsCall {
  /** "Cannot upload an object" */
  readonly what: string
  /** Bucket, key, repository. */
  readonly on: string
  /** The IAM action that the call needs: `s3:PutObject`. */
  readonly action: string
}

interface Explanation {
  readonly kind: FailureKind
  readonly code: string
  readonly next: string
}

type Rule = readonly [
  matches: (error: AwsError, call: AwsCall) => boolean,
  explain: (error: AwsError, call: AwsCall) => Explanation,
]

const named =
  (...names: string[]) =>
  (error: AwsError) =>
    names.includes(error.name)

const RULES: readonly Rule[] = [
  [
    named('CredentialsProviderError', 'TokenProviderError'),
    () => ({
      kind: 'auth',
      code: 'AWS_NO_CREDENTIALS',
      next: 'Give the job `permissions: { id-token: write }` and the step `role-to-assume: arn:aws:iam::…:role/…`, or run aws-actions/configure-aws-credentials before it',
    }),
  ],
  [
    // Other services know no place of a resource: their endpoint is of one region, and was signed for another.
    ({ region }, { action }) => region !== undefined && !action.startsWith('s3:'),
    ({ region }) => ({
      kind: 'config',
      code: 'AWS_OTHER_REGION',
      next: `The endpoint is of ${region}: give the step \`aws-region: ${region}\`, or correct the region of the profile`,
    }),
  ],
  [
    ({ region }) => region !== undefined,
    ({ region }) => ({
      kind: 'config',
      code: 'S3_REGION',
      next: `The bucket lies in ${region}: give the step \`aws-region: ${region}\`, or the remote \`region = ${region}\``,
    }),
  ],
  [
    (error) => /Region (is missing|not accepted)/.test(error.message),
    () => ({ kind: 'config', code: 'AWS_REGION_MISSING', next: 'Give the step `aws-region: eu-west-1`' }),
  ],
  [
    named('ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired', 'RequestExpired'),
    () => ({
      kind: 'auth',
      code: 'AWS_EXPIRED',
      next: 'Use `role-to-assume`, which renews itself, or a longer role session',
    }),
  ],
  [
    named('RequestTimeTooSkewed', 'InvalidSignatureException', 'SignatureDoesNotMatch'),
    (error) => ({
      kind: 'auth',
      code: 'AWS_SIGNATURE',
      next:
        error.name === 'RequestTimeTooSkewed'
          ? "Correct the clock of the runner's machine"
          : 'Check the secret key, and that no proxy changes the request',
    }),
  ],
  [
    named(
      'InvalidAccessKeyId',
      'UnrecognizedClientException',
      'InvalidClientTokenId',
      'InvalidToken',
      'InvalidIdentityTokenException',
    ),
    () => ({
      kind: 'auth',
      code: 'AWS_BAD_CREDENTIALS',
      next: 'Check which credentials this job has: the server does not know them',
    }),
  ],
  [
    (error) =>
      named('AccessDenied', 'AccessDeniedException', 'Forbidden')(error) ||
      error.status === 403 ||
      DENIAL.test(error.message),
    ({ message }, call) => ({ kind: 'auth', code: 'AWS_ACCESS_DENIED', next: adviseOnDenial(message, call) }),
  ],
  [
    named('NoSuchBucket', 'RepositoryNotFoundException', 'NoSuchKey', 'NotFound', 'ImageNotFoundException'),
    () => ({ kind: 'not-found', code: 'AWS_NOT_FOUND', next: 'Check the name, the region and the account' }),
  ],
  [
    (error) =>
      /Throttl|SlowDown|TooManyRequests|RequestLimitExceeded/.test(error.name) || error.status === 429,
    () => ({
      kind: 'rate-limit',
      code: 'AWS_THROTTLED',
      next: 'Run the step again later, or ask for a higher quota',
    }),
  ],
  [
    // What KMS says of a key that nobody can use, handed on by the service whose data it encrypts (KMS, Encrypt and Decrypt, Errors).
    ({ name }) => /^KMS\.(Disabled|NotFound|KMSInvalidState|InvalidKeyUsage)/.test(name),
    () => ({
      kind: 'config',
      code: 'AWS_KMS_KEY',
      next: 'Look at the KMS key that encrypts this: it has to exist, be enabled and not be scheduled for deletion',
    }),
  ],
  [
    named('LimitExceededException'),
    () => ({
      kind: 'quota',
      code: 'AWS_QUOTA',
      next: 'Ask for a higher quota, or remove what is not needed',
    }),
  ],
  [
    (error) => ['ENOTFOUND'].includes(error.networkCode ?? ''),
    () => ({
      kind: 'config',
      code: 'AWS_HOST',
      next: 'Check the region and the endpoint: the host does not resolve from this runner',
    }),
  ],
  [
    ({ networkCode }) => networkCode === 'EPROTO',
    () => ({
      kind: 'config',
      code: 'AWS_TLS',
      next: 'Check the endpoint: the server speaks no TLS there; one that really does not is given as http://…',
    }),
  ],
  [
    ({ networkCode }) => networkCode === 'ECONNREFUSED',
    () => ({
      kind: 'upstream',
      code: 'AWS_ERROR',
      next: 'Check the endpoint and its port: nothing answers there; if it is right, run the step again when the server is up',
    }),
  ],
  [
    (error) => /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(error.networkCode ?? ''),
    () => ({ kind: 'config', code: 'AWS_TLS', next: 'Give the CA of this server as `ca-cert`' }),
  ],
]

const OTHERWISE: Explanation = {
  kind: 'upstream',
  code: 'AWS_ERROR',
  next: 'Run the step again; if it stays, look at https://health.aws.amazon.com and at the endpoint',
}

/** What an SDK call threw, as a Failure that names the missing IAM action, the resource and the request id. */
export function explainAws(thrown: unknown, call: AwsCall): Failure {
  if (thrown instanceof Failure) return thrown
  const error = readAwsError(thrown)
  const explanation = RULES.find(([matches]) => matches(error, call))?.[1](error, call) ?? OTHERWISE
  return new Failure({ ...explanation, what: call.what, on: call.on, seen: describe(error), cause: thrown })
}

/** IAM user guide, "Troubleshoot access denied error messages"; STS says it of a web identity without the colon. */
const DENIAL = /not authorized to perform:? ([\w-]+:\w+)(?: on resource: "?(arn:[^\s"]+))?/i

/**
 * Whether an error is a denial by its words: a service that asks another one in the name of the caller hands that one's
 * sentence on under a name of its own (ECR's KmsException).
 */
export function isDenialOfAws(thrown: unknown): boolean {
  return DENIAL.test(readAwsError(thrown).message)
}

/** By what AWS itself says of the denial: of a key that encrypts the bucket, say, nobody else knows. */
function adviseOnDenial(message: string, { action, on }: AwsCall): string {
  const [, denied, resource] = DENIAL.exec(message) ?? []
  // Another action than the one that was asked for is not of the same thing.
  const where = resource ?? (denied === undefined || denied === action ? on : undefined)
  const what = `\`${denied ?? action}\`${where === undefined ? '' : ` on ${where}`}`
  const [, by] = / with (an explicit deny(?: in an? [a-z -]+ policy)?)/.exec(message) ?? []
  if (by !== undefined) return `Have ${what} taken out of ${by}`
  const isOfResource = message.includes('because no resource-based policy allows')
  return `Allow the role of this job ${what}${isOfResource ? ', in the policy of that resource' : ''}`
}

function describe({ name, message, status, requestId, networkCode }: AwsError): string {
  const facts = [
    status === undefined ? networkCode : `HTTP ${status}`,
    requestId === undefined ? undefined : `request ${requestId}`,
  ]
  const known = facts.filter((fact) => fact !== undefined).join(', ')
  return `${name}: ${message}${known === '' ? '' : ` (${known})`}`
}
