import { warnOfExpiry } from '@mlops-actions/argocd'
import { Failure } from '@mlops-actions/diagnostics'
import { type Connection, resolveConnection } from '@mlops-actions/kubernetes'
import { type ActionWorld, readCaCert } from '@mlops-actions/runner'
import type { Inputs } from '../inputs.ts'

/** Which cluster is meant, and how it is reached. */
export interface ClusterInputs {
  readonly kubeconfig: string | undefined
  readonly context: string | undefined
  readonly server?: string | undefined
  readonly token?: string | undefined
  readonly eksCluster: string | undefined
}

/** The cluster that Argo CD runs in. */
export function hubOf(inputs: Inputs): ClusterInputs {
  const { kubeconfig, kubernetesContext, kubernetesServer, kubernetesToken, eksCluster } = inputs
  return {
    kubeconfig,
    context: kubernetesContext,
    server: kubernetesServer,
    token: kubernetesToken,
    eksCluster,
  }
}

/**
 * By a kubeconfig, by server and token, by AWS credentials alone where it is of EKS, or as the service account of the pod
 * that the runner is; undefined where there is none of them. What speaks to AWS is loaded only where it is needed.
 */
export async function connectCluster(
  { eksCluster: cluster, server, ...given }: ClusterInputs,
  inputs: Inputs,
  world: ActionWorld,
): Promise<Connection | undefined> {
  const caCert = await readCaCert(inputs.caCert, world.context.workspace)
  if (cluster !== undefined) {
    const { connectEks } = await import('./eks.ts')
    return connectEks({ cluster, server, caCert }, inputs, world)
  }
  const connection = await resolveConnection(world, { ...given, server, caCert })
  const deadline = world.now() + inputs.timeout
  const token = connection?.token
  if (typeof token === 'string')
    warnOfExpiry(world, { token, what: 'The token of the Kubernetes API', deadline, next: LONGER })
  return connection
}

const LONGER =
  'Make one that lives longer (`kubectl create token --duration`), or use `eks-cluster`, which makes its own'

export function noCluster(next: string): Failure {
  return new Failure({
    kind: 'config',
    code: 'CLUSTER_ACCESS',
    what: 'Cannot reach the Kubernetes API',
    on: 'the `with:` of this step',
    seen: 'no cluster is given, and this is no pod',
    next,
  })
}
