import { openEks } from '@mlops-actions/aws'
import { createHttp } from '@mlops-actions/http'
import type { Connection } from '@mlops-actions/kubernetes'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'

interface EksInputs {
  readonly cluster: string
  /** Its endpoint, where that is known; then nobody is asked for it. */
  readonly server: string | undefined
  /** PEM. */
  readonly caCert: string | undefined
}

/** An EKS cluster by AWS credentials: a role by GitHub's OIDC token, else what is in the environment. */
export async function connectEks(
  { cluster, server, caCert }: EksInputs,
  { roleToAssume, awsRegion, requestTimeout }: Inputs,
  world: ActionWorld,
): Promise<Connection> {
  const { idToken, context } = world
  const identity = { role: roleToAssume, idToken, sessionName: `mlops-actions-${context.runId}` }
  const eks = openEks(world, { cluster, region: awsRegion, ...identity })
  if (server !== undefined)
    return {
      server: server.replace(/\/+$/, ''),
      token: eks.token,
      ...(caCert === undefined ? {} : { caCert }),
    }
  const configured = world.env['AWS_ENDPOINT_URL_EKS']
  const http = createHttp(world, { requestTimeout, trustedOrigins: configured ? [configured] : [] })
  try {
    const found = await eks.describe(http)
    const trusted = caCert === undefined ? found.caCert : `${caCert.trimEnd()}\n${found.caCert}`
    return { server: found.server, token: eks.token, caCert: trusted }
  } finally {
    http.close()
  }
}
