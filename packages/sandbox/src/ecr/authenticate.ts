import type { SandboxRequest } from '../server.ts'
import { type Principal, type Refusal, verifySignature } from '../sigv4/index.ts'
import { EcrError } from './errors.ts'
import type { EcrState } from './state.ts'

const SIGNATURE_TEXT =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'

/** @throws EcrError in the words of AWS's JSON services when the request is not signed rightly by a known principal */
export function authenticateEcr(
  request: SandboxRequest,
  state: EcrState,
  now: number,
  service: 'ecr' | 'ecr-public' = 'ecr',
): Principal {
  const { principals, registry } = state
  const verdict = verifySignature(request, { principals, regions: [registry.region], service, now })
  if (verdict.ok) return verdict.principal
  throw toError(verdict.refusal, registry.region, now, service)
}

function toError(refusal: Refusal, region: string, now: number, service: string): EcrError {
  switch (refusal.reason) {
    case 'missing':
    case 'unsupported':
      return new EcrError('MissingAuthenticationTokenException', 'Missing Authentication Token')
    case 'malformed':
      return new EcrError('InvalidSignatureException', refusal.detail)
    case 'unknown-key':
    case 'invalid-token':
      return new EcrError(
        'UnrecognizedClientException',
        'The security token included in the request is invalid.',
      )
    case 'expired-token':
      return new EcrError('ExpiredTokenException', 'The security token included in the request is expired')
    case 'wrong-region':
      return new EcrError(
        'InvalidSignatureException',
        `Credential should be scoped to a valid region, not '${refusal.claim.scope.region}', expecting '${region}'. `,
      )
    case 'wrong-service':
      return new EcrError(
        'InvalidSignatureException',
        `Credential should be scoped to correct service: '${service}'. `,
      )
    case 'skewed':
    case 'url-expired':
      return new EcrError(
        'InvalidSignatureException',
        skewText(refusal.claim.amzDate, refusal.claim.signedAt, now),
      )
    case 'unsigned-headers':
    case 'mismatch':
      return new EcrError('InvalidSignatureException', SIGNATURE_TEXT)
  }
}

/** `Signature expired: 20260102T030405Z is now earlier than 20260102T030905Z (20260102T032405Z - 15 min.)`. */
function skewText(amzDate: string, signedAt: number, now: number): string {
  const [limit, server] = [formatAmzDate(signedAt < now ? now - 900_000 : now + 900_000), formatAmzDate(now)]
  if (signedAt < now)
    return `Signature expired: ${amzDate} is now earlier than ${limit} (${server} - 15 min.)`
  return `Signature not yet current: ${amzDate} is still later than ${limit} (${server} + 15 min.)`
}

function formatAmzDate(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d+/g, '')
}
