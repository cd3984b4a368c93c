import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'

const PRODUCT = join(import.meta.dirname, '../product')

interface Finished {
  readonly code: number | null
  readonly output: string
}

let work = ''
let product = ''
const servers: ChildProcess[] = []

/** Only PATH reaches the child: the caller's TRAIN_* or MLFLOW_* must not change what is tested. */
function start(args: readonly string[], env: Record<string, string> = {}, cwd = product): ChildProcess {
  const base = { PATH: process.env['PATH'] ?? '', PYTHONUNBUFFERED: '1', PYTHONDONTWRITEBYTECODE: '1' }
  return spawn(args[0] ?? '', args.slice(1), {
    cwd,
    env: { ...base, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

async function run(
  args: readonly string[],
  env: Record<string, string> = {},
  cwd = product,
): Promise<Finished> {
  const child = start(args, env, cwd)
  let output = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text))
  const [code] = await once(child, 'close')
  return { code, output }
}

async function train(...args: string[]): Promise<Finished> {
  return run(['python3', 'train.py', ...args])
}

function json(path: string): unknown {
  return JSON.parse(readFileSync(join(product, path), 'utf8'))
}

/** Starts the product's server and resolves with its base URL once it has said that it serves. */
async function serve(env: Record<string, string> = {}): Promise<{ url: string; child: ChildProcess }> {
  const child = start(['python3', 'api.py'], { MODEL_DIR: 'model', HOST: '127.0.0.1', PORT: '0', ...env })
  servers.push(child)
  let output = ''
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text
      const found = /on port (\d+)/.exec(output)?.[1]
      if (found) resolve(found)
    })
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${output}`)))
  })
  return { url: `http://127.0.0.1:${port}`, child }
}

function post(url: string, body: unknown): Promise<Response> {
  return fetch(url, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) })
}

/** DVC's identity of a directory: the MD5 of the JSON list of its files, as Python's json.dumps writes it. */
function dvcDirectoryHash(directory: string): string {
  const files = readdirSync(directory).sort()
  const entries = files.map((name) => {
    const md5 = createHash('md5')
      .update(readFileSync(join(directory, name)))
      .digest('hex')
    return `{"md5": "${md5}", "relpath": "${name}"}`
  })
  return `${createHash('md5')
    .update(`[${entries.join(', ')}]`)
    .digest('hex')}.dir`
}

beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'product-'))
  product = join(work, 'churn')
  cpSync(PRODUCT, product, { recursive: true })
  await run(['python3', 'generate_data.py'])
  await train()
})

afterEach(async () => {
  for (const child of servers.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'close')
  }
})

afterAll(() => rmSync(work, { recursive: true, force: true }))

describe('data and training', () => {
  test('the same arguments give the same data, and they are the ones that DVC tracks', async () => {
    await run(['python3', 'generate_data.py', '--out', 'again/churn.csv'])
    await run(['python3', 'generate_data.py', '--seed', '8', '--out', 'other/churn.csv'])
    expect(dvcDirectoryHash(join(product, 'again'))).toBe(dvcDirectoryHash(join(product, 'data')))
    expect(dvcDirectoryHash(join(product, 'other'))).not.toBe(dvcDirectoryHash(join(product, 'data')))
    expect(parse(readFileSync(join(product, 'data.dvc'), 'utf8')).outs[0].md5).toBe(
      dvcDirectoryHash(join(product, 'data')),
    )
  })

  test('training reaches its accuracy, and the model is the one that DVC tracks', () => {
    expect(json('metrics.json')).toMatchObject({ accuracy: 0.88 })
    expect(parse(readFileSync(join(product, 'model.dvc'), 'utf8')).outs[0].md5).toBe(
      dvcDirectoryHash(join(product, 'model')),
    )
  })

  test('a model that was never trained does not reach it', async () => {
    await train('--epochs', '0', '--model-dir', 'untrained', '--metrics', 'untrained.json')
    const metrics = json('untrained.json')
    expect(metrics).toMatchObject({ recall: 1 })
    expect(Number(Object.entries(Object(metrics)).find(([name]) => name === 'accuracy')?.[1])).toBeLessThan(
      0.6,
    )
  })

  test('too few rows end training with a sentence and without a model', async () => {
    const done = await train('--min-rows', '5000', '--model-dir', 'none')
    expect(done).toEqual({ code: 1, output: 'data/churn.csv has 2000 rows; training needs at least 5000\n' })
    expect(readdirSync(product)).not.toContain('none')
  })

  test('a tracking server that cannot be reached does not lose the run', async () => {
    const done = await train('--mlflow-uri', 'http://127.0.0.1:1', '--model-dir', 'tracked')
    expect(done.code).toBe(0)
    expect(done.output).toContain('mlflow: not logged')
    expect(readdirSync(join(product, 'tracked'))).toEqual(['golden.json', 'model.json'])
  })

  test('evaluation reports to the pipeline what it measured', async () => {
    mkdirSync(join(product, 'kfp'))
    const outputs = {
      outputFile: 'kfp/output_metadata.json',
      artifacts: { metrics: { artifacts: [{ name: 'metrics', uri: 's3://b/metrics' }] } },
    }
    await run(['python3', 'evaluate.py', '--executor-input', JSON.stringify({ outputs })])
    expect(json('kfp/output_metadata.json')).toMatchObject({
      artifacts: { metrics: { artifacts: [{ uri: 's3://b/metrics', metadata: { accuracy: 0.88 } }] } },
      parameterValues: { accuracy: 0.88 },
    })
  })
})

