import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { pullImage } from '../src/containers/index.ts'
import { runDocker } from '../src/docker/main.ts'
import { createMemoryArtifacts, createS3Artifacts } from '../src/kfp/index.ts'
import { at, listAt, objectAt, parseJson, textAt, toJson } from '../src/kfp/json.wire.ts'
import { createMlflowState, startMlflow } from '../src/mlflow/index.ts'
import { addRepository, issuePassword, type RegistryServer, startRegistry } from '../src/registry/index.ts'
import { createS3State } from '../src/s3/index.ts'
import {
  call,
  closeAll,
  IMAGE,
  manifest,
  messageOf,
  nodeNamed,
  oneImage,
  settled,
  shellPipeline,
  start,
  until,
  v2,
} from './kfp-server.ts'

afterEach(closeAll)

async function submit(
  server: Awaited<ReturnType<typeof start>>,
  spec: unknown,
  rest: object = {},
): Promise<string> {
  const { body } = await v2(server, 'POST', '/runs', { display_name: 'r', pipeline_spec: spec, ...rest })
  return textAt(body, 'run_id')
}

function stateOf(server: Awaited<ReturnType<typeof start>>, id: string): Promise<string> {
  return v2(server, 'GET', `/runs/${id}`).then(({ body }) => textAt(body, 'state'))
}

const FOREVER = shellPipeline({ one: { script: 'trap "" INT; echo started; sleep 1000' } })

describe('a run that works', () => {
  test('goes from PENDING over RUNNING to SUCCEEDED and says when', async () => {
    const server = await start()
    const id = await submit(server, shellPipeline({ one: { script: 'echo hello' } }))
    await settled(server)
    const { body } = await v2(server, 'GET', `/runs/${id}`)
    expect(listAt(body, 'state_history').map((entry) => textAt(entry, 'state'))).toEqual([
      'PENDING',
      'RUNNING',
      'SUCCEEDED',
    ])
    expect(textAt(body, 'finished_at')).not.toBe('1970-01-01T00:00:00Z')
  })

  test('has task details in which nothing stands that one would want to know', async () => {
    const server = await start()
    const id = await submit(server, shellPipeline({ one: { script: 'true' } }))
    await settled(server)
    const details = listAt((await v2(server, 'GET', `/runs/${id}`)).body, 'run_details', 'task_details')
    const names = details.map((task) => textAt(task, 'display_name'))
    expect(names).toEqual([
      expect.stringMatching(/^shell-/),
      'root-driver',
      'root',
      'one-driver',
      'one',
      'executor',
    ])
    const keys = new Set(details.flatMap((task) => Object.keys(objectAt(task))))
    expect([...keys].sort()).toEqual([
      'child_tasks',
      'create_time',
      'display_name',
      'end_time',
      'run_id',
      'start_time',
      'state',
      'state_history',
      'task_id',
    ])
  })

  test('runs tasks in the order of their dependencies', async () => {
    const server = await start()
    await submit(server, shellPipeline({ b: { script: 'true', after: ['a'] }, a: { script: 'true' } }))
    await settled(server)
    const [workflow] = server.state.workflows
    expect([...(workflow?.executions.keys() ?? [])]).toEqual(['a', 'b'])
  })

  test('fills placeholders of every type as the launcher does', async () => {
    const server = await start()
    const parameters = {
      number: { parameterType: 'NUMBER_DOUBLE', defaultValue: 0.0000001 },
      whole: { parameterType: 'NUMBER_INTEGER', defaultValue: 7.0 },
      flag: { parameterType: 'BOOLEAN', defaultValue: false },
      list: { parameterType: 'LIST', defaultValue: [1, 'a'] },
    }
    const place = (name: string): string => `{{$.inputs.parameters['${name}']}}`
    const script = `echo '${place('number')} ${place('whole')} ${place('flag')} ${place('list')}'; echo "${place('absent')}"`
    await submit(server, shellPipeline({ one: { script } }, parameters), { runtime_config: {} })
    await settled(server)
    const pod = [...(server.state.workflows[0]?.nodes.values() ?? [])].find(
      (node) => node.displayName === 'executor',
    )
    expect(pod?.logs()).toBe(`0.0000001 7 false [1,"a"]\n${place('absent')}\n`)
  })
})

