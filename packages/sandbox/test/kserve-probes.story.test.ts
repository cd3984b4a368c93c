import { afterEach, describe, expect, test } from '@jest/globals'
import { type KServeServer, startKServe } from '../src/kserve/index.ts'
import { createKubernetesState, type KubernetesState, RESOURCES } from '../src/kubernetes/index.ts'
import { type JsonObject, listAt, numberAt, textAt } from '../src/kubernetes/json.ts'
import { get, inferenceService, one, pods, pullImage, until } from './kserve-cluster.ts'

const FAST = {
  probeEvery: 20,
  livenessEvery: 100,
  crashBackOff: 60,
  pullBackOff: 60,
  backOffLimit: 500,
  grace: 1_000,
}
const running: KServeServer[] = []
afterEach(async () => {
  for (const server of running.splice(0)) await server.close()
})

/** A cluster that runs one version of the server with these fields in its container. */
function run(version: string, container: JsonObject): Promise<KubernetesState> {
  return runService(inferenceService(version, container))
}

async function runService(service: JsonObject): Promise<KubernetesState> {
  const state = createKubernetesState()
  running.push(await startKServe({ state, pullImage, timings: FAST }))
  state.store.create(RESOURCES.inferenceservices, service)
  return state
}

const http = (path: string, port: number | string): JsonObject => ({ httpGet: { path, port } })
/** Never gives a server up. */
const PATIENT = { ...http('/health', 8080), failureThreshold: 1_000 }
const service = (state: KubernetesState) => one(state, RESOURCES.inferenceservices, 'churn')
const status = (state: KubernetesState) => listAt(pods(state)[0], 'status', 'containerStatuses')[0]
const told = (state: KubernetesState, reason: string) =>
  state.store
    .list(RESOURCES.events, 'models')
    .filter((event) => textAt(event, 'reason') === reason)
    .map((event) => textAt(event, 'message') ?? '')
const readyUrl = (state: KubernetesState): Promise<string> =>
  until(state, () => {
    const conditions = listAt(service(state), 'status', 'conditions')
    const ready = conditions.find((one) => textAt(one, 'type') === 'Ready')
    return textAt(ready, 'status') === 'True' ? textAt(service(state), 'status', 'url') : undefined
  })
const restarted = (state: KubernetesState): Promise<JsonObject> =>
  until(state, () => ((numberAt(status(state), 'restartCount') ?? 0) > 0 ? status(state) : undefined))

describe('the ports of a pod', () => {
  test('are those of its manifest: a probe of another port than the server listens on never passes', async () => {
    const state = await run('v1', { readinessProbe: http('/health', 9090) })
    const unhealthy = await until(state, () => told(state, 'Unhealthy')[0])
    expect(unhealthy).toMatch(
      /^Readiness probe failed: Get "http:\/\/127.0.0.1:9090\/health": dial tcp 127.0.0.1:9090: connect: connection refused$/,
    )
    expect(status(state)).toMatchObject({ ready: false, state: { running: {} } })
  })

  test('can be named, and the first one is where KServe sends the traffic', async () => {
    const state = await run('v1', {
      env: [{ name: 'PORT', value: '9000' }],
      ports: [{ name: 'http1', containerPort: 9000, protocol: 'TCP' }],
      readinessProbe: http('/health', 'http1'),
    })
    expect((await get(await readyUrl(state))).body).toBe('v1')
    expect(listAt(one(state, RESOURCES.services, 'churn-predictor'), 'spec', 'ports')).toEqual([
      { name: 'http1', port: 80, targetPort: 9000, protocol: 'TCP' },
    ])
  })

  test('a server that listens on 8080 is not reached when its first containerPort is another', async () => {
    const state = await run('v1', {
      ports: [{ containerPort: 9000, protocol: 'TCP' }],
      readinessProbe: http('/health', 8080),
    })
    const answer = await get(await readyUrl(state))
    expect([answer.status, answer.body]).toEqual([502, expect.stringContaining('ECONNREFUSED')])
  })

  test('without a readiness probe the first containerPort is tried by TCP', async () => {
    const state = await run('v1', {
      ports: [{ containerPort: 9000, protocol: 'TCP' }],
      readinessProbe: null,
    })
    expect(await until(state, () => told(state, 'Unhealthy')[0])).toMatch(
      /^Readiness probe failed: dial tcp 127.0.0.1:9000: connect: connection refused$/,
    )
  })

  test('no variable tells a server anything that its image and its manifest do not set', async () => {
    const state = await run('env', {})
    const answer = await get(`${await readyUrl(state)}/env`)
    expect(Object.keys(JSON.parse(answer.body))).not.toContain('MODEL_DIR')
  })

  test('a server whose port stands nowhere does not run here, and the pod says why', async () => {
    const containers = [{ image: 'registry.test/churn:portless' }]
    const state = await runService({ ...inferenceService('v1'), spec: { predictor: { containers } } })
    expect(
      await until(
        state,
        () => textAt(status(state), 'state', 'waiting', 'message')?.match(/^the sandbox.*/)?.[0],
      ),
    ).toBe(
      'the sandbox cannot tell this server its port: set PORT in its environment, or --port or --http_port in its arguments',
    )
  })
})

describe('a liveness probe', () => {
  test('that fails ends the server and starts it again', async () => {
    const state = await run('stuck', {
      startupProbe: PATIENT,
      livenessProbe: { ...http('/alive', 8080), failureThreshold: 2 },
    })
    expect(await restarted(state)).toMatchObject({
      lastState: { terminated: { exitCode: 143, reason: 'Error' } },
    })
    expect(told(state, 'Killing')).toContain(
      'Container kserve-container failed liveness probe, will be restarted',
    )
    expect(told(state, 'Unhealthy')).toContain(
      'Liveness probe failed: HTTP probe failed with statuscode: 500',
    )
  })

  test('that passes leaves it alone', async () => {
    const state = await run('v1', {
      startupProbe: PATIENT,
      livenessProbe: { ...http('/alive', 8080), failureThreshold: 1 },
    })
    const url = await readyUrl(state)
    while (Number((await get(`${url}/asked`)).body) < 3);
    expect(status(state)).toMatchObject({ restartCount: 0, ready: true })
  })
})

describe('a startup probe', () => {
  test('that never passes ends the server and starts it again, and nobody has asked whether it is ready', async () => {
    const state = await run('v1', { startupProbe: { ...http('/never', 8081), failureThreshold: 2 } })
    await restarted(state)
    expect(told(state, 'Killing')).toContain(
      'Container kserve-container failed startup probe, will be restarted',
    )
    expect(told(state, 'Unhealthy').filter((text) => text.startsWith('Readiness'))).toEqual([])
  })

  test('that passes lets the others begin', async () => {
    const state = await run('v1', { startupProbe: PATIENT })
    expect((await get(await readyUrl(state))).body).toBe('v1')
  })
})
