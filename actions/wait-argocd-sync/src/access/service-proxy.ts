import { authorized, bearer } from '@mlops-actions/argocd'
import { type Failure, withDetails } from '@mlops-actions/diagnostics'
import { createHttp, type HttpClient, type HttpOptions } from '@mlops-actions/http'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Inputs } from '../inputs.ts'
import { connectCluster, hubOf, noCluster } from './cluster.ts'

/**
 * The API server of Argo CD behind that of Kubernetes, where no Ingress leads to it: `services/proxy` of its Service. The
 * header Authorization is Kubernetes' there, and ends there.
 * @param service `argocd/https:argocd-server:443`
 */
export async function openProxy(
  inputs: Inputs,
  world: ActionWorld,
  options: HttpOptions,
  service: string,
): Promise<{ readonly http: HttpClient; readonly url: string }> {
  const connection = await connectCluster(hubOf(inputs), inputs, world)
  if (connection === undefined)
    throw noCluster(
      'Give `kubeconfig`, `eks-cluster`, or `kubernetes-server` with `kubernetes-token`: the cluster that `service-proxy` is in',
    )
  const { server, token, ...tls } = connection
  const [namespace = '', name = ''] = service.split('/')
  const url = `${server}/api/v1/namespaces/${namespace}/services/${name}/proxy`
  const http = createHttp(world, { ...options, ...tls, trustedOrigins: [server] })
  if (token === undefined) return { http, url }
  const source = {
    token: async () => (typeof token === 'string' ? token : token()),
    renew: async () => false,
  }
  return {
    http: authorized(http, source, bearer, async (failure) => toldOfKubernetes(failure, namespace)),
    url,
  }
}

/** What Kubernetes refuses is no matter of Argo CD's RBAC or login. */
function toldOfKubernetes(failure: Failure, namespace: string): Failure {
  const { seen } = failure.details
  if (/cannot \w+ resource "services\/proxy"/.test(seen))
    return withDetails(failure, {
      code: 'KUBERNETES_PROXY',
      next: `Add this rule to a Role of the identity in the namespace ${namespace}: { apiGroups: [""], resources: ["services/proxy"], verbs: ["get", "create"] }`,
    })
  if (/\bUnauthorized\b/.test(seen))
    return withDetails(failure, {
      code: 'KUBERNETES_LOGIN',
      next: 'Renew the token of the Kubernetes API: it is missing, wrong or expired. On EKS the role also needs an access entry of the cluster',
    })
  return failure
}
