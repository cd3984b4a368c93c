import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { startFaultServer } from '@mlops-actions/sandbox/faults'
import { type JsonObject, type KubeObject, RESOURCES } from '@mlops-actions/sandbox/kubernetes'
import { type TestWorld, testWorld } from '../../../test/harness/world.ts'
import { type Company, configMap, startCompany } from './company.ts'
import { step } from './step.ts'

// Against an Argo CD that is at work: every look at it gives it some milliseconds.

const HOOK = `apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
  annotations:
    argocd.argoproj.io/hook: PostSync
`
let world: TestWorld
let company: Company

beforeEach(async () => {
  world = testWorld({ pace: 20, env: { PATH: process.env['PATH'] ?? '' } })
  company = await startCompany({ now: world.now })
})
afterEach(() => company.close())

/** Git is asked only where a test wants to know which commit contains which. */
const wait = (inputs: Readonly<Record<string, string>>) =>
  step({ ...company.inputs, repository: '', interval: '1s', timeout: '3650d', ...inputs }, world)

describe('a commit that Argo CD syncs', () => {
  test('is live again at once when the step is run again', async () => {
    const revision = await company.commit('v2')
    await wait({ revision })
    const { failure, outputs } = await wait({ revision })
    expect([failure, outputs['result'], outputs['revision']]).toEqual([undefined, 'live', revision])
  })

  test('is superseded by a newer commit that contains it', async () => {
    const older = await company.commit('v2')
    const newer = await company.commit('v3')
    await wait({ revision: newer })
    const given = { revision: older, repository: company.inputs['repository'] ?? '' }
    const accepted = await wait(given)
    expect(accepted.failure).toBeUndefined()
    expect(accepted.outputs).toMatchObject({ result: 'superseded', revision: newer })
    expect((await wait({ ...given, 'on-superseded': 'fail' })).failure?.kind).toBe('conflict')
  })

  test.each([
    ['the stream sends nothing', () => ({ stream: 'silent' as const })],
    ['the stream sends only the first state', () => ({ stream: 'added-only' as const })],
    ['two refreshes get lost', () => ({ loseRefreshes: 2 })],
  ])('is seen although %s', async (_, trouble) => {
    Object.assign(company.argocd.state, trouble())
    const { failure, outputs } = await wait({ revision: await company.commit('v2') })
    expect([failure, outputs['result']]).toEqual([undefined, 'live'])
  })

  test('is seen although the server misbehaves and comes back in the middle of the wait', async () => {
    const server = await startFaultServer({
      modes: ['rst', 'ok', 'trunc', 'status:503', 'ok'],
      upstream: company.argocd.url,
    })
    try {
      const { failure, outputs } = await wait({ url: server.url, revision: await company.commit('v2') })
      expect([failure, outputs['result']]).toEqual([undefined, 'live'])
    } finally {
      await server.close()
    }
  })
})

test('a commit whose sync ran a hook that failed is a workload failure that names the hook', async () => {
  company.argocd.state.hooks.set('migrate', {
    phase: 'Failed',
    message: 'Job has reached the specified backoff limit ::error::x',
  })
  // A commit that adds nothing but a hook leaves the Application Synced, and no sync runs: something has to change with it.
  const revision = await company.commitFiles({
    'churn/settings.yaml': configMap('v2'),
    'churn/hook.yaml': HOOK,
  })
  const { failure } = await wait({ revision })
  expect(failure).toMatchObject({ kind: 'workload', retryable: false })
  // The report of the deployment takes its advice from here.
  expect(failure?.details.report).toMatchObject({ result: 'failed', next: failure?.details.next })
  expect(failure?.message).toContain('migrate')
})

test('a hook that failed is not forgotten because a commit that changes nothing here came after it', async () => {
  company.argocd.state.hooks.set('migrate', { phase: 'Failed', message: 'exit 1' })
  const files = { 'churn/settings.yaml': configMap('v2'), 'churn/hook.yaml': HOOK }
  const revision = await company.commitFiles(files)
  expect((await wait({ revision })).failure?.kind).toBe('workload')
  const later = await company.commitFiles({ 'other/readme.txt': 'of another Application' })
  const { outputs } = await wait({ revision: later })
  expect(outputs['result']).toBe('live')
  const { failure } = await wait({ revision, repository: company.inputs['repository'] ?? '' })
  expect(failure?.details.seen).toMatch(/^the sync of [0-9a-f]{7} failed, and none came since: /)
})

