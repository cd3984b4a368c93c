import { afterEach, describe, expect, test } from '@jest/globals'
import {
  type KServeOptions,
  type KServeServer,
  type ModelStorage,
  planDownloads,
  startKServe,
} from '../src/kserve/index.ts'
import { planRollout } from '../src/kserve/rollout.ts'
import {
  createKubernetesState,
  type JsonObject,
  type KubeObject,
  type KubernetesState,
  RESOURCES,
} from '../src/kubernetes/index.ts'
import { at, listAt, objectAt, textAt } from '../src/kubernetes/json.ts'
import { DEFAULT_PRINCIPAL, startS3 } from '../src/s3/index.ts'
import type { SandboxServer } from '../src/server.ts'
import { get, inferenceService, one, pods, pullImage, until } from './kserve-cluster.ts'

const FAST = {
  probeEvery: 20,
  crashBackOff: 60,
  pullBackOff: 60,
  backOffLimit: 500,
  progressDeadline: 600,
  grace: 1_000,
}
const running: (KServeServer | SandboxServer)[] = []
afterEach(async () => {
  for (const server of running.splice(0)) await server.close()
})

async function cluster(options: Partial<KServeOptions> = {}): Promise<KubernetesState> {
  const state = createKubernetesState()
  running.push(await startKServe({ state, pullImage, timings: FAST, ...options }))
  return state
}

function deploy(state: KubernetesState, version: string, extra: JsonObject = {}): void {
  const wanted = inferenceService(version, extra)
  const key = { type: RESOURCES.inferenceservices, namespace: 'models', name: 'churn' }
  const before = state.store.get(key)
  if (before) state.store.update(key, { ...before, spec: wanted.spec })
  else state.store.create(RESOURCES.inferenceservices, wanted)
}

const isvc = (state: KubernetesState): KubeObject | undefined =>
  one(state, RESOURCES.inferenceservices, 'churn')
const condition = (object: KubeObject | undefined, type: string): string | undefined => {
  const found = listAt(object, 'status', 'conditions').find((item) => textAt(item, 'type') === type)
  return found && [textAt(found, 'status'), textAt(found, 'reason')].filter(Boolean).join(' ')
}
const waitingReason = (pod: KubeObject, field = 'containerStatuses'): string | undefined =>
  textAt(listAt(pod, 'status', field)[0], 'state', 'waiting', 'reason')
const readyUrl = (state: KubernetesState): Promise<string> =>
  until(state, () =>
    condition(isvc(state), 'Ready') === 'True' ? textAt(isvc(state), 'status', 'url') : undefined,
  )

describe('rolling update', () => {
  const old = (replicas: number, available: number) => [{ name: 'old', replicas, available }]
  test.each([
    [
      'one replica: the new pod comes first',
      { desired: 1, fresh: { replicas: 0, available: 0 }, old: old(1, 1) },
      1,
      1,
    ],
    [
      'one replica: the old pod stays while the new one is not ready',
      { desired: 1, fresh: { replicas: 1, available: 0 }, old: old(1, 1) },
      1,
      1,
    ],
    [
      'one replica: the old pod goes when the new one is available',
      { desired: 1, fresh: { replicas: 1, available: 1 }, old: old(1, 1) },
      1,
      0,
    ],
    [
      'an old pod that never served goes at once',
      { desired: 1, fresh: { replicas: 1, available: 1 }, old: old(1, 0) },
      1,
      0,
    ],
    [
      'four replicas: one more, one less',
      { desired: 4, fresh: { replicas: 0, available: 0 }, old: old(4, 4) },
      1,
      3,
    ],
    [
      'four replicas: one old pod may go',
      { desired: 4, fresh: { replicas: 1, available: 0 }, old: old(4, 4) },
      1,
      3,
    ],
  ])('%s', (_name, rollout, fresh, left) => {
    const plan = planRollout(rollout)
    expect([plan.fresh, plan.old.get('old')]).toEqual([fresh, left])
  })
})