describe('a run that fails', () => {
  test('shows the reason only in the workflow, and its log by both ways', async () => {
    const server = await start()
    const id = await submit(
      server,
      shellPipeline({ bad: { script: 'echo no data; exit 3' }, next: { script: 'true', after: ['bad'] } }),
    )
    await settled(server)
    const { body } = await v2(server, 'GET', `/runs/${id}`)
    expect([textAt(body, 'state'), at(body, 'error')]).toEqual(['FAILED', undefined])
    const node = await nodeNamed(server, id, 'executor')
    expect(node).toMatchObject({
      phase: 'Failed',
      message: 'Error (exit code 1)',
      templateName: 'system-container-impl',
    })
    expect(textAt(node, 'name')).toMatch(/^shell-\w{5}\.root\.bad\.executor$/)
    expect(await nodeNamed(server, id, 'next')).toMatchObject({ phase: 'Omitted' })
    const omitted = listAt(body, 'run_details', 'task_details').find(
      (task) => textAt(task, 'display_name') === 'next',
    )
    expect(at(omitted, 'state')).toBeUndefined()
    const pod = textAt(node, 'id').replace(/-(\d+)$/, '-system-container-impl-$1')
    const direct = await fetch(`${server.url}/apis/v1alpha1/runs/${id}/nodes/${pod}/log`)
    expect(await direct.text()).toBe('no data\n')
    const byUi = await fetch(`${server.url}/pipeline/k8s/pod/logs?podname=${pod}&podnamespace=kubeflow`)
    expect(await byUi.text()).toBe('no data\n')
  })

  test('the log of a pod that is not there is an error with status 200', async () => {
    const server = await start()
    const answer = await call(server, 'GET', '/apis/v1alpha1/runs/a/nodes/b/log')
    expect(answer).toMatchObject({ status: 200, body: { error_message: expect.any(String) } })
  })

  test('an output parameter that was not written fails the task after its command succeeded', async () => {
    const server = await start()
    const outputs = { parameters: { accuracy: { parameterType: 'NUMBER_DOUBLE' } } }
    const id = await submit(server, shellPipeline({ one: { script: 'true', outputs } }))
    await settled(server)
    expect(await stateOf(server, id)).toBe('FAILED')
    const pod = [...(server.state.workflows[0]?.nodes.values() ?? [])].find(
      (node) => node.displayName === 'executor',
    )
    expect(pod?.logs()).toContain('failed to read output parameter name="accuracy" type="NUMBER_DOUBLE"')
  })

  test('can be retried: what succeeded is not run again', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'kfp-retry-'))
    const mark = join(directory, 'mark')
    const server = await start()
    const flaky = `echo run >> '${directory}/second'; test -e '${mark}'`
    const tasks = {
      first: { script: `echo run >> '${directory}/first'` },
      second: { script: flaky, after: ['first'] },
    }
    const id = await submit(server, shellPipeline(tasks))
    await settled(server)
    expect(await stateOf(server, id)).toBe('FAILED')
    mkdirSync(mark)
    expect((await v2(server, 'POST', `/runs/${id}:retry`)).status).toBe(200)
    expect(await stateOf(server, id)).toBe('RUNNING')
    await settled(server)
    expect(await stateOf(server, id)).toBe('SUCCEEDED')
    expect(readFileSync(join(directory, 'first'), 'utf8')).toBe('run\n')
    expect(readFileSync(join(directory, 'second'), 'utf8')).toBe('run\nrun\n')
    expect((await v2(server, 'POST', `/runs/${id}:retry`)).status).toBe(400)
    rmSync(directory, { recursive: true })
  })
})

