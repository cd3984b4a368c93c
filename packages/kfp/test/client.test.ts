import { mkdir } from 'node:fs/promises'
import { afterEach, describe, expect, test } from '@jest/globals'
import { createHttp, type HttpClient } from '@mlops-actions/http'
import { type KfpOptions, type KfpServer, startKfp } from '@mlops-actions/sandbox/kfp'
import { type Handler, type SandboxResponse, serve } from '@mlops-actions/sandbox/server'
import { testWorld } from '../../../test/harness/world.ts'
import { createKfp, type Kfp, readResults, resolveAddress, resolveExperiment, runUrl } from '../src/index.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})

async function start(
  options: Partial<KfpOptions> = {},
): Promise<{ server: KfpServer; http: HttpClient; kfp: Kfp }> {
  const server = await startKfp({ pullImage, ...options })
  open.push(server)
  const http = httpFor(server.url)
  return { server, http, kfp: createKfp(http, await resolveAddress(http, server.url)) }
}

const pullImage: KfpOptions['pullImage'] = async ({ reference, rootfs }) => {
  await mkdir(rootfs, { recursive: true })
  return { reference, digest: `sha256:${'0'.repeat(64)}`, rootfs, config: {} }
}

function httpFor(url: string): HttpClient {
  return createHttp(testWorld(), { trustedOrigins: [url], retries: 1 })
}

async function serving(handler: Handler): Promise<string> {
  const server = await serve(handler)
  open.push(server)
  return server.url
}

function page(status: number): SandboxResponse {
  return {
    status,
    headers: { 'content-type': 'text/html' },
    body: '<!doctype html><html><title>Kubeflow</title></html>',
  }
}

function json(body: object, status = 200): SandboxResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

const UI = { apiServerReady: true, apiServerTagName: '2.16.0', multi_user: true }

describe('the address', () => {
  test.each([
    ['the API server', '', false],
    ['the UI server', '/pipeline', true],
    ['the UI server, with a slash', '/pipeline/', true],
  ])('of %s is found', async (_what, path, viaUi) => {
    const { server, http } = await start()
    const address = await resolveAddress(http, `${server.url}${path}`)
    expect(address).toMatchObject({ version: '2.16.0', viaUi, root: server.url, multiUser: false })
    expect(runUrl(address, 'id')).toBe(
      viaUi ? `${server.url}/pipeline/#/runs/details/id` : `${server.url}/apis/v2beta1/runs/id`,
    )
  })

  test.each([200, 404])(
    'of a platform whose root answers a page with %d is below /pipeline',
    async (status) => {
      const url = await serving(({ path }) =>
        path === '/pipeline/apis/v2beta1/healthz' ? json(UI) : page(status),
      )
      expect(await resolveAddress(httpFor(url), url)).toMatchObject({
        api: `${url}/pipeline`,
        viaUi: true,
        multiUser: true,
      })
    },
  )

  test.each<[string, Handler, object]>([
    ['pages everywhere', () => page(200), { kind: 'auth', code: 'HTTP_LOGIN_PAGE' }],
    [
      'another API',
      () => json({ hello: 'world' }),
      { details: { next: expect.stringMatching(/^Check `url`: Kubeflow Pipelines answers neither at /) } },
    ],
    [
      'an ingress that refuses',
      () => ({ status: 403, headers: { 'content-type': 'text/plain' }, body: 'RBAC: access denied' }),
      { kind: 'auth', details: { next: expect.stringMatching(/^Let the ingress before KFP/) } },
    ],
    ['another JSON', () => json({ code: 14, details: 'no healthy upstream' }), { kind: 'upstream' }],
    ['nothing', () => json({ message: 'Not Found' }, 404), { kind: 'not-found' }],
    [
      'a UI without its API server',
      () => json({ ...UI, apiServerReady: false }),
      { code: 'KFP_NOT_READY', retryable: true },
    ],
  ])('of %s is none', async (_what, handler, failure) => {
    const url = await serving(handler)
    await expect(resolveAddress(httpFor(url), url)).rejects.toMatchObject(failure)
  })
})

