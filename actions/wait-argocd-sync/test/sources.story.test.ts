import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { openPull } from '@mlops-actions/sandbox/github'
import { RESOURCES } from '@mlops-actions/sandbox/kubernetes'
import { type TestWorld, testWorld } from '../../../test/harness/world.ts'
import { type Company, configMap, startCompany } from './company.ts'
import { step } from './step.ts'

// Against an Argo CD that is at work: every look at it gives it some milliseconds.

let world: TestWorld
let company: Company

beforeEach(async () => {
  world = testWorld({ pace: 20, env: { PATH: process.env['PATH'] ?? '' } })
  company = await startCompany({ now: world.now })
})
afterEach(() => company.close())

const wait = (inputs: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) =>
  step({ ...company.inputs, repository: '', interval: '5s', timeout: '1h', ...inputs }, world, env)

const APP = { type: RESOURCES.applications, namespace: 'argocd', name: 'churn-prod' }

function change(spec: object): void {
  const { metadata: { resourceVersion: _, ...metadata } = { resourceVersion: '' }, ...app } =
    company.kubernetes.store.get(APP) ?? {}
  const changed = { ...app, metadata, spec: { ...Object(app)['spec'], ...spec } }
  company.kubernetes.store.update(APP, JSON.parse(JSON.stringify(changed)))
}

describe('an Application that deploys a chart beside manifests in Git', () => {
  const CHART = { repoURL: 'https://charts.example', chart: 'churn', targetRevision: '1.2.0' }
  beforeEach(() => {
    const git = { repoURL: company.inputs['repository'], path: 'churn', targetRevision: 'main' }
    change({ source: null, sources: [git, CHART] })
  })

  test('is live at the version of the chart, and at the commit', async () => {
    const chart = await wait({ revision: '1.2.0' })
    expect([chart.failure, chart.outputs['result'], chart.outputs['revision']]).toEqual([
      undefined,
      'live',
      '1.2.0',
    ])
    const revision = await company.commit('v2')
    expect((await wait({ revision })).outputs).toMatchObject({ result: 'live', revision })
  })

  test('is not live at a version that it is not pinned to, and says so within half a minute', async () => {
    const { failure, seconds } = await wait({ revision: '1.3.0' })
    expect(failure).toMatchObject({ kind: 'config', code: 'ARGOCD_BRANCH' })
    expect(failure?.details.seen).toBe('Argo CD follows 1.2.0 (targetRevision), which 1.3.0 is not on')
    expect(seconds).toBeLessThan(35)
  })
})

test('an Application that deploys an OCI artifact is live at its tag, and its digest is what is live', async () => {
  const digest = `sha256:${'5'.repeat(64)}`
  company.argocd.state.artifacts.set('oci://registry.example/churn:v2', digest)
  change({ source: { repoURL: 'oci://registry.example/churn', path: '.', targetRevision: 'v2' } })
  for (const revision of ['v2', digest])
    expect((await wait({ revision })).outputs).toMatchObject({ result: 'live', revision: digest })
})

test('a version is no revision of an Application that is all in Git', async () => {
  const { failure, seconds } = await wait({ revision: 'v1.2.0' })
  expect(failure).toMatchObject({ kind: 'config', code: 'ARGOCD_SOURCE' })
  expect(failure?.message).toContain('revision: got "v1.2.0"')
  expect(failure?.message).toContain('a full commit id of 40 hex digits')
  expect(seconds).toBe(0)
})

