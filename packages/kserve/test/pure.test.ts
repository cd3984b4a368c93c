import { describe, expect, test } from '@jest/globals'
import { Failure, type JsonValue } from '@mlops-actions/diagnostics'
import { remember, type Sightings } from '@mlops-actions/kubernetes'
import fc from 'fast-check'
import {
  compareAnswer,
  evaluateReadiness,
  inferenceUrl,
  latencyFigures,
  type ModelTarget,
  nearestRank,
  probeLoad,
  problemOfRequest,
  type ReadinessLook,
  readCase,
  readinessKeys,
  readinessUrl,
  wilsonLowerBound,
} from '../src/index.ts'

const TOLERANCE = { relative: 1e-5, absolute: 1e-8 }

describe('an answer', () => {
  test.each<[string, JsonValue, JsonValue, string[]]>([
    ['that is the same', { predictions: [1, 0] }, { predictions: [1, 0] }, []],
    [
      'with more than was expected',
      { predictions: [1] },
      { predictions: [1], model_version: 'x', id: '7' },
      [],
    ],
    ['within the tolerance', [1], [1.000009], []],
    ['outside of the tolerance', [1], [1.0001], ['[0]: other value']],
    ['near zero', [0], [1e-9], []],
    ['that is no longer near zero', [0], [1e-7], ['[0]: other value']],
    [
      'with another label',
      { predictions: ['stay'] },
      { predictions: ['leave'] },
      ['predictions[0]: other value'],
    ],
    [
      'that lacks a key',
      { outputs: [{ name: 'y', data: [1] }] },
      { outputs: [{ name: 'y' }] },
      ['outputs[0].data: missing'],
    ],
    ['with fewer rows', { predictions: [1, 0] }, { predictions: [1] }, ['predictions: other length']],
    ['of another type', { predictions: [1] }, { predictions: ['1'] }, ['predictions[0]: other type']],
    ['null where a number is due', [1], [null], ['[0]: other type']],
    ['a list where an object is due', { a: 1 }, [1], ['(whole): other type']],
    ['true where false is due', [false], [true], ['[0]: other value']],
    ['that inherits what it lacks', { toString: 'x' }, {}, ['toString: missing']],
  ])('%s', (_name, expected, actual, differences) => {
    expect(
      compareAnswer(expected, actual, TOLERANCE).map(({ path, problem }) => `${path}: ${problem}`),
    ).toEqual(differences)
  })

  test('agrees with itself, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        (value) => compareAnswer(value as JsonValue, value as JsonValue, TOLERANCE).length === 0,
      ),
    )
  })

  test('that is wrong a million times is told by its first places', () => {
    expect(compareAnswer(Array(5_000).fill(1), Array(5_000).fill(2), TOLERANCE)).toHaveLength(1_000)
  })
})

describe('figures', () => {
  test.each([
    [[15, 20, 35, 40, 50], 0.3, 20],
    [[15, 20, 35, 40, 50], 0.4, 20],
    [[15, 20, 35, 40, 50], 0.5, 35],
    [[15, 20, 35, 40, 50], 1, 50],
    [[7], 0.99, 7],
  ])('nearest rank of %j at %d is %d', (sorted, p, want) => expect(nearestRank(sorted, p)).toBe(want))

  test('give no p95 below 20 samples and no p99 below 100', () => {
    const of = (count: number) => latencyFigures(Array.from({ length: count }, (_, index) => index + 1))
    expect([of(19).p95, of(20).p95, of(99).p99, of(100).p99]).toEqual([undefined, 19, undefined, 99])
    expect(of(0)).toMatchObject({ count: 0, p50: undefined, mean: undefined })
  })

  test('do not depend on the order, and are samples', () => {
    const samples = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 100, maxLength: 300 })
    fc.assert(
      fc.property(samples, (values) => {
        const { p50 = 0, p95 = 0, p99 = 0, max = 0 } = latencyFigures(values)
        expect(latencyFigures([...values].reverse())).toEqual(latencyFigures(values))
        expect(values).toEqual(expect.arrayContaining([p50, p95, p99]))
        expect(p50 <= p95 && p95 <= p99 && p99 <= max).toBe(true)
      }),
    )
  })

  test.each([
    [50, 50, 0.92865],
    [0, 10, 0],
    [9, 10, 0.59585],
    [0, 0, 0],
  ])('Wilson: %d of %d promise at least %d', (good, all, want) =>
    expect(wilsonLowerBound(good, all)).toBeCloseTo(want, 4),
  )
})

describe('a probe', () => {
  test('never has more requests under way than asked, and forgets the warm-up', async () => {
    let underWay = 0
    let most = 0
    let sent = 0
    const send = async () => {
      underWay += 1
      most = Math.max(most, underWay)
      sent += 1
      const order = sent
      await new Promise(setImmediate)
      underWay -= 1
      return order
    }
    const counted: number[] = []
    const outcomes = await probeLoad(
      send,
      { requests: 20, concurrency: 3, warmUp: 5 },
      new AbortController().signal,
      (done) => void counted.push(done),
    )
    expect([outcomes.length, Math.min(...outcomes), most, counted.at(-1)]).toEqual([20, 6, 3, 20])
  })

  test('ends when it is cancelled', async () => {
    const controller = new AbortController()
    let sent = 0
    const send = async () => {
      sent += 1
      if (sent === 3) controller.abort(new Error('stop'))
    }
    await expect(
      probeLoad(send, { requests: 100, concurrency: 1, warmUp: 0 }, controller.signal),
    ).rejects.toThrow('stop')
    expect(sent).toBe(3)
  })
})

