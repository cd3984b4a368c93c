import { deepStrictEqual, match, rejects, strictEqual } from 'node:assert'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { silentLog, type World } from '@mlops-actions/diagnostics'
import { createHttp } from '@mlops-actions/http'
import { createMlflow } from '@mlops-actions/mlflow'
import type { Check, Peer } from '../../scripts/real/peer.ts'
import { pythonEnvironment } from '../../scripts/real/python.ts'
import { startService } from '../../scripts/real/service.ts'

type Prepared = AsyncDisposable & { readonly url: string }

/** A real MLflow server with a SQL store: the answers on which the mlflow package branches. */
export const peer: Peer<Prepared> = { name: 'mlflow', prepare, run }

async function prepare(): Promise<Prepared> {
  const programs = await pythonEnvironment('mlflow', ['mlflow>=3,<4'])
  const words = ['server', '--host', '127.0.0.1', '--workers', '1']
  const stores = ['--backend-store-uri', 'sqlite:///mlflow.db', '--artifacts-destination', './artifacts']
  return startService({
    program: join(programs, 'mlflow'),
    args: (port) => [...words, ...stores, '--port', String(port)],
    isReady: async (url) => (await fetch(`${url}/health`)).ok,
  })
}

async function run({ url }: Prepared, check: Check): Promise<void> {
  const mlflow = createMlflow(createHttp(realWorld(), { trustedOrigins: [url] }), { url })
  const id = await trainedRun(url)
  await check('it is version 3', async () => {
    match(await (await fetch(`${url}/version`)).text(), /^3\.\d+/)
  })
  await check('a run gives its last metrics; NaN and infinities are no numbers to a gate', async () => {
    const { metrics } = await mlflow.run(id)
    deepStrictEqual(metrics, { accuracy: 0.9, loss: Number.NaN, worst: Infinity })
  })
  await check('an unknown run is not found', () => rejects(mlflow.run('0'.repeat(32)), { kind: 'not-found' }))
  await check('an alias of an unknown model is no champion', async () => {
    strictEqual(await mlflow.versionByAlias('churn', 'champion'), undefined)
  })
  await check('a model can be created twice', async () => {
    await mlflow.createModel('churn')
    await mlflow.createModel('churn')
  })
  await check('an unknown alias of a known model is no champion', async () => {
    strictEqual(await mlflow.versionByAlias('churn', 'champion'), undefined)
  })
  await check('a version is found by its tag and by its alias', async () => {
    const tags = { 'mlops-actions.request-id': 'octo/churn/1' }
    const made = await mlflow.createVersion({ name: 'churn', source: 's3://ml/churn/1/', runId: id, tags })
    strictEqual(made.version, '1')
    await mlflow.setAlias('churn', 'champion', made.version)
    await mlflow.setVersionTag('churn', '1', 'validation', 'passed')
    const byAlias = await mlflow.versionByAlias('churn', 'champion')
    deepStrictEqual([byAlias?.version, byAlias?.run_id, byAlias?.aliases], ['1', id, ['champion']])
    const byTag = await mlflow.versionsByTag('churn', 'mlops-actions.request-id', 'octo/churn/1')
    deepStrictEqual(
      byTag.map(({ version }) => version),
      ['1'],
    )
    strictEqual(await mlflow.downloadUri('churn', '1'), 's3://ml/churn/1/')
    strictEqual(await mlflow.version('churn', '2'), undefined)
  })
  await check('a reserved alias is refused as config', () =>
    rejects(mlflow.setAlias('churn', 'latest', '1'), { kind: 'config' }),
  )
}

async function trainedRun(url: string): Promise<string> {
  const call = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${url}/api/2.0/mlflow/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    return JSON.parse(await answer.text())
  }
  const { run } = await call('runs/create', { experiment_id: '0', start_time: 1 })
  const run_id: string = run.info.run_id
  const metrics: [string, number | string, number][] = [
    ['accuracy', 0.5, 0],
    ['accuracy', 0.9, 1],
    ['loss', 'NaN', 0],
    ['worst', 'Infinity', 0],
  ]
  for (const [key, value, step] of metrics)
    await call('runs/log-metric', { run_id, key, value, timestamp: 1, step })
  return run_id
}

function realWorld(): World {
  return {
    log: silentLog,
    signal: new AbortController().signal,
    now: Date.now,
    sleep: (ms) => delay(ms),
    random: Math.random,
    env: {},
    mask: () => {},
  }
}
