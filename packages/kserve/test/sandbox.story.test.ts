import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import {
  createKubernetes,
  DEPLOYMENTS,
  evaluateRollout,
  type KubernetesClient,
  PODS,
  REPLICA_SETS,
  remember,
  rolloutKeys,
  type Sightings,
} from '@mlops-actions/kubernetes'
import { type KServeServer, startKServe } from '@mlops-actions/sandbox/kserve'
import {
  createKubernetesState,
  type KubernetesServer,
  RESOURCES,
  startKubernetes,
} from '@mlops-actions/sandbox/kubernetes'
import { testWorld } from '../../../test/harness/world.ts'
import {
  evaluateService,
  INFERENCE_SERVICES,
  predictorDeployment,
  predictorSelector,
  serviceKeys,
} from '../src/index.ts'

const closing: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of closing.splice(0)) await one.close()
})

const SERVER = `
import { createServer } from 'node:http'
if (process.env.VERSION === 'crash') process.exit(3)
createServer((request, response) => response.end(process.env.VERSION)).listen(Number(process.env.PORT), '127.0.0.1')
`
const image = (version: string) => `registry.test/churn:${version}`
const FAST = {
  probeEvery: 20,
  crashBackOff: 40,
  pullBackOff: 40,
  backOffLimit: 100,
  progressDeadline: 60_000,
  grace: 500,
}

interface Running {
  readonly kserve: KServeServer
  readonly api: KubernetesServer
  readonly client: KubernetesClient
}

async function start(): Promise<Running> {
  const state = createKubernetesState()
  const kserve = await startKServe({
    state,
    timings: FAST,
    pullImage: async ({ reference, rootfs }) => {
      const version = reference.split(':').at(-1) ?? ''
      if (version === 'missing') throw new Error(`${reference}: not found`)
      await mkdir(rootfs, { recursive: true })
      await writeFile(join(rootfs, 'server.mjs'), SERVER)
      const digest = `sha256:${Buffer.from(version).toString('hex').padEnd(64, '0')}`
      return {
        reference,
        rootfs,
        digest,
        config: { Entrypoint: ['node', '/server.mjs'], Env: [`VERSION=${version}`, 'PORT=8080'] },
      }
    },
  })
  const api = await startKubernetes({ state })
  const client = createKubernetes(testWorld(), { server: api.url, token: 'admin-token' })
  closing.push(client, api, kserve)
  return { kserve, api, client }
}

function deploy({ kserve: { state } }: Running, version: string): void {
  const spec = { predictor: { model: { modelFormat: { name: 'sklearn' }, image: image(version) } } }
  const key = { type: RESOURCES.inferenceservices, namespace: 'models', name: 'churn' }
  const before = state.store.get(key)
  if (before) state.store.update(key, { ...before, spec })
  else
    state.store.create(RESOURCES.inferenceservices, {
      metadata: { name: 'churn', namespace: 'models' },
      spec,
    })
}

/** One look with the verdicts on the service and on its pods, remembered from look to look. */
function observer({ client }: Running, version: string) {
  const want = { image: image(version) }
  const context = { service: 'models/churn', proveRollout: true, showLogs: false }
  let sightings: Sightings = new Map()
  return async () => {
    const isvc = await client.find(INFERENCE_SERVICES, { namespace: 'models', name: 'churn' })
    const selection = { namespace: 'models', labelSelector: predictorSelector('churn') }
    const deployment = await client.find(DEPLOYMENTS, {
      namespace: 'models',
      name: predictorDeployment('churn'),
    })
    const { items: replicaSets } = await client.list(REPLICA_SETS, selection)
    const { items: pods } = await client.list(PODS, selection)
    const rollout = { deployment, replicaSets, pods }
    const now = Date.now()
    sightings = remember(sightings, [...serviceKeys(isvc, want), ...rolloutKeys(rollout, want)], now)
    const memory = { sightings, now }
    return {
      service: evaluateService(isvc, want, memory, context),
      rollout: evaluateRollout(rollout, want, memory),
      isvc,
    }
  }
}

type Look = Awaited<ReturnType<ReturnType<typeof observer>>>

/** Looks again at each change of the cluster until the question is answered. */
async function until(
  running: Running,
  look: () => Promise<Look>,
  question: (look: Look) => boolean,
): Promise<Look> {
  for (;;) {
    const { store } = running.kserve.state
    const revision = store.revision()
    const seen = await look()
    if (question(seen)) return seen
    if (store.revision() !== revision) continue
    await new Promise<void>((resolve) => {
      const unsubscribe = store.subscribe(() => {
        unsubscribe()
        resolve()
      })
    })
  }
}

const isDone = ({ service, rollout }: Look) => service.status === 'done' && rollout.status === 'done'

describe('a living KServe', () => {
  test('rolls out a version, which is done only when the old pod is gone', async () => {
    const running = await start()
    deploy(running, 'v1')
    await until(running, observer(running, 'v1'), isDone)
    deploy(running, 'v2')
    const reasons = new Set<string>()
    const look = observer(running, 'v2')
    const seen = await until(running, look, (one) => {
      if (one.rollout.status === 'pending') reasons.add(one.rollout.reason)
      return isDone(one)
    })
    expect(seen.rollout).toMatchObject({ proof: { image: image('v2'), pods: [{ restarts: 0 }] } })
    expect(reasons.size).toBeGreaterThan(0)
  })

  test.each([
    ['crash', 'crash-loop'],
    ['missing', 'image-pull'],
  ])('with the version %s fails on its pods while the service stays Ready', async (version, code) => {
    const running = await start()
    deploy(running, 'v1')
    await until(running, observer(running, 'v1'), isDone)
    deploy(running, version)
    const seen = await until(
      running,
      observer(running, version),
      ({ rollout }) => rollout.status === 'failed',
    )
    expect(seen.rollout).toMatchObject({ trouble: { code, container: 'kserve-container' } })
    expect(seen.service.status).toBe('done')
  })
})