const target = (more: Partial<ModelTarget> = {}): ModelTarget => ({
  url: 'http://gw.example.com/base',
  hostHeader: undefined,
  protocol: 'v1',
  model: 'churn',
  ...more,
})

describe('paths', () => {
  test.each<[ModelTarget, string, string]>([
    [target(), '/base/v1/models/churn', '/base/v1/models/churn:predict'],
    [target({ protocol: 'v2' }), '/base/v2/models/churn/ready', '/base/v2/models/churn/infer'],
    [
      target({ model: 'a/../b?c' }),
      '/base/v1/models/a%2F..%2Fb%3Fc',
      '/base/v1/models/a%2F..%2Fb%3Fc:predict',
    ],
  ])('%j', (one, ready, infer) => {
    expect([readinessUrl(one), inferenceUrl(one)]).toEqual([
      `http://gw.example.com${ready}`,
      `http://gw.example.com${infer}`,
    ])
  })
})

const UNRESOLVED = new Failure({
  kind: 'config',
  code: 'HTTP_HOST_UNKNOWN',
  what: 'Cannot ask',
  on: 'gw.example.com',
  seen: 'the name does not resolve',
  next: 'Check the spelling',
})

describe('readiness', () => {
  const judge = (look: Partial<ReadinessLook> & { status: number }, times = [0]) => {
    const whole = { ready: undefined, serverError: undefined, ...look }
    let sightings: Sightings = new Map()
    for (const now of times) sightings = remember(sightings, readinessKeys(whole), now)
    return evaluateReadiness(whole, target(), { sightings, now: times.at(-1) ?? 0 })
  }

  test.each([
    ['2xx without a body', { status: 200 }],
    ['2xx that says so', { status: 200, ready: true }],
    ['204', { status: 204 }],
  ])('%s is ready', (_name, look) => expect(judge(look).status).toBe('done'))

  test.each([
    ['503 of KServe', { status: 503, serverError: 'Model with name churn is not ready.' }],
    ['400 of MLServer and Triton', { status: 400 }],
    ['200 that says no', { status: 200, ready: false }],
    ['502 of a gateway', { status: 502 }],
    ['429', { status: 429 }],
    ['404 of a gateway, at first', { status: 404 }],
    ['a name without a record, at first', { status: 0, unresolved: UNRESOLVED }],
  ])('%s is not yet', (_name, look) => expect(judge(look).status).toBe('pending'))

  test.each([
    [
      '404 of the model server names the model',
      { status: 404, serverError: 'Model with name churn does not exist.' },
      [0],
      'MODEL_UNKNOWN',
      'not-found',
    ],
    ['404 of a gateway after 30 s', { status: 404 }, [0, 30_000], 'ROUTE_UNKNOWN', 'not-found'],
    [
      'a name that has no record after two minutes',
      { status: 0, unresolved: UNRESOLVED },
      [0, 120_000],
      'HTTP_HOST_UNKNOWN',
      'config',
    ],
    ['401', { status: 401 }, [0], 'ENDPOINT_AUTH', 'auth'],
    ['403', { status: 403 }, [0], 'ENDPOINT_AUTH', 'auth'],
    ['501 is the other protocol', { status: 501 }, [0], 'PROTOCOL_UNSUPPORTED', 'config'],
  ])('%s ends it', (_name, look, times, code, kind) => {
    expect(judge(look, times)).toMatchObject({ status: 'failed', failure: { details: { code, kind } } })
  })
})

describe('a request', () => {
  test.each<['v1' | 'v2', JsonValue, boolean]>([
    ['v1', { instances: [[1]] }, true],
    ['v1', { inputs: [[1]] }, true],
    ['v1', [[1]], false],
    ['v2', { inputs: [{ name: 'x', shape: [1], datatype: 'FP64', data: [1] }] }, true],
    ['v2', { instances: [[1]] }, false],
  ])('for %s %j is right: %s', (protocol, request, right) => {
    expect(problemOfRequest(protocol, request) === undefined).toBe(right)
  })

  test('of a golden file is taken apart', () => {
    expect(readCase('v1', { instances: [[1]], predictions: [0] }, undefined)).toEqual({
      request: { instances: [[1]] },
      expected: { predictions: [0] },
    })
    const inputs = [{ name: 'x', data: [1] }]
    const outputs = [{ name: 'y', data: [0] }]
    expect(readCase('v2', { inputs, outputs }, undefined)).toEqual({
      request: { inputs },
      expected: { outputs },
    })
  })

  test('that only names the outputs it wants stays whole', () => {
    const request = { inputs: [{ name: 'x', data: [1] }], outputs: [{ name: 'y' }] }
    expect(readCase('v2', request, undefined)).toEqual({ request, expected: undefined })
  })

  test('keeps what it says beside a given answer', () => {
    const request = { instances: [[1]], predictions: [0] }
    expect(readCase('v1', request, { predictions: [1] })).toEqual({ request, expected: { predictions: [1] } })
  })
})
