import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { RESOURCES } from '@mlops-actions/sandbox/kubernetes'
import { type TestWorld, testWorld } from '../../../test/harness/world.ts'
import { type Company, startCompany } from './company.ts'
import { step } from './step.ts'

// Races that other waits lose, each with the issue that tells of it.

const APP = { type: RESOURCES.applications, namespace: 'argocd', name: 'churn-prod' }
let world: TestWorld
let company: Company

async function open(more: { readonly comparisonTakes?: number } = {}): Promise<void> {
  world = testWorld({ pace: 20, env: { PATH: process.env['PATH'] ?? '' } })
  company = await startCompany({ now: world.now, ...more })
}
afterEach(() => company.close())

const wait = (inputs: Readonly<Record<string, string>>) =>
  step({ ...company.inputs, repository: '', interval: '1s', timeout: '3650d', ...inputs }, world)
const moment = () => new Promise((resolve) => setTimeout(resolve, 2))
const until = async (is: () => boolean) => {
  while (!is()) await moment()
}
const isLooking = () => company.argocd.requests.some(({ path }) => path.endsWith('/stream/applications'))
const ask = (query: string) =>
  fetch(`${company.argocd.url}/api/v1/applications/churn-prod${query}`, {
    headers: { authorization: 'Bearer argocd-token' },
  })

describe('a refresh that comes during a comparison', () => {
  beforeEach(() => open({ comparisonTakes: 300 }))

  test('is lost before Argo CD 3.6 (argo-cd #28603), and the commit is seen all the same', async () => {
    const comparing = ask('?refresh=normal')
    const revision = await company.commit('v2')
    const { failure, outputs } = await wait({ revision })
    await comparing
    expect([failure, outputs['result'], outputs['revision']]).toEqual([undefined, 'live', revision])
    const refreshes = company.argocd.requests.filter(({ query }) => query.includes('refresh'))
    expect(refreshes.length).toBeGreaterThan(2)
  })
})

