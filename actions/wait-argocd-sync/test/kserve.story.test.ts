import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type JsonObject, type KubeObject, RESOURCES } from '@mlops-actions/sandbox/kubernetes'
import { type TestWorld, testWorld } from '../../../test/harness/world.ts'
import { type Company, startCompany } from './company.ts'
import { step } from './step.ts'

// A test is KServe and Knative; Argo CD is at work: every look at it gives it some milliseconds.

const V1 = 's3://models/churn/v1/'
const V2 = 's3://models/churn/v2/'
const NOTE = 'internal.serving.kserve.io/storage-initializer-sourceuri'
const PREDICTOR = 'churn-predictor'
const TRUE = (type: string) => ({ type, status: 'True' })
const SERVICE = { type: RESOURCES.inferenceservices, namespace: 'ml', name: 'churn' }
const KSVC = { type: RESOURCES.knativeServices, namespace: 'ml', name: PREDICTOR }

let world: TestWorld
let company: Company

beforeEach(async () => {
  world = testWorld({ pace: 20, env: { PATH: process.env['PATH'] ?? '' } })
  company = await startCompany({ now: world.now })
})
afterEach(() => company.close())

const wait = (inputs: Readonly<Record<string, string>>) =>
  step({ ...company.inputs, repository: '', interval: '5s', timeout: '90s', ...inputs }, world)

const commitModel = (storageUri: string) =>
  company.commitFiles({
    'churn/service.yaml': `apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: { name: churn }
spec: { predictor: { model: { modelFormat: { name: sklearn }, storageUri: "${storageUri}" } } }
`,
  })

const asksFor = (storageUri: string) => (object: KubeObject) =>
  JSON.stringify(object['spec']).includes(storageUri)

/** What KServe says of the InferenceService: ready, also while it has not read what was synced. */
function sayReady(latestReadyRevision: string): void {
  const { store } = company.kubernetes
  const conditions = [TRUE('Ready'), TRUE('PredictorReady')]
  const modelStatus = { transitionStatus: 'UpToDate' }
  const components = { predictor: { latestReadyRevision } }
  store.update(
    SERVICE,
    { status: { deploymentMode: 'Knative', conditions, modelStatus, components } },
    'status',
  )
}

const template = (storageUri: string): JsonObject => ({
  metadata: { annotations: { [NOTE]: storageUri } },
  spec: { containers: [{ name: 'kserve-container', image: 'registry.test/server:1' }] },
})

/** The Knative Service with that template, as KServe writes it; what Knative says of it stays as it is. */
function writeTemplate(storageUri: string): KubeObject {
  const { store } = company.kubernetes
  const owner = store.get(SERVICE)
  if (owner === undefined) throw new Error('there is no InferenceService')
  const spec = { template: template(storageUri) }
  if (store.get(KSVC) === undefined)
    return company.createChild(owner, KSVC.type, { metadata: { name: PREDICTOR }, spec })
  const { metadata: { resourceVersion: _, ...metadata } = { resourceVersion: '' }, ...ksvc } =
    store.get(KSVC) ?? {}
  return store.update(KSVC, JSON.parse(JSON.stringify({ ...ksvc, metadata, spec })))
}

/** The Revision of that number, scaled to zero or not, with what belongs to it. */
function makeRevision(number: number, storageUri: string, ready: string): string {
  const { store } = company.kubernetes
  const key = { type: RESOURCES.knativeConfigurations, namespace: 'ml', name: PREDICTOR }
  const ksvc = store.get(KSVC)
  if (ksvc === undefined) throw new Error('there is no Knative Service')
  const configuration =
    store.get(key) ?? company.createChild(ksvc, key.type, { metadata: { name: PREDICTOR }, spec: {} })
  const name = `${PREDICTOR}-0000${number}`
  const revision = company.createChild(configuration, RESOURCES.knativeRevisions, {
    metadata: { name },
    spec: Object(template(storageUri))['spec'],
    status: { conditions: [{ type: 'Ready', status: ready, reason: ready === 'True' ? '' : 'Deploying' }] },
  })
  const deployment = company.createChild(revision, RESOURCES.deployments, {
    metadata: { name: `${name}-deployment` },
    spec: { replicas: 0, template: template(storageUri) },
    status: { observedGeneration: 1 },
  })
  company.createChild(deployment, RESOURCES.replicasets, {
    metadata: { name: `${name}-x`, annotations: { 'deployment.kubernetes.io/revision': '1' } },
    spec: { replicas: 0, template: template(storageUri) },
    status: { observedGeneration: 1 },
  })
  return name
}

/** What Knative says of its Service. */
function serve(latestCreatedRevisionName: string, latestReadyRevisionName: string, percent: number): void {
  const { store } = company.kubernetes
  const observedGeneration = store.get(KSVC)?.metadata.generation ?? 0
  const conditions = ['ConfigurationsReady', 'RoutesReady', 'Ready'].map(TRUE)
  const traffic = [{ revisionName: latestCreatedRevisionName, percent }]
  const status = {
    observedGeneration,
    latestCreatedRevisionName,
    latestReadyRevisionName,
    conditions,
    traffic,
  }
  store.update(KSVC, { status }, 'status')
}

