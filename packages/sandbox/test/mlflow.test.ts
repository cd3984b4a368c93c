import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { createMlflowState, type MlflowServer, startMlflow } from '../src/mlflow/index.ts'

interface RecordedCall {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly status: number
  readonly contentType: string
  readonly save?: { readonly name: string; readonly at: string }
  readonly answer?: unknown
}

const fixture: { calls: RecordedCall[] } = JSON.parse(
  readFileSync(join(import.meta.dirname, 'fixtures', 'mlflow-3.17.2.json'), 'utf8'),
)

const servers: MlflowServer[] = []

async function start(options: Parameters<typeof startMlflow>[0] = {}): Promise<MlflowServer> {
  const server = await startMlflow(options)
  servers.push(server)
  return server
}

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

function send(url: string, method: string, path: string, body?: unknown): Promise<Response> {
  return fetch(`${url}/api/2.0/mlflow/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

const TIME = /^(creation_timestamp|last_updated_timestamp|creation_time|last_update_time|.*_ms)$/

/** What the recorder did too: times become 0. Text of the database behind an "already exists" is not compared. */
function normalise(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normalise)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).map(([key, item]) => {
    if (TIME.test(key)) return [key, 0]
    if (key === 'message' && typeof item === 'string') return [key, item.replace(/ Error: \(sqlite3.*$/s, '')]
    return [key, normalise(item)]
  })
  return Object.fromEntries(entries)
}

function pick(value: unknown, path: string): string {
  return String(path.split('.').reduce((at: unknown, key) => Object(at)[key], value))
}

describe('answers what a real MLflow 3.17.2 answered, call by call', () => {
  const saved: [string, string][] = []
  let server: MlflowServer
  const fill = (text: string): string => saved.reduce((at, [name, value]) => at.replaceAll(name, value), text)
  const blank = (text: string): string =>
    saved.reduce((at, [name, value]) => at.replaceAll(value, name), text)

  beforeAll(async () => {
    server = await startMlflow()
  })
  afterAll(() => server.close())

  test.each(
    fixture.calls.map((call, index): [string, RecordedCall] => [
      `${index} ${call.method} ${call.path}`,
      call,
    ]),
  )('%s', async (_, call) => {
    const body = call.body === undefined ? undefined : JSON.parse(fill(JSON.stringify(call.body)))
    const response = await send(server.url, call.method, fill(call.path), body)
    const text = await response.text()
    if (call.save) saved.push([`$${call.save.name}`, pick(JSON.parse(text), call.save.at)])
    const seen = { status: response.status, contentType: response.headers.get('content-type') }
    expect(seen).toEqual({ status: call.status, contentType: call.contentType })
    if (call.answer !== undefined) expect(normalise(JSON.parse(blank(text)))).toEqual(normalise(call.answer))
  })
})

describe('the server', () => {
  test('says that it is well, and its version, to anybody', async () => {
    const { url } = await start({ users: [{ username: 'ci', password: 'secret' }], version: '2.22.0' })
    expect(await (await fetch(`${url}/health`)).text()).toBe('OK')
    expect(await (await fetch(`${url}/version`)).text()).toBe('2.22.0')
  })

  test('challenges a stranger in plain text and lets basic credentials in', async () => {
    const { url } = await start({ users: [{ username: 'ci', password: 'secret' }] })
    const path = `${url}/api/2.0/mlflow/experiments/get?experiment_id=0`
    const stranger = await fetch(path)
    expect(stranger.status).toBe(401)
    expect(stranger.headers.get('www-authenticate')).toMatch(/^Basic/)
    expect(await stranger.text()).toContain('You are not authenticated')
    const wrong = await fetch(path, { headers: { authorization: `Basic ${btoa('ci:wrong')}` } })
    expect(wrong.status).toBe(401)
    const known = await fetch(path, { headers: { authorization: `Basic ${btoa('ci:secret')}` } })
    expect(known.status).toBe(200)
  })

  test('wants JSON to be declared as JSON', async () => {
    const { url } = await start()
    const response = await fetch(`${url}/api/2.0/mlflow/registered-models/create`, {
      method: 'POST',
      body: '{"name":"x"}',
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error_code: 'INVALID_PARAMETER_VALUE' })
  })

  test('registers a version that is sent twice twice, and the state shows it', async () => {
    const state = createMlflowState({ artifactRoot: 's3://ml/mlflow' })
    const { url } = await start({ state, now: () => 42 })
    await send(url, 'POST', 'registered-models/create', { name: 'churn' })
    const version = { name: 'churn', source: 's3://ml/churn/1/' }
    await send(url, 'POST', 'model-versions/create', version)
    await send(url, 'POST', 'model-versions/create', version)
    expect([...(state.models.get('churn')?.versions.keys() ?? [])]).toEqual([1, 2])
    expect(state.models.get('churn')?.createdAt).toBe(42)
  })

  test("finds a model by the filter that MLflow's own SDK sends", async () => {
    const { url } = await start()
    await send(url, 'POST', 'registered-models/create', { name: 'churn' })
    const filter = "name LIKE 'ch%' AND tag.`mlflow.prompt.is_prompt` != 'true'"
    const response = await send(url, 'GET', `registered-models/search?${new URLSearchParams({ filter })}`)
    expect(await response.json()).toMatchObject({ registered_models: [{ name: 'churn' }] })
  })

  test('a test may hold a version at PENDING_REGISTRATION', async () => {
    const { url, state } = await start()
    await send(url, 'POST', 'registered-models/create', { name: 'churn' })
    await send(url, 'POST', 'model-versions/create', { name: 'churn', source: 's3://ml/churn/1/' })
    const version = state.models.get('churn')?.versions.get(1)
    if (version) version.status = 'PENDING_REGISTRATION'
    const response = await send(url, 'GET', 'model-versions/get?name=churn&version=1')
    expect(await response.json()).toMatchObject({ model_version: { status: 'PENDING_REGISTRATION' } })
  })

  test('pages through versions by the token it gave', async () => {
    const { url } = await start()
    await send(url, 'POST', 'registered-models/create', { name: 'churn' })
    for (const part of ['a', 'b', 'c']) {
      await send(url, 'POST', 'model-versions/create', { name: 'churn', source: `s3://ml/${part}/` })
    }
    const sources: string[] = []
    let token = ''
    do {
      const query = new URLSearchParams({
        max_results: '2',
        order_by: 'version_number ASC',
        page_token: token,
      })
      const page = JSON.parse(await (await send(url, 'GET', `model-versions/search?${query}`)).text())
      for (const version of page.model_versions) sources.push(version.source)
      token = page.next_page_token ?? ''
    } while (token !== '')
    expect(sources).toEqual(['s3://ml/a/', 's3://ml/b/', 's3://ml/c/'])
  })
})
