import {
  assertRegion,
  type CredentialProvider,
  eksToken,
  resolveRegion,
  roleCredentials,
} from '@mlops-actions/aws'
import { Failure } from '@mlops-actions/diagnostics'
import type { ActionWorld } from '@mlops-actions/runner'

export interface EksInputs {
  readonly cluster: string
  readonly role: string | undefined
  readonly region: string | undefined
}

/** Half of a token's life of 14 minutes: every request carries one that outlives it. */
const REUSED_FOR_MS = 7 * 60_000

/**
 * Tokens for an EKS cluster, made here from AWS credentials (a role by OIDC, else those in the environment) and renewed
 * as long as the step lives.
 * @throws Failure `config` without a region; the function it gives throws Failure `auth` without credentials
 */
export function eksTokens(
  world: ActionWorld,
  { cluster, role, region: input }: EksInputs,
): () => Promise<string> {
  const region = assertRegion(resolveRegion(world, { input }), `EKS cluster ${cluster}`)
  const sessionName = `mlops-actions-${world.context.runId}`
  const provide =
    roleCredentials(world, { role, region, idToken: world.idToken, sessionName }) ?? fromEnvironment(world)
  let last: { readonly token: string; readonly madeAt: number } | undefined
  return async () => {
    const now = world.now()
    if (last === undefined || now - last.madeAt > REUSED_FOR_MS) {
      last = { token: eksToken({ cluster, region, keys: await provide(), now }), madeAt: now }
      world.mask(last.token)
    }
    return last.token
  }
}

/** What aws-actions/configure-aws-credentials leaves behind. */
function fromEnvironment({ env, mask }: ActionWorld): CredentialProvider {
  return async () => {
    const {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    } = env
    if (!accessKeyId || !secretAccessKey) throw noCredentials()
    mask(secretAccessKey)
    if (!sessionToken) return { accessKeyId, secretAccessKey }
    mask(sessionToken)
    return { accessKeyId, secretAccessKey, sessionToken }
  }
}

function noCredentials(): Failure {
  return new Failure({
    kind: 'auth',
    code: 'EKS_CREDENTIALS',
    what: 'Cannot make a token for the EKS cluster',
    on: 'the AWS credentials of this step',
    seen: 'neither role-to-assume nor AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are set',
    next: 'Give role-to-assume (and the job `id-token: write`), or run aws-actions/configure-aws-credentials before',
  })
}
