import { afterEach, describe, expect, test } from '@jest/globals'
import { stringify } from 'yaml'
import { listAt, textAt } from '../src/kfp/json.wire.ts'
import { call, closeAll, IMAGE, messageOf, settled, shellPipeline, start, v2 } from './kfp-server.ts'

const TRUE = shellPipeline({ one: { script: 'true' } })

afterEach(closeAll)

async function upload(url: string, path: string, file: string, content: string): Promise<Response> {
  const form = new FormData()
  form.set('uploadfile', new File([content], file))
  return fetch(`${url}${path}`, { method: 'POST', body: form })
}

describe('the two faces of the host', () => {
  test('the API server and the UI server say differently that they are well', async () => {
    const server = await start()
    expect((await v2(server, 'GET', '/healthz')).body).toMatchObject({
      tag_name: '2.16.0',
      multi_user: false,
    })
    expect((await call(server, 'GET', '/pipeline/apis/v2beta1/healthz')).body).toMatchObject({
      apiServerReady: true,
      apiServerTagName: '2.16.0',
    })
  })

  test('the UI answers its page to what it does not know, the API server 404 or 501', async () => {
    const server = await start()
    const page = await fetch(`${server.url}/pipeline/apis/v1alpha1/runs/a/nodes/b/log`)
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(await v2(server, 'GET', '/nonsense')).toMatchObject({ status: 404, body: { code: 5 } })
    expect(await v2(server, 'DELETE', '/experiments')).toMatchObject({ status: 501, body: { code: 12 } })
  })
})

describe('who is let in', () => {
  test('oauth2-proxy refuses API calls without a token in JSON, Istio a wrong token in text', async () => {
    const server = await start({ tokens: ['good'] })
    const path = `${server.url}/pipeline/apis/v2beta1/runs`
    const stranger = await fetch(path)
    expect([stranger.status, await stranger.text()]).toEqual([401, '{}'])
    const expired = await fetch(path, { headers: { authorization: 'Bearer old' } })
    expect([expired.status, await expired.text()]).toEqual([401, 'Jwt is expired'])
    expect((await fetch(path, { headers: { authorization: 'Bearer good' } })).status).toBe(200)
  })

  test('Dex sends a stranger to an HTML page, which answers 200', async () => {
    const server = await start({ tokens: ['good'], login: 'dex' })
    const path = `${server.url}/pipeline/apis/v2beta1/runs`
    expect((await fetch(path, { redirect: 'manual' })).status).toBe(302)
    const followed = await fetch(path)
    expect([followed.status, followed.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  })
})

describe('experiments', () => {
  test('a name is given once', async () => {
    const server = await start({ clock: { now: () => 1_700_000_000_500, sleep: async () => {} } })
    const first = await v2(server, 'POST', '/experiments', { displayName: 'churn' })
    expect(first.body).toEqual({
      experiment_id: expect.any(String),
      display_name: 'churn',
      created_at: '2023-11-14T22:13:20Z',
      storage_state: 'AVAILABLE',
      last_run_created_at: '1970-01-01T00:00:00Z',
    })
    const second = await v2(server, 'POST', '/experiments', { display_name: 'churn' })
    expect(second.status).toBe(409)
    expect(messageOf(second)).toContain('The name churn already exists')
    const id = textAt(first.body, 'experiment_id')
    expect((await v2(server, 'GET', `/experiments/${id}`)).body).toEqual(first.body)
  })

  test('an unknown one is 404 with a short message beside the chain', async () => {
    const answer = await v2(await start(), 'GET', '/experiments/none')
    expect(answer.status).toBe(404)
    expect(messageOf(answer)).toBe('Experiment none not found.')
    expect(textAt(answer.body, 'message')).toBe(
      'Failed to get experiment: ResourceNotFoundError: Experiment none not found.',
    )
  })

  test('a list without entries has no keys', async () => {
    expect((await v2(await start(), 'GET', '/experiments')).body).toEqual({})
  })

  test('a field that the server does not know is refused', async () => {
    const answer = await v2(await start(), 'POST', '/experiments', { display_name: 'x', tags: {} })
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 3, message: expect.stringContaining('unknown field "tags"') },
    })
  })

  test('in multi-user mode a namespace is needed', async () => {
    const server = await start({ multiUser: true })
    const missing = await v2(server, 'POST', '/experiments', { display_name: 'x' })
    expect(messageOf(missing)).toBe('Experiment must have namespace in multi-user mode')
    await v2(server, 'POST', '/experiments', { display_name: 'x', namespace: 'team-a' })
    expect(listAt((await v2(server, 'GET', '/experiments?namespace=team-b')).body, 'experiments')).toEqual([])
    expect((await v2(server, 'GET', '/experiments')).status).toBe(400)
  })
})

