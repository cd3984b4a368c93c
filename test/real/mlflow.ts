import { deepStrictEqual, match, rejects, strictEqual } from 'node:assert'
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { silentLog, type World } from '@mlops-actions/diagnostics'
import { createHttp } from '@mlops-actions/http'
import { createMlflow } from '@mlops-actions/mlflow'
import { runOrThrow } from '../../scripts/command.ts'
import type { Check, Peer } from '../../scripts/real/peer.ts'

type Prepared = AsyncDisposable & { readonly url: string }

/** A real MLflow server with a SQL store: the answers on which the mlflow package branches. */
export const peer: Peer<Prepared> = { name: 'mlflow', prepare, run }

async function prepare(): Promise<Prepared> {
  const mlflow = await mlflowVenv()
  const folder = mkdtempSync(join(tmpdir(), 'mlops-actions-real-mlflow-'))
  const port = await freePort()
  const words = ['server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1']
  const stores = [
    '--backend-store-uri',
    'sqlite:///mlflow.db',
    '--artifacts-destination',
    join(folder, 'artifacts'),
  ]
  const server = spawn(mlflow, [...words, ...stores], { cwd: folder, detached: true, stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  const close = async () => {
    await stop(server)
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await untilWell(url, server)
  } catch (error) {
    await close()
    throw error
  }
  return { url, [Symbol.asyncDispose]: close }
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

/** The newest MLflow 3.x from PyPI, in an environment that later runs bring up to date. */
async function mlflowVenv(): Promise<string> {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')
  const folder = join(cache, 'mlops-actions', 'mlflow-3')
  mkdirSync(folder, { recursive: true })
  const python = join(folder, 'bin', 'python')
  if (!existsSync(python)) await runOrThrow('python3', ['-m', 'venv', folder], cache)
  const options = ['--quiet', '--disable-pip-version-check', '--no-input', '--upgrade']
  await runOrThrow(python, ['-m', 'pip', 'install', ...options, 'mlflow>=3,<4'], folder)
  return join(folder, 'bin', 'mlflow')
}

const START_LIMIT_MS = 120_000

async function untilWell(url: string, server: ChildProcess): Promise<void> {
  const since = Date.now()
  while (Date.now() - since < START_LIMIT_MS) {
    if (server.exitCode !== null) throw new Error(`mlflow server ended with ${server.exitCode}`)
    const answer = await fetch(`${url}/health`).catch(() => undefined)
    if (answer?.ok === true) return
    await delay(200)
  }
  throw new Error('mlflow server did not come up')
}

/** The server has workers: the whole group goes. */
async function stop(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null) return
  const ended = new Promise((resolve) => server.once('exit', resolve))
  process.kill(-server.pid, 'SIGKILL')
  await ended
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no TCP port is free')
  return address.port
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
