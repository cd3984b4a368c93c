import { type AuthorizationData, GetAuthorizationTokenCommand, tokenOf } from '@mlops-actions/aws/ecr'
import { Failure, type World, wrongInput } from '@mlops-actions/diagnostics'
import { callEcr, type EcrApi } from './api.ts'
import { PUBLIC_HOST, parseRegistryHost } from './registry-host.ts'

/** What opens every registry that the caller may use, other accounts' included, for twelve hours. */
export interface RegistryToken {
  /** Host of the caller's own registry: `123456789012.dkr.ecr.eu-west-1.amazonaws.com`. */
  readonly host: string
  /** Base64 of `AWS:<password>`, as Docker's configuration wants it. Masked, and so is the password. */
  readonly auth: string
}

const WHAT = 'Cannot get a token for the registry'

/**
 * Asks ECR for a token (GetAuthorizationToken) and masks it in both of its forms before anything else happens.
 * @throws Failure what AWS refused; `upstream` where the answer is not ECR's
 */
export async function fetchToken(world: Pick<World, 'mask' | 'signal'>, ecr: EcrApi): Promise<RegistryToken> {
  const call = { what: WHAT, on: 'ECR', action: 'ecr:GetAuthorizationToken' }
  const answer = await callEcr(world, ecr, call, (abortSignal) =>
    ecr.client.send(new GetAuthorizationTokenCommand({}), { abortSignal }),
  )
  const { auth, endpoint } =
    ecr.gallery === undefined
      ? privateToken(answer.authorizationData)
      : { auth: tokenOf(answer), endpoint: `https://${PUBLIC_HOST}` }
  const password = Buffer.from(auth, 'base64').toString('utf8').replace(/^AWS:/, '')
  if (auth === '' || password === '' || !URL.canParse(endpoint)) throw notEcr()
  for (const secret of [auth, password]) world.mask(secret)
  return { host: new URL(endpoint).host, auth }
}

function privateToken([first]: readonly AuthorizationData[] = []) {
  return { auth: first?.authorizationToken ?? '', endpoint: first?.proxyEndpoint ?? '' }
}

/**
 * The token opens registries of ECR; a host that is none would be told it for nothing.
 * @param own host of the caller's own registry
 * @param input where the host was given
 * @throws Failure `config`
 */
export function assertTokenFits(host: string, own: string, input: string): void {
  const { kind } = parseRegistryHost(host)
  const isPublic = kind === 'public' && parseRegistryHost(own).kind === 'public'
  if (host === own || kind === 'private' || kind === 'loopback' || isPublic) return
  throw wrongInput(input, {
    code: 'NOT_ECR',
    seen: `${host} is no registry of ECR, and is not given the token of ECR`,
    next: `Name a registry of ECR, such as ${own}`,
  })
}

function notEcr(): Failure {
  return new Failure({
    kind: 'upstream',
    code: 'ECR_TOKEN_SHAPE',
    what: WHAT,
    on: 'ECR',
    seen: 'it answered with success, but without a token',
    next: 'Something else answers in the place of ECR: look at the proxy, and at AWS_ENDPOINT_URL_ECR',
  })
}