describe('an image that was never pushed', () => {
  const missing = shellPipeline({ one: { script: 'true', image: 'registry.example/absent:1' } })

  test('leaves the run RUNNING and its pod Pending, with the reason in the workflow', async () => {
    const server = await start()
    const id = await submit(server, missing)
    const node = await until(
      () => nodeNamed(server, id, 'executor'),
      (seen) => textAt(seen, 'message').startsWith('ImagePullBackOff'),
    )
    expect(node).toMatchObject({
      phase: 'Pending',
      message: expect.stringContaining('registry.example/absent:1: not found'),
    })
    expect(await stateOf(server, id)).toBe('RUNNING')
    const pod = textAt(node, 'id').replace(/-(\d+)$/, '-system-container-impl-$1')
    const shown = await call(server, 'GET', `/pipeline/k8s/pod?podname=${pod}`)
    expect(['ErrImagePull', 'ImagePullBackOff']).toContain(
      textAt(listAt(shown.body, 'status', 'containerStatuses')[0], 'state', 'waiting', 'reason'),
    )
  })

  test('is run as soon as it is there', async () => {
    let pushed = false
    const images = oneImage()
    const server = await start({
      pullImage: (options) =>
        images(pushed ? { ...options, reference: 'registry.example/train:1' } : options),
    })
    const id = await submit(server, missing)
    await until(
      () => nodeNamed(server, id, 'executor'),
      (node) => textAt(node, 'message').startsWith('ErrImagePull'),
    )
    pushed = true
    await settled(server)
    expect(await stateOf(server, id)).toBe('SUCCEEDED')
  })

  test('shows what the registry said when it is really asked', async () => {
    const server = await start({ pullImage, registryUrl: 'http://127.0.0.1:1' })
    const id = await submit(server, missing)
    const node = await until(
      () => nodeNamed(server, id, 'executor'),
      (seen) => textAt(seen, 'message').includes('ErrImagePull'),
    )
    expect(textAt(node, 'message')).toContain('failed to pull and unpack image "registry.example/absent:1"')
  })

  test('a name that is no image name is said to be one', async () => {
    const server = await start()
    const id = await submit(server, shellPipeline({ one: { script: 'true', image: 'Not An Image' } }))
    const node = await until(
      () => nodeNamed(server, id, 'executor'),
      (seen) => textAt(seen, 'message') !== '',
    )
    expect(textAt(node, 'message')).toMatch(/^InvalidImageName/)
  })
})

describe('terminating', () => {
  test('kills the process; the run is CANCELING, then FAILED, never CANCELED', async () => {
    const server = await start()
    const id = await submit(server, FOREVER)
    await until(
      () => nodeNamed(server, id, 'executor'),
      (node) => textAt(node, 'phase') === 'Running',
    )
    expect(await v2(server, 'POST', `/runs/${id}:terminate`)).toEqual({ status: 200, body: {} })
    expect(await stateOf(server, id)).toBe('CANCELING')
    await settled(server)
    const { body } = await v2(server, 'GET', `/runs/${id}`)
    const history = listAt(body, 'state_history').map((entry) => textAt(entry, 'state'))
    expect(history).toEqual(['PENDING', 'RUNNING', 'CANCELING', 'FAILED'])
    expect(await manifest(server, id)).toMatchObject({
      spec: { activeDeadlineSeconds: 0 },
      status: { phase: 'Failed' },
    })
  })

  test('ends a run that waits for its image', async () => {
    const server = await start({ pullBackOff: 1_000_000 })
    const id = await submit(
      server,
      shellPipeline({ one: { script: 'true', image: 'registry.example/absent:1' } }),
    )
    await until(
      () => nodeNamed(server, id, 'executor'),
      (node) => textAt(node, 'message').startsWith('ErrImagePull'),
    )
    await v2(server, 'POST', `/runs/${id}:terminate`)
    await settled(server)
    expect(await stateOf(server, id)).toBe('FAILED')
  })

  test('a run that has ended cannot be terminated', async () => {
    const server = await start()
    const id = await submit(server, shellPipeline({ one: { script: 'true' } }))
    await settled(server)
    const answer = await v2(server, 'POST', `/runs/${id}:terminate`)
    expect([answer.status, messageOf(answer)]).toEqual([400, expect.stringContaining('Row not found')])
  })

  test('closing the server leaves no process behind', async () => {
    const server = await start()
    const id = await submit(server, FOREVER)
    await until(
      () => nodeNamed(server, id, 'executor'),
      (node) => textAt(node, 'phase') === 'Running',
    )
    await closeAll()
    expect(server.state.workflows.map((workflow) => workflow.phase)).toEqual(['Failed'])
  })
})

test('archiving changes where a run is kept, deleting makes it 404', async () => {
  const server = await start()
  const id = await submit(server, shellPipeline({ one: { script: 'true' } }))
  await settled(server)
  await v2(server, 'POST', `/runs/${id}:archive`)
  expect((await v2(server, 'GET', `/runs/${id}`)).body).toMatchObject({
    storage_state: 'ARCHIVED',
    state: 'SUCCEEDED',
  })
  await v2(server, 'POST', `/runs/${id}:unarchive`)
  expect((await v2(server, 'GET', `/runs/${id}`)).body).toMatchObject({ storage_state: 'AVAILABLE' })
  await v2(server, 'DELETE', `/runs/${id}`)
  expect((await v2(server, 'GET', `/runs/${id}`)).status).toBe(404)
})

