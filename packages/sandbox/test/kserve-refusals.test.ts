import { afterEach, describe, expect, test } from '@jest/globals'
import { type KServeServer, startKServe } from '../src/kserve/index.ts'
import { createKubernetesState, type KubeObject, RESOURCES } from '../src/kubernetes/index.ts'
import { type JsonObject, objectAt } from '../src/kubernetes/json.ts'
import { inferenceService, one, pods, pullImage, until } from './kserve-cluster.ts'

const running: KServeServer[] = []
afterEach(async () => {
  for (const server of running.splice(0)) await server.close()
})

const wanted = inferenceService('v1')
const predictor = objectAt(wanted.spec, 'predictor')
const withPredictor = (fields: JsonObject): JsonObject => ({
  ...wanted,
  spec: { predictor: { ...predictor, ...fields } },
})
const withModel = (fields: JsonObject): JsonObject =>
  withPredictor({ model: { ...objectAt(predictor, 'model'), ...fields } })

/** How KServe judges a service that is not to run; whether it made a pod none the less. */
async function verdictOn(
  service: JsonObject,
): Promise<{ transition: unknown; failure: unknown; pods: number }> {
  const state = createKubernetesState()
  running.push(await startKServe({ state, pullImage }))
  state.store.create(RESOURCES.inferenceservices, service)
  const status = await until(state, () => {
    const found: KubeObject | undefined = one(state, RESOURCES.inferenceservices, 'churn')
    const model = objectAt(found, 'status', 'modelStatus')
    return model['transitionStatus'] === undefined ? undefined : model
  })
  return {
    transition: status['transitionStatus'],
    failure: status['lastFailureInfo'],
    pods: pods(state).length,
  }
}

describe('what the sandbox does not run, it refuses by name', () => {
  test.each<[string, JsonObject]>([
    [
      'spec.transformer',
      { ...wanted, spec: { ...wanted.spec, transformer: { containers: [{ image: 'a' }] } } },
    ],
    ['spec.explainer', { ...wanted, spec: { ...wanted.spec, explainer: { art: {} } } }],
    ['spec.predictor.canaryTrafficPercent', withPredictor({ canaryTrafficPercent: 10 })],
    ['spec.predictor.workerSpec', withPredictor({ workerSpec: {} })],
    ['spec.predictor.batcher', withPredictor({ batcher: { maxBatchSize: 4 } })],
    ['spec.predictor.logger', withPredictor({ logger: { mode: 'all' } })],
    ['spec.predictor.volumes', withPredictor({ volumes: [{ name: 'a', emptyDir: {} }] })],
    ['spec.predictor.initContainers', withPredictor({ initContainers: [{ name: 'a', image: 'a' }] })],
    [
      'spec.predictor.containers: more than one',
      {
        ...wanted,
        spec: {
          predictor: {
            containers: [
              { name: 'a', image: 'a' },
              { name: 'b', image: 'b' },
            ],
          },
        },
      },
    ],
    ['spec.predictor.model.storage', withModel({ storage: { path: 'a' } })],
    ['spec.predictor.model.storageUris', withModel({ storageUris: [{ uri: 's3://a/b' }] })],
    ['storageUri with gs://', withModel({ storageUri: 'gs://models/churn' })],
    ['envFrom of kserve-container', withModel({ envFrom: [{ secretRef: { name: 'a' } }] })],
    ['volumeMounts of kserve-container', withModel({ volumeMounts: [{ name: 'a', mountPath: '/a' }] })],
    ['lifecycle of kserve-container', withModel({ lifecycle: { preStop: {} } })],
    [
      'readinessProbe.exec of kserve-container',
      withModel({ readinessProbe: { exec: { command: ['true'] } } }),
    ],
    ['livenessProbe.grpc of kserve-container', withModel({ livenessProbe: { grpc: { port: 9000 } } })],
    [
      'deploymentMode Knative',
      {
        ...wanted,
        metadata: {
          ...objectAt(wanted, 'metadata'),
          annotations: { 'serving.kserve.io/deploymentMode': 'Knative' },
        },
      },
    ],
  ])('%s', async (name, service) => {
    expect(await verdictOn(service)).toEqual({
      transition: 'InvalidSpec',
      failure: { reason: 'InvalidPredictorSpec', message: `the sandbox does not run ${name}` },
      pods: 0,
    })
  })

  test('a scheme that KServe does not know either is refused in its words', async () => {
    expect((await verdictOn(withModel({ storageUri: 'ftp://models/churn' }))).failure).toMatchObject({
      message: expect.stringMatching(
        /^storageUri, must be one of: \[gs:\/\/, s3:\/\/.*StorageUri \[ftp:\/\/models\/churn\] is not supported$/,
      ),
    })
  })

  test.each(['Standard', 'RawDeployment'])('deploymentMode %s is run', async (mode) => {
    const annotations = { 'serving.kserve.io/deploymentMode': mode }
    const service = { ...wanted, metadata: { ...objectAt(wanted, 'metadata'), annotations } }
    expect(await verdictOn(service)).toMatchObject({ transition: 'InProgress', pods: 1 })
  })
})