describe('pipelines', () => {
  test('an upload makes a pipeline and its first version; more versions follow; names are unique', async () => {
    const server = await start()
    const path = '/apis/v2beta1/pipelines'
    const first = await upload(server.url, `${path}/upload?name=churn`, 'p.yaml', stringify(TRUE))
    expect(first.status).toBe(200)
    expect((await upload(server.url, `${path}/upload?name=churn`, 'p.yaml', stringify(TRUE))).status).toBe(
      409,
    )
    const pipeline = await v2(server, 'GET', '/pipelines/names/churn')
    const id = textAt(pipeline.body, 'pipeline_id')
    const version = await upload(
      server.url,
      `${path}/upload_version?name=v2&pipelineid=${id}`,
      'p.yaml',
      stringify(TRUE),
    )
    expect(await version.json()).toMatchObject({ pipeline_id: id, display_name: 'v2' })
    const again = await upload(
      server.url,
      `${path}/upload_version?name=v2&pipelineid=${id}`,
      'p.yaml',
      stringify(TRUE),
    )
    expect(again.status).toBe(409)
    const filter = encodeURIComponent(
      encodeURIComponent('{"predicates":[{"key":"display_name","operation":"EQUALS","string_value":"v2"}]}'),
    )
    const listed = await v2(server, 'GET', `/pipelines/${id}/versions?filter=${filter}`)
    expect(listed.body).toMatchObject({
      total_size: 1,
      pipeline_versions: [{ name: 'v2', pipeline_spec: TRUE }],
    })
  })

  test.each([
    ['no pipeline', 'p.yaml', 'a: 1', 'no pipeline spec is provided'],
    [
      'an old schema',
      'p.yaml',
      stringify({ ...TRUE, schemaVersion: '2.0.0' }),
      'only supports schema version 2.1.0',
    ],
    ['broken YAML', 'p.yaml', 'a: [', 'unable to decode yaml document'],
    ['another kind of file', 'p.py', 'import kfp', 'Unexpected pipeline file format'],
  ])('%s is refused with 400 in the shape of the upload endpoint', async (_, file, content, text) => {
    const server = await start()
    const answer = await upload(server.url, '/apis/v2beta1/pipelines/upload?name=x', file, content)
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ error_details: expect.stringContaining(text) })
    expect(server.state.pipelines.size).toBe(0)
  })

  test('a pipeline with versions is deleted only in cascade', async () => {
    const server = await start()
    const made = await upload(server.url, '/apis/v2beta1/pipelines/upload?name=x', 'p.yaml', stringify(TRUE))
    const id = textAt(JSON.parse(await made.text()), 'pipeline_id')
    expect((await v2(server, 'DELETE', `/pipelines/${id}`)).status).toBe(400)
    expect((await v2(server, 'DELETE', `/pipelines/${id}?cascade=true`)).status).toBe(200)
    expect(server.state.versions.size).toBe(0)
  })
})

