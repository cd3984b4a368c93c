import { isDeepStrictEqual } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type JsonObject, RESOURCES } from '@mlops-actions/sandbox/kubernetes'
import { type TestWorld, testWorld } from '../../../test/harness/world.ts'
import { CLOSED, type Company, configMap, startCompany } from './company.ts'
import { read, step } from './step.ts'

// On a fake clock, against an Argo CD that has come to rest: every one of these would wait for minutes.

const NOWHERE = 'f'.repeat(40)
let world: TestWorld
let company: Company
/** The specification of the Application before a test changes it. */
let original: unknown

/** A company for every test of a block, or one for all of them where each says how the Application is. */
function useCompany(of: 'each' | 'all'): void {
  const [before, after] = of === 'each' ? [beforeEach, afterEach] : [beforeAll, afterAll]
  before(async () => {
    world = testWorld()
    company = await startCompany({ now: world.now })
    original = company.kubernetes.store.get(APP)?.['spec']
  })
  after(() => company.close())
}

const wait = (given: Record<string, string>) =>
  step({ ...company.inputs, timeout: '3m', interval: '5s', settle: '10s', ...given }, world)

/** The revision, once Argo CD is Synced there and has nothing more to do. It is asked to look: by itself it does so rarely. */
async function synced(revision: string): Promise<string> {
  const rest = { phase: 'Succeeded', sync: 'Synced', revision }
  for (;;) {
    const url = `${company.argocd.url}/api/v1/applications/churn-prod?refresh=normal`
    await fetch(url, { headers: { authorization: 'Bearer argocd-token' } })
    const { status, operation } = Object(company.kubernetes.store.get(APP))
    const { sync, operationState } = Object(status)
    const { phase, finishedAt } = Object(operationState)
    const seen = { phase, sync: Object(sync).status, revision: Object(sync).revision }
    if (operation === undefined && finishedAt !== undefined && isDeepStrictEqual(seen, rest)) return revision
  }
}

const APP = { type: RESOURCES.applications, namespace: 'argocd', name: 'churn-prod' }

/** Argo CD compares, as it does for a refresh. */
function compares(): boolean {
  const app = company.kubernetes.store.get(APP)
  if (app === undefined) return false
  const { resourceVersion: _, ...metadata } = app.metadata
  const annotations = { ...metadata.annotations, 'argocd.argoproj.io/refresh': 'normal' }
  company.kubernetes.store.update(
    APP,
    JSON.parse(JSON.stringify({ ...app, metadata: { ...metadata, annotations } })),
  )
  return true
}

/** Gives the Application the specification that it began with, but for this. */
function change(spec: Record<string, unknown>, meta: Record<string, unknown> = {}): void {
  const app = company.kubernetes.store.get(APP)
  if (app === undefined) throw new Error('there is no Application')
  const { resourceVersion: _, ...metadata } = app.metadata
  const changed = JSON.parse(
    JSON.stringify({ ...app, metadata: { ...metadata, ...meta }, spec: { ...Object(original), ...spec } }),
  )
  company.kubernetes.store.update(APP, changed)
}

