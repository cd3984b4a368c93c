import type { SandboxRequest } from '../server.ts'
import { type Refusal, type Verified, verifySignature } from '../sigv4/index.ts'
import { regionOf } from './context.ts'
import { S3Error } from './errors.ts'
import type { S3State } from './state.ts'

/**
 * A bucket of another region is asked under that region, or sent there: both signatures are taken here.
 * @throws S3Error in S3's words when the request is not signed rightly by a known principal
 */
export function authenticate(
  request: SandboxRequest,
  state: S3State,
  now: number,
  bucketName: string,
): Verified {
  const bucket = state.buckets.get(bucketName)
  const region = bucket?.region ?? state.region
  const { principals } = state
  const regions = [region, state.region]
  const verdict = verifySignature(request, { principals, regions, service: 's3', now })
  if (!verdict.ok) {
    const error = toError(verdict.refusal, region, now)
    const tells = verdict.refusal.reason === 'wrong-region' && bucket !== undefined
    throw tells ? withHeaders(error, regionOf(state, bucket)) : error
  }
  assertPayloadStated(request)
  return verdict
}

function withHeaders(
  { code, details, message }: S3Error,
  headers: Readonly<Record<string, string>>,
): S3Error {
  return new S3Error(code, details, message, headers)
}

const STATED =
  /^(?:UNSIGNED-PAYLOAD|STREAMING-UNSIGNED-PAYLOAD-TRAILER|STREAMING-AWS4-HMAC-SHA256-PAYLOAD(?:-TRAILER)?|[0-9a-f]{64})$/

/** @throws S3Error InvalidRequest, InvalidArgument */
function assertPayloadStated({ query, headers }: SandboxRequest): void {
  const stated = headers['x-amz-content-sha256']
  if (stated === undefined) {
    if (query.has('X-Amz-Signature')) return
    throw new S3Error('InvalidRequest', {}, 'Missing required header for this request: x-amz-content-sha256')
  }
  if (STATED.test(stated)) return
  const asymmetric = stated.startsWith('STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD')
  if (asymmetric) throw new S3Error('NotImplemented', { Header: 'x-amz-content-sha256' })
  throw new S3Error(
    'InvalidArgument',
    { ArgumentName: 'x-amz-content-sha256', ArgumentValue: stated },
    'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER or a valid sha256 value.',
  )
}

function toError(refusal: Refusal, region: string, now: number): S3Error {
  const serverTime = new Date(now).toISOString().replace(/\.\d+Z$/, 'Z')
  switch (refusal.reason) {
    case 'missing':
      return new S3Error('AccessDenied')
    case 'unsupported':
      return new S3Error(
        'InvalidRequest',
        {},
        'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
      )
    case 'malformed':
      return malformed(refusal.presigned, refusal.detail)
    case 'unknown-key':
      return new S3Error('InvalidAccessKeyId', { AWSAccessKeyId: refusal.accessKeyId })
    case 'wrong-region': {
      const detail = `the region '${refusal.claim.scope.region}' is wrong; expecting '${region}'`
      return malformed(refusal.presigned, detail, { Region: region })
    }
    case 'wrong-service':
      return malformed(
        refusal.presigned,
        `incorrect service "${refusal.claim.scope.service}". This endpoint belongs to "s3".`,
      )
    case 'skewed':
      return new S3Error('RequestTimeTooSkewed', {
        RequestTime: refusal.claim.amzDate,
        ServerTime: serverTime,
        MaxAllowedSkewMilliseconds: '900000',
      })
    case 'url-expired': {
      const expires = new Date(refusal.claim.signedAt + (refusal.claim.expiresIn ?? 0) * 1000).toISOString()
      const details = {
        'X-Amz-Expires': String(refusal.claim.expiresIn),
        Expires: expires.replace(/\.\d+Z$/, 'Z'),
        ServerTime: serverTime,
      }
      return new S3Error('AccessDenied', details, 'Request has expired')
    }
    case 'invalid-token':
      return new S3Error('InvalidToken', { 'Token-0': refusal.claim.token ?? '' })
    case 'expired-token':
      return new S3Error('ExpiredToken', { 'Token-0': refusal.claim.token ?? '' })
    case 'unsigned-headers':
      return new S3Error(
        'AccessDenied',
        { HeadersNotSigned: refusal.headers.join(', ') },
        'There were headers present in the request which were not signed',
      )
    case 'mismatch':
      return mismatch(refusal)
  }
}

function malformed(
  presigned: boolean,
  detail: string,
  details: Readonly<Record<string, string>> = {},
): S3Error {
  if (presigned) return new S3Error('AuthorizationQueryParametersError', details, detail)
  return new S3Error(
    'AuthorizationHeaderMalformed',
    details,
    `The authorization header is malformed; ${detail}`,
  )
}

function mismatch(refusal: Extract<Refusal, { reason: 'mismatch' }>): S3Error {
  return new S3Error('SignatureDoesNotMatch', {
    AWSAccessKeyId: refusal.claim.accessKeyId,
    StringToSign: refusal.toSign,
    SignatureProvided: refusal.claim.signature,
    StringToSignBytes: hexBytes(refusal.toSign),
    CanonicalRequest: refusal.canonical,
    CanonicalRequestBytes: hexBytes(refusal.canonical),
  })
}

function hexBytes(text: string): string {
  return Buffer.from(text).toString('hex').replace(/../g, '$& ').trim()
}
