import { resolveRegion, roleCredentials } from '@mlops-actions/aws'
import { createEcr } from '@mlops-actions/aws/ecr'
import type { EcrApi } from '@mlops-actions/ecr'
import { createHttp } from '@mlops-actions/http'
import { type ActionWorld, readCaCert } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'

/** How many requests' time one call may take, when it has to be repeated. */
const REQUESTS = 3

/** A client of the ECR API with the role of this step, and what closes its sockets. */
export async function connect(
  inputs: Inputs,
  world: ActionWorld,
): Promise<{ readonly ecr: EcrApi; readonly region: string | undefined; readonly close: () => void }> {
  const { requestTimeout, roleToAssume: role, awsRegion, registry } = inputs
  const { env, context, idToken } = world
  const caCert = await readCaCert(inputs.caCert, context.workspace)
  const trustedOrigins = [env['AWS_ENDPOINT_URL_ECR'], env['AWS_ENDPOINT_URL']].filter(isGiven)
  const http = createHttp(world, { requestTimeout, caCert, trustedOrigins })
  const region = resolveRegion(world, { input: awsRegion, resource: registry })
  const sessionName = `mlops-actions-${context.runId}`
  const credentials = roleCredentials(world, { role, region, idToken, sessionName })
  const client = createEcr({ http, region, credentials, requestTimeout, env })
  const close = () => {
    client.destroy()
    http.close()
  }
  return { ecr: { client, patience: REQUESTS * requestTimeout }, region, close }
}

function isGiven(url: string | undefined): url is string {
  return url !== undefined && url !== ''
}
