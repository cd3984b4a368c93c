import { describe, expect, test } from '@jest/globals'
import { DEPLOYMENTS, KNATIVE_SERVICES, LEADER_WORKER_SETS, REVISIONS } from '@mlops-actions/kubernetes'
import {
  type Component,
  componentsOf,
  describeAbsent,
  describeBehind,
  describeBehindKnative,
  describeBehindLlm,
  INFERENCE_SERVICES,
  LLM_INFERENCE_SERVICES,
} from '../src/index.ts'

const V1 = 's3://models/churn/v1/'
const V2 = 's3://models/churn/v2/'
const NOTE = 'internal.serving.kserve.io/storage-initializer-sourceuri'
const model = (storageUri: string) => ({ model: { storageUri } })
const custom = (image: string) => ({ containers: [{ name: 'kserve-container', image }] })
const digest = (digit: string) => `sha256:${digit.repeat(64)}`

const service = (spec: object, status: object = {}) =>
  INFERENCE_SERVICES.check({ metadata: { name: 'churn' }, spec, status })

function predictorOf(isvc: ReturnType<typeof service>, title = 'predictor'): Component {
  const component = componentsOf(isvc).find((one) => one.title === title)
  if (component === undefined) throw new Error(`there is no ${title}`)
  return component
}

const deployment = (name: string, image: string, annotations: object = {}) =>
  DEPLOYMENTS.check({
    metadata: { name },
    spec: {
      template: {
        metadata: { annotations },
        spec: { containers: [{ name: 'kserve-container', image }] },
      },
    },
  })

test.each<[string, object, { annotations?: object; image?: string }, RegExp | undefined]>([
  [
    'the model of before',
    model(V2),
    { annotations: { [NOTE]: V1 } },
    /asks for s3:\S+v2\/, its Deployment churn-predictor still has s3:\S+v1\/$/,
  ],
  ['the model', model(V2), { annotations: { [NOTE]: V2 } }, undefined],
  ['no note of a model', model(V2), {}, undefined],
  [
    'the image of before',
    custom('r/churn:v2'),
    { image: 'r/churn:v1' },
    /asks for r\/churn:v2, .* still has r\/churn:v1$/,
  ],
  ['the image', custom('r/churn:v2'), { image: 'r/churn:v2' }, undefined],
  ['the image by way of a mirror', custom('r/churn:v2'), { image: 'mirror/r/churn:v2' }, undefined],
  [
    'the image with a digest behind it',
    custom('r/churn:v2'),
    { image: `r/churn:v2@${digest('1')}` },
    undefined,
  ],
  ['another digest', custom(`r/churn@${digest('2')}`), { image: `r/churn@${digest('1')}` }, /still has/],
  [
    'the image of the serving runtime',
    model(V2),
    { annotations: { [NOTE]: V2 }, image: 'kserve/sklearnserver:v0.20' },
    undefined,
  ],
])('a Deployment with %s', (_, predictor, { annotations = {}, image = 'r/server:1' }, wanted) => {
  const isvc = service({ predictor })
  const behind = describeBehind(isvc, predictorOf(isvc), deployment('churn-predictor', image, annotations))
  if (wanted === undefined) expect(behind).toBeUndefined()
  else expect(behind).toMatch(wanted)
})

