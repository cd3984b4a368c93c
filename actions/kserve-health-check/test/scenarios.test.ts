import { describe, expect, test } from '@jest/globals'
import { type EksCluster, startEks } from '@mlops-actions/sandbox/eks'
import { createAuthority, createIdentity } from '@mlops-actions/sandbox/faults'
import { HOSTILE_TEXT } from '../../../test/harness/hostile.ts'
import {
  before,
  type ClusterScript,
  goodModel,
  isvc,
  json,
  live,
  MODEL,
  NEW,
  OLD,
  pod,
  rolling,
  type Scene,
  synced,
} from './cluster.ts'
import { check, REQUEST } from './step.ts'

/** The scene that has begun by then: `[[0, before], [10, synced], [20, live()]]`. */
const script =
  (...scenes: [from: number, scene: Scene][]) =>
  (seconds: number): Scene =>
    scenes.findLast(([from]) => seconds >= from)?.[1] ?? before

const waits = (reason: string, message = '') => ({ waiting: { reason, message } })
const ended = (exitCode: number, message = '') => ({ terminated: { exitCode, reason: 'Error', message } })

/** The new pod, for which there is no room. */
const unscheduled = {
  ...pod('new', { ready: false }),
  status: {
    phase: 'Pending',
    conditions: [
      { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/3 nodes are available' },
    ],
  },
}

describe('a good deployment', () => {
  test('is green once the expected version serves alone, with figures and proof', async () => {
    const { result, outputs, seconds, summary, cluster } = await check({
      scene: script([0, before], [10, synced], [20, rolling()], [40, live()]),
    })
    expect(result?.outputs).toMatchObject({
      result: 'healthy',
      'rollout-proven': true,
      'serving-image': NEW,
      'serving-storage-uri': MODEL,
      'ready-pods': 1,
      'old-pods': 0,
      requests: 20,
      errors: 0,
      url: cluster.gateway.url,
    })
    for (const name of ['p50-ms', 'p95-ms', 'cold-start-ms'])
      expect(outputs[name]).toEqual(expect.any(Number))
    expect(outputs['p99-ms']).toBeUndefined()
    expect(seconds).toBeGreaterThanOrEqual(50)
    expect(seconds).toBeLessThan(60)
    expect(summary).toMatch(/^## ✅ churn: the expected version serves all requests/)
    expect(summary).toContain('1 of 1 ready pods are new, 0 old, 0 restarts → 20 of 20 requests answered')
    expect(result?.lineage).toMatchObject({ image: NEW, 'storage-uri': MODEL, proven: true })
  })

  test('that restarts while it settles begins to settle anew', async () => {
    const { result, seconds } = await check({
      scene: (at) => live(at < 8 ? {} : { restarts: 1, lastState: ended(1) }),
    })
    expect(result?.outputs).toMatchObject({ result: 'healthy' })
    expect(seconds).toBeGreaterThanOrEqual(18)
  })

  test('that was live before is seen twice, and sends what was asked', async () => {
    const { result, cluster } = await check({ scene: () => live(), inputs: { 'warm-up': '2', settle: '1s' } })
    expect(result?.outputs).toMatchObject({ result: 'healthy' })
    const paths = cluster.gateway.requests.map(({ method, path }) => `${method} ${path}`)
    expect(paths[0]).toBe('GET /v1/models/churn')
    expect(paths.filter((path) => path === 'POST /v1/models/churn:predict')).toHaveLength(1 + 2 + 20)
    expect(cluster.gateway.requests.at(-1)?.headers['content-type']).toBe('application/json')
  })

  test('answers as the golden file says', async () => {
    const golden = '{"instances": [[1], [2]], "predictions": [1, 1]}'
    const { result, summary } = await check({ scene: () => live(), inputs: { request: golden } })
    expect(result?.outputs).toMatchObject({ errors: 0 })
    expect(summary).toContain('20 of 20 requests answered as expected')
  })

  test.each([
    [
      'is compared with the answer that is given beside it',
      { 'expected-response': '{"predictions": [1, 1]}' },
      ' as expected',
    ],
    ['is answered well enough by anything with check-answers: false', { 'check-answers': 'false' }, ' →'],
  ])('a golden file with another answer %s', async (_what, inputs, told) => {
    const golden = '{"instances": [[1], [2]], "predictions": [0, 0]}'
    const sent = new Set<string>()
    const { summary } = await check({
      scene: () => live(),
      inputs: { request: golden, ...inputs },
      model: (request) => {
        if (request.method === 'POST') sent.add(request.body.toString('utf8'))
        return goodModel(request)
      },
    })
    expect(summary).toContain(`20 of 20 requests answered${told}`)
    expect([...sent]).toEqual(['{"instances":[[1],[2]]}'])
  })

  test('is checked by protocol v2', async () => {
    const { result, cluster } = await check({
      scene: () => live(),
      inputs: {
        protocol: 'v2',
        request: '{"inputs": [{"name": "x", "shape": [1], "datatype": "FP64", "data": [1]}]}',
        'expected-response': '{"outputs": [{"name": "y", "data": [1.000001]}]}',
      },
    })
    expect(result?.outputs).toMatchObject({ result: 'healthy' })
    expect(new Set(cluster.gateway.requests.map(({ path }) => path))).toEqual(
      new Set(['/v2/models/churn/ready', '/v2/models/churn/infer']),
    )
  })

  test('in the namespace of the kubeconfig says so in its report and its lineage', async () => {
    const { result } = await check({
      scene: () => live(),
      inputs: ({ api }) => ({
        namespace: '',
        'kubernetes-server': '',
        'kubernetes-token': '',
        kubeconfig: JSON.stringify({
          'current-context': 'c',
          contexts: [{ name: 'c', context: { cluster: 'k', user: 'u', namespace: 'models' } }],
          clusters: [{ name: 'k', cluster: { server: api.url } }],
          users: [{ name: 'u', user: { token: 'canary-token' } }],
        }),
      }),
    })
    expect(result?.lineage).toMatchObject({ namespace: 'models' })
    expect(result?.report).toMatchObject({ service: { namespace: 'models' } })
  })

  test('without a request proves readiness only, and says so', async () => {
    const { result, summary, cluster } = await check({ scene: () => live(), inputs: { request: '' } })
    expect(result?.outputs).toMatchObject({ result: 'healthy', requests: undefined })
    expect(summary).toContain('neither answers nor latency were checked')
    expect(cluster.gateway.requests.every(({ method }) => method === 'GET')).toBe(true)
  })

  test('waits while the gateway is not ready yet', async () => {
    let asked = 0
    const { result } = await check({
      scene: () => live(),
      model: (request) => {
        asked += 1
        if (asked === 1) return { status: 404, headers: { server: 'istio-envoy' } }
        if (asked === 2) return { status: 503, body: 'no healthy upstream' }
        if (asked === 4) return { status: 503, body: 'no healthy upstream' }
        return goodModel(request)
      },
    })
    expect(result?.outputs).toMatchObject({ result: 'healthy', errors: 0 })
  })

  test('survives passing trouble of the API server', async () => {
    let asked = 0
    const { result } = await check({
      scene: () => live(),
      intercept: () => {
        asked += 1
        return asked % 5 === 0
          ? json({ kind: 'Status', code: 503, message: 'etcd leader changed' }, 503)
          : undefined
      },
    })
    expect(result?.outputs).toMatchObject({ result: 'healthy' })
  })
})

describe('a check before a deployment', () => {
  const deadline = { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: '' }
  const stuck = rolling({}, [deadline])
  const mode = { mode: 'check', 'expected-image': '', 'expected-storage-uri': '' }

  test.each<[string, Scene, string]>([
    [
      'before the first deployment',
      { ...before, isvc: undefined, deployment: undefined },
      '*models/churn* is not there yet',
    ],
    ['while the version before serves', before, '*models/churn* can be read'],
    ['while the version before does not get on', stuck, '*models/churn* can be read'],
  ])('passes %s, and asks no model', async (_, scene, says) => {
    const { failure, outputs, summary, seconds, cluster } = await check({ scene: () => scene, inputs: mode })
    expect(failure).toBeUndefined()
    expect(outputs).toEqual({ result: 'ready' })
    expect(summary.replaceAll('`', '*')).toContain(says)
    expect([seconds, cluster.gateway.requests]).toEqual([0, []])
  })

  test.each<[string, Record<string, string>, string, string]>([
    ['a token that is not good', { 'kubernetes-token': 'other' }, 'auth', '401'],
    ['a golden request that is not there', { request: 'tests/golden.json' }, 'config', 'no such file'],
  ])('refuses %s', async (_, given, kind, seen) => {
    const { failure } = await check({ scene: () => before, inputs: { ...mode, ...given } })
    expect(failure?.kind).toBe(kind)
    expect(failure?.details.seen).toContain(seen)
  })

  test('refuses a right that is lacking on any of what the proof reads', async () => {
    for (const kind of ['inferenceservices', 'deployments', 'replicasets', 'pods']) {
      const intercept = ({ path }: { path: string }) =>
        path.includes(`/${kind}`)
          ? json({ kind: 'Status', code: 403, reason: 'Forbidden', message: `${kind} is forbidden` }, 403)
          : undefined
      const { failure } = await check({ scene: () => before, intercept, inputs: mode })
      expect([kind, failure?.kind]).toEqual([kind, 'auth'])
    }
  })

  test('has nothing to ask of a cluster where none is given and none is needed', async () => {
    const none = { 'kubernetes-server': '', 'kubernetes-token': '', 'prove-rollout': 'false' }
    const { outputs, cluster } = await check({ scene: () => before, inputs: { ...mode, ...none } })
    expect([outputs, cluster.api.requests]).toEqual([{ result: 'ready' }, []])
  })

  const metadata = { annotations: { 'serving.kserve.io/stop': 'true' } }
  test.each<[string, object, string]>([
    [
      'whose rollout could not be proven',
      isvc('old', { deploymentMode: 'Knative' }),
      'ISVC_MODE_NOT_COVERED',
    ],
    ['that is stopped', isvc('old', {}, metadata), 'ISVC_STOPPED'],
    ['that is being deleted', isvc('old', {}, { deletionTimestamp: '2026-01-01T00:00:00Z' }), 'ISVC_DELETED'],
  ])('refuses a service %s, which no new version would change', async (_, service, code) => {
    const { failure } = await check({ scene: () => ({ ...before, isvc: service }), inputs: mode })
    expect(failure?.code).toBe(code)
  })
})

describe('never green', () => {
  test.each<[string, Scene]>([
    ['while the manifest has not arrived', before],
    ['while KServe has not touched the Deployment', synced],
    ['while the old pod serves beside the new one', { ...rolling(), pods: [...live().pods, ...before.pods] }],
    ['while the new pod is not ready', rolling()],
    ['while the old pod alone serves', { ...live(), pods: before.pods }],
  ])('%s: it times out, and says what it waited for', async (_name, scene) => {
    const { failure, outputs, summary, cluster } = await check({
      scene: () => scene,
      inputs: { timeout: '60s' },
    })
    expect(failure).toMatchObject({ kind: 'timeout', retryable: true })
    expect(outputs).toMatchObject({ result: 'unhealthy', 'rollout-proven': false })
    expect(summary).toContain('❌')
    expect(cluster.gateway.requests).toEqual([])
  })

  test.each<[string, Scene, string]>([
    ['a manifest that did not arrive', before, 'wait-argocd-sync'],
    ['a controller that did not act', synced, 'kserve-controller-manager'],
    ['a pod that no node takes', { ...rolling(), pods: [unscheduled, ...before.pods] }, 'Add nodes'],
  ])('for %s, with advice that fits', async (_name, scene, next) => {
    const { failure } = await check({ scene: () => scene, inputs: { timeout: '60s' } })
    expect(failure?.details.next).toContain(next)
  })

  test.each<[string, Parameters<typeof rolling>[0], string, string]>([
    [
      'a volume that does not come',
      {},
      'pod churn-predictor-new-x7k2p waits: ContainerCreating',
      'keeps its container from being made',
    ],
    [
      'a server that does not become ready',
      { state: { running: {} } },
      'pod churn-predictor-new-x7k2p runs, and is not ready',
      'readiness probe',
    ],
    [
      'a model that takes long to fetch',
      { init: { restartCount: 0, state: { running: {} } }, state: waits('PodInitializing') },
      'pod churn-predictor-new-x7k2p is in its init container storage-initializer',
      'still being fetched',
    ],
  ])('for %s, with the pod, its last warnings and advice', async (_name, script, seen, next) => {
    const message = 'MountVolume.SetUp failed: secret "x" not found'
    const events = [
      { metadata: { name: 'e' }, type: 'Warning', reason: 'FailedMount', message, involvedObject: {} },
    ]
    const { failure, summary, cluster } = await check({
      scene: () => rolling(script),
      events,
      inputs: { timeout: '60s' },
    })
    expect(failure?.details.seen).toContain(`0 of 1 new pods are ready, 1 old pod still there; ${seen}`)
    expect(failure?.details.next).toContain(next)
    expect(summary).toContain('FailedMount (1 ×)')
    const query = cluster.api.requests.find(({ path }) => path.endsWith('/events'))?.query
    expect(query).toContain('involvedObject.name%3Dchurn-predictor-new-x7k2p')
  })

  test('when the rollout falls back while it settles', async () => {
    const { failure } = await check({
      scene: (seconds) =>
        Math.floor(seconds / 6) % 2 === 0
          ? live()
          : { ...rolling(), pods: [...before.pods, ...live({ ready: false }).pods] },
      inputs: { timeout: '60s' },
    })
    expect(failure?.kind).toBe('timeout')
  })

  test('says that production goes on with the old version', async () => {
    const { summary, outputs } = await check({ scene: () => rolling(), inputs: { timeout: '30s' } })
    expect(summary).toContain(
      '## ❌ churn: the new version is not live. churn@\u200bsha256:111111111111… with s3:',
    )
    expect(summary).toContain('goes on serving with 1 pod')
    expect(outputs).toMatchObject({ 'serving-image': OLD, 'ready-pods': 0, 'old-pods': 1 })
  })
})

describe('red quickly', () => {
  test.each<[string, Scene, string, string]>([
    [
      'a crash loop',
      rolling({ restarts: 2, state: waits('CrashLoopBackOff'), lastState: ended(1) }),
      'workload',
      'ROLLOUT_CRASH_LOOP',
    ],
    [
      'a missing image',
      rolling({ state: waits('ImagePullBackOff', 'manifest unknown') }),
      'workload',
      'ROLLOUT_IMAGE_PULL',
    ],
    [
      'a model that may not be read',
      rolling({
        init: { state: ended(1, 'ClientError: An error occurred (AccessDenied)') },
        state: waits('PodInitializing'),
      }),
      'workload',
      'MODEL_NOT_FETCHED',
    ],
    [
      'a quota',
      rolling({}, [
        { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: 'exceeded quota' },
      ]),
      'quota',
      'ROLLOUT_CREATE_REFUSED',
    ],
    [
      'a stopped service',
      { ...live(), isvc: isvc('new', {}, { annotations: { 'serving.kserve.io/stop': 'true' } }) },
      'policy',
      'ISVC_STOPPED',
    ],
    [
      'Knative mode',
      { ...live(), isvc: isvc('new', { deploymentMode: 'Knative' }) },
      'config',
      'ISVC_MODE_NOT_COVERED',
    ],
    [
      'Knative mode that only the status betrays, as before KServe 0.14',
      {
        ...live(),
        isvc: isvc('new', {
          deploymentMode: undefined,
          components: { predictor: { latestCreatedRevision: 'churn-predictor-00002' } },
        }),
      },
      'config',
      'ISVC_MODE_NOT_COVERED',
    ],
    [
      'an image of the storage-initializer that cannot be pulled',
      rolling({ init: { state: waits('ImagePullBackOff', 'denied') }, state: waits('PodInitializing') }),
      'workload',
      'ROLLOUT_IMAGE_PULL',
    ],
    [
      'an invalid spec',
      {
        ...synced,
        isvc: isvc('new', {
          modelStatus: {
            transitionStatus: 'InvalidSpec',
            lastFailureInfo: { reason: 'NoSupportingRuntime' },
          },
        }),
      },
      'workload',
      'ISVC_INVALID_SPEC',
    ],
  ])('%s ends the wait within 30 s of showing', async (_name, scene, kind, code) => {
    const { failure, seconds, outputs, summary } = await check({ scene: script([0, before], [60, scene]) })
    expect([failure?.kind, failure?.code]).toEqual([kind, code])
    expect(seconds).toBeLessThan(90)
    expect(outputs['result']).toBe('unhealthy')
    expect(summary).toContain('**Do this:**')
  })

  test('a model that may not be read is named without its log, unless that is allowed', async () => {
    const scene = rolling({
      init: { state: ended(1, 'AccessDenied for customer 4711') },
      state: waits('PodInitializing'),
    })
    const quiet = await check({ scene: () => scene })
    expect(quiet.failure?.details.seen).toBe(`storage-initializer failed: AccessDenied (${MODEL})`)
    expect(quiet.failure?.details.next).toContain('s3:ListBucket')
    expect(JSON.stringify([quiet.summary, quiet.failure?.details.report])).not.toContain('4711')
    expect(quiet.summary).toContain('Pod logs are not copied here')
    const open = await check({
      scene: () => scene,
      log: 'the log of 4711',
      inputs: { 'include-pod-logs': 'true' },
    })
    expect(open.summary).toContain('the log of 4711')
    expect(quiet.cluster.api.requests.some(({ path }) => path.endsWith('/log'))).toBe(false)
  })

  test('a model that may not be read is named also where only an image was expected', async () => {
    const scene = rolling({
      init: { state: ended(1, 'AccessDenied') },
      state: waits('PodInitializing'),
    })
    const { failure } = await check({ scene: () => scene, inputs: { 'expected-storage-uri': '' } })
    expect(failure?.details.seen).toBe(`storage-initializer failed: AccessDenied (${MODEL})`)
  })

  test('the last warnings of the failing pod stand in the summary', async () => {
    const events = [
      {
        metadata: { name: 'e' },
        type: 'Warning',
        reason: 'BackOff',
        message: 'Back-off restarting',
        involvedObject: {},
      },
    ]
    const scene = rolling({ restarts: 2, state: waits('CrashLoopBackOff'), lastState: ended(1) })
    const { summary, cluster } = await check({ scene: () => scene, events })
    expect(summary).toContain('BackOff (1 ×): Back\\-off restarting')
    const query = cluster.api.requests.find(({ path }) => path.endsWith('/events'))?.query
    expect(query).toContain('involvedObject.name%3Dchurn-predictor-new-x7k2p')
  })
})

describe('after the pods are proven', () => {
  test.each<
    [
      string,
      Record<string, string>,
      Parameters<typeof goodModel>[0]['method'],
      (path: string) => ReturnType<typeof json>,
      string,
      string,
    ]
  >([
    [
      'a wrong model name',
      {},
      'GET',
      () => json({ error: 'Model with name churn does not exist.' }, 404),
      'not-found',
      'MODEL_UNKNOWN',
    ],
    ['a login', {}, 'GET', () => json({ error: 'RBAC: access denied' }, 403), 'auth', 'ENDPOINT_AUTH'],
    [
      'a login page',
      {},
      'GET',
      () => ({
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<!doctype html><title>Sign in</title>',
      }),
      'auth',
      'HTTP_LOGIN_PAGE',
    ],
    [
      'a request that is refused',
      {},
      'POST',
      () => json({ error: 'Unrecognized request format: 4711' }, 400),
      'config',
      'INFERENCE_HTTP_400',
    ],
    [
      'a server that breaks',
      {},
      'POST',
      () => json({ error: 'ValueError: 4711' }, 500),
      'workload',
      'INFERENCE_HTTP_500',
    ],
    [
      'a wrong answer',
      { 'expected-response': '{"predictions": [1, 1]}' },
      'POST',
      () => json({ predictions: [1, 4711] }),
      'gate',
      'ANSWER_DIFFERS',
    ],
    [
      'an answer of another server',
      {},
      'POST',
      () => ({ status: 200, body: 'hello 4711' }),
      'upstream',
      'ANSWER_UNREADABLE',
    ],
  ])('%s is red, and shows nothing private', async (_name, inputs, method, respond, kind, code) => {
    const { failure, outputs, summary } = await check({
      scene: () => live(),
      inputs,
      model: (request) => (request.method === method ? respond(request.path) : goodModel(request)),
    })
    expect([failure?.kind, failure?.code]).toEqual([kind, code])
    expect(outputs).toMatchObject({ result: 'unhealthy', 'rollout-proven': true, 'serving-image': NEW })
    expect(JSON.stringify([failure?.message, summary, failure?.details.report])).not.toContain('4711')
  })

  test('an answer with NaN, which is no JSON, is told as what the model did', async () => {
    const nan = {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: '{"predictions": [NaN, 4711]}',
    }
    const { failure, summary } = await check({
      scene: () => live(),
      model: (request) => (request.method === 'POST' ? nan : goodModel(request)),
    })
    expect([failure?.kind, failure?.code]).toEqual(['gate', 'ANSWER_NOT_A_NUMBER'])
    expect(failure?.details.seen).toContain('NaN')
    expect(JSON.stringify([failure?.message, summary])).not.toContain('4711')
  })

  test('a login page names the inputs that get past it', async () => {
    const page = { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' }
    const { failure } = await check({ scene: () => live(), model: () => page })
    expect(failure?.details.next).toContain('the input `headers`')
  })

  test('values are shown where samples-in-report is full', async () => {
    const { failure } = await check({
      scene: () => live(),
      inputs: { 'expected-response': '{"predictions": [1, 0]}', 'samples-in-report': 'full' },
    })
    expect(failure?.details.seen).toBe('predictions[1]: other value (expected 0, got 1)')
  })

  test('errors of a part of the probes miss the objective, counted by kind', async () => {
    let asked = 0
    const { failure, outputs } = await check({
      scene: () => live(),
      model: (request) => {
        asked += request.method === 'POST' ? 1 : 0
        return asked > 6 && asked % 4 === 0 ? json({ error: 'busy' }, 503) : goodModel(request)
      },
    })
    expect([failure?.kind, failure?.code]).toEqual(['gate', 'OBJECTIVE_MISSED'])
    expect(failure?.details.seen).toMatch(/^5 of 20 requests failed, allowed are 0 % \(.*5 × HTTP 503/)
    expect(outputs).toMatchObject({ requests: 20, errors: 5 })
  })

  test('errors of a part of the probes are forgiven where max-error-rate says so', async () => {
    let asked = 0
    const busy: ClusterScript['model'] = (request) => {
      asked += request.method === 'POST' ? 1 : 0
      return asked > 6 && asked % 4 === 0 ? json({ error: 'busy' }, 503) : goodModel(request)
    }
    const scene = () => live()
    const forgiven = await check({ scene, model: busy, inputs: { 'max-error-rate': '0.5' } })
    expect(forgiven.outputs).toMatchObject({ result: 'healthy', errors: 5 })
  })

  test.each([
    ['0.2', '0', 'healthy'],
    ['0', '0.2', 'healthy'],
    ['0.04', '0.04', 'unhealthy'],
  ])('an answer that is off by a tenth, with rtol %s and atol %s, is %s', async (rtol, atol, result) => {
    const expected = { 'expected-response': '{"predictions": [1.1, 1]}' }
    const { outputs } = await check({ scene: () => live(), inputs: { ...expected, rtol, atol } })
    expect(outputs['result']).toBe(result)
  })

  test('the model may have another name than the service', async () => {
    const { failure, cluster } = await check({ scene: () => live(), inputs: { 'model-name': 'other' } })
    expect(failure).toBeDefined()
    expect(cluster.gateway.requests.map(({ path }) => path)).toContain('/v1/models/other')
  })

  test('a latency objective that is missed is a failed gate, with the figures', async () => {
    const { failure, outputs, summary } = await check({
      scene: () => live(),
      inputs: { 'max-p95': '1ms', 'warm-up': '0' },
      model: async (request) => {
        if (request.method === 'POST') await new Promise((resolve) => setTimeout(resolve, 3))
        return goodModel(request)
      },
    })
    expect([failure?.kind, failure?.code]).toEqual(['gate', 'OBJECTIVE_MISSED'])
    expect(failure?.details.seen).toMatch(/^p95 is [\d.]+ ms, the objective is 1\.0 ms$/)
    expect(outputs['p95-ms']).toEqual(expect.any(Number))
    expect(summary).toContain('churn: the expected version serves, but not well enough')
    expect(summary).toContain('| p50 | p95 |')
  })

  test('gates may name every figure', async () => {
    const { failure } = await check({
      scene: () => live(),
      inputs: { gate: 'p50_ms < 0\nrequests == 20\nsuccess_at_least >= 0.99' },
    })
    expect(failure?.details.seen.split('\n')).toEqual([
      expect.stringMatching(/^p50_ms < 0: /),
      expect.stringMatching(/^success_at_least >= 0\.99: 0\.83\d+ >= 0\.99$/),
    ])
  })

  test('a pod that restarted during the probes is red', async () => {
    let asked = 0
    const { failure } = await check({
      scene: () => live(asked > 10 ? { restarts: 1, lastState: ended(137) } : {}),
      model: (request) => {
        asked += 1
        return goodModel(request)
      },
    })
    expect([failure?.kind, failure?.code]).toEqual(['workload', 'POD_RESTARTED'])
  })

  test('an old version that comes back during the probes is red', async () => {
    let asked = 0
    const { failure, outputs } = await check({
      scene: () => (asked > 10 ? before : live()),
      inputs: { timeout: '60s' },
      model: (request) => {
        asked += 1
        return goodModel(request)
      },
    })
    expect(failure?.kind).toBe('timeout')
    expect(failure?.details.seen).toContain('not synced yet')
    expect(outputs).toMatchObject({ result: 'unhealthy', 'rollout-proven': false, 'serving-image': OLD })
  })
})

describe('access to the cluster', () => {
  test('that is forbidden says which rule the Role lacks, at once', async () => {
    const { failure, seconds } = await check({
      scene: () => live(),
      intercept: ({ path }) =>
        path.endsWith('/pods')
          ? json({ kind: 'Status', code: 403, reason: 'Forbidden', message: 'pods is forbidden' }, 403)
          : undefined,
    })
    expect(failure?.details).toMatchObject({
      kind: 'auth',
      next: expect.stringContaining('resources: ["pods"], verbs: ["list"]'),
    })
    expect(seconds).toBe(0)
  })

  test('that is refused for its token says so', async () => {
    const { failure } = await check({ scene: () => live(), inputs: { 'kubernetes-token': 'expired' } })
    expect(failure?.details).toMatchObject({ kind: 'auth', next: expect.stringContaining('Renew the token') })
  })

  test('behind a login page says so', async () => {
    const page = {
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: '<html><title>Dex</title></html>',
    }
    const { failure } = await check({ scene: () => live(), intercept: () => page })
    expect([failure?.kind, failure?.code]).toEqual(['auth', 'HTTP_LOGIN_PAGE'])
  })

  test('that is missing fails, unless the rollout need not be proven: then it is said aloud', async () => {
    const none = { 'kubernetes-server': '', 'kubernetes-token': '' }
    const { failure } = await check({ scene: () => live(), inputs: none })
    expect([failure?.kind, failure?.code]).toEqual(['config', 'CLUSTER_ACCESS'])
  })

  test('without proof is a warning, an output and a headline', async () => {
    const { result, summary, world } = await check({
      scene: () => before,
      inputs: { 'prove-rollout': 'false', 'expected-image': '', 'expected-storage-uri': '' },
    })
    expect(result?.outputs).toMatchObject({ result: 'unproven', 'rollout-proven': false })
    expect(summary).toMatch(/^## ⚠️ churn is healthy, but which version serves is not proven/)
    expect(world.lines.filter((line) => line.startsWith('warning: Rollout not proven'))).toHaveLength(1)
  })

  test('that is forbidden is no failure where nothing is to be proven and the URL is known', async () => {
    const { result, world } = await check({
      scene: () => live(),
      intercept: () => json({ kind: 'Status', code: 403, reason: 'Forbidden', message: 'no' }, 403),
      inputs: ({ gateway }) => ({ 'prove-rollout': 'false', url: gateway.url }),
    })
    expect(result?.outputs).toMatchObject({ result: 'unproven', errors: 0 })
    expect(world.lines.find((line) => line.startsWith('warning:'))).toContain('the cluster could not be read')
  })

  test('that is forbidden is a failure where the URL is not known either', async () => {
    const { failure } = await check({
      scene: () => live(),
      intercept: () => json({ kind: 'Status', code: 403, reason: 'Forbidden', message: 'no' }, 403),
      inputs: { 'prove-rollout': 'false' },
    })
    expect([failure?.kind, failure?.code]).toEqual(['config', 'ENDPOINT_UNKNOWN'])
  })
})

describe('on EKS', () => {
  const eks = { 'kubernetes-token': '', 'eks-cluster': 'prod', 'aws-region': 'eu-west-1' }
  const keys = {
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'canary-secret',
    AWS_SESSION_TOKEN: 'canary-session',
  }
  /** An EKS API server asks STS who signed; what it accepts here is the form of the token. */
  const acceptEks: ClusterScript['intercept'] = ({ headers }) => {
    const [, token = ''] = /^Bearer k8s-aws-v1\.(.+)$/.exec(headers['authorization'] ?? '') ?? []
    const url = Buffer.from(token, 'base64url').toString()
    const isSigned =
      url.startsWith('https://sts.eu-west-1.amazonaws.com/?Action=GetCallerIdentity') &&
      url.includes('X-Amz-Signature=')
    return isSigned
      ? undefined
      : json({ kind: 'Status', code: 401, reason: 'Unauthorized', message: 'Unauthorized' }, 401)
  }

  test('tokens are made from the credentials in the environment, and renewed during a long wait', async () => {
    const { result, cluster, world } = await check({
      scene: script([0, before], [900, live()]),
      intercept: acceptEks,
      anyToken: true,
      env: keys,
      inputs: { ...eks, timeout: '30m' },
    })
    expect(result?.outputs).toMatchObject({ result: 'healthy' })
    expect(
      new Set(cluster.api.requests.map(({ headers }) => headers['authorization'])).size,
    ).toBeGreaterThanOrEqual(2)
    expect(world.secrets).toEqual(expect.arrayContaining(['canary-secret', 'canary-session']))
  })

  test('the name of the cluster is all that it takes', async () => {
    const authority = createAuthority('EKS CA')
    const principal = {
      arn: 'arn:aws:iam::123456789012:role/ci',
      accessKeyId: keys.AWS_ACCESS_KEY_ID,
      secretAccessKey: keys.AWS_SECRET_ACCESS_KEY,
      sessionToken: keys.AWS_SESSION_TOKEN,
    }
    const clusters: EksCluster[] = []
    const options = { region: 'eu-west-1', accountId: '123456789012', principals: [principal], clusters }
    const api = await startEks({ ...options, now: () => Date.parse('2026-01-15T12:00:00Z') })
    const { result } = await check({
      scene: () => live(),
      intercept: acceptEks,
      anyToken: true,
      tls: createIdentity({ hosts: ['127.0.0.1'] }, authority),
      env: { ...keys, AWS_ENDPOINT_URL_EKS: api.url },
      inputs: ({ api: { url: endpoint } }) => {
        clusters.push({ name: 'prod', endpoint, ca: authority.certificate, status: 'ACTIVE' })
        return { ...eks, 'kubernetes-server': '' }
      },
    })
    await api.close()
    expect(result?.outputs).toMatchObject({ result: 'healthy' })
  })

  test('no credentials are said to be missing', async () => {
    const { failure } = await check({ scene: () => live(), inputs: eks })
    expect([failure?.kind, failure?.code]).toEqual(['auth', 'EKS_CREDENTIALS'])
  })

  test('no region is said to be missing', async () => {
    const { failure } = await check({ scene: () => live(), env: keys, inputs: { ...eks, 'aws-region': '' } })
    expect([failure?.kind, failure?.code]).toEqual(['config', 'AWS_REGION_MISSING'])
  })
})

describe('the way to the service', () => {
  test('by a gateway sends the host of the service and the secret headers', async () => {
    const { result, cluster, world } = await check({
      scene: () => live(),
      inputs: ({ gateway }) => ({
        url: `${gateway.url}/`,
        'host-header': 'churn-models.example.com',
        headers: 'Authorization: Bearer canary-of-gateway',
      }),
    })
    expect(result?.outputs).toMatchObject({ result: 'healthy' })
    for (const { headers } of cluster.gateway.requests) {
      expect(headers).toMatchObject({
        host: 'churn-models.example.com',
        authorization: 'Bearer canary-of-gateway',
      })
    }
    expect(world.secrets).toContain('Bearer canary-of-gateway')
    expect(
      cluster.api.requests.every(({ headers }) => headers['authorization'] === 'Bearer canary-token'),
    ).toBe(true)
  })
})

describe('hostile text', () => {
  test.each(HOSTILE_TEXT.map((text) => [text]))('%j of a pod stays text', async (text) => {
    const scene = rolling({ state: waits('ImagePullBackOff', `manifest unknown ${text}`) })
    const { summary } = await check({ scene: () => scene, inputs: { settle: '1s' } })
    const visible = summary.replaceAll('\\', '')
    expect(summary).not.toMatch(/<script|<img|!\[x\]\(|\]\(https:|@octocat/)
    expect(summary).not.toMatch(/^\s*::|##\[/m)
    expect(visible).toContain('manifest unknown')
  })

  test('the token is in nothing that is shown', async () => {
    const { summary, world, failure } = await check({ scene: () => rolling(), inputs: { timeout: '20s' } })
    expect(world.secrets).toContain('canary-token')
    expect(JSON.stringify([summary, world.lines, failure?.message, failure?.details.report])).not.toContain(
      'canary-token',
    )
  })
})

describe('inputs', () => {
  test.each<[Record<string, string>, string]>([
    [{ name: 'Churn' }, 'name: got "Churn"; want a Kubernetes name'],
    [{ 'expected-image': '', 'expected-storage-uri': '' }, 'without a version there is nothing to prove'],
    [{ 'expected-image': 'a b' }, 'expected-image: got "a b"; want an image reference'],
    [{ 'host-header': 'x.example.com' }, 'host-header: is of use only with `url`'],
    [{ 'kubernetes-token': '' }, 'kubernetes-token: is required with kubernetes-server'],
    [{ 'eks-cluster': 'prod' }, 'kubernetes-token: is given beside eks-cluster'],
    [{ 'role-to-assume': 'arn:aws:iam::1:role/x' }, 'role-to-assume: is of use only with eks-cluster'],
    [{ kubeconfig: 'config' }, 'kubeconfig: is given beside kubernetes-server'],
    [
      { 'kubernetes-server': '', 'kubernetes-token': '', 'eks-cluster': 'e', kubeconfig: 'c' },
      'kubeconfig: is given',
    ],
    [{ request: '', 'max-p95': '100ms' }, 'max-p95: needs `request`'],
    [{ 'expected-response': '{}', 'check-answers': 'false' }, 'check-answers: is false beside'],
    [{ probes: '19', 'max-p95': '100ms' }, 'a p95 of fewer than 20 requests is their maximum'],
    [{ probes: '99', gate: 'p99_ms < 5' }, 'a p99 of fewer than 100 requests is their maximum'],
    [{ settle: '10m' }, 'settle: leaves no time'],
    [{ interval: '0' }, 'interval: want at least 10ms'],
    [{ url: 'gw.example.com' }, 'url: got "gw.example.com"; want an http or https URL'],
    [{ 'samples-in-report': 'all' }, 'want one of none, counts, full'],
  ])('%j is refused', async (inputs, sentence) => {
    await expect(check({ scene: () => live(), inputs })).rejects.toThrow(sentence)
  })

  test.each([
    [{ request: '[1]' }, 'want a JSON object with the list "instances"'],
    [{ request: '{"instances": ' }, 'it is not JSON'],
    [{ request: 'nowhere.json' }, 'no such file'],
    [{ request: '../../../../package.json' }, 'is outside of the checkout'],
    [{ 'expected-response': '{"a"' }, 'it is not JSON'],
  ])('%j is refused before anything is asked', async (inputs, seen) => {
    const { failure, cluster } = await check({ scene: () => live(), inputs: { request: REQUEST, ...inputs } })
    expect(failure).toMatchObject({ kind: 'config' })
    expect(failure?.details.seen).toContain(seen)
    expect(cluster.api.requests).toEqual([])
  })
})
