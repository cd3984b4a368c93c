import { explainAws } from '@mlops-actions/aws'
import { Failure, withDetails } from '@mlops-actions/diagnostics'

/** One call to S3, for the sentence when it fails. */
export interface S3Call {
  readonly what: string
  readonly bucket: string
  /** Undefined: the bucket itself. */
  readonly key?: string
  readonly action: string
}

/** The failure of a call, with the ARN that a policy has to name. */
export function explainS3(thrown: unknown, { what, bucket, key, action }: S3Call): Failure {
  const arn = `arn:aws:s3:::${bucket}${key === undefined ? '' : `/${key}`}`
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
  if (failure.details.seen.startsWith('BadDigest'))
    return withDetails(failure, {
      kind: 'integrity',
      code: 'S3_BAD_DIGEST',
      retryable: true,
      next: 'Run the step again; if it stays, something between this runner and S3 changes what is sent',
    })
  return failure
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
