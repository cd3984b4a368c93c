import { describe, expect, test } from '@jest/globals'
import { isHealth, isRun } from '../src/api.wire.ts'
import { createRunJudge, outcomeOf, type RunLook } from '../src/evaluate.ts'
import { equals } from '../src/filter.ts'
import { resolveParameters } from '../src/parameters.ts'
import type { ParameterSpec } from '../src/pipeline.wire.ts'
import { byReference, metricsByName } from '../src/results.ts'
import { digestOf, runIdOf, uuidV5 } from '../src/run-id.ts'
import { isWorthAttaching, planAfterFailure } from '../src/submit.ts'
import { failedTaskOf, type StuckPod, stuckPodsOf, tasksOf } from '../src/tasks.ts'
import { parseWorkflow } from '../src/workflow.wire.ts'

describe('ids', () => {
  test('are UUIDs of version 5, as the vector of RFC 9562 A.4 has it', () => {
    expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    )
  })

  test('differ in every part of the identity, and only there', () => {
    const identity = { repository: 'o/r', runId: '1', job: 'train', content: 'c', generation: 0 }
    const variants = [
      identity,
      { ...identity, repository: 'o/s' },
      { ...identity, runId: '2' },
      { ...identity, job: 'x' },
      { ...identity, content: 'd' },
      { ...identity, generation: 1 },
    ]
    expect(new Set(variants.map(runIdOf)).size).toBe(variants.length)
    expect(runIdOf({ ...identity })).toBe(runIdOf(identity))
  })

  test('do not depend on the order of keys', () => {
    expect(digestOf({ a: 1, b: { c: [1, { d: 2, e: undefined }] } })).toBe(
      digestOf({ b: { c: [1, { d: 2 }] }, a: 1 }),
    )
    expect(digestOf({ a: 1 })).not.toBe(digestOf({ a: '1' }))
  })
})

describe('parameters', () => {
  const spec = (type: string, more: Partial<ParameterSpec> = {}): ParameterSpec => ({
    type,
    required: true,
    literals: [],
    ...more,
  })
  const resolve = (type: string, text: string, more: Partial<ParameterSpec> = {}) =>
    resolveParameters({ name: 'p', parameters: new Map([['x', spec(type, more)]]) }, new Map([['x', text]]))

  test.each<[string, string, unknown]>([
    ['STRING', '', ''],
    ['STRING', '1e5', '1e5'],
    ['STRING', 'true', 'true'],
    ['NUMBER_INTEGER', '-7', -7],
    ['NUMBER_INTEGER', '9007199254740991', 9007199254740991],
    ['NUMBER_DOUBLE', '1e-3', 0.001],
    ['NUMBER_DOUBLE', '.5', 0.5],
    ['BOOLEAN', 'True', true],
    ['BOOLEAN', 'false', false],
    ['LIST', '[1, "a"]', [1, 'a']],
    ['STRUCT', '{"a": {"b": null}}', { a: { b: null } }],
  ])('%s %s is %j', (type, text, value) => expect(resolve(type, text)).toEqual({ x: value }))

  test.each([
    ['NUMBER_INTEGER', '1.5', 'want an integer'],
    ['NUMBER_INTEGER', '9007199254740993', 'want an integer'],
    ['NUMBER_INTEGER', '0x10', 'want an integer'],
    ['NUMBER_DOUBLE', 'NaN', 'want a number'],
    ['NUMBER_DOUBLE', '', 'is required: want a number'],
    ['BOOLEAN', 'yes', 'want true or false'],
    ['LIST', '{}', 'want a JSON list'],
    ['LIST', '[1', 'JSON'],
    ['STRUCT', '[]', 'want a JSON object'],
    ['TASK_FINAL_STATUS', 'x', 'no root parameter may have'],
  ])('%s %s is refused: %s', (type, text, problem) => expect(() => resolve(type, text)).toThrow(problem))

  test('an empty text leaves the default of what is no string', () => {
    expect(resolve('NUMBER_INTEGER', '', { required: false })).toEqual({})
    expect(resolve('STRING', '', { required: false })).toEqual({ x: '' })
  })

  test('literals are the only values', () => {
    expect(resolve('STRING', 'a', { literals: ['a', 'b'] })).toEqual({ x: 'a' })
    expect(() => resolve('STRING', 'c', { literals: ['a', 'b'] })).toThrow('want one of a, b')
  })
})

test.each([
  ['HTTP_REFUSED', false, 'give-up'],
  ['TLS_EXPIRED', false, 'give-up'],
  ['HTTP_400', true, 'give-up'],
  ['HTTP_401', false, 'give-up'],
  ['HTTP_409', true, 'look-once'],
  ['HTTP_500', true, 'look-once'],
  ['HTTP_500', false, 'look-and-repeat'],
  ['HTTP_503', false, 'look-and-repeat'],
  ['HTTP_504', true, 'look-and-repeat'],
  ['HTTP_408', false, 'look-and-repeat'],
  ['HTTP_RESET', false, 'look-and-repeat'],
  ['HTTP_TIMEOUT', false, 'look-and-repeat'],
  ['HTTP_BODY_CUT', false, 'look-and-repeat'],
])('after a POST that ended with %s (explained: %s) we %s', (code, explained, next) => {
  expect(planAfterFailure(code, explained)).toBe(next)
})

