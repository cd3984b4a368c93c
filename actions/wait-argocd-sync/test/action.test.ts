import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { FAULTS, type JsonObject, type KubeObject, RESOURCES, startFaultServer } from '@mlops-actions/sandbox'
import { runBundle } from '../../../test/harness/bundle.ts'
import { type Company, configMap, startCompany } from './company.ts'

const HOOK = `apiVersion: batch/v1
kind: Job
metadata:
  name: migrate
  annotations:
    argocd.argoproj.io/hook: PostSync
`
const NOWHERE = 'f'.repeat(40)
let company: Company

/** A company for every test of a block, or one for all of them where none changes anything of it. */
function useCompany(of: 'each' | 'all'): void {
  const [before, after] = of === 'each' ? [beforeEach, afterEach] : [beforeAll, afterAll]
  before(async () => {
    company = await startCompany()
  })
  after(() => company.close())
}

const wait = (inputs: Record<string, string>) =>
  runBundle('wait-argocd-sync', { inputs: { ...company.inputs, ...inputs } })

describe('a commit that Argo CD syncs', () => {
  useCompany('each')

  test('is live, with what was seen in outputs and summary', async () => {
    const revision = await company.commit('v2')
    const step = await wait({ revision })
    expect(step.errors).toEqual([])
    expect(step).toMatchObject({
      code: 0,
      outputs: {
        result: 'live',
        revision,
        'sync-status': 'Synced',
        'health-status': 'Healthy',
        phase: 'Succeeded',
      },
    })
    expect(step.summary).toContain(`✅ churn\\-prod: commit \`${revision.slice(0, 7)}\` is live`)
    expect(JSON.parse(step.outputs['lineage'] ?? '')).toMatchObject({
      application: 'churn-prod',
      commit: revision,
    })
  })

  test('is live again at once when the step is run again', async () => {
    const revision = await company.commit('v2')
    await wait({ revision })
    expect(await wait({ revision })).toMatchObject({ code: 0, outputs: { result: 'live', revision } })
  })

  test('is superseded by a newer commit that contains it', async () => {
    const older = await company.commit('v2')
    const newer = await company.commit('v3')
    expect(await wait({ revision: older })).toMatchObject({
      code: 0,
      outputs: { result: 'superseded', revision: newer },
    })
    expect(await wait({ revision: older, 'on-superseded': 'fail' })).toMatchObject({
      code: 1,
      outputs: { 'failure-kind': 'conflict' },
    })
  })

  test.each([
    ['the stream sends nothing', () => ({ stream: 'silent' as const })],
    ['the stream sends only the first state', () => ({ stream: 'added-only' as const })],
    ['two refreshes get lost', () => ({ loseRefreshes: 2 })],
  ])('is seen although %s', async (_, trouble) => {
    Object.assign(company.argocd.state, trouble())
    const revision = await company.commit('v2')
    expect(await wait({ revision })).toMatchObject({ code: 0, outputs: { result: 'live' } })
  })
})

describe('a commit that does not become live', () => {
  useCompany('each')

  test('at the old commit, Synced and Healthy, is a timeout that says where Argo CD is', async () => {
    const step = await wait({ revision: NOWHERE, repository: '', timeout: '2s' })
    expect(step).toMatchObject({
      code: 1,
      outputs: { 'failure-kind': 'timeout', retryable: 'true', 'sync-status': 'Synced' },
    })
    expect(step.errors[0]?.message).toMatch(/Argo CD is at [0-9a-f]{7}, not yet at fffffff/)
    expect(step.summary).toContain('| revision | `fffffff` |')
  })

  test('because a hook of its sync failed is a workload failure that names the hook', async () => {
    company.argocd.state.hooks.set('migrate', {
      phase: 'Failed',
      message: 'Job has reached the specified backoff limit ::error::x',
    })
    // A commit that adds nothing but a hook leaves the Application Synced, and no sync runs: something has to change with it.
    const revision = await company.commitFiles({
      'churn/settings.yaml': configMap('v2'),
      'churn/hook.yaml': HOOK,
    })
    const step = await wait({ revision, timeout: '60s' })
    expect(step).toMatchObject({ code: 1, outputs: { 'failure-kind': 'workload', retryable: 'false' } })
    // The report of the deployment takes its advice from here.
    const [, advice] = /\nDo: ([\s\S]+)$/.exec(step.errors[0]?.message ?? '') ?? []
    expect(JSON.parse(step.outputs['report'] ?? '')).toMatchObject({ result: 'failed', next: advice })
    expect(step.errors).toHaveLength(1)
    expect(step.errors[0]?.message).toContain('migrate')
  })
})

