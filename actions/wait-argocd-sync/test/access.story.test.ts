import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { eksUser, startEks } from '@mlops-actions/sandbox/eks'
import { createAuthority, createIdentity } from '@mlops-actions/sandbox/faults'
import { type IdentityServer, startIdentity } from '@mlops-actions/sandbox/identity'
import {
  addNamespaces,
  type KubernetesServer,
  RESOURCES,
  startKubernetes,
} from '@mlops-actions/sandbox/kubernetes'
import { type TestWorld, testWorld } from '../../../test/harness/world.ts'
import { type Company, configMap, startCompany } from './company.ts'
import { type Ended, step } from './step.ts'

// Every way to reach Argo CD, from the inputs to the verdict: what each login does in detail is for packages/argocd.

const SUBJECT = 'repo:octo/churn:ref:refs/heads/main'
let world: TestWorld
let company: Company
const closing: { close(): Promise<void> }[] = []

async function keep<T extends { close(): Promise<void> }>(starting: Promise<T>): Promise<T> {
  const server = await starting
  closing.push(server)
  return server
}

const start = async (served = {}): Promise<void> => {
  company = await keep(startCompany({ now: world.now, served }))
}
beforeEach(() => {
  world = testWorld({ pace: 20 })
})
afterEach(async () => {
  for (const server of closing.splice(0).reverse()) await server.close()
})

const wait = (
  given: Record<string, string>,
  idToken?: (audience: string) => Promise<string>,
): Promise<Ended> =>
  step({ ...company.inputs, timeout: '30m', interval: '5s', settle: '1s', ...given }, world, {}, idToken)

async function startGitHub(): Promise<IdentityServer> {
  const options = { roleArn: 'arn:aws:iam::123456789012:role/ci', repository: 'octo/churn' }
  return keep(startIdentity({ ...options, admit: () => {}, now: world.now }))
}

/** As the runner asks for it. */
const tokenOf =
  ({ idToken }: IdentityServer) =>
  async (audience: string): Promise<string> => {
    const headers = { authorization: `Bearer ${idToken.token}` }
    const response = await fetch(`${idToken.url}&audience=${encodeURIComponent(audience)}`, { headers })
    return String(Object(await response.json()).value)
  }

function useDex({ issuer, verify }: IdentityServer): void {
  const connectors = [{ id: 'github-actions', issuer }]
  company.argocd.state.dex = { tokenExchange: true, connectors, issuer, verify, key: 'dex' }
}

const NO_TOKEN = { token: '' }

describe('a job without any secret', () => {
  test('is let in by its own identity, below a root path, past a proxy and a CA of the company', async () => {
    const authority = createAuthority('Company CA')
    await start({ rootPath: '/argocd', tls: createIdentity({ hosts: ['127.0.0.1'] }, authority) })
    const github = await startGitHub()
    useDex(github)
    company.argocd.state.policy = [`p, ${SUBJECT}, applications, get, default/churn-prod, allow`]
    const given = {
      ...NO_TOKEN,
      auth: 'github-oidc',
      'ca-cert': authority.certificate,
      'extra-headers': 'CF-Access-Client-Id: canary-id',
      revision: await company.commit('v2'),
    }
    const { failure, outputs } = await wait(given, tokenOf(github))
    expect([failure, outputs['result']]).toEqual([undefined, 'live'])
    const { requests } = company.argocd
    const paths = [
      '/api/version',
      '/api/dex/token',
      '/api/v1/applications/churn-prod',
      '/api/v1/stream/applications',
    ]
    expect(requests.map(({ path }) => path)).toEqual(
      expect.arrayContaining(paths.map((path) => `/argocd${path}`)),
    )
    expect(requests.filter(({ headers }) => headers['cf-access-client-id'] !== 'canary-id')).toEqual([])
  })

  test('that may not see the Application is told the line that lets it', async () => {
    await start()
    const github = await startGitHub()
    useDex(github)
    company.argocd.state.policy = []
    const { failure } = await wait(
      { ...NO_TOKEN, auth: 'github-oidc', revision: 'f'.repeat(40) },
      tokenOf(github),
    )
    expect(failure?.details.next).toContain(`p, ${SUBJECT}, applications, get, default/churn-prod, allow`)
  })

  test('asks GitHub for a token that is of use to this Argo CD alone', async () => {
    await start()
    const github = await startGitHub()
    const { issuer, verify } = github
    company.argocd.state.oidc = { issuer, verify, allowedAudiences: ['argocd-prod'] }
    const given = {
      ...NO_TOKEN,
      auth: 'github-oidc',
      'oidc-exchange': 'none',
      'oidc-audience': 'argocd-prod',
    }
    const { outputs } = await wait({ ...given, revision: await company.commit('v2') }, tokenOf(github))
    expect(outputs['result']).toBe('live')
    useDex(github)
    const audiences: string[] = []
    const asked = (audience: string) => {
      audiences.push(audience)
      return tokenOf(github)(audience)
    }
    await wait({ ...NO_TOKEN, auth: 'github-oidc', revision: await company.commit('v3') }, asked)
    expect(audiences).toEqual([company.argocd.url])
  })
})

