import type { Argocd } from '@mlops-actions/argocd'
import { type Cluster, createCore } from '@mlops-actions/argocd/core'
import { createKubernetes } from '@mlops-actions/kubernetes'
import type { ActionWorld } from '@mlops-actions/runner'
import { type Inputs, isVersionExpected } from '../inputs.ts'
import { type ClusterInputs, connectCluster, hubOf, noCluster } from './cluster.ts'

/** Argo CD's resources by the Kubernetes API, and the pods in the clusters that it deploys to. */
export async function connectCore(inputs: Inputs, world: ActionWorld, deadline: number): Promise<Argocd> {
  const open = async (given: ClusterInputs): Promise<Cluster | undefined> => {
    const connection = await connectCluster(given, inputs, world)
    if (connection === undefined) return undefined
    const { requestTimeout } = inputs
    const client = createKubernetes(world, connection, { requestTimeout, deadline })
    return { client, eksCluster: given.eksCluster }
  }
  const hub = await open(hubOf(inputs))
  if (hub === undefined)
    throw noCluster(
      'Give `kubeconfig`, `eks-cluster`, or `kubernetes-server` with `kubernetes-token`: the cluster that Argo CD runs in',
    )
  const { workloadKubeconfig: kubeconfig, workloadContext: context, workloadEksCluster: eksCluster } = inputs
  const isOther = (kubeconfig ?? eksCluster) !== undefined
  return createCore(world, {
    hub,
    workload: isOther ? await open({ kubeconfig, context, eksCluster }) : undefined,
    namespace: inputs.argocdNamespace,
    refresh: inputs.refresh,
    needsPods: inputs.deepHealth || isVersionExpected(inputs),
  })
}