/** A cluster in which a test is the Deployment controller. */
describe('a Deployment', () => {
  const deployment = (image: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: churn }
spec:
  replicas: 1
  selector: { matchLabels: { app: churn } }
  template:
    metadata: { labels: { app: churn } }
    spec: { containers: [{ name: server, image: "${image}" }] }
`
  const commitImage = (image: string) => company.commitFiles({ 'churn/deployment.yaml': deployment(image) })
  const key = { type: RESOURCES.deployments, namespace: 'ml', name: 'churn' }
  const isAt = (image: string) => (object: KubeObject) => JSON.stringify(object['spec']).includes(image)

  /** The ReplicaSet of a revision with one pod, whose server is in that state. */
  function createSet(owner: KubeObject, revision: number, image: string, status: JsonObject): KubeObject {
    const annotations = { 'deployment.kubernetes.io/revision': String(revision) }
    const set = company.createChild(owner, RESOURCES.replicasets, {
      metadata: { name: `churn-${revision}`, annotations },
      spec: { replicas: 1 },
    })
    return company.createChild(set, RESOURCES.pods, {
      metadata: { name: `churn-${revision}-x7k2p` },
      spec: { containers: [{ name: 'server', image }] },
      status: { phase: 'Pending', containerStatuses: [{ name: 'server', restartCount: 0, ...status }] },
    })
  }

  function finish(): void {
    const { store } = company.kubernetes
    const { metadata, ...object } = store.get(key) ?? { metadata: { generation: 0 } }
    const counts = { replicas: 1, updatedReplicas: 1, availableReplicas: 1 }
    const status = { observedGeneration: metadata.generation, ...counts }
    store.update(key, { ...object, metadata: { name: 'churn' }, status }, 'status')
  }

  test('whose image cannot be pulled fails within seconds, with what the cluster says', async () => {
    const revision = await commitImage('registry.test/churn:missing')
    const ended = wait({ revision })
    const waiting = { reason: 'ImagePullBackOff', message: 'manifest unknown ::error::x <b>' }
    const owner = await company.until(RESOURCES.deployments, isAt('churn:missing'))
    createSet(owner, 1, 'registry.test/churn:missing', { state: { waiting } })
    const { failure, summary } = await ended
    expect(failure?.details).toMatchObject({
      kind: 'workload',
      what: 'The new version does not start: its image cannot be pulled',
      on: expect.stringContaining('pod churn-1-x7k2p, container server, namespace ml'),
    })
    expect(summary).toContain('    - Pod `churn-1-x7k2p`: ImagePullBackOff: manifest unknown')
    expect(summary).not.toContain('<b>')
  })

  test('is live after the crashing version before it has been replaced, and not called broken by it', async () => {
    const { store } = company.kubernetes
    const bad = await commitImage('registry.test/churn:crash')
    const broken = wait({ revision: bad })
    const owner = await company.until(RESOURCES.deployments, isAt('churn:crash'))
    const ended = { terminated: { exitCode: 3, reason: 'Error', message: 'customer 4711' } }
    const state = { waiting: { reason: 'CrashLoopBackOff', message: 'back-off' } }
    createSet(owner, 1, 'registry.test/churn:crash', { restartCount: 4, state, lastState: ended })
    const { failure, outputs, summary } = await broken
    expect(failure?.message).toContain('CrashLoopBackOff (exit code 3, ended 5 times)')
    expect(JSON.stringify([failure?.details, outputs, summary, world.lines])).not.toContain('4711')
    // The clock of Kubernetes has seconds: the pod has to be older than the sync of its successor.
    await world.sleep(1_000)
    const revision = await commitImage('registry.test/churn:good')
    let looks = 0
    const replaced = company.argocd.requests.length
    const isLook = ({ path }: { path: string }) => path.endsWith('/resource-tree')
    const mended = wait({ revision })
    await company.until(RESOURCES.deployments, isAt('churn:good'))
    finish()
    while (looks < 3) {
      looks = company.argocd.requests.slice(replaced).filter(isLook).length
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    store.remove({ type: RESOURCES.pods, namespace: 'ml', name: 'churn-1-x7k2p' }, { force: true })
    store.remove({ type: RESOURCES.replicasets, namespace: 'ml', name: 'churn-1' })
    const { failure: none, outputs: live } = await mended
    expect([none, live['result']]).toEqual([undefined, 'live'])
  })
})