test.each([
  ['PENDING', true],
  ['RUNNING', true],
  ['SUCCEEDED', true],
  ['RUNTIME_STATE_UNSPECIFIED', true],
  ['FAILED', false],
  ['CANCELED', false],
  ['CANCELING', false],
])('a run that is %s is attached to: %s', (state, expected) => expect(isWorthAttaching(state)).toBe(expected))

describe('the judge', () => {
  const want = { runId: 'r', pullGrace: 60_000, scheduleGrace: 900_000 }
  const run = (state: string | undefined, more: object = {}) =>
    isRun({ run_id: 'r', ...(state === undefined ? {} : { state }), ...more })
  const look = (state: string | undefined, more: object = {}, rest: Partial<RunLook> = {}): RunLook => ({
    run: run(state, more),
    stuck: [],
    now: 0,
    ...rest,
  })

  test.each([
    ['SUCCEEDED', {}, 'succeeded'],
    ['SKIPPED', {}, 'succeeded'],
    ['FAILED', {}, 'failed'],
    [
      'FAILED',
      { state_history: [{ state: 'RUNNING' }, { state: 'CANCELING' }, { state: 'FAILED' }] },
      'terminated',
    ],
    ['CANCELED', {}, 'terminated'],
    ['CANCELING', {}, undefined],
    ['PENDING', {}, undefined],
    ['RUNNING', {}, undefined],
    ['PAUSED', {}, undefined],
    [undefined, {}, undefined],
  ])('%s %j is %s', (state, more, outcome) => {
    expect(outcomeOf(run(state, more))).toBe(outcome)
    expect(createRunJudge(want)(look(state, more)).status).toBe(outcome === undefined ? 'pending' : 'done')
  })

  test('says what runs, in the words of the pipeline', () => {
    const names = ['churn-x7k2p', 'root-driver', 'root', 'train-driver', 'train', 'executor', 'evaluate']
    const task_details = names.map((display_name) => ({ display_name, state: 'RUNNING' }))
    expect(createRunJudge(want)(look('RUNNING', { run_details: { task_details } }))).toEqual({
      status: 'pending',
      reason: 'RUNNING: train, evaluate',
    })
  })

  test('believes that a run was deleted when it is missed three times in a row', () => {
    const judge = createRunJudge(want)
    const missing: RunLook = { run: undefined, stuck: [], now: 0 }
    expect(
      [judge(missing), judge(missing), judge(look('RUNNING')), judge(missing), judge(missing)].map(
        ({ status }) => status,
      ),
    ).toEqual(Array(5).fill('pending'))
    expect(judge(missing)).toMatchObject({
      status: 'failed',
      failure: { code: 'KFP_RUN_DELETED', kind: 'not-found' },
    })
  })

  test('gives up on a run that the server cannot convert', () => {
    expect(createRunJudge(want)(look(undefined, { error: { message: 'bad row' } }))).toMatchObject({
      status: 'failed',
      failure: { kind: 'upstream', details: { seen: 'bad row' } },
    })
  })

  test('does not wait for ever for a run that is being terminated', () => {
    const judge = createRunJudge(want)
    expect(judge(look('CANCELING', {}, { now: 1_000 })).status).toBe('pending')
    expect(judge(look('CANCELING', {}, { now: 301_000 }))).toMatchObject({
      status: 'done',
      value: { outcome: 'terminated' },
    })
  })

  const pod = (cause: StuckPod['cause'], message: string): StuckPod => ({ task: 'train', cause, message })
  test.each([
    [pod('image', 'ImagePullBackOff: x'), 59_000, 'pending'],
    [pod('image', 'ImagePullBackOff: x'), 60_000, 'failed'],
    [pod('image', 'InvalidImageName: x'), 0, 'failed'],
    [pod('config', 'CreateContainerConfigError: x'), 60_000, 'failed'],
    [pod('unschedulable', 'Unschedulable: 0/3 nodes'), 800_000, 'pending'],
    [pod('unschedulable', 'Unschedulable: 0/3 nodes'), 900_000, 'failed'],
  ])('%j after %d ms is %s', (stuck, after, status) => {
    const judge = createRunJudge(want)
    judge(look('RUNNING', {}, { stuck: after === 0 ? [] : [stuck], now: 0 }))
    expect(judge(look('RUNNING', {}, { stuck: [stuck], now: after })).status).toBe(status)
  })

  test('starts anew when a pod got out of trouble in between', () => {
    const judge = createRunJudge(want)
    const stuck = [pod('image', 'ErrImagePull: x')]
    judge(look('RUNNING', {}, { stuck, now: 0 }))
    judge(look('RUNNING', {}, { now: 30_000 }))
    expect(judge(look('RUNNING', {}, { stuck, now: 70_000 })).status).toBe('pending')
  })
})

