import { explainAws } from '@mlops-actions/aws'
import { Failure, withDetails } from '@mlops-actions/diagnostics'

/** One call to S3, for the sentence when it fails. */
export interface S3Call {
  readonly what: string
  readonly bucket: string
  /** Undefined: the bucket itself. */
  readonly key?: string | undefined
  readonly action: string
}

/** The failure of a call, with the ARN that a policy has to name. */
export function explainS3(thrown: unknown, { what, bucket, key, action }: S3Call): Failure {
  const arn = arnOf(bucket, key)
  const failure = explainAws(thrown, { what, on: arn, action })
  if (failure.details.seen.includes('NoSuchBucket'))
    return withDetails(failure, {
      on: `s3://${bucket}`,
      next: 'Check the name of the bucket: this action never creates one',
    })
  // The SDK calls a reset connection a TimeoutError too (@smithy/node-http-handler, NODEJS_TIMEOUT_ERROR_CODES).
  if (failure.details.seen.startsWith('TimeoutError') && !/ECONNRESET|EPIPE/.test(failure.details.seen))
    return withDetails(failure, {
      kind: 'timeout',
      code: 'S3_TIMEOUT',
      next: 'Run the step again, or give a request more time with `request-timeout`',
    })
  if (failure.details.seen.startsWith('InvalidObjectState'))
    return archived({ what, bucket, key, action }, failure)
  if (failure.details.seen.startsWith('PreconditionFailed'))
    return withDetails(failure, {
      kind: 'integrity',
      code: 'S3_CHANGED',
      retryable: true,
      next: 'Run the step again: somebody replaced the object while it was read',
    })
  if (failure.details.seen.startsWith('BadDigest'))
    return withDetails(failure, {
      kind: 'integrity',
      code: 'S3_BAD_DIGEST',
      retryable: true,
      next: 'Run the step again; if it stays, something between this runner and S3 changes what is sent',
    })
  return failure
}

/** S3 answers 403 for an object that is not there to whoever may not list (HeadObject and GetObject in the API reference). */
export function lookAction(bucket: string): string {
  return `s3:ListBucket\` on ${arnOf(bucket, undefined)} and \`s3:GetObject`
}

/** What a policy has to name. */
function arnOf(bucket: string, key: string | undefined): string {
  const isAccessPoint = bucket.startsWith('arn:')
  const owner = isAccessPoint ? bucket : `arn:aws:s3:::${bucket}`
  if (key === undefined) return owner
  return isAccessPoint ? `${owner}/object/${key}` : `${owner}/${key}`
}

/** An object in an archive is there, and nobody can read it before it is restored. */
export function archived({ what, bucket, key = '' }: S3Call, cause?: Failure): Failure {
  return new Failure({
    kind: 'policy',
    code: 'S3_ARCHIVED',
    what,
    on: `s3://${bucket}/${key}`,
    seen: 'it lies in an archive (Glacier, Deep Archive or an archive tier of Intelligent-Tiering)',
    next: `Restore it with \`aws s3api restore-object --bucket ${bucket} --key ${key} --restore-request Days=7\`, which takes minutes to two days, run the step again, and keep the remote out of lifecycle rules that archive`,
    cause,
  })
}

/** A body that ended before its time; what came of it is worth nothing. */
export function truncated({ what, bucket, key = '' }: S3Call, got: number, wanted: number): Failure {
  return new Failure({
    kind: 'upstream',
    code: 'S3_TRUNCATED',
    what,
    on: `s3://${bucket}/${key}`,
    seen: `${got} of ${wanted} bytes came`,
    next: 'Run the step again; if it stays, look at what lies between this runner and S3',
  })
}

/** A success without the ETag that every S3 server sends proves nothing. */
export function noEtag({ what, bucket, key }: S3Call): Failure {
  return new Failure({
    kind: 'upstream',
    code: 'S3_NO_ETAG',
    what,
    on: `s3://${bucket}/${key ?? ''}`,
    seen: 'the server said success without an ETag, so nothing shows that it holds the object',
    next: 'Check `endpointurl` of the remote: what answers there does not behave like S3',
    retryable: false,
  })
}
