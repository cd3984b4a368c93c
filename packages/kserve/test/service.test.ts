import { describe, expect, test } from '@jest/globals'
import { remember, type Sightings } from '@mlops-actions/kubernetes'
import {
  classifyStorageFailure,
  deploymentMode,
  desiredVersion,
  evaluateService,
  INFERENCE_SERVICES,
  type InferenceService,
  resolveEndpoint,
  serviceKeys,
} from '../src/index.ts'

const SECOND = 1_000
const WANT = { image: 'r/churn:v2', storageUri: 's3://ml/churn/v2/' }
const READY = [{ type: 'Ready', status: 'True' }]

/** Shapes of KServe 0.20: pkg/apis/serving/v1beta1 inference_service.go and inference_service_status.go. */
function isvc({
  metadata = {},
  predictor = {},
  spec = {},
  status = {},
}: Record<string, object> = {}): InferenceService {
  const model = { modelFormat: { name: 'sklearn' }, image: WANT.image, storageUri: WANT.storageUri }
  return INFERENCE_SERVICES.check({
    metadata: { name: 'churn', namespace: 'models', uid: 'u', generation: 3, ...metadata },
    spec: { predictor: { model, ...predictor }, ...spec },
    status: {
      url: 'http://churn-models.example.com',
      deploymentMode: 'Standard',
      conditions: READY,
      ...status,
    },
  })
}

function judge(
  service: InferenceService | undefined,
  times: readonly number[] = [0],
  proveRollout = true,
  showLogs = false,
) {
  let sightings: Sightings = new Map()
  for (const now of times) sightings = remember(sightings, serviceKeys(service, WANT), now)
  const context = { service: 'models/churn', proveRollout, showLogs }
  return evaluateService(service, WANT, { sightings, now: times.at(-1) ?? 0 }, context)
}

const failureOf = (verdict: ReturnType<typeof judge>) => {
  if (verdict.status !== 'failed') throw new Error(`the verdict is ${JSON.stringify(verdict)}`)
  return verdict.failure
}
const modelStatus = (transitionStatus: string, lastFailureInfo?: object) => ({
  status: {
    conditions: [{ type: 'Ready', status: 'False', reason: 'x' }],
    modelStatus: { transitionStatus, lastFailureInfo },
  },
})

