import { resolveRegion, roleCredentials } from '@mlops-actions/aws'
import { createEcr } from '@mlops-actions/aws/ecr'
import type { EcrApi } from '@mlops-actions/ecr'
import { createHttp } from '@mlops-actions/http'
import { type ActionWorld, readCaCert } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'

/** How many requests' time one call may take, when it has to be repeated. */
const REQUESTS = 3

interface Connection {
  readonly ecr: EcrApi
  readonly region: string | undefined
  readonly close: () => void
}

/** Whom to ask, as what. */
interface Peer {
  readonly role: string | undefined
  readonly region: string | undefined
  /** Of a registry; it can say the region. */
  readonly host: string | undefined
}

/** A client of the ECR API with the role of this step, and what closes its sockets. */
export function connect(inputs: Inputs, world: ActionWorld): Promise<Connection> {
  const { roleToAssume: role, awsRegion: region, registry: host } = inputs
  return connectTo(inputs, world, { role, region, host })
}

/** The same for another registry, account or role. */
export async function connectTo(inputs: Inputs, world: ActionWorld, peer: Peer): Promise<Connection> {
  const { requestTimeout } = inputs
  const { role } = peer
  const { env, context, idToken } = world
  const caCert = await readCaCert(inputs.caCert, context.workspace)
  const trustedOrigins = [env['AWS_ENDPOINT_URL_ECR'], env['AWS_ENDPOINT_URL']].filter(isGiven)
  const http = createHttp(world, { requestTimeout, caCert, trustedOrigins })
  const region = resolveRegion(world, { input: peer.region, resource: peer.host })
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
