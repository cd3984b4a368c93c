import { mkdir, readdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { createS3Artifacts, type KfpOptions } from '@mlops-actions/sandbox/kfp'
import { type S3Server, startS3 } from '@mlops-actions/sandbox/s3'
import { HOSTILE_TEXT } from '../../../test/harness/hostile.ts'
import { champion, IMAGE, install, pipelineOf, TRAIN } from './installation.ts'
import { step } from './step.ts'

describe('a run that succeeds', () => {
  test.each<NonNullable<KfpOptions['generation']>>(['2.16', 'next'])(
    'of generation %s gives metrics, artifacts and gates',
    async (generation) => {
      await using at = await install(undefined, { generation })
      const done = await step(at.workspace, {
        url: at.kfp.url,
        parameters: `accuracy=0.91\nepochs=5\n\nimage=${IMAGE}`,
        champion: '{"accuracy": 0.9}',
        gate: 'accuracy >= champion.accuracy - 0.005\nrows >= 100',
      })
      expect(done.failure).toBeUndefined()
      const id = String(done.outputs['run-id'])
      const model = `s3://mlpipeline/v2/artifacts/churn/${id}/train/model`
      expect(done.outputs).toMatchObject({
        state: 'SUCCEEDED',
        changed: true,
        metrics: { accuracy: 0.91, rows: 500 },
        'champion-metrics': { accuracy: 0.9 },
        'gate-passed': true,
        artifacts: { model },
        'model-uri': model,
        'output-parameters': { mlflow_run_id: 'run-of-mlflow' },
        'run-url': `${at.kfp.url}/apis/v2beta1/runs/${id}`,
      })
      expect(done.summary).toMatch(/^## ✅ churn trained and passed all 2 gates/)
      expect(done.summary).toContain('  train :')
      expect(at.kfp.state.runs.get(id)?.parameters).toEqual({ accuracy: 0.91, epochs: 5, image: IMAGE })
    },
  )

  test('is attached to when the step runs again, and by no other workflow run', async () => {
    await using at = await install()
    const first = await step(at.workspace, { url: at.kfp.url })
    const again = await step(at.workspace, { url: at.kfp.url, gate: 'accuracy > 0.5' })
    const other = await step(at.workspace, { url: at.kfp.url }, { runId: '43' })
    const changedInputs = await step(at.workspace, { url: at.kfp.url, parameters: 'epochs=4' })
    expect(again.outputs).toMatchObject({
      'run-id': first.outputs['run-id'],
      changed: false,
      'gate-passed': true,
    })
    expect(new Set([first, other, changedInputs].map(({ outputs }) => outputs['run-id'])).size).toBe(3)
    expect(at.kfp.state.workflows).toHaveLength(3)
  })

  test('may be one of a pipeline that was uploaded, below the UI server', async () => {
    await using at = await install()
    const form = new FormData()
    form.append('uploadfile', new Blob([await readFile(join(at.workspace, 'pipeline.yaml'))]), 'churn.yaml')
    await fetch(`${at.kfp.url}/apis/v2beta1/pipelines/upload?name=churn%20%2B100%25`, {
      method: 'POST',
      body: form,
    })
    const given = { url: `${at.kfp.url}/pipeline`, 'pipeline-file': '', pipeline: 'churn +100%' }
    const newest = await step(at.workspace, given)
    const named = await step(at.workspace, { ...given, 'pipeline-version': 'churn +100%' })
    const absent = await step(at.workspace, { ...given, 'pipeline-version': 'v9' })
    expect(newest.outputs).toMatchObject({ state: 'SUCCEEDED', metrics: { accuracy: 0.9 } })
    expect(newest.outputs['run-url']).toBe(
      `${at.kfp.url}/pipeline/#/runs/details/${newest.outputs['run-id']}`,
    )
    expect(named.outputs).toMatchObject({ 'run-id': newest.outputs['run-id'], changed: false })
    expect(absent.failure).toMatchObject({ kind: 'not-found' })
  })

  test('needs a namespace in multi-user mode, and makes its experiment there', async () => {
    await using at = await install(undefined, { multiUser: true })
    const without = await step(at.workspace, { url: at.kfp.url })
    const done = await step(at.workspace, { url: at.kfp.url, namespace: 'team', experiment: 'a "b" +1%' })
    expect(without.failure).toMatchObject({ kind: 'config', code: 'KFP_NAMESPACE' })
    expect(done.outputs).toMatchObject({ state: 'SUCCEEDED' })
    expect([...at.kfp.state.experiments.values()]).toMatchObject([{ name: 'a "b" +1%', namespace: 'team' }])
  })

  test('is made as it is wanted, with headers for a proxy, which MLflow does not get', async () => {
    await using at = await install()
    const mlflow = await champion(0.5)
    try {
      const done = await step(at.workspace, {
        url: at.kfp.url,
        'extra-headers': 'CF-Access-Client-Id: gate-4711',
        'run-name': 'nightly',
        'service-account': 'trainer',
        'pipeline-root': 's3://mlpipeline/own',
        'mlflow-url': mlflow.url,
        'mlflow-token': 'canary-of-mlflow',
        'model-name': 'churn',
        gate: 'accuracy > champion.accuracy',
      })
      const run = { displayName: 'nightly', serviceAccount: 'trainer', pipelineRoot: 's3://mlpipeline/own' }
      expect(done.outputs).toMatchObject({ state: 'SUCCEEDED', 'gate-passed': true })
      expect(at.kfp.state.runs.get(String(done.outputs['run-id']))).toMatchObject(run)
      const headersOf = ({ requests }: { requests: readonly { headers: object }[] }, name: string) => [
        ...new Set(requests.map(({ headers }) => new Map(Object.entries(headers)).get(name))),
      ]
      const asked = mlflow.requests.findIndex(({ headers }) => headers['authorization'] !== undefined)
      expect(headersOf(at.kfp, 'cf-access-client-id')).toEqual(['gate-4711'])
      expect(headersOf({ requests: mlflow.requests.slice(asked) }, 'authorization')).toEqual([
        'Bearer canary-of-mlflow',
      ])
      expect(headersOf(mlflow, 'cf-access-client-id')).toEqual([undefined])
      expect(headersOf(at.kfp, 'authorization')).toEqual([undefined])
    } finally {
      await mlflow.close()
    }
  })

  test('is only described by a dry run', async () => {
    await using at = await install()
    const dry = await step(at.workspace, { url: at.kfp.url, 'dry-run': 'true', parameters: 'epochs=4' })
    expect(dry.outputs).toMatchObject({ changed: false, 'run-id': expect.stringMatching(/^[0-9a-f-]{36}$/) })
    expect(dry.summary).toContain('Would create run')
    expect([at.kfp.state.runs.size, at.kfp.state.experiments.size]).toEqual([0, 0])
  })
})

describe('gates', () => {
  test.each([
    ['accuracy >= 0.95', '0.9 >= 0.95'],
    ['auc >= 0.5', 'auc is missing'],
  ])('%s fails with kind gate and all outputs', async (gate, seen) => {
    await using at = await install()
    const failed = await step(at.workspace, { url: at.kfp.url, gate })
    expect(failed.failure).toMatchObject({ kind: 'gate', retryable: false, details: { seen } })
    expect(failed.outputs).toMatchObject({
      state: 'SUCCEEDED',
      metrics: { accuracy: 0.9, rows: 500 },
      'gate-passed': false,
      gates: [{ gate, passed: false, seen }],
      changed: true,
    })
    expect(failed.summary).toMatch(
      /^## ❌ churn trained, and 1 of 1 gates did not pass: nothing was deployed/,
    )
  })

  test('fail on NaN, which MLflow knows where KFP has no metrics, and which is an output that JSON can hold', async () => {
    const mlflow = await champion('NaN')
    const [id = ''] = mlflow.state.runs.keys()
    const script = TRAIN.replace('run-of-mlflow', id).replace(/^json\.dump.*$/m, '')
    await using at = await install(pipelineOf(script))
    try {
      const given = { url: at.kfp.url, 'mlflow-url': mlflow.url, gate: 'accuracy >= 0.1' }
      const failed = await step(at.workspace, given)
      expect(failed.failure).toMatchObject({ kind: 'gate', details: { seen: 'accuracy is NaN' } })
      expect(failed.outputs).toMatchObject({ metrics: { accuracy: 'NaN' }, 'gate-passed': false })
    } finally {
      await mlflow.close()
    }
  })

  test('on a metric that is not there name those that are', async () => {
    await using at = await install()
    const failed = await step(at.workspace, { url: at.kfp.url, gate: 'acuracy >= 0.5' })
    expect(failed.failure?.details.next).toContain('The training has put out accuracy, rows')
  })

  test('compare with the version behind an alias of MLflow', async () => {
    await using at = await install()
    const mlflow = await champion(0.93)
    try {
      const given = {
        url: at.kfp.url,
        'mlflow-url': mlflow.url,
        'model-name': 'churn',
        gate: 'accuracy > champion.accuracy',
      }
      const failed = await step(at.workspace, given)
      const first = await step(at.workspace, { ...given, 'champion-alias': 'nobody' })
      expect(failed.failure).toMatchObject({ kind: 'gate', details: { seen: '0.9 > champion 0.93' } })
      expect(failed.summary).toContain('churn v1')
      expect(failed.outputs['champion-metrics']).toEqual({ accuracy: 0.93 })
      expect(first.outputs).toMatchObject({ 'gate-passed': true, changed: false })
      // A name that is written wrong looks just like a first deployment.
      expect(first.world.lines.filter((line) => line.startsWith('warning:'))).toEqual([
        'warning: MLflow has no version of churn with the alias nobody, so gates that compare with it pass. Is this the first?',
      ])
    } finally {
      await mlflow.close()
    }
  })

  test('fail as upstream, not silently, where the metrics cannot be read', async () => {
    await using at = await install()
    const respond = { status: 403, headers: { 'content-type': 'text/plain' }, body: 'RBAC: access denied' }
    at.kfp.faults.push({ match: ({ path }) => path.startsWith('/ml_metadata'), times: 99, respond })
    const failed = await step(at.workspace, { url: at.kfp.url, gate: 'accuracy > 0.5' })
    expect(failed.failure).toMatchObject({
      kind: 'auth',
      details: { seen: expect.stringContaining('RBAC: access denied') },
    })
    expect(failed.outputs).toMatchObject({ state: 'SUCCEEDED', 'run-id': expect.any(String) })
  })
})

describe('where metrics and artifacts cannot be read', () => {
  const isMetadata = ({ path }: { path: string }) => path.startsWith('/ml_metadata')

  test('a gate says that this KFP does not serve them, and does not blame the training', async () => {
    await using at = await install()
    at.kfp.faults.push({ match: isMetadata, times: 99, respond: { status: 404, body: 'not found' } })
    const failed = await step(at.workspace, { url: at.kfp.url, gate: 'accuracy > 0.5' })
    expect(failed.failure).toMatchObject({
      kind: 'config',
      code: 'KFP_NO_METADATA',
      details: { next: expect.stringContaining('`url`') },
    })
    expect(failed.outputs).toMatchObject({ state: 'SUCCEEDED', 'run-id': expect.any(String) })
  })

  test('a download says so, and not that the run has put out nothing', async () => {
    await using at = await install()
    const respond = { status: 403, headers: { 'content-type': 'text/plain' }, body: 'RBAC: access denied' }
    at.kfp.faults.push({ match: isMetadata, times: 99, respond })
    const failed = await step(at.workspace, { url: at.kfp.url, download: 'model=model' })
    expect(failed.failure).toMatchObject({
      kind: 'auth',
      details: { seen: expect.stringContaining('RBAC: access denied') },
    })
  })

  test('a run that nothing depends on is green, with a warning', async () => {
    await using at = await install()
    const respond = { status: 403, headers: { 'content-type': 'text/plain' }, body: 'RBAC: access denied' }
    at.kfp.faults.push({ match: isMetadata, times: 99, respond })
    const done = await step(at.workspace, { url: at.kfp.url })
    expect(done.outputs).toMatchObject({ state: 'SUCCEEDED', metrics: {} })
    expect(done.world.lines.filter((line) => line.startsWith('warning:'))).toEqual([
      expect.stringMatching(
        /^warning: Metrics and artifacts of the run could not be read: .*RBAC: access denied/,
      ),
    ])
    expect(done.summary).toContain('could not be read')
  })
})

describe('a run that fails', () => {
  test('names its task, and shows its log only when asked', async () => {
    await using at = await install(pipelineOf("import sys\nprint('secret row')\nsys.exit('no data')"))
    const failed = await step(at.workspace, { url: at.kfp.url })
    expect(failed.failure).toMatchObject({
      kind: 'workload',
      code: 'KFP_RUN_FAILED',
      details: { what: 'Task train failed', seen: 'task train: Error (exit code 1)' },
    })
    expect(failed.outputs).toMatchObject({ state: 'FAILED', changed: true })
    expect(failed.summary).not.toContain('secret row')
    const shown = await step(at.workspace, { url: at.kfp.url, 'include-pod-logs': 'true' })
    expect(shown.failure?.details.seen).toContain('no data')
    expect(shown.summary).toContain('secret row')
    const byUi = await step(at.workspace, { url: `${at.kfp.url}/pipeline`, 'include-pod-logs': 'true' })
    expect(byUi.failure?.details.seen).toContain('no data')
  })

  test('gets a successor when the step runs again', async () => {
    await using at = await install(pipelineOf("raise SystemExit('no')"))
    const first = await step(at.workspace, { url: at.kfp.url })
    const second = await step(at.workspace, { url: at.kfp.url })
    expect(second.outputs['changed']).toBe(true)
    expect(second.outputs['run-id']).not.toBe(first.outputs['run-id'])
  })

  test('because its image is not there fails early, and is terminated', async () => {
    await using at = await install()
    const failed = await step(at.workspace, {
      url: at.kfp.url,
      parameters: 'image=registry.example/absent:1',
    })
    expect(failed.failure).toMatchObject({
      kind: 'workload',
      code: 'KFP_POD_STUCK',
      details: {
        what: 'Task train cannot start',
        seen: expect.stringMatching(/^(ImagePullBackOff|ErrImagePull): .*absent/),
      },
    })
    await at.kfp.state.workflows[0]?.done
    expect([...at.kfp.state.runs.values()].map(({ state }) => state)).toEqual(['FAILED'])
  })

  test('because somebody terminated it is a conflict', async () => {
    await using at = await install(pipelineOf('import time\ntime.sleep(60)'))
    const failed = await step(
      at.workspace,
      { url: at.kfp.url },
      {
        onOutput: (name, world) => {
          const [id] = at.kfp.state.runs.keys()
          if (name === 'changed' && world.sleeps.length === 0)
            void fetch(`${at.kfp.url}/apis/v2beta1/runs/${id}:terminate`, { method: 'POST' })
        },
      },
    )
    expect(failed.failure).toMatchObject({ kind: 'conflict', code: 'KFP_RUN_TERMINATED' })
    expect(failed.outputs['state']).toBe('CANCELED')
  })

  test('cannot act on the runner or on Markdown by its messages', async () => {
    await using at = await install(
      pipelineOf(`import sys\nsys.exit(${JSON.stringify(HOSTILE_TEXT.join('\n'))})`),
    )
    const failed = await step(at.workspace, { url: at.kfp.url, 'include-pod-logs': 'true' })
    const outside = failed.summary.replace(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '')
    expect(outside).not.toMatch(/<script|<img|!\[x\]|\]\(https:\/\/evil|^::|##\[|\u001b|@octocat/m)
    expect(failed.summary).not.toMatch(/^\s*::\w|##\[\w|[\u001b\u202e]/m)
  })

  test('by timeout goes on, and the next attempt waits on', async () => {
    await using at = await install(pipelineOf('import time\ntime.sleep(60)'))
    const late = await step(at.workspace, { url: at.kfp.url, timeout: '3s' })
    expect(late.failure).toMatchObject({
      kind: 'timeout',
      details: { next: expect.stringContaining('attaches to it') },
    })
    expect(late.outputs).toMatchObject({ changed: true, 'run-id': expect.any(String) })
    const again = await step(at.workspace, { url: at.kfp.url, timeout: '3s' })
    expect(again.outputs).toMatchObject({ changed: false, 'run-id': late.outputs['run-id'] })
  })
})

test('a registry that went away does not hide why a run has failed', async () => {
  await using at = await install(pipelineOf("raise SystemExit('no')"))
  const mlflow = await champion(0.9)
  let looks = 0
  const match = () => looks++ > 1
  mlflow.faults.push({ match, times: 999, respond: { status: 403, body: 'Permission denied' } })
  const given = {
    url: at.kfp.url,
    'mlflow-url': mlflow.url,
    'model-name': 'churn',
    gate: 'accuracy > champion.accuracy',
  }
  const failed = await step(at.workspace, given)
  await mlflow.close()
  expect(failed.failure).toMatchObject({ kind: 'workload', code: 'KFP_RUN_FAILED' })
})

describe('wrong pipelines and parameters', () => {
  test('are refused before anything is created, all at once', async () => {
    await using at = await install()
    const parameters = 'epoch=3\nepochs=1.5\naccuracy=high'
    const failed = await step(at.workspace, { url: at.kfp.url, parameters })
    expect(failed.failure?.kind).toBe('config')
    expect(failed.failure?.details.seen.split('\n')).toEqual([
      'epoch: the pipeline has no such parameter; did you mean epochs?',
      'accuracy: got "high"; want a number',
      'epochs: got "1.5"; want an integer',
    ])
    expect(at.kfp.state.workflows).toHaveLength(0)
  })

  test.each([
    [{ 'pipeline-file': 'nowhere.yaml' }, 'no such file'],
    [{ champion: '{"a": null}' }, 'no number: a'],
    [{ champion: 'nowhere.json' }, 'no such file'],
    [{ download: 'model=../model' }, 'leads out of it'],
    [{ gate: 'accuracy >' }, 'line 1'],
  ])('%j is refused', async (given, seen) => {
    await using at = await install()
    const failed = await step(at.workspace, { url: at.kfp.url, ...given })
    expect(failed.failure).toMatchObject({ kind: 'config', details: { seen: expect.stringContaining(seen) } })
    expect(at.kfp.state.workflows).toHaveLength(0)
  })
})

describe('creating the run', () => {
  test('makes exactly one where the answer to the POST is lost', async () => {
    await using at = await install()
    at.kfp.faults.push({ match: isPost, times: 1, respond: 'reset-after' })
    const done = await step(at.workspace, { url: at.kfp.url })
    expect(done.outputs).toMatchObject({ state: 'SUCCEEDED', changed: true })
    expect(at.kfp.state.workflows).toHaveLength(1)
    expect(
      at.kfp.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/runs')),
    ).toHaveLength(1)
  })

  test('is tried once more where the first POST was never heard', async () => {
    await using at = await install()
    at.kfp.faults.push({ match: isPost, times: 1, respond: { status: 503, body: 'no healthy upstream' } })
    const done = await step(at.workspace, { url: at.kfp.url })
    expect(done.outputs).toMatchObject({ state: 'SUCCEEDED' })
    expect(at.kfp.state.workflows).toHaveLength(1)
  })

  test('gives up, and says how to find out, where both POSTs were lost', async () => {
    await using at = await install()
    at.kfp.faults.push({ match: isPost, times: 9, respond: 'reset' })
    const failed = await step(at.workspace, { url: at.kfp.url })
    expect(failed.failure).toMatchObject({ kind: 'upstream', code: 'KFP_RUN_UNKNOWN', retryable: true })
    expect(at.kfp.state.workflows).toHaveLength(0)
  })

  function isPost({ method, path }: { method: string; path: string }): boolean {
    return method === 'POST' && path.endsWith('/runs')
  }
})

describe('who may not', () => {
  test.each<[string, Partial<KfpOptions>, Record<string, string>, string]>([
    ['no token', { tokens: ['good'] }, {}, 'no valid token'],
    ['an expired token', { tokens: ['good'] }, { token: 'old' }, 'Jwt is expired'],
    ['a login page', { tokens: ['good'], login: 'dex' }, {}, ''],
  ])('%s is an auth failure', async (_what, options, given, seen) => {
    await using at = await install(undefined, options)
    const failed = await step(at.workspace, { url: at.kfp.url, ...given })
    expect(failed.failure).toMatchObject({ kind: 'auth', details: { seen: expect.stringContaining(seen) } })
  })

  test('a right token does', async () => {
    await using at = await install(undefined, { tokens: ['good-token'] })
    const done = await step(at.workspace, { url: at.kfp.url, token: 'good-token' })
    expect(done.outputs).toMatchObject({ state: 'SUCCEEDED' })
    expect(done.world.secrets).toContain('good-token')
  })

  test('a missing right is named', async () => {
    await using at = await install()
    const body = JSON.stringify({
      code: 7,
      message: 'x',
      details: [{ message: 'User dev is not authorized' }],
    })
    const respond = { status: 403, headers: { 'content-type': 'application/json' }, body }
    at.kfp.faults.push({
      match: ({ method, path }) => method === 'POST' && path.endsWith('/runs'),
      times: 9,
      respond,
    })
    const failed = await step(at.workspace, { url: at.kfp.url })
    expect(failed.failure).toMatchObject({
      kind: 'auth',
      details: {
        seen: expect.stringContaining('not authorized'),
        next: expect.stringContaining('create runs'),
      },
    })
  })
})

describe('cancel', () => {
  test.each([
    ['terminate', ['CANCELING', 'FAILED']],
    ['leave', ['RUNNING']],
  ])('with on-cancel %s', async (choice, states) => {
    await using at = await install(pipelineOf('import time\ntime.sleep(60)'))
    const cancelled = await step(
      at.workspace,
      { url: at.kfp.url, 'on-cancel': choice },
      { onOutput: (name, world) => void (name === 'state' && world.sleeps.length > 0 && world.cancel()) },
    )
    expect(cancelled.failure).toBeDefined()
    expect(states).toContain([...at.kfp.state.runs.values()][0]?.state)
    expect(at.kfp.requests.some(({ path }) => path.endsWith(':terminate'))).toBe(choice === 'terminate')
  })
})

describe('download', () => {
  async function withS3(
    work: (
      s3: S3Server,
      at: Awaited<ReturnType<typeof install>>,
      env: Record<string, string>,
    ) => Promise<void>,
  ) {
    const s3 = await startS3({ buckets: ['ml'] })
    try {
      await using at = await install(undefined, {
        artifacts: createS3Artifacts(s3.state),
        pipelineRoot: 's3://ml/kfp',
      })
      const [user] = s3.state.principals
      const env = {
        AWS_ENDPOINT_URL_S3: s3.url,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: user?.accessKeyId ?? '',
        AWS_SECRET_ACCESS_KEY: user?.secretAccessKey ?? '',
      }
      // The AWS SDK looks for credentials in the environment of the process.
      const before = { ...process.env }
      Object.assign(process.env, env)
      try {
        await work(s3, at, env)
      } finally {
        process.env = before
      }
    } finally {
      await s3.close()
    }
  }

  test('puts a folder artifact below its path with its names', async () => {
    await withS3(async (_s3, at, env) => {
      const done = await step(at.workspace, { url: at.kfp.url, download: 'model=out/model' }, { env })
      expect(done.failure).toBeUndefined()
      const files = await readdir(join(at.workspace, 'out/model'), { recursive: true })
      expect(files.sort()).toEqual(['model.json', 'weights', 'weights/a.bin'])
      expect(await readFile(join(at.workspace, 'out/model/model.json'), 'utf8')).toBe('{"w": 1}')
      expect((await readFile(join(at.workspace, 'out/model/weights/a.bin'))).length).toBe(10_240)
    })
  })

  test('refuses paths, links and keys that lead out of the workspace', async () => {
    await withS3(async (s3, at, env) => {
      const outside = await step(at.workspace, { url: at.kfp.url, download: 'model=../model' }, { env })
      expect(outside.failure).toMatchObject({ kind: 'config', code: 'PATH_OUTSIDE' })
      await mkdir(join(at.workspace, 'sub'))
      await symlink('/tmp', join(at.workspace, 'sub/link'))
      const link = await step(at.workspace, { url: at.kfp.url, download: 'model=sub/link/x' }, { env })
      expect(link.failure).toMatchObject({ kind: 'config', code: 'PATH_OUTSIDE' })
      expect(at.kfp.state.workflows).toHaveLength(0)
      await step(at.workspace, { url: at.kfp.url }, { env })
      const objects = s3.state.buckets.get('ml')?.objects
      const [key, object] = [...(objects ?? [])].find(([name]) => name.endsWith('model.json')) ?? []
      if (key === undefined || object === undefined) throw new Error('no model was stored')
      const evil = key.replace('model.json', '../../../evil')
      objects?.set(evil, { ...object, key: evil })
      const evilKey = await step(at.workspace, { url: at.kfp.url, download: 'model=model' }, { env })
      expect(evilKey.failure).toMatchObject({ kind: 'integrity', code: 'ARTIFACT_NAME' })
      expect(evilKey.outputs).toMatchObject({ state: 'SUCCEEDED', changed: false })
    })
  })

  test('compares what came with what S3 says of it', async () => {
    await withS3(async (s3, at, env) => {
      await step(at.workspace, { url: at.kfp.url }, { env })
      const objects = s3.state.buckets.get('ml')?.objects
      for (const [key, object] of objects ?? [])
        if (key.endsWith('model.json')) objects?.set(key, { ...object, body: Buffer.from('{"w": 2}') })
      const broken = await step(at.workspace, { url: at.kfp.url, download: 'model=model' }, { env })
      expect(broken.failure).toMatchObject({ kind: 'integrity', code: 'ARTIFACT_BROKEN' })
      expect((await readdir(join(at.workspace, 'model'))).filter((name) => name.endsWith('.part'))).toEqual(
        [],
      )
    })
  })

  test('names the artifacts there are when asked for another', async () => {
    await withS3(async (_s3, at, env) => {
      const failed = await step(at.workspace, { url: at.kfp.url, download: 'modle=model' }, { env })
      expect(failed.failure).toMatchObject({
        kind: 'not-found',
        details: { seen: expect.stringContaining('model') },
      })
    })
  })
})