describe('an InferenceService', () => {
  test('that asks for the version and is ready is done, with its URL', () => {
    expect(judge(isvc())).toEqual({ status: 'done', value: { url: 'http://churn-models.example.com' } })
  })

  test.each<[string, InferenceService | undefined, string]>([
    ['that does not exist yet', undefined, 'does not exist yet'],
    [
      'with another image',
      isvc({ predictor: { model: { image: 'r/churn:v1', storageUri: WANT.storageUri } } }),
      'not synced yet: the InferenceService still asks for the image r/churn:v1',
    ],
    [
      'with another model',
      isvc({ predictor: { model: { image: WANT.image, storageUri: 's3://ml/churn/v1/' } } }),
      'still asks for the model s3://ml/churn/v1/',
    ],
    [
      'whose model differs by a slash',
      isvc({ predictor: { model: { image: WANT.image, storageUri: 's3://ml/churn/v2' } } }),
      'the slash at its end only',
    ],
    [
      'that is not ready',
      isvc({
        status: {
          conditions: [
            { type: 'Ready', status: 'False', reason: 'MinimumReplicasUnavailable', message: 'm' },
          ],
        },
      }),
      'not ready: MinimumReplicasUnavailable (m)',
    ],
    ['without conditions', isvc({ status: { conditions: [] } }), 'not ready'],
  ])('%s is pending', (_name, service, reason) => {
    expect(judge(service)).toMatchObject({ status: 'pending', reason: expect.stringContaining(reason) })
  })

  test('that is still missing after a minute is not found', () => {
    expect(judge(undefined, [0, 59 * SECOND]).status).toBe('pending')
    expect(failureOf(judge(undefined, [0, 60 * SECOND])).kind).toBe('not-found')
  })

  test.each<[string, InferenceService, string, string]>([
    [
      'that is being deleted',
      isvc({ metadata: { deletionTimestamp: '2026-01-15T12:00:00Z' } }),
      'conflict',
      'being deleted',
    ],
    [
      'that is stopped',
      isvc({ metadata: { annotations: { 'serving.kserve.io/stop': 'true' } } }),
      'policy',
      'serving.kserve.io/stop',
    ],
    ['in Knative mode', isvc({ status: { deploymentMode: 'Knative' } }), 'config', 'Knative mode'],
    [
      'in Serverless mode, as it was called',
      isvc({ status: { deploymentMode: 'Serverless' } }),
      'config',
      'Knative mode',
    ],
    ['in ModelMesh mode', isvc({ status: { deploymentMode: 'ModelMesh' } }), 'config', 'ModelMesh mode'],
    ['with a canary', isvc({ spec: { canary: [{ trafficPercent: 10 }] } }), 'config', 'spec.canary'],
    ['over several nodes', isvc({ predictor: { workerSpec: {} } }), 'config', 'workerSpec'],
  ])('%s fails at once', (_name, service, kind, seen) => {
    const failure = failureOf(judge(service))
    expect([failure.kind, failure.retryable]).toEqual([kind, false])
    expect(failure.details.seen).toContain(seen)
  })

  test('in Knative mode goes on where the rollout need not be proven', () => {
    expect(judge(isvc({ status: { deploymentMode: 'Knative' } }), [0], false).status).toBe('done')
  })

  test('whose model failed to load once is pending, and after 20 s failed', () => {
    const blocked = isvc(
      modelStatus('BlockedByFailedLoad', {
        reason: 'ModelLoadFailed',
        message: 'customer 4711',
        exitCode: 1,
      }),
    )
    expect(judge(blocked, [0, 10 * SECOND]).status).toBe('pending')
    const failure = failureOf(judge(blocked, [0, 20 * SECOND]))
    expect(failure.details).toMatchObject({
      kind: 'workload',
      code: 'MODEL_NOT_LOADED',
      seen: 'ModelLoadFailed (exit code 1)',
    })
    expect(failureOf(judge(blocked, [0, 20 * SECOND], true, true)).details.seen).toContain('customer 4711')
  })

  test('whose spec is invalid says which', () => {
    const invalid = isvc(
      modelStatus('InvalidSpec', { reason: 'NoSupportingRuntime', message: 'no runtime supports cobol' }),
    )
    expect(failureOf(judge(invalid, [0, 5 * SECOND])).details).toMatchObject({
      kind: 'workload',
      seen: 'NoSupportingRuntime: no runtime supports cobol',
      next: expect.stringContaining('ServingRuntime'),
    })
  })

  test('that recovered is done, whatever its last failure was: KServe never clears it', () => {
    const recovered = {
      modelStatus: { transitionStatus: 'UpToDate', lastFailureInfo: { reason: 'ModelLoadFailed' } },
    }
    expect(judge(isvc({ status: { conditions: READY, ...recovered } }), [0, 60 * SECOND]).status).toBe('done')
  })
})

describe('the desired version', () => {
  test.each<[string, object, string | undefined, string | undefined]>([
    ['of model', { model: { image: 'a', storageUri: 's3://b/' } }, 'a', 's3://b/'],
    ['of a framework field', { model: undefined, sklearn: { storageUri: 's3://b/' } }, undefined, 's3://b/'],
    [
      'of a custom container',
      {
        model: undefined,
        containers: [
          { name: 'kserve-container', image: 'a', env: [{ name: 'STORAGE_URI', value: 's3://b/' }] },
        ],
      },
      'a',
      's3://b/',
    ],
    ['of an unnamed container', { model: undefined, containers: [{ image: 'a' }] }, 'a', undefined],
    ['of storageUris', { model: { image: 'a' }, storageUris: [{ uri: 's3://b/' }] }, 'a', 's3://b/'],
  ])('%s', (_name, predictor, image, storageUri) => {
    expect(desiredVersion(isvc({ predictor }))).toEqual({ image, storageUri })
  })
})

