import { Failure } from '@mlops-actions/diagnostics'

/** Why a model did not arrive, told from the last lines of storage-initializer without repeating them. */
export interface StorageProblem {
  readonly reason: string
  readonly next: string
}

/**
 * Messages of kserve/kserve:python/storage/kserve_storage and of the SDKs below it. What is matched is shown as
 * `reason`; the lines themselves may hold paths and data of the user.
 */
const PROBLEMS: readonly (readonly [pattern: RegExp, reason: string, next: string])[] = [
  [
    /AccessDenied|Access Denied|\b403\b|Forbidden/,
    'AccessDenied',
    'Allow the role of the predictor’s ServiceAccount `s3:ListBucket` on the bucket and `s3:GetObject` below the prefix (IRSA or EKS Pod Identity); an encrypted bucket also needs `kms:Decrypt`',
  ],
  [/NoSuchBucket/, 'NoSuchBucket', 'Correct the bucket in storageUri, or its region'],
  [
    /No model found in|Failed to fetch model/,
    'no object below this URI',
    'Publish the model first: nothing with content stands below this prefix (objects of size 0 do not count)',
  ],
  [/NoSuchKey|\b404\b|Not Found/, 'not found', 'Publish the model first, or correct storageUri'],
  [
    /Unable to locate credentials|NoCredentials/,
    'no credentials',
    'Give the predictor a ServiceAccount with a role (IRSA or EKS Pod Identity), or a secret with credentials',
  ],
  [
    /InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken|InvalidToken/,
    'credentials refused',
    'Renew the credentials in the secret of the ServiceAccount',
  ],
  [
    /No space left on device|ENOSPC/,
    'no space left on the node',
    'Raise the ephemeral storage of the pod, or ship less',
  ],
  [
    /Could not connect to the endpoint|ConnectTimeout|EndpointConnectionError|Connection refused|timed out/,
    'the store cannot be reached',
    'Let the pod reach the store: VPC endpoint for S3, network policy, proxy',
  ],
]

export function classifyStorageFailure(log: string): StorageProblem | undefined {
  const found = PROBLEMS.find(([pattern]) => pattern.test(log))
  return found === undefined ? undefined : { reason: found[1], next: found[2] }
}

/** The failure of a storage-initializer that has failed twice. `log` is shown only where that is allowed. */
export function explainStorageFailure(options: {
  readonly on: string
  readonly storageUri: string | undefined
  readonly log: string
  readonly exitCode: number | undefined
  readonly showLogs: boolean
}): Failure {
  const { on, storageUri, log, exitCode, showLogs } = options
  const problem = classifyStorageFailure(log)
  const reason = problem?.reason ?? `exit code ${exitCode ?? 'unknown'}, for a reason that only its log tells`
  return new Failure({
    kind: 'workload',
    code: 'MODEL_NOT_FETCHED',
    what: 'The new version does not start: its model cannot be fetched',
    on,
    seen: `storage-initializer failed: ${reason} (${storageUri ?? 'no storageUri'})${showLogs && log !== '' ? `: ${log}` : ''}`,
    next:
      problem?.next ??
      `Read the log of the storage-initializer${showLogs ? '' : ', or set include-pod-logs: true'}`,
    retryable: false,
  })
}