describe('an InferenceService in Knative mode', () => {
  /** It runs the first model, and the second has been committed and synced. */
  async function secondIsSynced(): Promise<string> {
    const first = await commitModel(V1)
    const ended = wait({ revision: first })
    await company.until(SERVICE.type, asksFor(V1))
    writeTemplate(V1)
    const name = makeRevision(1, V1, 'True')
    serve(name, name, 100)
    sayReady(name)
    expect((await ended).outputs['result']).toBe('live')
    return commitModel(V2)
  }

  test('is not live before KServe has told Knative, though all are Ready', async () => {
    const revision = await secondIsSynced()
    const { failure, outputs } = await wait({ revision })
    expect(outputs).toMatchObject({ 'sync-status': 'Synced', 'health-status': 'Healthy' })
    expect(failure).toMatchObject({ kind: 'timeout' })
    expect(failure?.details.seen).toContain(
      `InferenceService churn asks for ${V2}, its Knative Service ${PREDICTOR} still has ${V1}`,
    )
  })

  test('is not live before Knative has read its template, nor before the traffic has moved', async () => {
    const revision = await secondIsSynced()
    await company.until(KSVC.type, () => true)
    const reading = wait({ revision })
    await company.until(SERVICE.type, asksFor(V2))
    writeTemplate(V2)
    expect((await reading).failure?.details.seen).toContain(
      `Knative Service ${PREDICTOR} has not been acted on yet`,
    )
    const name = makeRevision(2, V2, 'True')
    serve(name, name, 20)
    sayReady(name)
    expect((await wait({ revision })).failure?.details.seen).toContain(
      `Revision ${name} gets 20 % of the traffic, not 100 % yet`,
    )
    serve(name, name, 100)
    expect((await wait({ revision })).outputs['result']).toBe('live')
  })

  test('is not live while its latest Revision does not start, and says why', async () => {
    const revision = await secondIsSynced()
    const ended = wait({ revision })
    await company.until(SERVICE.type, asksFor(V2))
    writeTemplate(V2)
    const name = makeRevision(2, V2, 'Unknown')
    serve(name, `${PREDICTOR}-00001`, 0)
    expect((await ended).failure?.details.seen).toContain(`Revision ${name} is not ready: Deploying`)
  })
})

describe('parts of an InferenceService beside its predictor', () => {
  const withTransformer = (image: string) =>
    company.commitFiles({
      'churn/service.yaml': `apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: { name: churn }
spec:
  predictor: { model: { modelFormat: { name: sklearn }, storageUri: "${V1}" } }
  transformer: { containers: [{ name: kserve-container, image: "${image}" }] }
`,
    })

  /** The Deployment of a part, rolled out by a controller. */
  function deploy(name: string, image: string): void {
    const { store } = company.kubernetes
    const owner = store.get(SERVICE)
    if (owner === undefined) throw new Error('there is no InferenceService')
    const spec = {
      replicas: 0,
      template: {
        metadata: { annotations: name === PREDICTOR ? { [NOTE]: V1 } : {} },
        spec: { containers: [{ name: 'kserve-container', image }] },
      },
    }
    const key = { type: RESOURCES.deployments, namespace: 'ml', name }
    if (store.get(key) !== undefined) store.remove(key)
    const deployment = company.createChild(owner, key.type, {
      metadata: { name },
      spec,
      status: { observedGeneration: 1 },
    })
    company.createChild(deployment, RESOURCES.replicasets, {
      metadata: {
        name: `${name}-${image.at(-1)}`,
        annotations: { 'deployment.kubernetes.io/revision': '1' },
      },
      spec,
      status: { observedGeneration: 1 },
    })
  }

  test('are looked at, too: a transformer of before is not the commit', async () => {
    const revision = await withTransformer('r.test/pre:2')
    const ended = wait({ revision })
    await company.until(SERVICE.type, () => true)
    deploy(PREDICTOR, 'r.test/server:1')
    sayReady('')
    expect((await ended).failure?.details.seen).toContain(
      'InferenceService churn has a transformer, and KServe has not made churn-transformer yet',
    )
    deploy('churn-transformer', 'r.test/pre:1')
    expect((await wait({ revision })).failure?.details.seen).toContain(
      'InferenceService churn asks for r.test/pre:2, its Deployment churn-transformer still has r.test/pre:1',
    )
    deploy('churn-transformer', 'r.test/pre:2')
    expect((await wait({ revision })).outputs['result']).toBe('live')
  })
})

test('an LLMInferenceService, of which Argo CD knows no health, has to be ready with its model', async () => {
  const revision = await company.commitFiles({
    'churn/llm.yaml': `apiVersion: serving.kserve.io/v1alpha2
kind: LLMInferenceService
metadata: { name: chat }
spec: { model: { uri: "hf://org/llm" } }
`,
  })
  const ended = wait({ revision })
  const { store } = company.kubernetes
  const key = { type: RESOURCES.llminferenceservices, namespace: 'ml', name: 'chat' }
  await company.until(key.type, () => true)
  const seen = await ended
  expect(seen.outputs['health-status']).toBe('Healthy')
  expect(seen.failure?.details.seen).toContain('LLMInferenceService chat has no status yet')
  store.update(key, { status: { conditions: [TRUE('Ready')] } }, 'status')
  const { outputs, result, summary } = await wait({ revision })
  expect([outputs['result'], result?.report]).toEqual([
    'live',
    expect.objectContaining({ rolloutProven: false }),
  ])
  const unproven = 'Rollout not proven: no Deployment and no LeaderWorkerSet of LLMInferenceService chat'
  expect(world.lines.join()).toContain(unproven)
  expect(summary).toContain(unproven)
  expect(summary).not.toContain('down to the pods')
})