describe('a workflow', () => {
  const node = (id: string, path: string, more: object = {}) => ({
    id: `wf-${id}`,
    name: `wf.${path}`,
    displayName: path.split('.').at(-1),
    type: 'Pod',
    templateName: path.endsWith('-driver') ? 'system-container-driver' : 'system-container-impl',
    phase: 'Succeeded',
    startedAt: '2026-01-15T12:00:00Z',
    finishedAt: '2026-01-15T12:01:00Z',
    ...more,
  })
  const workflow = (...nodes: ReturnType<typeof node>[]) =>
    parseWorkflow(
      JSON.stringify({
        metadata: { name: 'wf', namespace: 'ns' },
        status: { nodes: Object.fromEntries(nodes.map((each) => [each.id, each])) },
      }),
    )

  test('is its tasks, without drivers, in order, the last try of each', () => {
    const all = workflow(
      node('5', 'root.loop(0).score.executor', { startedAt: '2026-01-15T12:03:00Z' }),
      node('1', 'root.train-driver'),
      node('2', 'root.train.executor(0)', { phase: 'Failed' }),
      node('3', 'root.train.executor(1)', { startedAt: '2026-01-15T12:02:00Z' }),
      node('4', 'root.train', { type: 'DAG' }),
    )
    expect(tasksOf(all).map(({ name, state, pod }) => [name, state, pod])).toEqual([
      ['train', 'Succeeded', 'wf-system-container-impl-3'],
      ['loop(0)/score', 'Succeeded', 'wf-system-container-impl-5'],
    ])
  })

  test('says what broke first, driver or container', () => {
    const failed = { phase: 'Failed' }
    const all = workflow(
      node('1', 'root.late.executor', { ...failed, message: 'second', finishedAt: '2026-01-15T12:09:00Z' }),
      node('2', 'root.early-driver', { ...failed, message: 'first' }),
    )
    expect(failedTaskOf(all)).toMatchObject({ name: 'early', message: 'first' })
  })

  test('that is compressed is read all the same', async () => {
    const { gzipSync } = await import('node:zlib')
    const compressedNodes = gzipSync(JSON.stringify({ a: node('a', 'root.train.executor') })).toString(
      'base64',
    )
    const parsed = parseWorkflow(JSON.stringify({ metadata: { name: 'wf' }, status: { compressedNodes } }))
    expect(tasksOf(parsed).map(({ name }) => name)).toEqual(['train'])
  })

  test.each([
    ['ImagePullBackOff: Back-off', 'image'],
    ['ErrImagePull: rpc error', 'image'],
    ['CreateContainerConfigError: secret "x" not found', 'config'],
    ['Unschedulable: 0/3 nodes are available', 'unschedulable'],
    ['PodInitializing', undefined],
    ['ContainerCreating', undefined],
  ])('a pod that is Pending with %s is stuck by %s', (message, cause) => {
    const found = stuckPodsOf(workflow(node('1', 'root.train.executor', { phase: 'Pending', message })))
    expect(found.map((each) => each.cause)).toEqual(cause === undefined ? [] : [cause])
  })
})

describe('names', () => {
  test('are qualified where tasks put out different values under one', () => {
    const produced = {
      metrics: [
        { task: 'train', name: 'accuracy', value: 0.99 },
        { task: 'evaluate', name: 'accuracy', value: 0.9 },
        { task: 'evaluate', name: 'auc', value: Number.NaN },
      ],
      artifacts: [],
      parameters: [
        { task: 'evaluate', name: 'auc', value: 0.5 },
        { task: 'evaluate', name: 'rows', value: 7 },
        { task: 'train', name: 'id', value: 'x' },
      ],
    }
    expect(metricsByName(produced)).toEqual({
      metrics: { auc: Number.NaN, rows: 7, 'train.accuracy': 0.99, 'evaluate.accuracy': 0.9 },
      ambiguous: ['accuracy'],
    })
  })

  test('are short where the values agree', () => {
    const items = ['a', 'b'].map((task) => ({ task, name: 'x', value: 1 }))
    expect([...byReference(items, (left, right) => left.value === right.value).short.keys()]).toEqual(['x'])
  })
})

test.each([
  [{ tag_name: '2.16.0' }, { version: '2.16.0', viaUi: false, ready: true }],
  [
    { apiServerReady: true, apiServerTagName: '2.16.0', multi_user: true },
    { viaUi: true, multiUser: true },
  ],
  [{ apiServerReady: false }, { ready: false }],
])('healthz %j', (answer, health) => expect(isHealth(answer)).toMatchObject(health))

test('a JSON object without a field of KFP is no health', () => {
  expect(() => isHealth({ code: 14, details: 'no healthy upstream' })).toThrow('no field of KFP')
})

test('a filter is encoded once more than the query needs', () => {
  expect(decodeURIComponent(equals('display_name', 'a+b%"'))).toBe(
    '{"predicates":[{"key":"display_name","operation":"EQUALS","string_value":"a+b%\\""}]}',
  )
})