describe('the server', () => {
  const golden = (): { instances: number[][]; predictions: number[] } =>
    JSON.parse(readFileSync(join(product, 'model', 'golden.json'), 'utf8'))

  test('gives the golden answers by both protocols and names its version', async () => {
    const { url } = await serve()
    const { instances, predictions } = golden()
    expect(new Set(predictions)).toEqual(new Set([0, 1]))
    const v1 = await post(`${url}/v1/models/churn:predict`, { instances })
    expect(await v1.json()).toEqual({ predictions })
    const data = instances.flat()
    const inputs = [{ name: 'features', shape: [instances.length, 6], datatype: 'FP64', data }]
    const v2 = await post(`${url}/v2/models/churn/infer`, { inputs })
    const version = createHash('sha256')
      .update(readFileSync(join(product, 'model', 'model.json')))
      .digest('hex')
      .slice(0, 12)
    expect(await v2.json()).toEqual({
      model_name: 'churn',
      model_version: version,
      outputs: [{ name: 'churned', shape: [instances.length], datatype: 'INT64', data: predictions }],
    })
    expect(v1.headers.get('x-model-version')).toBe(version)
  })

  test('agrees with the golden request of the repository, which no training may change', async () => {
    const { url } = await serve()
    const { instances, predictions } = JSON.parse(readFileSync(join(product, 'tests', 'golden.json'), 'utf8'))
    const answer = await post(`${url}/v1/models/churn:predict`, { instances })
    expect(await answer.json()).toEqual({ predictions })
  })

  test.each([
    ['/v1/models/churn', { name: 'churn', ready: true }],
    ['/v2/models/churn/ready', { name: 'churn', ready: true }],
    ['/v2/health/ready', { ready: true }],
  ])('is ready at %s', async (path, body) => {
    const { url } = await serve()
    const response = await fetch(url + path)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual(body)
  })

  test.each([
    ['a body that is not JSON', '{'],
    ['no instances', {}],
    ['an instance of the wrong length', { instances: [[1, 2]] }],
    ['a word for a number', { instances: [[1, 2, 3, 4, 5, 'six']] }],
  ])('answers 400 to %s', async (_, body) => {
    const { url } = await serve()
    const response = await post(`${url}/v1/models/churn:predict`, body)
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ error: expect.any(String) })
  })

  test('ends in order at TERM', async () => {
    const { child } = await serve()
    child.kill('SIGTERM')
    expect(await once(child, 'close')).toEqual([0, null])
  })

  test('does not start without a model', async () => {
    const done = await run(['python3', 'api.py'], { MODEL_DIR: 'absent', PORT: '0' })
    expect(done.code).toBe(1)
    expect(done.output).toContain('absent/model.json')
  })

  test('crashes at start with the patch of the broken variant, which its own tests do not notice', async () => {
    const broken = join(work, 'broken')
    cpSync(PRODUCT, broken, { recursive: true })
    expect(await run(['git', 'apply', 'variants/server-crashes.patch'], {}, broken)).toEqual({
      code: 0,
      output: '',
    })
    const done = await run(['python3', 'api.py'], { MODEL_DIR: join(product, 'model'), PORT: '0' }, broken)
    expect(done.code).toBe(1)
    expect(done.output).toContain("KeyError: 'MODEL_PATH'")
    expect(await run(['python3', '-m', 'unittest', 'tests.test_api'], {}, broken)).toMatchObject({ code: 0 })
  })
})

test("the product's own tests pass", async () => {
  const done = await run(['python3', '-m', 'unittest'])
  expect(done.output).toMatch(/Ran 14 tests .*\n\nOK/s)
  expect(done.code).toBe(0)
})
