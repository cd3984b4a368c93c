import { fromWebToken } from '@aws-sdk/credential-provider-web-identity'
import { type World, wrongInput } from '@mlops-actions/diagnostics'
import type { HttpClient } from '@mlops-actions/http'
import { requestHandler } from './client.ts'
import { explainRole } from './explain-role.ts'

/** What a client of the SDK says of itself when it asks for keys: its transport above all. */
type Asking = Parameters<ReturnType<typeof fromWebToken>>[0]

/** Keys as the SDK's clients take them; asked again when they are about to expire. */
export type CredentialProvider = (client?: Asking) => Promise<{
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  readonly expiration?: Date
}>

export interface RoleOptions {
  /** ARN of the role to assume with GitHub's OIDC token; undefined leaves it to the SDK's default chain. */
  readonly role: string | undefined
  readonly region: string | undefined
  /** Mints an OIDC token for an audience; called anew for every refresh, so a long step outlives its first hour. */
  readonly idToken: (audience: string) => Promise<string>
  /** Shows in CloudTrail: `mlops-actions-42`. */
  readonly sessionName: string
  /** How STS is asked by who has no client of the SDK; those ask with their own transport. */
  readonly over?: { readonly http: HttpClient; readonly requestTimeout: number }
}

/** Whether it is the ARN of a role of IAM, in any partition. */
export function isRoleArn(text: string): boolean {
  return /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(text)
}

/**
 * Credentials of a role assumed by OIDC, or undefined: then the SDK's own chain decides
 * (environment, profile, container, instance). There are no inputs for keys, on purpose.
 * @throws Failure `config` for what is no role ARN
 */
export function roleCredentials(
  world: Pick<World, 'mask'>,
  options: RoleOptions,
): CredentialProvider | undefined {
  const { role } = options
  return role === undefined ? undefined : assumedRole(world, { ...options, role })
}

/**
 * Credentials of a role assumed by OIDC. Whoever asks them for keys gets a Failure that is about the role, not about what
 * the keys were wanted for.
 * @throws Failure `config` for what is no role ARN
 */
export function assumedRole(
  world: Pick<World, 'mask'>,
  { role, region, idToken, sessionName, over }: RoleOptions & { readonly role: string },
): CredentialProvider {
  assertRoleArn(role)
  return async (client) => {
    const webIdentityToken = await idToken('sts.amazonaws.com')
    const clientConfig = {
      ...(region === undefined ? {} : { region }),
      ...(over === undefined ? {} : { requestHandler: requestHandler(over.http, over.requestTimeout) }),
    }
    const provider = fromWebToken({
      roleArn: role,
      webIdentityToken,
      roleSessionName: sessionName.replace(/[^\w+=,.@-]/g, '-').slice(0, 64),
      clientConfig,
    })
    // With its proxy, its CA and its deadlines: STS would be asked by a transport of the SDK's own.
    const keys = await provider(client).catch((thrown: unknown) => {
      throw explainRole(thrown, { role, webIdentityToken })
    })
    world.mask(keys.secretAccessKey)
    if (keys.sessionToken !== undefined) world.mask(keys.sessionToken)
    return keys
  }
}

export function assertRoleArn(role: string): void {
  if (isRoleArn(role)) return
  throw wrongInput('role-to-assume', {
    code: 'AWS_ROLE_ARN',
    seen: `got "${role.slice(0, 120)}"; want a role ARN`,
    next: 'Give an ARN such as arn:aws:iam::123456789012:role/ml-push',
  })
}
