import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { startKServe } from '@mlops-actions/sandbox/kserve'
import {
  createKubernetesState,
  type KubernetesState,
  RESOURCES,
  startKubernetes,
} from '@mlops-actions/sandbox/kubernetes'
import { runBundle } from '../../../test/harness/bundle.ts'
import { goodModel, live, MODEL, NEW, QUICK, rolling, type Scene, startCluster } from './cluster.ts'

const closing: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of closing.splice(0)) await one.close()
})

const ACTION = 'kserve-health-check'
const WANT = { 'expected-image': NEW, 'expected-storage-uri': MODEL }
const REQUEST = '{"instances": [[1, 2]]}'

async function cluster(scene: Scene) {
  const started = await startCluster({ scene: () => scene, now: Date.now })
  closing.push(started)
  return started
}

/** The whole of it: a KServe that runs pods as processes, its gateway, and the API server before it. */
async function sandbox(): Promise<{ state: KubernetesState; url: string }> {
  const state = createKubernetesState()
  state.tokens.set('canary-token', { username: 'ci', groups: [] })
  const kserve = await startKServe({
    state,
    timings: { probeEvery: 20, crashBackOff: 50, grace: 500 },
    pullImage: async ({ reference, rootfs }) => {
      await mkdir(rootfs, { recursive: true })
      await writeFile(join(rootfs, 'server.mjs'), SERVER)
      const version = reference.split(':').at(-1) ?? ''
      return {
        reference,
        rootfs,
        digest: `sha256:${'5'.repeat(64)}`,
        config: { Entrypoint: ['node', '/server.mjs'], Env: [`VERSION=${version}`, 'PORT=8080'] },
      }
    },
  })
  const api = await startKubernetes({ state })
  closing.push(api, kserve)
  return { state, url: api.url }
}

const SERVER = `
import { createServer } from 'node:http'
if (process.env.VERSION === 'crash') process.exit(3)
createServer((request, response) => {
  response.setHeader('content-type', 'application/json')
  if (request.method === 'GET') return response.end('{"name":"churn","ready":true}')
  request.resume().on('end', () => response.end(JSON.stringify({ predictions: [process.env.VERSION] })))
}).listen(Number(process.env.PORT), '127.0.0.1')
`

function deploy(state: KubernetesState, version: string): void {
  const spec = {
    predictor: { model: { modelFormat: { name: 'sklearn' }, image: `registry.test/churn:${version}` } },
  }
  const key = { type: RESOURCES.inferenceservices, namespace: 'models', name: 'churn' }
  const found = state.store.get(key)
  if (found) state.store.update(key, { ...found, spec })
  else
    state.store.create(RESOURCES.inferenceservices, {
      metadata: { name: 'churn', namespace: 'models' },
      spec,
    })
}

