import { type Connections, connectRemotes, type Remote } from '@mlops-actions/dvc'
import { type ActionWorld, readCaCert } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'

/** The stores of all remotes, each with a client of its own, and what closes their sockets. */
export async function connect(
  { awsRegion, jobs, requesterPays, requestTimeout, caCert }: Inputs,
  world: ActionWorld,
  remotes: readonly Remote[],
  role: string | undefined,
): Promise<Connections> {
  const { context, idToken } = world
  return connectRemotes(world, remotes, {
    role,
    region: awsRegion,
    idToken,
    sessionName: `mlops-actions-${context.runId}`,
    jobs,
    requesterPays,
    requestTimeout,
    caCert: await readCaCert(caCert, context.workspace),
  })
}