describe('an Application with a source hydrator', () => {
  const hydrated = (more: object = {}) =>
    change({
      source: null,
      sourceHydrator: {
        drySource: { repoURL: company.inputs['repository'], path: 'churn', targetRevision: 'main' },
        syncSource: { targetBranch: 'env/prod', path: 'churn' },
        ...more,
      },
    })

  test('is live at the commit whose manifests it has written and synced', async () => {
    hydrated()
    const revision = await company.commit('v2')
    const { failure, outputs } = await wait({ revision })
    expect([failure, outputs['result'], outputs['revision']]).toEqual([undefined, 'live', revision])
    expect(company.git('show', 'env/prod:churn/manifest.yaml')).toContain('"value":"v2"')
  })

  test('is superseded by a newer commit that contains it', async () => {
    hydrated()
    const older = await company.commit('v2')
    const newer = await company.commit('v3')
    const repository = company.inputs['repository'] ?? ''
    const { failure, outputs } = await wait({ revision: older, repository })
    expect(failure).toBeUndefined()
    expect(outputs).toMatchObject({ result: 'superseded', revision: newer })
  })

  test('fails with what the hydrator says of manifests that cannot be made', async () => {
    hydrated()
    await wait({ revision: await company.commit('v2') })
    await world.sleep(1_000)
    const revision = await company.commitFiles({ 'churn/settings.yaml': 'a: [' })
    const { failure } = await wait({ revision })
    expect(failure).toMatchObject({ kind: 'workload', code: 'ARGOCD_HYDRATION' })
    expect(failure?.details.seen).toContain('Failed to hydrate: failed to get manifests')
  })

  test('is blocked where nobody brings the manifests from the one branch to the other', async () => {
    hydrated()
    await wait({ revision: await company.commit('v2') })
    hydrated({ hydrateTo: { targetBranch: 'env/prod-next' } })
    const revision = await company.commit('v3')
    const repository = company.inputs['repository'] ?? ''
    const { failure } = await wait({ revision, repository })
    expect(failure).toMatchObject({ kind: 'policy', code: 'ARGOCD_NOT_PROMOTED' })
    company.git('update-ref', 'refs/heads/env/prod', 'refs/heads/env/prod-next')
    expect((await wait({ revision, repository })).outputs).toMatchObject({ result: 'live', revision })
  })
})

test('a commit of a pull request that is not merged is blocked, not late', async () => {
  const [repository] = company.github.state.repositories.values()
  if (repository === undefined) throw new Error('there is a repository')
  const start = await company.commit('v2')
  const wanted = company.git('commit-tree', `${start}^{tree}`, '-p', start, '-m', 'bump')
  company.git('update-ref', 'refs/heads/bump', wanted)
  await openPull(repository, { headRef: 'bump', baseRef: 'main', title: 'x', body: '', author: 'ada' })
  const { url } = company.github
  const env = { GITHUB_SERVER_URL: url, GITHUB_API_URL: `${url}/api/v3` }
  const { failure, seconds } = await wait({ revision: wanted, repository: 'octo/gitops' }, env)
  expect(failure).toMatchObject({ kind: 'policy', code: 'ARGOCD_NOT_MERGED', retryable: true })
  expect(failure?.details.seen).toContain('it belongs to pull request #1 (to main), which is not merged')
  expect(seconds).toBeLessThan(45)
})

