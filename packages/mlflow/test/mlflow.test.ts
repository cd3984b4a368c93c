import { afterEach, describe, expect, test } from '@jest/globals'
import { createHttp } from '@mlops-actions/http'
import { type MlflowOptions, type MlflowServer, startMlflow } from '@mlops-actions/sandbox/mlflow'
import { type Handler, type SandboxServer, serve } from '@mlops-actions/sandbox/server'
import { testWorld } from '../../../test/harness/world.ts'
import { createMlflow, type Mlflow } from '../src/index.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})

function clientOf(server: SandboxServer | MlflowServer, headers: Record<string, string> = {}): Mlflow {
  open.push(server)
  return createMlflow(createHttp(testWorld(), { trustedOrigins: [server.url], headers }), {
    url: `${server.url}/`,
  })
}

async function start(options: MlflowOptions = {}): Promise<{ mlflow: Mlflow; server: MlflowServer }> {
  const server = await startMlflow(options)
  return { mlflow: clientOf(server), server }
}

async function runWith(server: MlflowServer, metrics: Record<string, number | string>): Promise<string> {
  const post = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${server.url}/api/2.0/mlflow/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    return JSON.parse(await answer.text())
  }
  const { run } = await post('runs/create', { experiment_id: '0' })
  for (const [key, value] of Object.entries(metrics))
    await post('runs/log-metric', { run_id: run.info.run_id, key, value, timestamp: 1, step: 0 })
  return run.info.run_id
}

describe('runs', () => {
  test('give the last value of each metric; NaN and infinities are what they are', async () => {
    const { mlflow, server } = await start()
    const id = await runWith(server, { accuracy: 0.9, loss: 'NaN', worst: 'Infinity', best: '-Infinity' })
    const run = await mlflow.run(id)
    expect(run).toMatchObject({
      id,
      status: 'RUNNING',
      metrics: { accuracy: 0.9, loss: Number.NaN, worst: Infinity, best: -Infinity },
    })
  })

  test('without metrics have none', async () => {
    const { mlflow, server } = await start()
    expect((await mlflow.run(await runWith(server, {}))).metrics).toEqual({})
  })

  test('that are not there are not found, in the words of MLflow', async () => {
    const { mlflow } = await start()
    await expect(mlflow.run('nope')).rejects.toMatchObject({
      kind: 'not-found',
      details: { seen: expect.stringContaining('RESOURCE_DOES_NOT_EXIST: Run with id=nope') },
    })
  })
})

describe('the registry', () => {
  test('leads from an alias to a version, and knows who is missing', async () => {
    const { mlflow } = await start()
    expect(await mlflow.versionByAlias('churn', 'champion')).toBeUndefined()
    await mlflow.createModel('churn')
    await mlflow.createModel('churn')
    expect(await mlflow.versionByAlias('churn', 'champion')).toBeUndefined()
    const made = await mlflow.createVersion({
      name: 'churn',
      source: 's3://ml/1/',
      tags: { 'mlops-actions.request-id': "it's" },
    })
    await mlflow.setAlias('churn', 'champion', made.version)
    expect(await mlflow.versionByAlias('churn', 'champion')).toMatchObject({
      name: 'churn',
      version: '1',
      source: 's3://ml/1/',
    })
    expect(await mlflow.downloadUri('churn', '1')).toBe('s3://ml/1/')
  })

  test('finds a version by a tag, so that it is not created twice', async () => {
    const { mlflow } = await start()
    await mlflow.createModel('churn')
    await mlflow.createVersion({
      name: 'churn',
      source: 's3://ml/1/',
      tags: { 'mlops-actions.request-id': 'a/b' },
    })
    await mlflow.setVersionTag('churn', '1', 'validation', 'passed')
    const found = await mlflow.versionsByTag('churn', 'mlops-actions.request-id', 'a/b')
    expect(found.map(({ version }) => version)).toEqual(['1'])
    expect(await mlflow.versionsByTag('churn', 'mlops-actions.request-id', 'other')).toEqual([])
    expect((await mlflow.version('churn', '1'))?.tags).toContainEqual({ key: 'validation', value: 'passed' })
    expect(await mlflow.version('churn', '2')).toBeUndefined()
  })

  test('sends a new version once, whatever becomes of the answer', async () => {
    const { mlflow, server } = await start()
    await mlflow.createModel('churn')
    server.faults.push({
      match: ({ path }) => path.endsWith('model-versions/create'),
      times: 9,
      respond: 'reset-after',
    })
    await expect(
      mlflow.createVersion({ name: 'churn', source: 's3://ml/1/', tags: {} }),
    ).rejects.toMatchObject({ kind: 'upstream' })
    expect(server.state.models.get('churn')?.versions.size).toBe(1)
  })

  test('refuses an alias that cannot be as config, not as missing', async () => {
    const { mlflow } = await start()
    await mlflow.createModel('churn')
    await mlflow.createVersion({ name: 'churn', source: 's3://ml/1/', tags: {} })
    await expect(mlflow.setAlias('churn', 'latest', '1')).rejects.toMatchObject({ kind: 'config' })
  })
})

describe('what is not MLflow', () => {
  test('wrong credentials are an auth failure that names the variables', async () => {
    const { mlflow } = await start({ users: [{ username: 'ci', password: 'secret' }] })
    await expect(mlflow.run('x')).rejects.toMatchObject({
      kind: 'auth',
      details: { next: expect.stringContaining('MLFLOW_TRACKING_USERNAME') },
    })
  })

  test.each<[string, Handler, string]>([
    [
      'a login page',
      () => ({ status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><html></html>' }),
      'auth',
    ],
    [
      "a proxy's 404",
      () => ({ status: 404, headers: { 'content-type': 'text/html' }, body: '<html>no such route</html>' }),
      'not-found',
    ],
    [
      'another API',
      () => ({ status: 200, headers: { 'content-type': 'application/json' }, body: '{"ok":true}' }),
      'upstream',
    ],
  ])('%s is never "there is no champion"', async (_what, handler, kind) => {
    const mlflow = clientOf(await serve(handler))
    await expect(mlflow.versionByAlias('churn', 'champion')).rejects.toMatchObject({ kind })
  })
})