describe('a commit that is not synced', () => {
  useCompany('each')

  test('because a sync window is closed says which, after half a minute', async () => {
    company.argocd.state.syncWindows.push(CLOSED)
    const revision = await company.commit('v2')
    const { failure, seconds, summary } = await wait({ revision })
    expect(summary).toMatch(/^## ⛔ churn\\-prod: commit `[0-9a-f]{7}` is kept from becoming live\n/)
    expect(summary).toContain('**Why:** OutOfSync; a sync window keeps it from syncing')
    expect(summary.match(/sync window/gi)).toHaveLength(1)
    expect(summary.match(/0 22/g)).toHaveLength(1)
    expect(failure?.details).toMatchObject({
      kind: 'policy',
      seen: expect.stringContaining('a sync window keeps it from syncing (deny 0 22 * * *, 8h)'),
      next: expect.stringContaining('when the window lets it sync'),
    })
    expect(seconds).toBeLessThan(60)
  })

  test('because automated sync missed it says what to press', async () => {
    company.argocd.state.autoSyncStuck = true
    const { failure } = await wait({ revision: await company.commit('v2') })
    expect(failure?.details).toMatchObject({
      kind: 'timeout',
      seen: expect.stringContaining('OutOfSync (ConfigMap settings), and Argo CD has not begun to sync'),
      next: expect.stringContaining('Press Sync'),
    })
  })

  test('any more because somebody changed it by hand names what differs', async () => {
    const revision = await synced(await company.commit('v2'))
    const key = { type: RESOURCES.configmaps, namespace: 'ml', name: 'settings' }
    const { resourceVersion: _, ...metadata } = company.kubernetes.store.get(key)?.metadata ?? {}
    company.kubernetes.store.update(key, { metadata: { ...metadata }, data: { value: 'by hand' } })
    const { failure } = await wait({ revision })
    expect(failure?.details).toMatchObject({
      kind: 'policy',
      seen: 'it was synced at this commit and differs again (ConfigMap settings), and self-heal is off',
    })
  })

  test('because its manifests are broken says that, and nothing of pruning', async () => {
    const revision = await company.commitFiles({ 'churn/settings.yaml': 'a: [' })
    const { failure } = await wait({ revision })
    expect(failure).toMatchObject({ kind: 'workload', code: 'ARGOCD_COMPARISON' })
  })
})

describe('a commit with another model', () => {
  useCompany('each')
  const SERVICE = { type: RESOURCES.inferenceservices, namespace: 'ml', name: 'churn' }
  const DEPLOYMENT = { type: RESOURCES.deployments, namespace: 'ml', name: 'churn-predictor' }
  const commitModel = (storageUri: string) =>
    company.commitFiles({
      'churn/service.yaml': `apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: { name: churn }
spec: { predictor: { model: { modelFormat: { name: sklearn }, storageUri: "${storageUri}" } } }
`,
    })

  /** A test is KServe and Kubernetes: an InferenceService stays ready while its Deployment is rolled, and before. */
  function serve(storageUri: string): void {
    const { store } = company.kubernetes
    const owner = store.get(SERVICE)
    if (owner === undefined) throw new Error('there is no InferenceService')
    const annotations = { 'internal.serving.kserve.io/storage-initializer-sourceuri': storageUri }
    const containers = [{ name: 'kserve-container', image: 'registry.test/server:1' }]
    const spec = { replicas: 1, template: { metadata: { annotations }, spec: { containers } } }
    const deployment = { metadata: { name: DEPLOYMENT.name }, spec }
    if (store.get(DEPLOYMENT) === undefined) company.createChild(owner, DEPLOYMENT.type, deployment)
    else store.update(DEPLOYMENT, { ...store.get(DEPLOYMENT), spec })
    const observedGeneration = store.get(DEPLOYMENT)?.metadata.generation ?? 0
    const counts = { replicas: 1, updatedReplicas: 1, availableReplicas: 1 }
    store.update(DEPLOYMENT, { status: { observedGeneration, ...counts } }, 'status')
    replace(spec.template, observedGeneration)
    const conditions = [{ type: 'Ready', status: 'True' }]
    const modelStatus = { transitionStatus: 'UpToDate' }
    store.update(SERVICE, { status: { deploymentMode: 'Standard', conditions, modelStatus } }, 'status')
  }

  /** The ReplicaSet and the pod of that template, in the place of those of before. */
  function replace(template: JsonObject, revision: number): void {
    const { store } = company.kubernetes
    for (const type of [RESOURCES.pods, RESOURCES.replicasets])
      for (const { metadata } of store.list(type))
        store.remove({ type, namespace: 'ml', name: metadata.name }, { force: true })
    const owner = store.get(DEPLOYMENT)
    if (owner === undefined) throw new Error('there is no Deployment')
    const name = `${DEPLOYMENT.name}-${revision}`
    const set = company.createChild(owner, RESOURCES.replicasets, {
      metadata: { name, annotations: { 'deployment.kubernetes.io/revision': String(revision) } },
      spec: { replicas: 1, template },
      status: { observedGeneration: 1, replicas: 1, availableReplicas: 1 },
    })
    company.createChild(set, RESOURCES.pods, {
      metadata: { name: `${name}-x7k2p` },
      spec: { containers: [{ name: 'kserve-container', image: 'registry.test/server:1' }] },
      status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
    })
  }

  test('is not live as long as KServe has not acted on it, for all that everything is Healthy', async () => {
    await synced(await commitModel('s3://models/churn/v1/'))
    serve('s3://models/churn/v1/')
    const revision = await synced(await commitModel('s3://models/churn/v2/'))
    const { failure, outputs } = await wait({ revision })
    expect(outputs).toMatchObject({ 'sync-status': 'Synced', 'health-status': 'Healthy' })
    expect(failure?.details).toMatchObject({
      kind: 'timeout',
      seen: expect.stringContaining(
        'InferenceService churn asks for s3://models/churn/v2/, its Deployment churn-predictor still has s3://models/churn/v1/',
      ),
      next: expect.stringContaining('kserve-controller-manager'),
    })
    serve('s3://models/churn/v2/')
    expect((await wait({ revision })).outputs['result']).toBe('live')
  })

  test('is not live before that beside something that is suspended on purpose either', async () => {
    await company.commitFiles({
      'churn/paused.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: paused }
spec: { paused: true, replicas: 0, selector: { matchLabels: { app: x } }, template: { metadata: { labels: { app: x } }, spec: { containers: [{ name: x, image: x }] } } }
`,
    })
    await synced(await commitModel('s3://models/churn/v1/'))
    serve('s3://models/churn/v1/')
    const revision = await synced(await commitModel('s3://models/churn/v2/'))
    const { failure, outputs } = await wait({ revision, 'accept-suspended': 'true' })
    expect(outputs).toMatchObject({ 'sync-status': 'Synced', 'health-status': 'Suspended' })
    expect(failure?.details.seen).toContain('its Deployment churn-predictor still has s3://models/churn/v1/')
    serve('s3://models/churn/v2/')
    expect((await wait({ revision, 'accept-suspended': 'true' })).outputs['result']).toBe('live')
  })
})

describe('an Application of an ApplicationSet', () => {
  useCompany('each')
  const SET = { type: RESOURCES.applicationsets, namespace: 'argocd', name: 'churn' }

  /** Its ApplicationSet switches automated sync off, to sync it itself when its step has come. */
  function handOver(type: string): void {
    const { store } = company.kubernetes
    const turn = { application: 'churn-prod', status: 'Waiting', step: '2', message: 'step 1 is not healthy' }
    store.create(SET.type, {
      metadata: { name: SET.name, namespace: SET.namespace },
      spec: { strategy: { type } },
      status: { applicationStatus: [turn] },
    })
    const uid = store.get(SET)?.metadata.uid ?? ''
    const owner = { apiVersion: 'argoproj.io/v1alpha1', kind: 'ApplicationSet', name: SET.name, uid }
    change({ syncPolicy: null }, { ownerReferences: [owner] })
  }

  test('that is synced step by step is waited for, and its step is said', async () => {
    handOver('RollingSync')
    const { failure } = await wait({ revision: await company.commit('v2') })
    expect(failure?.details).toMatchObject({
      kind: 'timeout',
      seen: expect.stringContaining(
        'its ApplicationSet churn has not come to it yet (step 2, Waiting: step 1 is not healthy)',
      ),
      next: expect.stringContaining('the steps before it'),
    })
    const { outputs } = await wait({ mode: 'check' })
    expect(outputs['result']).toBe('ready')
  })

  test('that is synced by nobody is said to be so', async () => {
    handOver('AllAtOnce')
    const { failure } = await wait({ revision: await company.commit('v2') })
    expect(failure).toMatchObject({ kind: 'policy', code: 'ARGOCD_AUTO_SYNC_OFF' })
  })
})

describe('an Application whose commits cannot be followed is refused', () => {
  useCompany('all')

  test.each<[string, () => Record<string, unknown>, Record<string, string>, string]>([
    [
      'with several repositories, where none is named',
      () => ({
        source: null,
        sources: [
          { repoURL: company.inputs['repository'], path: 'churn' },
          { repoURL: 'https://git.example/octo/values.git', ref: 'values' },
          { repoURL: 'https://charts.example', chart: 'x' },
        ],
      }),
      { repository: '' },
      'it deploys from http://127.0.0.1',
    ],
    [
      'with no source in Git',
      () => ({ source: { repoURL: 'oci://registry.example/manifests', path: '.' } }),
      { repository: '' },
      'it has no Git source',
    ],
  ])('%s', async (_, spec, inputs, seen) => {
    change(spec())
    const { failure, seconds } = await wait({ revision: NOWHERE, ...inputs })
    expect(failure).toMatchObject({ kind: 'config', code: 'ARGOCD_SOURCE' })
    expect(failure?.details.seen).toContain(seen)
    expect(seconds).toBe(0)
  })
})

describe('an Application with several sources of one repository', () => {
  useCompany('each')

  test('is waited for by the one that follows the branch, wherever it stands', async () => {
    await company.commitFiles({ 'base/settings.yaml': configMap('base', 'base') })
    company.git('tag', 'v1.0.0', 'main')
    const repoURL = company.inputs['repository']
    const base = { repoURL, path: 'base', targetRevision: 'v1.0.0' }
    change({ source: null, sources: [base, { repoURL, path: 'churn', targetRevision: 'main' }] })
    const revision = await company.commitFiles({ 'churn/extra.yaml': configMap('v2', 'extra') })
    const { failure, outputs } = await wait({ revision })
    expect([failure, outputs['result']]).toEqual([undefined, 'live'])
  })
})

describe('a check before there is a commit', () => {
  useCompany('all')
  beforeEach(() => {
    change({})
    company.argocd.state.syncWindows.length = 0
  })

  const check = () => step({ ...company.inputs, mode: 'check' })
  const following = (targetRevision: string) => ({
    source: { repoURL: company.inputs['repository'], path: 'churn', targetRevision },
  })

  test.each(['main', 'refs/heads/main', 'HEAD', ''])('passes where it follows %j', async (targetRevision) => {
    change(following(targetRevision))
    const { failure, outputs, summary, seconds } = await check()
    expect(failure).toBeUndefined()
    expect(outputs).toMatchObject({ result: 'ready', url: expect.stringContaining('/applications/') })
    expect(summary).toMatch(/^## ✅ churn\\-prod syncs commits of `main` by itself/)
    expect(seconds).toBe(0)
  })

  test('changes nothing, not even by a refresh', async () => {
    await synced(await company.commit('v2'))
    const before = company.argocd.requests.length
    await check()
    const asked = company.argocd.requests.slice(before)
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /api/version',
      'GET /api/v1/applications/churn-prod',
      'GET /api/v1/applications/churn-prod/syncwindows',
    ])
    expect(asked[1]?.query).toBe('project=default')
  })

  test.each<[string, () => Record<string, unknown>, string, string, string]>([
    [
      'no sync policy',
      () => ({ syncPolicy: null }),
      'policy',
      'ARGOCD_AUTO_SYNC_OFF',
      'automated sync is off',
    ],
    [
      'automated sync switched off',
      () => ({ syncPolicy: { automated: { enabled: false } } }),
      'policy',
      'ARGOCD_AUTO_SYNC_OFF',
      'automated sync is off',
    ],
    ['another branch', () => following('release'), 'config', 'ARGOCD_BRANCH', 'it follows release, not main'],
    [
      'another repository',
      () => ({ source: { repoURL: 'https://git.example/o/r' } }),
      'config',
      'ARGOCD_SOURCE',
      'none of its Git sources',
    ],
  ])('refuses an Application with %s', async (_, spec, kind, code, seen) => {
    change(spec())
    const { failure } = await check()
    expect(failure).toMatchObject({ kind, code })
    expect(failure?.details.seen).toContain(seen)
  })

  test('refuses while a sync window is closed, which passes', async () => {
    company.argocd.state.syncWindows.push(CLOSED)
    const { failure } = await check()
    expect(failure).toMatchObject({ kind: 'policy', code: 'ARGOCD_WINDOW', retryable: true })
    expect(failure?.details.seen).toContain('deny 0 22 * * *, 8h')
  })

  test.each<[string, string | undefined]>([
    ['1.4.x', undefined],
    ['1.4.2', undefined],
    ['1.3.0', 'its targetRevision is 1.3.0, not 1.4.2'],
  ])('of a chart at %j tells whether it takes version 1.4.2', async (targetRevision, seen) => {
    change({ source: { repoURL: 'https://charts.example', chart: 'churn', targetRevision } })
    const inputs = { ...company.inputs, mode: 'check', repository: '', revision: '1.4.2' }
    const { failure, summary } = await step(inputs)
    expect(failure?.details.seen).toBe(seen)
    if (seen === undefined) expect(summary).toMatch(/^## ✅ churn\\-prod syncs `1.4.2` by itself/)
  })

  test('is content where one of several sources of the repository follows the branch', async () => {
    const repoURL = company.inputs['repository']
    change({
      source: null,
      sources: [
        { repoURL, path: 'base', targetRevision: 'v1.0.0' },
        { repoURL, path: 'churn', targetRevision: 'main' },
      ],
    })
    expect((await check()).failure).toBeUndefined()
  })
})

test('a wait needs the commit that it waits for', async () => {
  expect(() => read({ ...company.inputs }, () => {})).toThrow('revision: is required')
})

describe('where Argo CD is at rest,', () => {
  useCompany('all')
  let revision: string
  beforeAll(async () => {
    revision = await synced(await company.commit('v2'))
  })
  afterEach(() => {
    company.argocd.faults.length = 0
  })

  test('a commit that is not there, where no repository is given, is a timeout that says where Argo CD is', async () => {
    const { failure, outputs, summary } = await wait({ revision: NOWHERE, repository: '' })
    expect(failure?.details).toMatchObject({
      kind: 'timeout',
      seen: expect.stringMatching(/not yet at fffffff, and whether the one contains the other is not known/),
      next: expect.stringContaining('Give `repository`'),
    })
    expect(failure).toMatchObject({
      retryable: true,
      message: expect.stringMatching(/Argo CD is at [0-9a-f]{7}, /),
    })
    expect(outputs['sync-status']).toBe('Synced')
    expect(summary).toContain('| revision | `fffffff` |')
  })

  test('a commit is live though no refresh is ever answered, where Argo CD does what they ask for', async () => {
    const isRefresh = ({ query }: { query: URLSearchParams }) => query.has('refresh')
    company.argocd.faults.push({
      match: (request) => isRefresh(request) && compares(),
      times: 99,
      respond: { status: 504, body: 'upstream request timeout' },
    })
    const { failure, outputs } = await wait({ revision, timeout: '15m' })
    expect([failure, outputs['result']]).toEqual([undefined, 'live'])
  })

  test('headers for a proxy and the namespace of the Application go with every question', async () => {
    const before = company.argocd.requests.length
    const gate = { 'extra-headers': 'CF-Access-Client-Id: gate-4711', 'app-namespace': 'argocd' }
    const { result } = await wait({ revision, ...gate })
    const asked = company.argocd.requests.slice(before)
    expect(result?.outputs['result']).toBe('live')
    expect(asked.filter(({ headers }) => headers['cf-access-client-id'] !== 'gate-4711')).toEqual([])
    const named = asked.filter(({ path }) => path !== '/api/version')
    expect(named.filter(({ query }) => !query.includes('appNamespace=argocd'))).toEqual([])
    expect(named.length).toBeGreaterThan(1)
  })

  test('a commit whose pods have another image than the expected one is not live', async () => {
    const { failure } = await wait({ revision, 'expected-images': 'registry.test/churn:other' })
    expect(failure?.details).toMatchObject({
      kind: 'conflict',
      code: 'ARGOCD_EXPECTED',
      seen: 'no object asks for the image registry.test/churn:other, and no pod has it',
    })
  })

  test('the link leads to the Application, with one slash and in its namespace', async () => {
    const { result } = await wait({ revision, url: `${company.argocd.url}/` })
    expect(result?.outputs).toMatchObject({ url: `${company.argocd.url}/applications/argocd/churn-prod` })
  })

  test('a wait that ends because the token is no longer good does not say that the commit is not live', async () => {
    const match = ({ path }: { path: string }) => path.endsWith('/churn-prod')
    let looks = 0
    const respond = { status: 401, body: '{"error":"invalid session: token is expired","code":16}' }
    const headers = { 'content-type': 'application/json' }
    company.argocd.faults.push({
      match: (request) => match(request) && ++looks > 2,
      times: 99,
      respond: { ...respond, headers },
    })
    const { failure, summary } = await wait({ revision: NOWHERE, repository: '' })
    expect(failure?.kind).toBe('auth')
    expect(summary).toContain('whether commit `fffffff` is live could not be told')
  })

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
      { application: 'team/churn' },
      'config',
      'application: got "team/churn"; want names without a namespace: give it as `app-namespace`',
    ],
    [
      { repository: 'https://git.example/other/repo' },
      'config',
      'none of its Git sources is https://git.example/other/repo',
    ],
  ])('what a user gets wrong is said: %j is %s', async (inputs, kind, sentence) => {
    const { failure } = await wait({ revision: NOWHERE, ...inputs })
    expect(failure?.kind).toBe(kind)
    expect(failure?.message).toContain(sentence)
  })
})
