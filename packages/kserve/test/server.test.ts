import { afterEach, describe, expect, test } from '@jest/globals'
import { Failure } from '@mlops-actions/diagnostics'
import { createHttp } from '@mlops-actions/http'
import { FAULTS, startFaultServer } from '@mlops-actions/sandbox/faults'
import { type Handler, serve } from '@mlops-actions/sandbox/server'
import { testWorld } from '../../../test/harness/world.ts'
import { lookAtReadiness, type ModelTarget, sendInference } from '../src/index.ts'

const closing: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of closing.splice(0)) await one.close()
})

const json = (body: unknown, status = 200) => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
const EXACT = { relative: 0, absolute: 0 }
const clock = () => {
  let now = 0
  return () => (now += 7)
}

function client(url: string, hostHeader?: string, requestTimeout = 5_000) {
  const http = createHttp(testWorld(), {
    trustedOrigins: [url],
    headers: { authorization: 'Bearer canary' },
    retries: 0,
    requestTimeout,
  })
  closing.push(http)
  const target: ModelTarget = { url, hostHeader, protocol: 'v1', model: 'churn' }
  return { http, target }
}

async function model(handler: Handler, hostHeader?: string) {
  const server = await serve(handler)
  closing.push(server)
  return { server, ...client(server.url, hostHeader) }
}

const CASE = { request: { instances: [[1]] }, expected: { predictions: [1] } }

describe('readiness', () => {
  test('of a service whose name has no record yet is a look, not a failure', async () => {
    const noRecord = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' })
    const url = 'http://churn.ml.example.com'
    const http = createHttp(testWorld(), {
      trustedOrigins: [url],
      lookup: (_host, _options, callback) => callback(noRecord, []),
    })
    closing.push(http)
    const look = await lookAtReadiness(http, { url, hostHeader: undefined, protocol: 'v1', model: 'churn' })
    expect(look.unresolved).toMatchObject({ code: 'HTTP_HOST_UNKNOWN' })
  })
})

describe('an inference request', () => {
  test('is sent with exactly application/json, the host of the service and the secret header', async () => {
    const { server, http, target } = await model(() => json({ predictions: [1] }), 'churn-models.example.com')
    const outcome = await sendInference(http, target, CASE, EXACT, clock())
    expect(outcome).toMatchObject({ ok: true, status: 200, ms: 7, differences: [] })
    expect(server.requests).toMatchObject([
      {
        method: 'POST',
        path: '/v1/models/churn:predict',
        headers: {
          'content-type': 'application/json',
          host: 'churn-models.example.com',
          authorization: 'Bearer canary',
        },
      },
    ])
  })

  test.each([
    [
      json({ predictions: [0] }),
      { ok: false, status: 200, differences: [{ path: 'predictions[0]', problem: 'other value' }] },
    ],
    [json({ error: 'boom' }, 500), { ok: false, status: 500, differences: [] }],
    [json({ error: 'bad' }, 400), { ok: false, status: 400 }],
    [
      { status: 200, body: 'not json' },
      { ok: false, status: 200 },
    ],
    [
      { status: 200, body: '' },
      { ok: false, status: 200 },
    ],
  ])('answered with %j is judged', async (answer, outcome) => {
    const { http, target } = await model(() => answer)
    expect(await sendInference(http, target, CASE, EXACT, clock())).toMatchObject(outcome)
  })

  test('is sent once, whatever happens', async () => {
    const { server, http, target } = await model(() => json({}, 503))
    await sendInference(http, target, CASE, EXACT, clock())
    expect(server.requests).toHaveLength(1)
  })

  test.each(
    Object.entries(FAULTS).filter(([name, { kind, tls, modes }]) => {
      const isBroken = kind !== undefined && tls === undefined
      return isBroken && !String(modes[0]).startsWith('status') && name !== 'redirect to metadata'
    }),
  )('that meets "%s" is not ok', async (_name, fault) => {
    const server = await startFaultServer({ modes: fault.modes })
    closing.push(server)
    const { http, target } = client(server.url, undefined, 100)
    const outcome = await sendInference(http, target, CASE, EXACT, clock())
    expect(outcome.ok).toBe(false)
    expect(outcome.failure === undefined || outcome.failure instanceof Failure).toBe(true)
  })

  test('is no answer of a login page', async () => {
    const server = await startFaultServer({ modes: ['html'] })
    closing.push(server)
    const { http, target } = client(server.url)
    const { failure } = await sendInference(http, target, CASE, EXACT, clock())
    expect(failure?.kind).toBe('auth')
  })
})

describe('where nothing is expected', () => {
  test.each([
    [{ predictions: [1] }, true],
    [{ outputs: [] }, true],
    [{ ok: true }, false],
    [[1], false],
    [{ predictions: 'none' }, false],
  ])('%j is an answer: %s', async (body, ok) => {
    const { http, target } = await model(() => json(body))
    expect(await sendInference(http, target, { ...CASE, expected: undefined }, EXACT, clock())).toMatchObject(
      { ok },
    )
  })
})

describe('a look at readiness', () => {
  test.each([
    [json({ name: 'churn', ready: true }), { status: 200, ready: true, serverError: undefined }],
    [json({ name: 'churn', ready: 'False' }), { status: 200, ready: false }],
    [{ status: 200 }, { status: 200, ready: undefined }],
    [
      json({ error: 'Model with name churn does not exist.' }, 404),
      { status: 404, serverError: 'Model with name churn does not exist.' },
    ],
    [json({ detail: 'Not Found' }, 404), { status: 404, serverError: 'Not Found' }],
    [
      { status: 404, headers: { server: 'istio-envoy' } },
      { status: 404, serverError: undefined },
    ],
    [
      { status: 503, body: 'no healthy upstream' },
      { status: 503, serverError: undefined },
    ],
  ])('reads %j', async (answer, look) => {
    const { http, target } = await model(() => answer)
    expect(await lookAtReadiness(http, target)).toMatchObject(look)
  })
})