describe('the product', () => {
  const product = join(import.meta.dirname, '../../../test/product')
  const pipeline = toJson(parse(readFileSync(join(product, 'pipeline/pipeline.yaml'), 'utf8')))
  let registry: RegistryServer
  let auth: { username: string; password: string }
  let data: Buffer
  let work = ''

  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'kfp-product-'))
    cpSync(product, work, { recursive: true })
    execFileSync('python3', ['generate_data.py', '--rows', '800'], { cwd: work })
    data = readFileSync(join(work, 'data/churn.csv'))
    registry = await startRegistry()
    addRepository(registry.state, 'churn-training', 0)
    const principal = { arn: 'arn:aws:iam::123456789012:user/ci', accessKeyId: 'A', secretAccessKey: 's' }
    auth = { username: 'AWS', password: issuePassword(registry.state, principal, Date.now()).password }
  })
  afterAll(async () => {
    await registry.close()
    rmSync(work, { recursive: true, force: true })
  })

  /** Builds training/Dockerfile and pushes it; the reference by digest. */
  async function pushTrainingImage(): Promise<string> {
    const image = `${registry.host}/churn-training`
    const credentials = { auths: { [registry.host]: { auth: btoa(`AWS:${auth.password}`) } } }
    const metadata = join(work, 'metadata.json')
    const words = [
      'buildx',
      'build',
      '--push',
      '-f',
      join(work, 'training/Dockerfile'),
      '--build-arg',
      'BASE=scratch',
    ]
    const quiet = (): void => {}
    const code = await runDocker([...words, '--metadata-file', metadata, '-t', `${image}:1`, work], {
      env: { HOME: work, DOCKER_AUTH_CONFIG: JSON.stringify(credentials) },
      signal: new AbortController().signal,
      stdout: quiet,
      stderr: quiet,
    })
    expect(code).toBe(0)
    return `${image}@${textAt(parseJson(readFileSync(metadata, 'utf8')), 'containerimage.digest')}`
  }

  test('is built, pushed, pulled by digest, trained and evaluated, from S3 to S3, and tracked', async () => {
    const s3 = createS3State({ buckets: ['ml'] })
    const artifacts = createS3Artifacts(s3)
    await artifacts.write('s3://ml/churn/data/1/', new Map([['churn.csv', data]]))
    const mlflow = await startMlflow({ state: createMlflowState() })
    const server = await start({ pullImage, registryAuth: auth, artifacts, pipelineRoot: 's3://ml/kfp' })
    const image = await pushTrainingImage()
    const parameters = { image, data_uri: 's3://ml/churn/data/1/', mlflow_uri: mlflow.url, epochs: 60 }
    const id = await submit(server, pipeline, { runtime_config: { parameters } })
    await settled(server)
    await mlflow.close()
    expect(await stateOf(server, id)).toBe('SUCCEEDED')
    const [workflow] = server.state.workflows
    const [run] = mlflow.state.runs.values()
    expect(workflow?.executions.get('train')?.outputs).toEqual({ mlflow_run_id: run?.id })
    expect(run?.tags.get('kfp.pipeline_run_id')).toBe(id)
    expect(run?.params.get('epochs')).toBe('60')
    const accuracy = run?.metrics.find((metric) => metric.key === 'accuracy')?.value
    expect(accuracy).toBeGreaterThan(0.8)
    expect(workflow?.executions.get('evaluate')?.artifacts).toMatchObject([
      { type: 'system.Metrics', metadata: { accuracy } },
    ])
    expect([...(s3.buckets.get('ml')?.objects.keys() ?? [])]).toEqual(
      expect.arrayContaining([
        `kfp/churn-training/${id}/train/model/model.json`,
        `kfp/churn-training/${id}/evaluate/metrics`,
      ]),
    )
  })

  test('fails when its data is not there', async () => {
    const server = await start({ artifacts: createMemoryArtifacts() })
    const parameters = { image: IMAGE, data_uri: 's3://ml/churn/data/absent/' }
    const id = await submit(server, pipeline, { runtime_config: { parameters } })
    await settled(server)
    expect(await stateOf(server, id)).toBe('FAILED')
    const pod = [...(server.state.workflows[0]?.nodes.values() ?? [])].find(
      (node) => node.displayName === 'executor',
    )
    expect(pod?.logs()).toContain('failed to download input artifact "data"')
  })
})