describe('the parts of an InferenceService', () => {
  const isvc = service({
    predictor: model(V1),
    transformer: custom('r/pre:v2'),
    explainer: custom('r/why:v1'),
    canary: [{ predictor: { name: 'v2', ...model(V2) } }, { predictor: { name: 'lean', minReplicas: 1 } }],
  })

  test('are known by the names that KServe gives their Deployments', () => {
    expect(componentsOf(isvc).map(({ title, names }) => [title, names[0]])).toEqual([
      ['predictor', 'churn-predictor'],
      ['transformer', 'churn-transformer'],
      ['explainer', 'churn-explainer'],
      ['canary v2', 'churn-v2-predictor'],
      ['canary lean', 'churn-lean-predictor'],
    ])
    const named = service({ predictor: { name: 'blue', ...model(V1) } })
    expect(predictorOf(named).names).toContain('churn-blue-predictor')
  })

  test.each([
    ['transformer', 'r/pre:v1', {}, /asks for r\/pre:v2, its Deployment x still has r\/pre:v1/],
    ['canary v2', 'r/server:1', { [NOTE]: V1 }, /asks for \S+v2\/, its Deployment x still has \S+v1\//],
    ['canary lean', 'r/server:1', { [NOTE]: V2 }, /asks for \S+v1\/, its Deployment x still has \S+v2\//],
  ])('are each compared with their own: %s', (title, image, annotations, wanted) => {
    expect(describeBehind(isvc, predictorOf(isvc, title), deployment('x', image, annotations))).toMatch(
      wanted,
    )
  })

  test('that KServe has not made are named', () => {
    expect(describeAbsent(isvc, predictorOf(isvc, 'canary v2'))).toBe(
      'InferenceService churn has a canary v2, and KServe has not made churn-v2-predictor yet',
    )
  })
})

describe('a Knative Service of an InferenceService', () => {
  const isvc = (latestReadyRevision = 'churn-predictor-00002') =>
    service({ predictor: model(V2) }, { components: { predictor: { latestReadyRevision } } })
  const SECOND = 'churn-predictor-00002'
  const TRUE = { type: 'RoutesReady', status: 'True' }

  const knative = ({
    uri = V2,
    observed = 2,
    ready = SECOND,
    spec = [],
    traffic = {},
    conditions = [TRUE],
  }: {
    uri?: string
    observed?: number
    ready?: string
    spec?: object[]
    traffic?: object
    conditions?: object[]
  } = {}) =>
    KNATIVE_SERVICES.check({
      metadata: { name: 'churn-predictor', generation: 2 },
      spec: {
        template: {
          metadata: { annotations: { [NOTE]: uri } },
          spec: { containers: [{ name: 'kserve-container' }] },
        },
        traffic: spec,
      },
      status: {
        observedGeneration: observed,
        latestCreatedRevisionName: SECOND,
        latestReadyRevisionName: ready,
        conditions,
        traffic: [{ revisionName: SECOND, percent: 100, ...traffic }],
      },
    })
  const revision = (status: string, more: object = {}) =>
    REVISIONS.check({
      metadata: { name: SECOND },
      spec: {},
      status: { conditions: [{ type: 'Ready', status, ...more }] },
    })

  test.each<[string, ReturnType<typeof knative>, ReturnType<typeof revision>, string | undefined]>([
    ['that serves the version', knative(), revision('True'), undefined],
    [
      'that KServe has not told of it',
      knative({ uri: V1 }),
      revision('True'),
      `InferenceService churn asks for ${V2}, its Knative Service churn-predictor still has ${V1}`,
    ],
    [
      'that Knative has not acted on, though it is Ready',
      knative({ observed: 1 }),
      revision('True'),
      'Knative Service churn-predictor has not been acted on yet',
    ],
    [
      'whose new Revision does not start',
      knative({ ready: 'churn-predictor-00001' }),
      revision('False', { reason: 'ExitCode3', message: 'Container failed with: no model' }),
      'Revision churn-predictor-00002 is not ready: ExitCode3: Container failed with: no model',
    ],
    [
      'whose Revision is said to be ready and is not',
      knative(),
      revision('Unknown'),
      'Revision churn-predictor-00002 is not ready',
    ],
    [
      'whose route is not ready',
      knative({ conditions: [{ type: 'RoutesReady', status: 'Unknown', reason: 'IngressNotConfigured' }] }),
      revision('True'),
      'the route of Knative Service churn-predictor is not ready: IngressNotConfigured',
    ],
    [
      'whose traffic still goes elsewhere',
      knative({ traffic: { percent: 20 } }),
      revision('True'),
      'Revision churn-predictor-00002 gets 20 % of the traffic, not 100 % yet',
    ],
    [
      'that gets the share that a canary asks for',
      knative({ spec: [{ latestRevision: true, percent: 20 }], traffic: { percent: 20 } }),
      revision('True'),
      undefined,
    ],
  ])('%s', (_, ksvc, latest, wanted) => {
    expect(describeBehindKnative(isvc(), predictorOf(isvc()), ksvc, latest)).toBe(wanted)
  })

  test('is not all: the InferenceService has to name its Revision', () => {
    const before = isvc('churn-predictor-00001')
    expect(describeBehindKnative(before, predictorOf(before), knative(), undefined)).toBe(
      'InferenceService churn still names Revision churn-predictor-00001, and churn-predictor-00002 is the latest',
    )
  })
})

describe('an LLMInferenceService', () => {
  const HF = 'hf://org/llm'
  const llm = (status: object) =>
    LLM_INFERENCE_SERVICES.check({
      metadata: { name: 'chat' },
      spec: { model: { uri: HF }, template: { containers: [{ name: 'main', image: 'r/vllm:2' }] } },
      status,
    })
  const main = (uri: string, image: string) =>
    DEPLOYMENTS.check({
      metadata: { name: 'chat-kserve' },
      spec: {
        template: {
          spec: {
            containers: [{ name: 'main', image }],
            initContainers: [{ name: 'storage-initializer', args: [uri, '/mnt/models'] }],
          },
        },
      },
    })
  const READY = { conditions: [{ type: 'Ready', status: 'True' }] }

  test.each<[string, object, ReturnType<typeof main> | undefined, string | undefined]>([
    ['that is ready with its version', READY, main(HF, 'r/vllm:2'), undefined],
    [
      'that is ready with the model of before',
      READY,
      main('hf://org/old', 'r/vllm:2'),
      'LLMInferenceService chat asks for hf://org/llm, its Deployment chat-kserve still has hf://org/old',
    ],
    [
      'that is ready with the image of before',
      READY,
      main(HF, 'r/vllm:1'),
      'LLMInferenceService chat asks for r/vllm:2, its Deployment chat-kserve still has r/vllm:1',
    ],
    [
      'that is stopped on purpose',
      { conditions: [{ type: 'Ready', status: 'False', reason: 'Stopped' }] },
      undefined,
      undefined,
    ],
    ['without a status', {}, undefined, 'LLMInferenceService chat has no status yet'],
    [
      'that is not ready, whatever Argo CD calls it',
      { conditions: [{ type: 'Ready', status: 'False', reason: 'Progressing', message: 'pulling' }] },
      main(HF, 'r/vllm:2'),
      'LLMInferenceService chat is not ready: Progressing: pulling',
    ],
  ])('%s', (_, status, child, wanted) => {
    expect(describeBehindLlm(llm(status), { deployment: child, groups: [] })).toBe(wanted)
  })

  describe('on several nodes', () => {
    const several = LLM_INFERENCE_SERVICES.check({
      metadata: { name: 'chat' },
      spec: {
        model: { uri: HF },
        template: { containers: [{ name: 'main', image: 'r/vllm:2' }] },
        worker: { containers: [{ name: 'main', image: 'r/worker:2' }] },
      },
      status: READY,
    })
    const podOf = (image: string, uri = HF) => ({
      spec: {
        containers: [{ name: 'main', image }],
        initContainers: [{ name: 'storage-initializer', args: [uri, '/mnt/models'] }],
      },
    })
    const ROLLED_OUT = {
      observedGeneration: 2,
      replicas: 2,
      updatedReplicas: 2,
      readyReplicas: 2,
      conditions: [{ type: 'Available', status: 'True' }],
    }
    const set = (status: object = {}, leader = podOf('r/vllm:2'), worker = podOf('r/worker:2')) =>
      LEADER_WORKER_SETS.check({
        metadata: { name: 'chat-kserve-mn', generation: 2 },
        spec: { replicas: 2, leaderWorkerTemplate: { leaderTemplate: leader, workerTemplate: worker } },
        status: { ...ROLLED_OUT, ...status },
      })
    const ITS = 'LeaderWorkerSet chat-kserve-mn of LLMInferenceService chat is not rolled out'

    test.each([
      ['that is rolled out', set(), undefined],
      ['of an older version that notes no generation', set({ observedGeneration: undefined }), undefined],
      [
        'with a leader of before',
        set({}, podOf('r/vllm:1')),
        'LLMInferenceService chat asks for r/vllm:2, its LeaderWorkerSet chat-kserve-mn still has r/vllm:1',
      ],
      [
        'with workers of before',
        set({}, podOf('r/vllm:2'), podOf('r/worker:1')),
        'LLMInferenceService chat asks for r/worker:2, its LeaderWorkerSet chat-kserve-mn still has r/worker:1',
      ],
      [
        'of which nobody has read the template',
        set({ observedGeneration: 1 }),
        `${ITS}: it has not been acted on yet`,
      ],
      ['that is Available and updates', set({ updatedReplicas: 1 }), `${ITS}: 1 of 2 groups are new`],
      ['with a group too many', set({ replicas: 3 }), `${ITS}: 1 groups of before are still there`],
      ['whose groups start', set({ readyReplicas: 1 }), `${ITS}: 1 of 2 groups are ready`],
      ['that is not Available', set({ conditions: [] }), `${ITS}: it is not Available yet`],
    ])('%s', (_, one, wanted) => {
      expect(describeBehindLlm(several, { deployment: undefined, groups: [one] })).toBe(wanted)
    })
  })
})
