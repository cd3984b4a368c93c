import { Failure, type FailureDetails, sanitizeLine } from '@mlops-actions/diagnostics'
import type { HttpResponse } from '@mlops-actions/http'
import { parseRegistryError, type RegistrySaid } from '@mlops-actions/oci'
import { actionOf } from '../push-rules.ts'
import { accountOf, nameOf } from '../repository.ts'
import type { Place } from './place.ts'

/** A request that a registry, or the storage behind it, refused. */
export interface Refused {
  readonly place: Pick<Place, 'host' | 'repository' | 'roleInput'>
  readonly what: string
  readonly method: string
  readonly url: string
  readonly cause: unknown
}

interface Seen extends RegistrySaid {
  readonly status: number
  readonly refused: Refused
}

type Explanation = Pick<FailureDetails, 'kind' | 'code' | 'next' | 'retryable'>
type Rule = readonly [matches: (seen: Seen) => boolean, explain: (seen: Seen) => Explanation]

const RULES: readonly Rule[] = [
  [
    ({ message }) => /authorization token has expired/i.test(message),
    () => ({ kind: 'auth', code: 'ECR_TOKEN_EXPIRED', next: 'Run the step again: it gets a new token' }),
  ],
  [
    ({ message }) => /archiv/i.test(message),
    () => ({
      kind: 'policy',
      code: 'ECR_ARCHIVED',
      next: 'Restore the image that the layer belongs to, wait until it is ACTIVE, and run the step again',
    }),
  ],
  [
    ({ codes }) => codes.includes('NAME_UNKNOWN'),
    ({ refused: { place } }) => ({
      kind: 'not-found',
      code: 'ECR_NO_REPOSITORY',
      next: `Check name, account and region: ${accountOf(place)} has no repository ${place.repository.name}`,
    }),
  ],
  [
    ({ status, codes }) => status === 429 || codes.includes('TOOMANYREQUESTS'),
    () => ({
      kind: 'rate-limit',
      code: 'ECR_THROTTLED',
      next: 'Run the step again later, or let fewer jobs copy at once',
    }),
  ],
  [
    ({ status }) => status === 401,
    ({ refused: { place } }) => ({
      kind: 'auth',
      code: 'ECR_UNAUTHORIZED',
      next: `Run the step again; is ${place.host} the registry of this region and account?`,
    }),
  ],
  [({ status }) => status === 403, denied],
  [
    ({ codes }) => codes.includes('DIGEST_INVALID') || codes.includes('SIZE_INVALID'),
    () => ({
      kind: 'integrity',
      code: 'ECR_BLOB_DAMAGED',
      next: 'Run the step again; if it stays, a proxy changes what is sent',
    }),
  ],
  [
    ({ status, codes }) => codes.includes('BLOB_UPLOAD_UNKNOWN') || (status === 404 && codes.length === 0),
    () => ({ kind: 'upstream', code: 'ECR_UPLOAD_LOST', next: 'Run the step again' }),
  ],
  [
    ({ status }) => status === 404,
    ({ refused: { place } }) => ({
      kind: 'not-found',
      code: 'ECR_NO_LAYER',
      next: `Push the image anew: its manifest names a layer that ${place.repository.name} does not have`,
    }),
  ],
  [
    ({ status }) => status === 408 || status >= 500,
    () => ({
      kind: 'upstream',
      code: 'ECR_COPY_INTERRUPTED',
      next: 'Run the step again; what has arrived is not sent a second time',
    }),
  ],
]

const OTHERWISE: Explanation = {
  kind: 'upstream',
  code: 'ECR_COPY_REFUSED',
  next: 'Look at what the registry says; if a proxy stands before it, look there as well',
  retryable: false,
}

/** The refusal of a registry as the failure that names the right that is missing, or what else it means. */
export function explainRegistry(response: HttpResponse, refused: Refused): Failure {
  const { status, headers, body } = response
  const seen: Seen = { ...parseRegistryError(body.toString('utf8')), status, refused }
  const explanation = RULES.find(([matches]) => matches(seen))?.[1](seen) ?? OTHERWISE
  const request = headers['x-amzn-requestid'] ?? headers['x-amz-request-id']
  const words = sanitizeLine(seen.message, 500)
  return new Failure({
    ...explanation,
    what: refused.what,
    on: nameOf(refused.place),
    seen: `HTTP ${status} to ${refused.method}${request === undefined ? '' : `, request ${sanitizeLine(request, 80)}`}${words === '' ? '' : `: ${words}`}`,
    cause: refused.cause,
  })
}

/** ECR names the action for most; a bare 403 leaves only the request itself to tell. */
function denied({ message, refused }: Seen): Explanation {
  const { place, method, url } = refused
  const [, who, action = actionOf(method, url)] =
    /(?:User: (\S+) is )?not authorized to perform: (ecr:\w+)/.exec(message) ?? []
  const role = who === undefined ? `the role of \`${place.roleInput}\`` : sanitizeLine(who, 200)
  return {
    kind: 'auth',
    code: 'ECR_ACCESS_DENIED',
    next: `Allow ${role} \`${action}\` on the repository ${place.repository.name}; in another account its repository policy has to allow it as well`,
  }
}