describe('what KServe downloads', () => {
  const object = (key: string, size = 1) => ({ key, size })
  test.each([
    [
      'a bare prefix also takes its neighbours',
      'models/v1',
      [object('models/v1/a'), object('models/v10/b')],
      [
        ['models/v1/a', 'a'],
        ['models/v10/b', '0/b'],
      ],
    ],
    [
      'a prefix that ends with a slash does not',
      'models/v1/',
      [object('models/v1/a'), object('models/v1/x/b')],
      [
        ['models/v1/a', 'a'],
        ['models/v1/x/b', 'x/b'],
      ],
    ],
    [
      'folders and empty objects are skipped',
      'm/',
      [object('m/'), object('m/empty', 0), object('m/a')],
      [['m/a', 'a']],
    ],
    [
      'an exact key is fetched alone under its last segment',
      'files/md5/ab/cdef',
      [object('files/md5/ab/cdef'), object('files/md5/ab/cdef.dir')],
      [['files/md5/ab/cdef', 'cdef']],
    ],
    ['nothing there gives nothing', 'm/', [], []],
  ])('%s', (_name, path, objects, wanted) => {
    expect(planDownloads(objects, path).map(({ key, file }) => [key, file])).toEqual(wanted)
  })
})

describe('an InferenceService', () => {
  test('becomes a Deployment, a ReplicaSet and a pod that serves behind status.url and the gateway', async () => {
    const state = await cluster()
    deploy(state, 'v1')
    const url = await readyUrl(state)
    expect(await get(url)).toEqual({ status: 200, body: 'v1' })
    const gateway = running.find((server) => 'gateway' in server)?.url ?? ''
    expect((await get(gateway, { host: 'churn-models.example.com' })).body).toBe('v1')
    expect((await get(gateway, { host: 'other-models.example.com' })).status).toBe(404)
    const [pod] = pods(state)
    expect(pod?.metadata.labels).toMatchObject({
      app: 'isvc.churn-predictor',
      'serving.kserve.io/inferenceservice': 'churn',
    })
    expect(textAt(listAt(pod, 'status', 'containerStatuses')[0], 'imageID')).toMatch(
      /^registry\.test\/churn@sha256:[0-9a-f]{64}$/,
    )
    const deployment = one(state, RESOURCES.deployments, 'churn-predictor')
    expect([condition(deployment, 'Available'), condition(deployment, 'Progressing')]).toEqual([
      'True MinimumReplicasAvailable',
      'True NewReplicaSetAvailable',
    ])
    expect(at(isvc(state), 'status', 'modelStatus')).toMatchObject({
      transitionStatus: 'UpToDate',
      copies: { totalCopies: 1 },
    })
  })

  test('with a crashing image keeps its old pod, Ready=True and UpToDate, while the new pod is in CrashLoopBackOff', async () => {
    const state = await cluster({ timings: { ...FAST, progressDeadline: 60_000 } })
    deploy(state, 'v1')
    const url = await readyUrl(state)
    deploy(state, 'crash')
    const crashed = await until(state, () =>
      pods(state).find((pod) => waitingReason(pod) === 'CrashLoopBackOff'),
    )
    expect(listAt(crashed, 'status', 'containerStatuses')[0]).toMatchObject({
      restartCount: 1,
      lastState: { terminated: { exitCode: 3, reason: 'Error' } },
      state: {
        waiting: { message: expect.stringContaining('restarting failed container=kserve-container') },
      },
    })
    expect(
      state.logs.get(`models/${crashed.metadata.name}/kserve-container`)?.current.map((line) => line.text),
    ).toEqual(['ValueError: model was made by another version'])
    expect([
      condition(isvc(state), 'Ready'),
      textAt(isvc(state), 'status', 'modelStatus', 'transitionStatus'),
    ]).toEqual(['True', 'UpToDate'])
    expect(await get(url)).toEqual({ status: 200, body: 'v1' })
    expect(condition(one(state, RESOURCES.deployments, 'churn-predictor'), 'Progressing')).toBe(
      'True ReplicaSetUpdated',
    )
  })

  test('under KServe 0.16 has PredictorReady=Unknown during the same rollout', async () => {
    const state = await cluster({ version: '0.16', timings: { ...FAST, progressDeadline: 60_000 } })
    deploy(state, 'v1')
    await readyUrl(state)
    deploy(state, 'unready')
    const rolling = (): string | undefined =>
      condition(isvc(state), 'PredictorReady')?.startsWith('Unknown')
        ? condition(isvc(state), 'PredictorReady')
        : undefined
    expect(await until(state, rolling)).toMatch(/^Unknown (NewReplicaSetCreated|ReplicaSetUpdated)$/)
    expect(condition(isvc(state), 'Ready')).not.toContain('True')
  })

  test('rolls over to a good image without losing a request', async () => {
    const state = await cluster()
    deploy(state, 'v1')
    const url = await readyUrl(state)
    const answers: { status: number; body: string }[] = []
    let over = false
    const client = async (path: string): Promise<void> => {
      while (!over) answers.push(await get(`${url}${path}`))
    }
    const load = [client('/'), client('/slow'), client('/')]
    deploy(state, 'v2')
    await until(state, () =>
      pods(state).length === 1 &&
      pods(state)[0]?.metadata.deletionTimestamp === undefined &&
      answers.at(-1)?.body === 'v2'
        ? true
        : undefined,
    )
    over = true
    await Promise.all(load)
    expect(answers.filter((answer) => answer.status !== 200)).toEqual([])
    expect(new Set(answers.map((answer) => answer.body))).toEqual(new Set(['v1', 'v2']))
    expect(await get(url)).toEqual({ status: 200, body: 'v2' })
  })

  test('shows a missing image on the pod at once and on the service only after the progress deadline', async () => {
    const state = await cluster()
    deploy(state, 'v1')
    const url = await readyUrl(state)
    deploy(state, 'missing')
    const failing = await until(state, () =>
      pods(state).find((pod) => waitingReason(pod) === 'ImagePullBackOff'),
    )
    expect(
      textAt(listAt(failing, 'status', 'containerStatuses')[0], 'state', 'waiting', 'message'),
    ).toContain(
      'Back-off pulling image "registry.test/churn:missing": ErrImagePull: rpc error: code = NotFound',
    )
    expect(condition(isvc(state), 'Ready')).toBe('True')
    expect(
      await until(state, () =>
        condition(isvc(state), 'Ready') === 'True' ? undefined : condition(isvc(state), 'PredictorReady'),
      ),
    ).toBe('False ProgressDeadlineExceeded')
    expect((await get(url)).body).toBe('v1')
    const events = state.store
      .list(RESOURCES.events, 'models')
      .filter((event) => textAt(event, 'involvedObject', 'name') === failing.metadata.name)
    expect(events.map((event) => textAt(event, 'reason'))).toEqual(
      expect.arrayContaining(['Scheduled', 'Pulling', 'Failed', 'BackOff']),
    )
  })

  test.each([
    ['Bad:::name', 'InvalidImageName'],
    ['registry.test/churn:missing', 'ErrImagePull'],
  ])('with image %s waits with %s', async (image, reason) => {
    const state = await cluster()
    deploy(state, 'v1', { image })
    expect(await until(state, () => pods(state).find((pod) => waitingReason(pod) === reason))).toBeDefined()
  })

  test('that is killed for memory shows OOMKilled with exit code 137', async () => {
    const state = await cluster()
    deploy(state, 'oom')
    const killed = await until(state, () =>
      pods(state).find((pod) => waitingReason(pod) === 'CrashLoopBackOff'),
    )
    expect(listAt(killed, 'status', 'containerStatuses')[0]).toMatchObject({
      lastState: { terminated: { reason: 'OOMKilled', exitCode: 137 } },
    })
    await until(state, () =>
      textAt(isvc(state), 'status', 'modelStatus', 'transitionStatus') === 'BlockedByFailedLoad'
        ? true
        : undefined,
    )
    expect(at(isvc(state), 'status', 'modelStatus', 'lastFailureInfo')).toMatchObject({
      reason: 'ModelLoadFailed',
      exitCode: 137,
    })
  })

  test('without a runtime for its format is InvalidSpec and has no Deployment', async () => {
    const state = await cluster()
    state.store.create(RESOURCES.inferenceservices, {
      metadata: { name: 'churn', namespace: 'models' },
      spec: { predictor: { model: { modelFormat: { name: 'cobol' } } } },
    })
    await until(state, () =>
      textAt(isvc(state), 'status', 'modelStatus', 'transitionStatus') === 'InvalidSpec' ? true : undefined,
    )
    expect(textAt(isvc(state), 'status', 'modelStatus', 'lastFailureInfo', 'reason')).toBe(
      'NoSupportingRuntime',
    )
    expect(one(state, RESOURCES.deployments, 'churn-predictor')).toBeUndefined()
  })

  test('refused by a quota is False FailedCreate, and an unschedulable pod stays Pending', async () => {
    const refused = await cluster({ admit: () => 'exceeded quota: compute' })
    deploy(refused, 'v1')
    await until(refused, () =>
      condition(isvc(refused), 'PredictorReady') === 'False FailedCreate' ? true : undefined,
    )
    const full = await cluster({ schedule: () => '0/3 nodes are available: 3 Insufficient memory.' })
    deploy(full, 'v1')
    const pod = await until(full, () =>
      pods(full).find((one) => condition(one, 'PodScheduled') !== undefined),
    )
    expect([condition(pod, 'PodScheduled'), textAt(pod, 'status', 'phase')]).toEqual([
      'False Unschedulable',
      'Pending',
    ])
  })

  test('whose service account nobody has made gets no pod until somebody makes it', async () => {
    const state = await cluster()
    const wanted = inferenceService('v1')
    const { predictor } = wanted.spec
    state.store.create(RESOURCES.inferenceservices, {
      ...wanted,
      spec: { predictor: { ...Object(predictor), serviceAccountName: 'reader' } },
    })
    await until(state, () =>
      condition(isvc(state), 'PredictorReady') === 'False FailedCreate' ? true : undefined,
    )
    const told = state.store.list(RESOURCES.events, 'models').map((event) => textAt(event, 'message'))
    expect(told.find((message) => message?.startsWith('Error creating'))).toMatch(
      /^Error creating: pods "churn-predictor-\w+-" is forbidden: error looking up service account models\/reader: serviceaccount "reader" not found$/,
    )
    state.store.create(RESOURCES.serviceaccounts, { metadata: { name: 'reader', namespace: 'models' } })
    await readyUrl(state)
  })

  test('that is stopped has no pod and no Deployment, and answers 503 no more than it must', async () => {
    const state = await cluster()
    deploy(state, 'v1')
    const url = await readyUrl(state)
    const service = isvc(state)
    if (!service) throw new Error('the service is there')
    state.store.update(
      { type: RESOURCES.inferenceservices, namespace: 'models', name: 'churn' },
      { ...service, metadata: { ...service.metadata, annotations: { 'serving.kserve.io/stop': 'true' } } },
    )
    await until(state, () => (pods(state).length === 0 ? true : undefined))
    expect(condition(isvc(state), 'Stopped')).toBe('True')
    expect(await get(url)).toEqual({ status: 503, body: 'no healthy upstream' })
  })

  test('that is scaled to zero keeps no pod and is InProgress for ever (kserve#6079)', async () => {
    const state = await cluster()
    const wanted = inferenceService('v1')
    state.store.create(RESOURCES.inferenceservices, {
      ...wanted,
      metadata: {
        name: 'churn',
        namespace: 'models',
        annotations: { 'serving.kserve.io/autoscalerClass': 'keda' },
      },
      spec: { predictor: { ...objectAt(wanted.spec, 'predictor'), minReplicas: 0 } },
    })
    const transition = (): string | undefined =>
      textAt(isvc(state), 'status', 'modelStatus', 'transitionStatus')
    await readyUrl(state)
    expect([transition(), pods(state)]).toEqual(['InProgress', []])
  })

  test('that is deleted takes everything with it', async () => {
    const state = await cluster()
    deploy(state, 'v1')
    await readyUrl(state)
    state.store.remove({ type: RESOURCES.inferenceservices, namespace: 'models', name: 'churn' })
    await until(state, () => (pods(state).length === 0 ? true : undefined))
    expect(state.store.list(RESOURCES.replicasets)).toEqual([])
    expect(state.podUrls.size).toBe(0)
  })
})