describe('creating a run', () => {
  const TYPED = shellPipeline(
    { one: { script: 'true' } },
    {
      epochs: { parameterType: 'NUMBER_INTEGER' },
      name: { parameterType: 'STRING', defaultValue: '', isOptional: true },
      fast: { parameterType: 'BOOLEAN', defaultValue: false },
      layers: { parameterType: 'LIST', isOptional: true },
      extra: { parameterType: 'STRUCT', isOptional: true },
    },
  )

  test.each([
    [{}, 'parameter epochs is not optional, yet has neither default value nor user provided value'],
    [
      { epochs: '1' },
      'input parameter epochs requires type double or integer, but the parameter value is not of number value type',
    ],
    [
      { epochs: 1, name: 5 },
      'input parameter name requires type string, but the input parameter is not of string value type',
    ],
    [
      { epochs: 1, fast: 'true' },
      'input parameter fast requires type bool, but the input parameter is not of bool value type',
    ],
    [
      { epochs: 1, layers: {} },
      'input parameter layers requires type list, but the input parameter is not of list value type',
    ],
    [
      { epochs: 1, extra: [] },
      'input parameter extra requires type struct, but the input parameter is not of struct value type',
    ],
    [{ epochs: 1, epoch: 2 }, 'parameter(s) provided are not required by pipeline: epoch'],
  ])('checks the type of every parameter: %j', async (parameters, message) => {
    const server = await start()
    const answer = await v2(server, 'POST', '/runs', {
      display_name: 'r',
      pipeline_spec: TYPED,
      runtime_config: { parameters },
    })
    expect([answer.status, messageOf(answer)]).toEqual([400, message])
    expect(server.state.workflows).toEqual([])
  })

  test('without a runtime_config even optional parameters are asked for', async () => {
    const answer = await v2(await start(), 'POST', '/runs', { display_name: 'r', pipeline_spec: TYPED })
    expect(messageOf(answer)).toMatch(/^pipeline requiring input has no parameter\(s\) provided/)
  })

  test('a fraction passes as an integer', async () => {
    const server = await start()
    const runtime_config = { parameters: { epochs: 1.5 } }
    expect(
      (await v2(server, 'POST', '/runs', { display_name: 'r', pipeline_spec: TYPED, runtime_config })).status,
    ).toBe(200)
    await settled(server)
  })

  test.each([
    ['a spec that cannot be read', { pipeline_spec: { pipelineInfo: { name: 'x' } } }],
    ['an unknown version', { pipeline_version_reference: { pipeline_id: 'a', pipeline_version_id: 'b' } }],
    ['no pipeline at all', {}],
  ])('%s is answered with 500, as the real server does', async (_, source) => {
    const answer = await v2(await start(), 'POST', '/runs', { display_name: 'r', ...source })
    expect(answer.status).toBe(500)
    expect(messageOf(answer)).toBe('Failed to create a run due to error fetching manifest')
  })

  test('what belongs to newer servers is refused', async () => {
    const answer = await v2(await start(), 'POST', '/runs', {
      display_name: 'r',
      pipeline_spec: TRUE,
      plugins_input: {},
    })
    expect(answer).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('"plugins_input"') },
    })
  })

  test('in multi-user mode an experiment is needed', async () => {
    const server = await start({ multiUser: true })
    const answer = await v2(server, 'POST', '/runs', { display_name: 'r', pipeline_spec: TRUE })
    expect(messageOf(answer)).toBe('Experiment id can not be empty in multi-user mode')
  })

  test('the newest version is taken when none is named', async () => {
    const server = await start()
    const path = '/apis/v2beta1/pipelines'
    await upload(server.url, `${path}/upload?name=churn`, 'p.yaml', stringify(TRUE))
    const [id = ''] = server.state.pipelines.keys()
    await upload(server.url, `${path}/upload_version?name=v2&pipelineid=${id}`, 'p.yaml', stringify(TRUE))
    const newest = [...server.state.versions.values()].find((version) => version.name === 'v2')
    const run = await v2(server, 'POST', '/runs', {
      display_name: 'r',
      pipeline_version_reference: { pipeline_id: id },
    })
    expect(run.body).toMatchObject({
      pipeline_version_reference: { pipeline_id: id, pipeline_version_id: newest?.id },
      state: 'PENDING',
      finished_at: '1970-01-01T00:00:00Z',
    })
    expect(textAt(run.body, 'pipeline_spec')).toBe('')
    await settled(server)
  })

  test('a client may choose the id; a second POST starts a second workflow and then fails with 500', async () => {
    const server = await start()
    const body = { run_id: '5b0c0d3e-0000-5000-8000-000000000001', display_name: 'r', pipeline_spec: TRUE }
    const first = await v2(server, 'POST', '/runs', body)
    expect(textAt(first.body, 'run_id')).toBe(body.run_id)
    const second = await v2(server, 'POST', '/runs', body)
    expect(second.status).toBe(500)
    expect(textAt(second.body, 'message')).toContain('Duplicate entry')
    expect(server.state.runs.size).toBe(1)
    expect(server.state.workflows.map((workflow) => workflow.runId)).toEqual([body.run_id, body.run_id])
    await settled(server)
  })
})

