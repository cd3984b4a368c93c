import { boolean, common, type InputsOf, oneOf, type Problem, secret, text, url } from '@mlops-actions/runner'

/** How Argo CD is reached and who asks. */
export const accessFields = {
  url: url(),
  auth: oneOf('token', 'password', 'github-oidc', 'kubernetes')({ default: 'token' }),
  token: secret(),
  username: text(),
  password: secret(),
  'oidc-exchange': oneOf('dex', 'none')({ default: 'dex' }),
  'dex-connector-id': text({ default: 'github-actions' }),
  'oidc-audience': text(),
  'service-proxy': text(),
  kubeconfig: text(),
  'kubernetes-context': text(),
  'kubernetes-server': url(),
  'kubernetes-token': secret(),
  'eks-cluster': text(),
  'role-to-assume': common.roleToAssume(),
  'aws-region': common.awsRegion(),
  'argocd-namespace': text({ default: 'argocd' }),
  refresh: boolean({ default: 'true' }),
  'workload-kubeconfig': text(),
  'workload-context': text(),
  'workload-eks-cluster': text(),
  'request-timeout': common.requestTimeout(),
  'ca-cert': common.caCert(),
  'extra-headers': common.extraHeaders(),
}

type AccessInputs = InputsOf<typeof accessFields>

/** `namespace/[scheme:]name[:port]`, as the API server takes it behind `/services/`. */
const SERVICE_PROXY = /^[a-z0-9-]+\/(?:https?:)?[a-z0-9-]+(?::[a-z0-9-]+)?$/

/** What has to stand together. */
export function checkAccess(given: AccessInputs, problem: Problem): void {
  checkLogin(given, problem)
  checkCluster(given, problem)
  if (given.auth !== 'kubernetes' && given.url === undefined && given.serviceProxy === undefined)
    problem('url', 'is required: want the URL of Argo CD (or `service-proxy`, or `auth: kubernetes`)')
}

function checkLogin({ auth, token, username, password, ...given }: AccessInputs, problem: Problem): void {
  const wants = (input: string, is: unknown) => {
    if (is === undefined) problem(input, `is required with \`auth: ${auth}\``)
  }
  const refuses = (input: string, is: unknown) => {
    if (is !== undefined) problem(input, `is of no use with \`auth: ${auth}\``)
  }
  if (auth === 'token') wants('token', token)
  else refuses('token', token)
  if (auth === 'password') {
    wants('username', username)
    wants('password', password)
  } else {
    refuses('username', username)
    refuses('password', password)
  }
  if (auth === 'github-oidc' && given.oidcExchange === 'none') {
    if (given.oidcAudience === undefined)
      problem(
        'oidc-audience',
        'is required with `oidc-exchange: none`: the audience that oidc.config of Argo CD allows',
      )
  }
  if (auth !== 'github-oidc') refuses('oidc-audience', given.oidcAudience)
}

function checkCluster({ auth, serviceProxy, ...given }: AccessInputs, problem: Problem): void {
  const { kubeconfig, kubernetesServer, kubernetesToken, eksCluster } = given
  const isOfUse = auth === 'kubernetes' || serviceProxy !== undefined
  const named = { kubeconfig, 'kubernetes-server': kubernetesServer, 'eks-cluster': eksCluster }
  for (const [input, value] of Object.entries(named))
    if (value !== undefined && !isOfUse)
      problem(input, 'is of use only with `auth: kubernetes` or `service-proxy`')
  if (auth === 'kubernetes' && serviceProxy !== undefined)
    problem(
      'service-proxy',
      'leads to the API of Argo CD, which wants a login of its own: give `auth: token`, `password` or `github-oidc`',
    )
  if (serviceProxy !== undefined && !SERVICE_PROXY.test(serviceProxy))
    problem('service-proxy', 'want namespace/scheme:service:port, as argocd/https:argocd-server:443')
  if (kubeconfig !== undefined && (kubernetesServer ?? eksCluster) !== undefined)
    problem('kubeconfig', 'is given beside kubernetes-server or eks-cluster; give one of them')
  if (kubernetesToken !== undefined && eksCluster !== undefined)
    problem('kubernetes-token', 'is given beside eks-cluster, which makes tokens; give one of them')
  if (kubernetesServer !== undefined && kubernetesToken === undefined && eksCluster === undefined)
    problem('kubernetes-token', 'is required with kubernetes-server, or eks-cluster, which makes tokens')
  if (given.workloadKubeconfig !== undefined && given.workloadEksCluster !== undefined)
    problem('workload-kubeconfig', 'is given beside workload-eks-cluster; give one of them')
  checkOfCluster(given, auth, problem)
}

function checkOfCluster(
  given: Omit<AccessInputs, 'auth' | 'serviceProxy'>,
  auth: AccessInputs['auth'],
  problem: Problem,
): void {
  const { eksCluster, roleToAssume, workloadContext, workloadEksCluster, workloadKubeconfig } = given
  if (roleToAssume !== undefined && (eksCluster ?? workloadEksCluster) === undefined)
    problem('role-to-assume', 'is of use only with eks-cluster or workload-eks-cluster')
  if (given.kubernetesContext !== undefined && given.kubeconfig === undefined)
    problem('kubernetes-context', 'is of use only with `kubeconfig`')
  if (workloadContext !== undefined && workloadKubeconfig === undefined)
    problem('workload-context', 'is of use only with `workload-kubeconfig`')
  if ((workloadKubeconfig ?? workloadEksCluster) !== undefined && auth !== 'kubernetes')
    problem(
      'workload-kubeconfig',
      'is of use only with `auth: kubernetes`: Argo CD itself reads the pods of every cluster',
    )
  if (!given.refresh && auth !== 'kubernetes')
    problem(
      'refresh',
      '`false` is of use only with `auth: kubernetes`: in the API of Argo CD it needs no right of its own',
    )
}
