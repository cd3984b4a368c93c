import { closeEcr, type EcrApi, openEcr, openHttp, type Peer } from '@mlops-actions/ecr'
import { type ActionWorld, readCaCert } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'

interface Connection {
  readonly ecr: EcrApi
  readonly region: string | undefined
  readonly close: () => void
}

/** A client of the ECR API with the role of this step, and what closes its sockets. */
export function connect(inputs: Inputs, world: ActionWorld): Promise<Connection> {
  const { roleToAssume: role, awsRegion: region, registry: host } = inputs
  return connectTo(inputs, world, { role, region, host })
}

/** The same for another registry, account or role. */
export async function connectTo(inputs: Inputs, world: ActionWorld, peer: Peer): Promise<Connection> {
  const { requestTimeout } = inputs
  const access = { requestTimeout, caCert: await readCaCert(inputs.caCert, world.context.workspace) }
  const http = openHttp(world, access)
  const { ecr, region } = openEcr(world, access, http, peer)
  const close = () => {
    closeEcr(ecr)
    http.close()
  }
  return { ecr, region, close }
}