describe('an experiment', () => {
  test('is created once, and found afterwards', async () => {
    const { server, kfp } = await start()
    const [first, second] = [
      await resolveExperiment(kfp, 'e%2B +', ''),
      await resolveExperiment(kfp, 'e%2B +', ''),
    ]
    expect(second.experiment_id).toBe(first.experiment_id)
    expect(server.state.experiments.size).toBe(1)
  })

  test('that another job creates at the same moment is taken', async () => {
    const { server, kfp } = await start()
    const racing = { ...kfp, findExperiment: lateOnce(kfp) }
    await resolveExperiment(kfp, 'churn', '')
    expect((await resolveExperiment(racing, 'churn', '')).display_name).toBe('churn')
    expect(server.state.experiments.size).toBe(1)
  })

  /** Does not see what is there the first time. */
  function lateOnce(kfp: Kfp): Kfp['findExperiment'] {
    let looks = 0
    return (name, namespace) =>
      looks++ === 0 ? Promise.resolve(undefined) : kfp.findExperiment(name, namespace)
  }
})

test('a run that has ended, or is not there, cannot be terminated, which is no failure', async () => {
  const { kfp } = await start()
  expect(await kfp.terminate('nope')).toBe(false)
  expect(await kfp.findRun('nope')).toBeUndefined()
})

describe('results', () => {
  const runAnswer = json({ run_id: 'r', state: 'SUCCEEDED' })

  test.each<[string, SandboxResponse, string]>([
    ['no such service', page(404), 'it serves no ML Metadata'],
    ['a gRPC error', grpc(Buffer.from('grpc-status:13\r\ngrpc-message:boom\r\n')), 'gRPC status 13: boom'],
    ['an unknown method', grpc(Buffer.from('grpc-status:12\r\n')), 'it serves no ML Metadata'],
    [
      'half a frame',
      { ...grpc(Buffer.alloc(0)), body: Buffer.from('0000000010aa', 'hex') },
      'no complete answer of grpc-web',
    ],
    ['JSON', json({ ok: true }), 'no complete answer of grpc-web'],
    ['a login page', page(200), 'HTML page'],
  ])('with %s instead of ML Metadata are none, and say why', async (_what, answer, seen) => {
    const url = await serving(({ path }) =>
      path.startsWith('/ml_metadata') ? answer : path.includes('v1beta1') ? json({}) : runAnswer,
    )
    const http = httpFor(url)
    const kfp = createKfp(http, { api: url, root: url, version: '', multiUser: false, viaUi: false })
    const { source, produced, trouble } = await readResults(testWorld(), http, kfp, 'r')
    expect([source, produced.metrics]).toEqual(['none', []])
    expect(trouble?.details.seen).toContain(seen)
  })

  function grpc(trailers: Buffer): SandboxResponse {
    const head = Buffer.alloc(5)
    head.writeUInt8(0x80)
    head.writeUInt32BE(trailers.length, 1)
    return {
      status: 200,
      headers: { 'content-type': 'application/grpc-web+proto' },
      body: Buffer.concat([head, trailers]),
    }
  }

  test('of a full view keep numbers that JSON cannot write', async () => {
    const task = {
      name: 'train',
      state: 'SUCCEEDED',
      outputs: {
        artifacts: [
          { artifact_key: 'metrics', artifacts: [{ name: 'loss', type: 'Metric', number_value: 'NaN' }] },
        ],
      },
    }
    const url = await serving(({ path }) =>
      path.includes('v1beta1') ? page(404) : json({ run_id: 'r', tasks: [task] }),
    )
    const http = httpFor(url)
    const kfp = createKfp(http, { api: url, root: url, version: '', multiUser: false, viaUi: false })
    const { source, produced } = await readResults(testWorld(), http, kfp, 'r')
    expect([source, produced.metrics]).toEqual([
      'view=FULL',
      [{ task: 'train', name: 'loss', value: Number.NaN }],
    ])
  })
})