describe('listing runs', () => {
  async function serverWithRuns(names: readonly string[]) {
    let now = 0
    const server = await start({ clock: { now: () => (now += 1000), sleep: async () => {} } })
    for (const display_name of names) await v2(server, 'POST', '/runs', { display_name, pipeline_spec: TRUE })
    await settled(server)
    return server
  }

  test('pages by a token that must meet the same sort and filter again', async () => {
    const server = await serverWithRuns(['a', 'b', 'c'])
    const query = `sort_by=${encodeURIComponent('display_name desc')}&page_size=2`
    const first = await v2(server, 'GET', `/runs?${query}`)
    expect(first.body).toMatchObject({ total_size: 3, runs: [{ display_name: 'c' }, { display_name: 'b' }] })
    const token = encodeURIComponent(textAt(first.body, 'next_page_token'))
    const second = await v2(server, 'GET', `/runs?${query}&page_token=${token}`)
    expect(listAt(second.body, 'runs').map((run) => textAt(run, 'display_name'))).toEqual(['a'])
    expect(textAt(second.body, 'next_page_token')).toBe('')
    const other = await v2(server, 'GET', `/runs?sort_by=created_at&page_token=${token}`)
    expect(other.status).toBe(400)
  })

  test('decodes the filter twice: a plus sign survives only when it was encoded twice', async () => {
    const server = await serverWithRuns(['a+b', 'a b'])
    const filter = '{"predicates":[{"key":"display_name","operation":"EQUALS","string_value":"a+b"}]}'
    const names = async (encoded: string): Promise<string[]> => {
      const { body } = await v2(server, 'GET', `/runs?filter=${encoded}`)
      return listAt(body, 'runs').map((run) => textAt(run, 'display_name'))
    }
    expect(await names(encodeURIComponent(encodeURIComponent(filter)))).toEqual(['a+b'])
    expect(await names(encodeURIComponent(filter))).toEqual(['a b'])
  })

  test.each([
    ['{"predicates":[{"key":"state","operation":"EQUALS","string_value":"SUCCEEDED"}]}', ['x', 'y']],
    ['{"predicates":[{"key":"display_name","operation":9,"string_value":"y"}]}', ['y']],
    ['{"predicates":[{"key":"display_name","operation":1,"stringValue":"y"}]}', ['y']],
    ['{"predicates":[{"key":"display_name","operation":"IN","string_values":{"values":["x","z"]}}]}', ['x']],
    ['{"predicates":[{"key":"state","operation":"NOT_EQUALS","string_value":"SUCCEEDED"}]}', []],
  ])('filters by %s', async (filter, names) => {
    const server = await serverWithRuns(['x', 'y'])
    const { body } = await v2(server, 'GET', `/runs?filter=${encodeURIComponent(encodeURIComponent(filter))}`)
    expect(listAt(body, 'runs').map((run) => textAt(run, 'display_name'))).toEqual(names)
  })

  test('refuses what it cannot filter or sort by', async () => {
    const server = await start()
    expect((await v2(server, 'GET', '/runs?sort_by=colour')).status).toBe(400)
    expect((await v2(server, 'GET', '/runs?filter=nonsense')).status).toBe(400)
    expect((await v2(server, 'GET', '/runs?experiment_id=none')).status).toBe(404)
  })

  test('a run that is not there is 404', async () => {
    const answer = await v2(await start(), 'GET', '/runs/none')
    expect([answer.status, messageOf(answer)]).toEqual([404, 'Run none not found.'])
  })
})

test('the image that all tests share is there', async () => {
  const server = await start()
  await v2(server, 'POST', '/runs', {
    display_name: 'r',
    pipeline_spec: shellPipeline({ a: { script: 'exit 0', image: IMAGE } }),
  })
  await settled(server)
  expect([...server.state.runs.values()].map((run) => run.state)).toEqual(['SUCCEEDED'])
})
