import { connectEks as connect, type EksConnection } from '@mlops-actions/aws'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Inputs } from '../inputs.ts'

interface EksInputs {
  readonly cluster: string
  /** Its endpoint, where that is known. */
  readonly server: string | undefined
  /** PEM. */
  readonly caCert: string | undefined
}

/** An EKS cluster by AWS credentials; a module of its own, so that what speaks to AWS is loaded only for one. */
export function connectEks(
  given: EksInputs,
  { roleToAssume, awsRegion, requestTimeout }: Inputs,
  world: ActionWorld,
): Promise<EksConnection> {
  const { idToken, context } = world
  const identity = { role: roleToAssume, idToken, sessionName: `mlops-actions-${context.runId}` }
  return connect(world, { ...given, ...identity, region: awsRegion, requestTimeout })
}
