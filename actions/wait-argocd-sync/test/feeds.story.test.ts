import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { RESOURCES } from '@mlops-actions/sandbox/kubernetes'
import { type TestWorld, testWorld } from '../../../test/harness/world.ts'
import { type Company, startCompany } from './company.ts'
import { step } from './step.ts'

// How a wait gets to know: by the event stream, by looks, by refreshes; and what it costs.

const MINUTE = 60_000
const APP = '/api/v1/applications/churn-prod'
const STREAM = '/api/v1/stream/applications'
const NOWHERE = 'f'.repeat(40)
let world: TestWorld
let company: Company
let moments: { readonly at: number; readonly path: string; readonly query: string }[]

/** @param pace real milliseconds that every move of the clock gives to requests and to Argo CD */
async function open({ pace = 20, comparisonTakes = 0 } = {}): Promise<void> {
  world = testWorld({ pace, env: { PATH: process.env['PATH'] ?? '' } })
  company = await startCompany({ now: world.now, comparisonTakes })
  moments = []
  // Matches nothing: it notes when, by the clock of the wait, each request came.
  company.argocd.faults.push({
    match: ({ path, query }) => {
      moments.push({ at: world.now(), path, query: query.toString() })
      return false
    },
    times: 1,
    respond: { status: 500 },
  })
}
afterEach(() => company.close())

const wait = (inputs: Readonly<Record<string, string>>) =>
  step({ ...company.inputs, repository: '', timeout: '3650d', interval: '1s', ...inputs }, world)

const looks = () => moments.filter(({ path, query }) => path === APP && !query.includes('refresh'))
const streams = () => moments.filter(({ path }) => path === STREAM)
const refused = {
  status: 403,
  headers: { 'content-type': 'application/json' },
  body: '{"error":"permission denied","code":7}',
}

describe('a wait in which nothing happens', () => {
  // The clock moves only when a request has had time to be answered.
  beforeEach(() => open({ pace: 20 }))

  /** The most requests in any minute after the first, before the end is explained. */
  const busiest = (started: number) => {
    const later = moments.map(({ at }) => at - started).filter((at) => at >= MINUTE && at < 15 * MINUTE)
    return Math.max(...later.map((from) => later.filter((at) => at >= from && at < from + MINUTE).length))
  }

  test('asks at most six times a minute after the first, while Argo CD is not at the commit', async () => {
    const started = world.now()
    await wait({ revision: NOWHERE, interval: '10s', timeout: '15m' })
    expect(busiest(started)).toBeLessThanOrEqual(6)
    expect(looks().length).toBeGreaterThan(20)
  })

  test('asks no more often at the commit, where a window keeps it from being synced', async () => {
    const window = {
      kind: 'deny',
      schedule: '0 22 * * *',
      duration: '8h',
      manualSync: false,
      active: true,
    } as const
    company.argocd.state.syncWindows.push({ ...window, applications: ['churn-prod'] })
    const started = world.now()
    const patient = { interval: '10s', timeout: '15m', 'on-blocked': 'wait' }
    const { failure, outputs } = await wait({ revision: await company.commit('v2'), ...patient })
    expect(failure?.details.seen).toContain('a sync window keeps it from syncing')
    expect(outputs['result']).toBe('blocked')
    expect(looks().length).toBeGreaterThan(20)
    expect(busiest(started)).toBeLessThanOrEqual(6)
  })

  test('looks twice as often as it is told to while there is no stream', async () => {
    // One that is refused is not opened again, so that nothing but the looks moves the clock.
    company.argocd.faults.push({ match: ({ path }) => path === STREAM, times: 999, respond: refused })
    const started = world.now()
    await wait({ revision: NOWHERE, interval: '10s', timeout: '5m' })
    const times = moments.flatMap(({ at, path }) => (path === APP ? [at - started] : []))
    const later = new Set(times.filter((at) => at > MINUTE && at < 5 * MINUTE))
    expect(later.size).toBe((4 * MINUTE) / 5_000 - 1)
  })

  test('opens a stream that ends again, ever more rarely where it ends at once', async () => {
    const body = ':\n'
    const headers = { 'content-type': 'text/event-stream' }
    company.argocd.faults.push({
      match: ({ path }) => path === STREAM,
      times: 999,
      respond: { status: 200, headers, body },
    })
    await wait({ revision: NOWHERE, interval: '10s', timeout: '5m' })
    expect(streams().length).toBeGreaterThan(20)
    expect(streams().length).toBeLessThan(80)
  })

  test('does not open one again that the server refuses', async () => {
    company.argocd.faults.push({ match: ({ path }) => path === STREAM, times: 999, respond: refused })
    await wait({ revision: NOWHERE, interval: '10s', timeout: '2m' })
    expect(streams()).toHaveLength(1)
  })
})

describe('a commit is live', () => {
  // Each move of the clock gives Argo CD the time to sync.
  beforeEach(() => open({ pace: 400 }))

  test('as soon as a stream says so that was opened again, however rarely it is looked', async () => {
    const headers = { 'content-type': 'text/event-stream' }
    company.argocd.faults.push({
      match: ({ path }) => path === STREAM,
      times: 1,
      respond: { status: 200, headers, body: ':\n' },
    })
    const { outputs, seconds } = await wait({ revision: await company.commit('v2'), interval: '10m' })
    expect([outputs['result'], streams().length]).toEqual(['live', 2])
    expect(seconds).toBeLessThan(60)
  })

  test('though no refresh comes back: it is looked at beside them', async () => {
    company.argocd.faults.push({
      match: ({ query }) => query.has('refresh') && compares(),
      times: 99,
      respond: 'hang',
    })
    const { outputs, seconds } = await wait({ revision: await company.commit('v2') })
    expect(outputs['result']).toBe('live')
    expect(seconds).toBeLessThan(60)
  })
})

/** Argo CD does what a refresh asks for, and never answers it. */
function compares(): boolean {
  const key = { type: RESOURCES.applications, namespace: 'argocd', name: 'churn-prod' }
  const found = company.kubernetes.store.get(key)
  if (found === undefined) return false
  const { resourceVersion: _, ...metadata } = found.metadata
  const annotations = { ...metadata.annotations, 'argocd.argoproj.io/refresh': 'normal' }
  company.kubernetes.store.update(
    key,
    JSON.parse(JSON.stringify({ ...found, metadata: { ...metadata, annotations } })),
  )
  return true
}