test('a Rollout that is paused half-way is live where that is accepted, and how far it has come is said', async () => {
  const revision = await company.commitFiles({
    'churn/rollout.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: churn }
spec: { strategy: { canary: { steps: [{ setWeight: 10 }, { pause: {} }] } } }
`,
  })
  const ended = wait({ revision, 'accept-suspended': 'true' })
  const { store } = company.kubernetes
  const key = { type: RESOURCES.rollouts, namespace: 'ml', name: 'churn' }
  await company.until(key.type, ({ metadata }) => metadata.name === key.name)
  const observedGeneration = String(store.get(key)?.metadata.generation)
  const pauseConditions = [{ reason: 'CanaryPauseStep' }]
  store.update(
    key,
    { status: { observedGeneration, phase: 'Paused', currentStepIndex: 1, pauseConditions } },
    'status',
  )
  const { failure, outputs } = await ended
  expect([failure, outputs['result'], outputs['health-status']]).toEqual([undefined, 'live', 'Suspended'])
  expect(world.lines.filter((line) => line.startsWith('warning:'))).toEqual([
    'warning: churn-prod: Rollout churn is paused with 10 % of the traffic on the new version',
  ])
})

describe('an expected image', () => {
  const deployment = (image: string, replicas = 0) =>
    company.commitFiles({
      'churn/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: churn }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: churn } }
  template:
    metadata: { labels: { app: churn } }
    spec: { containers: [{ name: server, image: "${image}" }] }
`,
    })
  const KEY = { type: RESOURCES.deployments, namespace: 'ml', name: 'churn' }

  /** A test is the Deployment controller, of a Deployment that is scaled to zero. */
  async function observed(image: string): Promise<void> {
    const { store } = company.kubernetes
    await company.until(KEY.type, (object) => JSON.stringify(object['spec']).includes(image))
    const observedGeneration = store.get(KEY)?.metadata.generation ?? 0
    store.update(KEY, { status: { observedGeneration } }, 'status')
  }

  test('is there at scale to zero, where no pod has it', async () => {
    const revision = await deployment('r.test/churn:v2')
    const ended = wait({ revision, 'expected-images': 'r.test/churn:v2' })
    await observed('churn:v2')
    const { failure, outputs } = await ended
    expect([failure, outputs['result'], outputs['images']]).toEqual([undefined, 'live', []])
  })

  test('comes with a hard refresh where the revision has moved without its manifests', async () => {
    const first = await deployment('r.test/churn:v1')
    const before = wait({ revision: first })
    await observed('churn:v1')
    await before
    company.argocd.state.keepManifests = true
    const revision = await deployment('r.test/churn:v2')
    const ended = wait({ revision, 'expected-images': 'r.test/churn:v2' })
    await observed('churn:v2')
    const { failure, outputs } = await ended
    expect([failure, outputs['result']]).toEqual([undefined, 'live'])
    const hard = company.argocd.requests.filter(({ query }) => query.includes('refresh=hard'))
    expect(hard).toHaveLength(1)
  })

  test('comes with a hard refresh that is asked for again where the first one gets lost', async () => {
    const first = await deployment('r.test/churn:v1')
    const before = wait({ revision: first })
    await observed('churn:v1')
    await before
    company.argocd.state.keepManifests = true
    let hard = 0
    const match = ({ query }: { readonly query: URLSearchParams }) => {
      // argo-cd #28603: it is answered, and nothing was compared.
      if (query.get('refresh') === 'hard' && ++hard === 1) company.argocd.state.loseRefreshes = 1
      return false
    }
    company.argocd.faults.push({ match, times: 1, respond: 'reset' })
    const revision = await deployment('r.test/churn:v2')
    const ended = wait({ revision, 'expected-images': 'r.test/churn:v2' })
    await observed('churn:v2')
    const { failure, outputs } = await ended
    expect([failure, outputs['result'], hard]).toEqual([undefined, 'live', 2])
  })

  test('that something overrides is a failure that names it', async () => {
    const repository = company.inputs['repository'] ?? ''
    const path = 'churn/.argocd-source-churn-prod.yaml'
    await company.commitFiles({ [path]: 'kustomize:\n  images:\n  - r.test/churn:v1\n' })
    const revision = await deployment('r.test/churn:v1')
    const ended = wait({ revision, repository, 'expected-images': 'r.test/churn:v2' })
    await observed('churn:v1')
    const { failure } = await ended
    expect(failure).toMatchObject({ kind: 'policy', code: 'ARGOCD_EXPECTED' })
    expect(failure?.details.seen).toBe(
      `no object asks for the image r.test/churn:v2, and no pod has it; there is r.test/churn:v1 in Deployment churn; the file ${path}, which an image updater writes, overrides it (- r.test/churn:v1)`,
    )
  })
})

test('what stands in Git and is asked for is live, with the model that is expected', async () => {
  const revision = await company.commitFiles({ 'churn/extra.yaml': configMap('v2', 'extra') })
  const { failure } = await wait({ revision, 'expected-storage-uri': 's3://models/churn/v2/' })
  expect(failure?.details).toMatchObject({
    kind: 'conflict',
    seen: 'no object asks for the model s3://models/churn/v2/',
  })
})