describe('a commit', () => {
  beforeEach(() => open())
  const repository = () => ({ repository: company.inputs['repository'] ?? '' })

  test('that a force-push has taken from the branch can never become live, and that is said', async () => {
    const revision = await company.commit('v2')
    await wait({ revision })
    company.git('update-ref', 'refs/heads/main', `${revision}~1`)
    await wait({ revision: await company.commit('v3') })
    const { failure, outputs, summary } = await wait({ revision, ...repository() })
    expect(failure).toMatchObject({ kind: 'conflict', code: 'ARGOCD_DIVERGED' })
    expect(outputs['result']).toBe('failed')
    expect(summary).toContain('a commit that does not contain it')
  })

  test('that is superseded twice during the wait is live with the last one', async () => {
    const revision = await company.commit('v2')
    await company.commit('v3')
    const ended = wait({ revision, settle: '5m', interval: '10s', ...repository() })
    await until(() => world.lines.some((line) => line.includes('synced and healthy for')))
    const last = await company.commit('v4')
    const { failure, outputs } = await ended
    expect([failure, outputs['result'], outputs['revision']]).toEqual([undefined, 'superseded', last])
  })

  test('is not failed by the sync of an earlier one that is tried again and again (argo-cd #11494)', async () => {
    company.argocd.state.admit = (object) => (JSON.stringify(object).includes('"v2"') ? 'denied' : undefined)
    await company.commit('v2')
    await ask('?refresh=normal')
    await until(() => JSON.stringify(company.kubernetes.store.get(APP)?.['status']).includes('denied'))
    const revision = await company.commit('v3')
    const { failure, outputs } = await wait({ revision, interval: '10s' })
    expect([failure, outputs['result'], outputs['revision']]).toEqual([undefined, 'live', revision])
  })

  test('is not unsettled by events that come twice, or late', async () => {
    const revision = await company.commit('v2')
    await wait({ revision })
    const app = JSON.parse(JSON.stringify(company.kubernetes.store.get(APP)))
    const version = Number(app.metadata.resourceVersion)
    const event = (resourceVersion: number, status: object = {}) => {
      const metadata = { ...app.metadata, resourceVersion: String(resourceVersion) }
      const application = { ...app, metadata, status: { ...app.status, ...status } }
      return `data: ${JSON.stringify({ result: { type: 'MODIFIED', application } })}\n\n`
    }
    const late = event(version - 1, { sync: { status: 'OutOfSync', revision: 'f'.repeat(40) } })
    const body = [event(version), event(version), late, event(version), late].join('')
    company.argocd.faults.push({
      match: ({ path }) => path.endsWith('/stream/applications'),
      times: 1,
      respond: { status: 200, headers: { 'content-type': 'text/event-stream' }, body },
    })
    const { failure, outputs, summary } = await wait({ revision, settle: '20s' })
    expect([failure, outputs['result']]).toEqual([undefined, 'live'])
    expect(summary.match(/^ {2}looks again and settles :/gm)).toHaveLength(1)
  })

  test('whose pods are not there is none, for all that its InferenceService is Healthy (argo-cd #11473)', async () => {
    const service = { type: RESOURCES.inferenceservices, namespace: 'ml', name: 'churn' }
    const revision = await company.commitFiles({
      'churn/service.yaml': `apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: { name: churn }
spec: { predictor: { containers: [{ name: kserve-container, image: "registry.test/churn:missing" }] } }
`,
    })
    const ended = wait({ revision })
    const owner = await company.until(service.type, () => true)
    const conditions = [{ type: 'Ready', status: 'True' }]
    const modelStatus = { transitionStatus: 'UpToDate' }
    company.kubernetes.store.update(service, { status: { conditions, modelStatus } }, 'status')
    const containers = [{ name: 'kserve-container', image: 'registry.test/churn:missing' }]
    const deployment = company.createChild(owner, RESOURCES.deployments, {
      metadata: { name: 'churn-predictor' },
      spec: { replicas: 1, template: { metadata: {}, spec: { containers } } },
    })
    const annotations = { 'deployment.kubernetes.io/revision': '2' }
    const set = company.createChild(deployment, RESOURCES.replicasets, {
      metadata: { name: 'churn-predictor-2', annotations },
      spec: { replicas: 1, template: { metadata: {}, spec: { containers } } },
    })
    const waiting = { reason: 'ImagePullBackOff', message: 'manifest unknown' }
    const statuses = [{ name: 'kserve-container', restartCount: 0, state: { waiting } }]
    const pod = company.createChild(set, RESOURCES.pods, {
      metadata: { name: 'churn-predictor-2-x' },
      spec: { containers },
      status: { phase: 'Pending', containerStatuses: statuses },
    })
    company.createChild(pod, RESOURCES.events, {
      metadata: { name: 'churn-predictor-2-x.1' },
      type: 'Warning',
      reason: 'Failed',
      message: 'Failed to pull image',
      lastTimestamp: new Date(world.now()).toISOString(),
      involvedObject: { kind: 'Pod', name: pod.metadata.name, uid: pod.metadata.uid, namespace: 'ml' },
    })
    const { failure, outputs, summary, seconds } = await ended
    expect([failure?.code, failure?.details.seen]).toEqual([
      'ROLLOUT_IMAGE_PULL',
      expect.stringContaining('ImagePullBackOff'),
    ])
    expect(outputs).toMatchObject({ result: 'failed', 'health-status': 'Healthy' })
    expect(seconds).toBeLessThan(60)
    expect(summary).toContain('  - InferenceService `churn`: Healthy\n    - Deployment `churn-predictor`:')
    expect(summary).toMatch(/Pod `churn-predictor-2-x` \| Failed \| Failed to pull image/)
  })
})

test('what stands there at the start is not taken for the commit: Synced and Healthy at the one before (kargo #6357)', async () => {
  await open()
  const before = await company.commit('v2')
  await wait({ revision: before })
  company.argocd.state.loseRefreshes = 3
  const revision = await company.commit('v3')
  const { outputs } = await wait({ revision })
  expect([outputs['result'], outputs['revision']]).toEqual(['live', revision])
  expect(isLooking()).toBe(true)
})
