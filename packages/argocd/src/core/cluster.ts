import type { KubernetesClient } from '@mlops-actions/kubernetes'
import type { Destination } from '../model/application.wire.ts'

/** A cluster that can be read, and the name that EKS has for it, where that is known. */
export interface Cluster {
  readonly client: KubernetesClient
  readonly eksCluster: string | undefined
}

export interface Clusters {
  /** In which Argo CD's own resources are. */
  readonly hub: Cluster
  /** To which it deploys, where that is another one. */
  readonly workload: Cluster | undefined
}

/** The cluster that an Application is deployed to; or, in words, why its objects cannot be read. Pure. */
export function clusterOf({ hub, workload }: Clusters, destination: Destination): KubernetesClient | string {
  if (isHub(destination) || isThat(hub, destination)) return hub.client
  const there = destination.server || destination.name
  if (workload === undefined)
    return `Argo CD deploys it to the cluster ${there}, and there are no credentials for that one`
  if (!isComparable(workload, destination) || isThat(workload, destination)) return workload.client
  return `Argo CD deploys it to the cluster ${there}, and the workload cluster that was given is ${workload.eksCluster ?? workload.client.host}`
}

/** How Argo CD names the cluster that it runs in (argo-cd util/argo, KubernetesInternalAPIServerAddr). */
function isHub({ server, name }: Destination): boolean {
  return name === 'in-cluster' || /^https:\/\/kubernetes\.default\.svc(?::443)?\/?$/.test(server)
}

/** A managed Argo CD names clusters by their ARN (EKS user guide, "Register target clusters"). */
function isThat({ client, eksCluster }: Cluster, { server }: Destination): boolean {
  const [, name] = /^arn:aws[a-z-]*:eks:[^:]+:\d+:cluster\/(.+)$/.exec(server) ?? []
  if (name !== undefined) return name === eksCluster
  return URL.canParse(server) && new URL(server).host === withoutDefaultPort(client.host)
}

/** The name that Argo CD has for a cluster says nothing, nor does an ARN where only an address is known. */
function isComparable({ eksCluster }: Cluster, { server }: Destination): boolean {
  return server.startsWith('arn:') ? eksCluster !== undefined : server !== ''
}

function withoutDefaultPort(host: string): string {
  return host.replace(/:443$/, '')
}