describe('the bundle, as a process', () => {
  test('is green for each version that a living KServe rolls out, and red for one that crashes', async () => {
    const { state, url } = await sandbox()
    const checkVersion = (version: string) =>
      runBundle(ACTION, {
        inputs: {
          ...QUICK,
          'kubernetes-server': url,
          'expected-image': `registry.test/churn:${version}`,
          request: REQUEST,
          'expected-response': JSON.stringify({ predictions: [version] }),
        },
      })
    for (const version of ['v1', 'v2']) {
      deploy(state, version)
      const step = await checkVersion(version)
      expect([step.code, step.errors]).toEqual([0, []])
      expect(step.outputs).toMatchObject({
        result: 'healthy',
        'serving-image': `registry.test/churn:${version}`,
        errors: '0',
        'old-pods': '0',
      })
      expect(step.summary).toContain('## ✅ churn: the expected version serves all requests')
      expect(JSON.parse(step.outputs['lineage'] ?? '')).toMatchObject({
        action: ACTION,
        repository: 'octo/churn',
        proven: true,
      })
    }
    deploy(state, 'crash')
    const step = await checkVersion('crash')
    expect([step.code, step.outputs['failure-kind'], step.outputs['retryable']]).toEqual([
      1,
      'workload',
      'false',
    ])
    expect(step.outputs).toMatchObject({
      result: 'unhealthy',
      'serving-image': 'registry.test/churn:v2',
      'old-pods': '1',
    })
    expect(step.errors).toEqual([
      {
        title: `${ACTION}: The new version does not start: its server ends again and again`,
        message: expect.stringMatching(/CrashLoopBackOff \(exit code 3, ended [3-9] times\)/),
      },
    ])
    expect(step.summary).toContain('churn:v2 goes on serving with 1 pod')
  })

  test('refuses wrong inputs all at once', async () => {
    const step = await runBundle(ACTION, { inputs: { name: 'Churn', protocol: 'v3', probes: '0' } })
    expect([step.code, step.outputs['failure-kind']]).toEqual([1, 'config'])
    for (const input of ['name: got', 'protocol: got', 'probes: got'])
      expect(step.errors[0]?.message).toContain(input)
    expect(step.errors).toHaveLength(1)
  })

  test('is cancelled in the middle of its wait, with what it knows', async () => {
    const { api } = await cluster(rolling())
    const step = await runBundle(ACTION, {
      inputs: { ...QUICK, ...WANT, 'kubernetes-server': api.url },
      cancelWhen: async () => {
        while (api.requests.length < 8) await new Promise((resolve) => setTimeout(resolve, 10))
      },
    })
    expect([step.code, step.outputs['failure-kind']]).toEqual([130, 'cancelled'])
    expect(step.outputs).toMatchObject({ result: 'unhealthy', 'old-pods': '1' })
    expect(step.endedAfter).toBeLessThan(5_000)
    expect(step.errors).toHaveLength(1)
  })

  test('shows its token in nothing but the mask', async () => {
    const { api } = await cluster(live())
    const step = await runBundle(ACTION, {
      inputs: { ...QUICK, ...WANT, 'kubernetes-server': api.url, request: REQUEST },
      env: { RUNNER_DEBUG: '1' },
    })
    expect(step.code).toBe(0)
    const shown = step.stdout.split('\n').filter((line) => !line.startsWith('::add-mask::'))
    expect(JSON.stringify([shown, step.stderr, step.outputs, step.summary])).not.toContain('canary-token')
    expect(step.masks).toContain('canary-token')
  })

  test('asks the cluster of its context, with as many requests at once as it is told', async () => {
    const atOnce = 8
    const waiting: (() => void)[] = []
    let [now, most, asked] = [0, 0, 0]
    // But for the first, which goes alone, answers only when so many are there: with fewer nobody would ever be answered.
    const together = async () => {
      if (++asked === 1) return
      most = Math.max(most, ++now)
      await new Promise<void>((done) => {
        waiting.push(done)
        if (waiting.length === atOnce) for (const go of waiting.splice(0)) go()
      })
      now -= 1
    }
    const started = await startCluster({
      scene: () => live(),
      now: Date.now,
      model: async (request) => {
        if (request.method === 'POST') await together()
        return goodModel(request)
      },
    })
    closing.push(started)
    const contexts = { elsewhere: 'http://127.0.0.1:9', prod: started.api.url }
    const kubeconfig = JSON.stringify({
      'current-context': 'elsewhere',
      clusters: Object.entries(contexts).map(([name, server]) => ({ name, cluster: { server } })),
      users: [{ name: 'ci', user: { token: 'canary-token' } }],
      contexts: Object.keys(contexts).map((name) => ({ name, context: { cluster: name, user: 'ci' } })),
    })
    const { 'kubernetes-token': _token, ...quick } = QUICK
    const step = await runBundle(ACTION, {
      inputs: {
        ...quick,
        ...WANT,
        kubeconfig,
        'kubernetes-context': 'prod',
        request: REQUEST,
        concurrency: String(atOnce),
        probes: String(atOnce * 2),
        'warm-up': String(atOnce),
        'request-timeout': '5s',
      },
    })
    expect([step.code, step.errors]).toEqual([0, []])
    expect(most).toBe(atOnce)
  })
})