test('the mode of an older KServe stands in the annotation', () => {
  const annotations = { 'serving.kserve.io/deploymentMode': 'RawDeployment' }
  expect(
    deploymentMode(isvc({ metadata: { annotations }, status: { deploymentMode: undefined } as never })),
  ).toBe('Standard')
  expect(deploymentMode(isvc({ status: { deploymentMode: undefined } as never }))).toBe('unknown')
})

describe('why a model did not arrive', () => {
  test.each([
    [
      'botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the ListObjects operation: Access Denied',
      'AccessDenied',
    ],
    ['An error occurred (403) when calling the HeadBucket operation: Forbidden', 'AccessDenied'],
    ['An error occurred (NoSuchBucket) when calling ListObjects', 'NoSuchBucket'],
    ['RuntimeError: Failed to fetch model. No model found in churn/v9/.', 'no object below this URI'],
    ['botocore.exceptions.NoCredentialsError: Unable to locate credentials', 'no credentials'],
    ['An error occurred (ExpiredToken)', 'credentials refused'],
    ['OSError: [Errno 28] No space left on device', 'no space left on the node'],
    ['Could not connect to the endpoint URL: "https://s3…"', 'the store cannot be reached'],
    ['Traceback: something else', undefined],
  ])('%s', (log, reason) => expect(classifyStorageFailure(log)?.reason).toBe(reason))
})

describe('the endpoint', () => {
  const inputs = {
    url: undefined,
    hostHeader: undefined,
    isvc: isvc(),
    apiHost: 'k8s.example.com',
    carriesSecrets: false,
  }
  const at = (url: string) => isvc({ status: { url } })
  const refusal = (more: object): string => {
    try {
      resolveEndpoint({ ...inputs, ...more })
      return 'accepted'
    } catch (error) {
      return String(error)
    }
  }

  test('is what the user gave, with its path and host', () => {
    const given = { url: 'https://gw.example.com/serving/churn/', hostHeader: 'churn.example.com' }
    expect(resolveEndpoint({ ...inputs, ...given })).toEqual({
      url: 'https://gw.example.com/serving/churn',
      hostHeader: 'churn.example.com',
    })
  })

  test('is else what the cluster says', () => {
    expect(resolveEndpoint(inputs)).toEqual({ url: 'http://churn-models.example.com', hostHeader: undefined })
  })

  test.each([
    'http://169.254.169.254/latest',
    'http://127.0.0.1:8080',
    'http://[::1]/',
    'http://2130706433/',
    'http://metadata.google.internal/',
    'http://localhost:9000',
  ])('%s of a cluster elsewhere is refused', (url) => {
    expect(refusal({ isvc: at(url) })).toContain('an address of this machine or of a metadata service')
  })

  test('on this machine is fine for a cluster on this machine', () => {
    expect(refusal({ isvc: at('http://127.0.0.1:8080'), apiHost: '127.0.0.1' })).toBe('accepted')
  })

  test('gets no secret over plain http unless the user named it', () => {
    expect(refusal({ carriesSecrets: true })).toContain('in the clear')
    expect(refusal({ carriesSecrets: true, url: 'http://gw.example.com' })).toBe('accepted')
    expect(refusal({ carriesSecrets: true, isvc: at('https://churn.example.com') })).toBe('accepted')
  })

  test('that nobody knows is asked for', () => {
    expect(refusal({ isvc: undefined })).toContain('Give the input `url`')
    expect(
      refusal({ isvc: INFERENCE_SERVICES.check({ metadata: { name: 'churn' }, spec: { predictor: {} } }) }),
    ).toContain('it has no status.url')
  })
})