test('a local account waits with its password, which is nowhere to be seen', async () => {
  await start()
  const given = { ...NO_TOKEN, auth: 'password', username: 'admin', password: 'sandbox-password' }
  const { outputs, summary } = await wait({ ...given, revision: await company.commit('v2') })
  expect(outputs['result']).toBe('live')
  expect(JSON.stringify([outputs, summary, world.lines])).not.toContain('sandbox-password')
})

describe('through the Kubernetes API', () => {
  let cluster: KubernetesServer
  const startCluster = async (tls?: { key: string; cert: string }): Promise<void> => {
    const options = tls === undefined ? {} : { tls }
    cluster = await keep(startKubernetes({ state: company.kubernetes, ...options }))
  }
  const core = () => ({
    ...NO_TOKEN,
    url: '',
    auth: 'kubernetes',
    'kubernetes-server': cluster.url,
    'kubernetes-token': 'admin-token',
  })

  test('a commit is seen to be live without a request to Argo CD', async () => {
    await start()
    await startCluster()
    const { failure, outputs, summary } = await wait({ ...core(), revision: await company.commit('v2') })
    expect([failure, outputs['result'], outputs['url']]).toEqual([undefined, 'live', ''])
    expect(summary).not.toContain('[Application]')
    expect(company.argocd.requests).toEqual([])
    expect(world.lines).toContainEqual(expect.stringContaining('Argo CD by the Kubernetes API at 127.0.0.1'))
  })

  test('an app of apps is live with its child in another namespace, beside one that nobody can read', async () => {
    await start()
    await startCluster()
    addNamespaces(company.kubernetes.store, ['team'])
    const child = (namespace: string, name: string, path: string, server: string) => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  project: default
  source: { repoURL: "${company.inputs['repository']}", path: ${path}, targetRevision: main }
  destination: { server: "${server}", namespace: ml }
  syncPolicy: { automated: {} }
`
    company.createApplication('stranger', {
      spec: { destination: { server: 'https://elsewhere.test', namespace: 'ml' } },
    })
    const revision = await company.commitFiles({
      'churn/child.yaml': child('team', 'child', 'fraud', 'https://kubernetes.default.svc'),
      'fraud/settings.yaml': configMap('v1', 'fraud'),
    })
    const { failure, outputs } = await wait({ ...core(), revision })
    expect(failure).toBeUndefined()
    expect(outputs).toMatchObject({ result: 'live', applications: { counts: { live: 2 } } })
  })

  test('a commit whose sync failed fails the step, as elsewhere', async () => {
    await start()
    await startCluster()
    company.argocd.state.admit = () => 'denied by policy'
    const { failure } = await wait({ ...core(), revision: await company.commit('v2') })
    expect(failure).toMatchObject({ kind: 'workload' })
  })

  test('a pod that cannot pull its image fails the step, as elsewhere', async () => {
    await start()
    await startCluster()
    const revision = await company.commitFiles({
      'churn/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: churn }
spec: { replicas: 1, selector: {}, template: { spec: { containers: [{ name: server, image: "r.test/churn:missing" }] } } }
`,
    })
    const ended = wait({ ...core(), revision })
    const owner = await company.until(RESOURCES.deployments, ({ metadata }) => metadata.name === 'churn')
    const annotations = { 'deployment.kubernetes.io/revision': '1' }
    const set = company.createChild(owner, RESOURCES.replicasets, {
      metadata: { name: 'churn-1', annotations },
      spec: { replicas: 1 },
    })
    const waiting = { reason: 'ImagePullBackOff', message: 'manifest unknown' }
    company.createChild(set, RESOURCES.pods, {
      metadata: { name: 'churn-1-x7k2p' },
      spec: { containers: [{ name: 'server', image: 'r.test/churn:missing' }] },
      status: { phase: 'Pending', containerStatuses: [{ name: 'server', state: { waiting } }] },
    })
    const { failure, summary } = await ended
    expect(failure).toMatchObject({
      kind: 'workload',
      details: { what: expect.stringContaining('its image cannot be pulled') },
    })
    expect(summary).toContain('Pod `churn-1-x7k2p`')
  })

  test('with read-only rights the poll of Argo CD itself is waited for', async () => {
    await start()
    await startCluster()
    company.kubernetes.deny.push({ verb: 'patch' })
    const given = { ...core(), refresh: 'false', revision: await company.commit('v2') }
    const refused = await wait({ ...given, refresh: 'true' })
    expect(refused.failure?.details.next).toContain('verbs: ["patch"]')
    const ended = wait(given)
    // Argo CD's poll is on the real clock here: somebody else asks for a look meanwhile.
    const url = `${company.argocd.url}/api/v1/applications/churn-prod?refresh=normal`
    const compare = async () => fetch(url, { headers: { authorization: 'Bearer argocd-token' } })
    await compare()
    await company.until(
      RESOURCES.applications,
      ({ status }) => Object(Object(status).operationState).phase === 'Succeeded',
    )
    await compare()
    const again = setInterval(() => void compare().catch(() => undefined), 20)
    const { failure, outputs } = await ended
    clearInterval(again)
    expect([failure, outputs['result']]).toEqual([undefined, 'live'])
    expect(cluster.requests.filter(({ method, status }) => method !== 'GET' && status < 400)).toEqual([])
  })

  test('a closed sync window of the project is said, as elsewhere', async () => {
    await start()
    await startCluster()
    const window = {
      kind: 'deny',
      schedule: '0 11 * * *',
      duration: '2h',
      applications: ['churn-*'],
    } as const
    company.argocd.state.syncWindows.push({ ...window, manualSync: false, active: true })
    const key = { type: RESOURCES.appprojects, namespace: 'argocd', name: 'default' }
    company.kubernetes.store.update(key, {
      metadata: { name: 'default', namespace: 'argocd' },
      spec: { syncWindows: [{ ...window, applications: [...window.applications] }] },
    })
    const { failure } = await wait({ ...core(), timeout: '10m', revision: await company.commit('v2') })
    expect(failure?.message).toContain('a sync window keeps it from syncing (deny 0 11 * * *, 2h)')
  })

  test('an Application on another cluster is refused, or waited for with `deep-health: false` and a warning', async () => {
    await start()
    await startCluster()
    const key = { type: RESOURCES.applications, namespace: 'argocd', name: 'churn-prod' }
    const app = company.kubernetes.store.get(key)
    const spec = { ...Object(app?.['spec']), destination: { server: 'https://spoke.test', namespace: 'ml' } }
    company.kubernetes.store.update(key, { metadata: { name: 'churn-prod', namespace: 'argocd' }, spec })
    const revision = await company.commit('v2')
    const refused = await wait({ ...core(), revision })
    expect(refused.failure).toMatchObject({ kind: 'config', code: 'ARGOCD_WORKLOAD' })
    const versions = [
      { 'expected-images': 'registry.test/churn:2' },
      { 'expected-storage-uri': 's3://models/churn/2' },
    ]
    for (const version of versions) {
      const { failure, seconds } = await wait({ ...core(), revision, 'deep-health': 'false', ...version })
      expect([failure?.code, seconds]).toEqual(['ARGOCD_WORKLOAD', 0])
      expect(failure?.details.next).toContain('without `expected-images` and `expected-storage-uri`')
    }
    const { outputs, summary, result } = await wait({ ...core(), revision, 'deep-health': 'false' })
    expect([outputs['result'], result?.report]).toEqual([
      'live',
      expect.objectContaining({ rolloutProven: false }),
    ])
    expect(summary).toContain('The pods were not looked at')
    expect(world.lines).toContainEqual(
      expect.stringMatching(
        /^warning: .*is not proven: Argo CD deploys it to the cluster https:\/\/spoke\.test/,
      ),
    )
  })

  test('an Application on another cluster has its pods read there, by a kubeconfig for it', async () => {
    await start()
    await startCluster()
    // The same objects, at the address that Argo CD deploys to.
    const spoke = await keep(startKubernetes({ state: company.kubernetes }))
    const { store } = company.kubernetes
    const app = store.get({ type: RESOURCES.applications, namespace: 'argocd', name: 'churn-prod' })
    const spec = { ...Object(app?.['spec']), destination: { server: spoke.url, namespace: 'ml' } }
    const key = { type: RESOURCES.applications, namespace: 'argocd', name: 'churn-prod' }
    store.update(key, { metadata: { name: 'churn-prod', namespace: 'argocd' }, spec })
    const kubeconfig = JSON.stringify({
      'current-context': 'spoke',
      clusters: [{ name: 'spoke', cluster: { server: spoke.url } }],
      users: [{ name: 'ci', user: { token: 'admin-token' } }],
      contexts: [{ name: 'spoke', context: { cluster: 'spoke', user: 'ci' } }],
    })
    const revision = await company.commitFiles({
      'churn/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: churn }
spec: { replicas: 1, selector: {}, template: { spec: { containers: [] } } }
`,
    })
    const ended = wait({ ...core(), 'workload-kubeconfig': kubeconfig, revision })
    const deployment = await company.until(RESOURCES.deployments, ({ metadata }) => metadata.name === 'churn')
    const counts = { replicas: 1, updatedReplicas: 1, availableReplicas: 1 }
    const status = { observedGeneration: deployment.metadata.generation ?? 0, ...counts }
    const { resourceVersion: _, ...metadata } = deployment.metadata
    store.update(
      { type: RESOURCES.deployments, namespace: 'ml', name: 'churn' },
      { ...deployment, metadata, status },
      'status',
    )
    const { failure, outputs } = await ended
    expect([failure, outputs['result']]).toEqual([undefined, 'live'])
    const asked = (server: KubernetesServer, what: string) =>
      server.requests.some(({ path }) => path.includes(what))
    expect([asked(spoke, '/pods'), asked(cluster, '/pods'), asked(spoke, '/applications')]).toEqual([
      true,
      false,
      false,
    ])
  })

  test('of EKS, AWS credentials are all that it takes', async () => {
    await start()
    const authority = createAuthority('EKS CA')
    await startCluster(createIdentity({ hosts: ['127.0.0.1'] }, authority))
    const principal = {
      arn: 'arn:aws:iam::123456789012:role/ci',
      accessKeyId: 'AKIATEST',
      secretAccessKey: 'canary-secret-key',
    }
    const aws = { principals: [principal], region: 'eu-west-1' }
    company.kubernetes.authenticate = (token) => eksUser(token, { ...aws, cluster: 'hub', now: world.now() })
    const clusters = [
      { name: 'hub', endpoint: cluster.url, ca: authority.certificate, status: 'ACTIVE' },
    ] as const
    const eks = await keep(startEks({ ...aws, accountId: '123456789012', clusters, now: world.now }))
    const env = {
      AWS_ENDPOINT_URL_EKS: eks.url,
      AWS_ACCESS_KEY_ID: principal.accessKeyId,
      AWS_SECRET_ACCESS_KEY: principal.secretAccessKey,
    }
    const given = {
      ...core(),
      'kubernetes-server': '',
      'kubernetes-token': '',
      'eks-cluster': 'hub',
      'aws-region': 'eu-west-1',
    }
    world = Object.assign(world, { env })
    const { failure, outputs } = await wait({ ...given, revision: await company.commit('v2') })
    expect([failure, outputs['result']]).toEqual([undefined, 'live'])
    const other = await wait({ ...given, 'eks-cluster': 'spoke', revision: 'f'.repeat(40) })
    expect(other.failure).toMatchObject({
      kind: 'not-found',
      details: { next: expect.stringContaining('Check the name spoke') },
    })
  })

  test('the API of Argo CD is asked behind its Service, with its login in a cookie', async () => {
    await start()
    await startCluster()
    const { store, podUrls, deny } = company.kubernetes
    store.create(RESOURCES.services, {
      metadata: { name: 'argocd-server', namespace: 'argocd' },
      spec: { selector: { app: 'argocd-server' }, ports: [{ port: 443, targetPort: 8080 }] },
    })
    store.create(RESOURCES.pods, {
      metadata: { name: 'argocd-server-0', namespace: 'argocd', labels: { app: 'argocd-server' } },
      spec: { containers: [] },
      status: { conditions: [{ type: 'Ready', status: 'True' }] },
    })
    podUrls.set('argocd/argocd-server-0', company.argocd.url)
    const given = {
      url: '',
      'service-proxy': 'argocd/https:argocd-server:443',
      'kubernetes-server': cluster.url,
      'kubernetes-token': 'admin-token',
    }
    const { failure, outputs } = await wait({ ...given, revision: await company.commit('v2') })
    expect([failure, outputs['result']]).toEqual([undefined, 'live'])
    const { requests } = company.argocd
    expect(requests.map(({ path }) => path)).toContain('/api/v1/stream/applications')
    expect(requests.filter(({ headers }) => headers['authorization'] !== undefined)).toEqual([])
    expect(requests.find(({ path }) => path === '/api/version')?.headers['cookie']).toBeUndefined()
    const github = await startGitHub()
    useDex(github)
    const keyless = { ...given, ...NO_TOKEN, auth: 'github-oidc', revision: await company.commit('v3') }
    expect((await wait(keyless, tokenOf(github))).outputs['result']).toBe('live')
    deny.push({ resource: 'services/proxy' })
    const refused = await wait({ ...given, revision: 'f'.repeat(40) })
    expect(refused.failure?.details.next).toContain('resources: ["services/proxy"], verbs: ["get", "create"]')
  })

  test('a token of a ServiceAccount that ends before the deadline is said at the start', async () => {
    await start()
    await startCluster()
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const exp = world.now() / 1_000 + 60
    const token = `${part({ alg: 'RS256' })}.${part({ sub: 'system:serviceaccount:ml:ci', exp })}.signature`
    company.kubernetes.tokens.set(token, { username: 'ci', groups: [] })
    await wait({ ...core(), 'kubernetes-token': token, mode: 'check' })
    expect(world.lines).toContainEqual(
      expect.stringContaining('The token of the Kubernetes API expires at 2026-01-15 12:01:00 UTC'),
    )
  })

  test('without a cluster is a question of the inputs', async () => {
    await start()
    const { failure } = await wait({ ...NO_TOKEN, url: '', auth: 'kubernetes', revision: 'f'.repeat(40) })
    expect(failure).toMatchObject({
      kind: 'config',
      details: { seen: 'no cluster is given, and this is no pod' },
    })
  })
})

test.each([
  [{ token: '' }, 'token: is required with `auth: token`'],
  [{ auth: 'password', token: '' }, 'username: is required'],
  [{ auth: 'password', username: 'a', password: 'secret', token: 'tttttttt' }, 'token: is of no use'],
  [{ auth: 'github-oidc', token: '', 'oidc-exchange': 'none' }, 'oidc-audience: is required'],
  [{ 'oidc-audience': 'x' }, 'oidc-audience: is of no use'],
  [{ url: '' }, 'url: is required'],
  [{ kubeconfig: 'k' }, 'kubeconfig: is of use only with `auth: kubernetes` or `service-proxy`'],
  [{ 'service-proxy': 'argocd-server' }, 'service-proxy: want namespace/scheme:service:port'],
  [
    { auth: 'kubernetes', token: '', 'service-proxy': 'argocd/x' },
    'service-proxy: leads to the API of Argo CD',
  ],
  [{ auth: 'kubernetes', token: '', kubeconfig: 'k', 'eks-cluster': 'e' }, 'kubeconfig: is given beside'],
  [{ auth: 'kubernetes', token: '', 'kubernetes-server': 'https://k.test' }, 'kubernetes-token: is required'],
  [
    { auth: 'kubernetes', token: '', 'eks-cluster': 'e', 'kubernetes-token': 'tttttttt' },
    'kubernetes-token: is given beside',
  ],
  [{ 'role-to-assume': 'arn:aws:iam::1:role/x' }, 'role-to-assume: is of use only with eks-cluster'],
  [{ refresh: 'false' }, 'refresh: `false` is of use only'],
  [{ 'workload-kubeconfig': 'k' }, 'workload-kubeconfig: is of use only'],
  [{ auth: 'kubernetes', token: '', 'workload-context': 'c' }, 'workload-context: is of use only'],
  [
    { auth: 'kubernetes', token: '', 'workload-kubeconfig': 'k', 'workload-eks-cluster': 'e' },
    'workload-kubeconfig: is given beside',
  ],
])('the inputs %j are refused: %s', async (given, problem) => {
  const common = {
    url: 'https://argocd.test',
    token: 'tttttttt',
    application: 'churn',
    revision: 'f'.repeat(40),
  }
  const { failure } = await step({ ...common, settle: '1s', interval: '1s', ...given })
  expect(failure?.kind).toBe('config')
  expect(failure?.details.seen).toContain(problem)
})