/** A cluster in which a test is the Deployment controller. */
describe('a Deployment', () => {
  useCompany('each')

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
    const ended = wait({ revision, interval: '200ms' })
    const waiting = { reason: 'ImagePullBackOff', message: 'manifest unknown ::error::x <b>' }
    const owner = await company.until(RESOURCES.deployments, isAt('churn:missing'))
    createSet(owner, 1, 'registry.test/churn:missing', { state: { waiting } })
    const step = await ended
    expect(step).toMatchObject({
      code: 1,
      outputs: { 'failure-kind': 'workload' },
      errors: [{ title: 'wait-argocd-sync: The new version does not start: its image cannot be pulled' }],
    })
    expect(step.errors[0]?.message).toContain('pod churn-1-x7k2p, container server, namespace ml')
    expect(step.summary).toContain('| Pod `churn-1-x7k2p` | Healthy | ImagePullBackOff: manifest unknown')
    expect(step.summary).not.toContain('<b>')
  })

  test('is live after the crashing version before it has been replaced, and not called broken by it', async () => {
    const { store } = company.kubernetes
    const bad = await commitImage('registry.test/churn:crash')
    const broken = wait({ revision: bad, interval: '200ms' })
    const owner = await company.until(RESOURCES.deployments, isAt('churn:crash'))
    const ended = { terminated: { exitCode: 3, reason: 'Error', message: 'customer 4711' } }
    const state = { waiting: { reason: 'CrashLoopBackOff', message: 'back-off' } }
    const old = createSet(owner, 1, 'registry.test/churn:crash', { restartCount: 4, state, lastState: ended })
    const failed = await broken
    expect(failed.errors[0]?.message).toContain('CrashLoopBackOff (exit code 3, ended 5 times)')
    expect(JSON.stringify(failed)).not.toContain('4711')
    // The clock of Kubernetes has seconds: the pod has to be older than the sync of its successor.
    while (Date.now() < Date.parse(old.metadata.creationTimestamp ?? '') + 1_000)
      await new Promise((resolve) => setTimeout(resolve, 5))
    const revision = await commitImage('registry.test/churn:good')
    let looks = 0
    const replaced = company.argocd.requests.length
    const isLook = ({ path }: { path: string }) => path.endsWith('/resource-tree')
    const mended = wait({ revision, interval: '200ms' })
    await company.until(RESOURCES.deployments, isAt('churn:good'))
    finish()
    while (looks < 3) {
      looks = company.argocd.requests.slice(replaced).filter(isLook).length
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    store.remove({ type: RESOURCES.pods, namespace: 'ml', name: 'churn-1-x7k2p' }, { force: true })
    store.remove({ type: RESOURCES.replicasets, namespace: 'ml', name: 'churn-1' })
    expect(await mended).toMatchObject({ code: 0, errors: [], outputs: { result: 'live' } })
  })
})

describe('what a user gets wrong', () => {
  useCompany('all')

  test.each<[Record<string, string>, string, string]>([
    [{ revision: 'main' }, 'config', 'revision: got "main"; want a full commit id'],
    [{ url: 'argocd.example' }, 'config', 'url: got "argocd.example"; want a URL'],
    [{ token: '' }, 'config', 'token: is required'],
    [{ settle: '20m' }, 'config', 'settle: `settle` has to be shorter than `timeout`'],
    [{ application: '../x' }, 'config', 'application: got "../x"; want a name'],
    [{ token: 'not-the-token' }, 'auth', 'HTTP 401'],
    [{ application: 'nobody' }, 'not-found', 'HTTP 404'],
    [{ application: 'nobody', project: '' }, 'auth', 'applications, get'],
    [
      { repository: 'https://git.example/other/repo' },
      'config',
      'none of its Git sources is https://git.example/other/repo',
    ],
  ])('%j is %s', async (inputs, kind, sentence) => {
    const step = await wait({ revision: NOWHERE, ...inputs })
    expect(step).toMatchObject({ code: 1, outputs: { 'failure-kind': kind } })
    expect(step.errors).toHaveLength(1)
    expect(step.errors[0]?.message).toContain(sentence)
  })
})

describe('a server that misbehaves', () => {
  useCompany('all')

  const final = Object.entries(FAULTS).filter(
    ([name, { kind, retried, tls }]) =>
      kind !== undefined && !retried && tls === undefined && name !== 'redirect to metadata',
  )

  test.each(final)('%s fails at once with the right kind', async (_, { modes, kind }) => {
    const server = await startFaultServer({ modes })
    try {
      const step = await wait({ url: server.url, revision: NOWHERE, timeout: '20s' })
      expect(step).toMatchObject({ code: 1, outputs: { 'failure-kind': kind } })
      expect(step.errors).toHaveLength(1)
      expect(step.outputs['result']).toBeUndefined()
    } finally {
      await server.close()
    }
  })

  test('and comes back in the middle of a wait changes nothing', async () => {
    const server = await startFaultServer({
      modes: ['rst', 'ok', 'trunc', 'status:503', 'ok'],
      upstream: company.argocd.url,
    })
    try {
      const revision = await company.commit('v2')
      expect(await wait({ url: server.url, revision })).toMatchObject({
        code: 0,
        outputs: { result: 'live' },
      })
    } finally {
      await server.close()
    }
  })
})

describe('a wait', () => {
  useCompany('each')

  test('that is cancelled ends within five seconds', async () => {
    const cancelWhen = async (seen: () => string) => {
      while (!seen().includes('waiting for')) await new Promise((resolve) => setTimeout(resolve, 5))
    }
    const step = await runBundle('wait-argocd-sync', {
      inputs: { ...company.inputs, repository: '', revision: NOWHERE },
      cancelWhen,
    })
    expect(step).toMatchObject({ code: 130, outputs: { 'failure-kind': 'cancelled' } })
    expect(step.endedAfter).toBeLessThan(5_000)
  })

  test('shows its token nowhere but in the command that masks it', async () => {
    const revision = await company.commit('v2')
    const step = await runBundle('wait-argocd-sync', {
      inputs: { ...company.inputs, revision },
      env: { RUNNER_DEBUG: '1' },
    })
    const shown = step.stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
    expect([...shown, step.stderr, step.summary, JSON.stringify(step.outputs)].join('\n')).not.toContain(
      'argocd-token',
    )
  })
})