describe('a model from S3', () => {
  async function bucket(denied?: string): Promise<ModelStorage> {
    const s3 = await startS3({ buckets: ['ml'] })
    running.push(s3)
    const objects = {
      'churn/v1/model.joblib': 'abc',
      'churn/v1/__init__.py': '',
      'churn/v10/other.txt': 'x',
    }
    for (const [key, text] of Object.entries(objects)) {
      const body = Buffer.from(text)
      const stored = { key, body, etag: '', lastModified: 0, checksum: undefined, headers: {}, metadata: {} }
      s3.state.buckets.get('ml')?.objects.set(key, stored)
    }
    if (denied !== undefined) s3.state.deny.push({ action: denied })
    const { accessKeyId, secretAccessKey } = DEFAULT_PRINCIPAL
    return { endpoint: s3.url, region: 'us-east-1', accessKeyId, secretAccessKey }
  }

  test('arrives under its real names, without empty objects and without its neighbours', async () => {
    const state = await cluster({ storage: await bucket() })
    deploy(state, 'v1', {
      storageUri: 's3://ml/churn/v1/',
      env: [{ name: 'MODEL_DIR', value: '/mnt/models' }],
    })
    const url = await readyUrl(state)
    expect(JSON.parse((await get(`${url}/files`)).body)).toEqual(['model.joblib'])
  })

  test('arrives for a container of one’s own that names it in STORAGE_URI', async () => {
    const state = await cluster({ storage: await bucket() })
    const env = [
      { name: 'STORAGE_URI', value: 's3://ml/churn/v1/' },
      { name: 'MODEL_DIR', value: '/mnt/models' },
    ]
    const containers = [{ image: 'registry.test/churn:v1', env }]
    state.store.create(RESOURCES.inferenceservices, {
      ...inferenceService('v1'),
      spec: { predictor: { containers } },
    })
    const url = await readyUrl(state)
    expect(JSON.parse((await get(`${url}/files`)).body)).toEqual(['model.joblib'])
    expect(JSON.parse((await get(`${url}/env`)).body)['STORAGE_URI']).toMatch(/\/models$/)
  })

  test.each([
    [
      'nothing below the path',
      undefined,
      's3://ml/none/',
      ['RuntimeError: Failed to fetch model. No model found in none/.'],
    ],
    [
      'a question mark, which ends the path,',
      undefined,
      's3://ml/none/?/model',
      ['RuntimeError: Failed to fetch model. No model found in none/.'],
    ],
    [
      'a bucket that is not there',
      undefined,
      's3://none/churn/v1/',
      [
        'botocore.exceptions.ClientError: An error occurred (404) when calling the HeadBucket operation: Not Found',
        "RuntimeError: S3 resource 'none' not found.",
      ],
    ],
    [
      'no right to list',
      's3:ListBucket',
      's3://ml/churn/v1/',
      [
        'botocore.exceptions.ClientError: An error occurred (403) when calling the HeadBucket operation: Forbidden',
        'RuntimeError: S3 error [403]: Forbidden',
      ],
    ],
    [
      'no right to read',
      's3:GetObject',
      's3://ml/churn/v1/',
      [
        'RuntimeError: Failed to download 1 files: churn/v1/model.joblib: An error occurred (403) when calling the HeadObject operation: Forbidden',
      ],
    ],
  ])(
    'with %s fails in the storage-initializer and says so in lastFailureInfo',
    async (_name, denied, storageUri, messages) => {
      const state = await cluster({ storage: await bucket(denied) })
      deploy(state, 'v1', { storageUri })
      const pod = await until(state, () =>
        pods(state).find((one) => waitingReason(one, 'initContainerStatuses') === 'CrashLoopBackOff'),
      )
      expect(listAt(pod, 'status', 'initContainerStatuses')[0]).toMatchObject({
        restartCount: 1,
        lastState: { terminated: { exitCode: 1 } },
      })
      expect(textAt(pod, 'status', 'phase')).toBe('Pending')
      const failed = await until(state, () =>
        textAt(isvc(state), 'status', 'modelStatus', 'transitionStatus') === 'BlockedByFailedLoad'
          ? isvc(state)
          : undefined,
      )
      const told = textAt(failed, 'status', 'modelStatus', 'lastFailureInfo', 'message')
      for (const message of messages) expect(told).toContain(message)
    },
  )
})
