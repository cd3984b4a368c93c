import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { startIdentity } from '@mlops-actions/sandbox/identity'
import { createS3Artifacts } from '@mlops-actions/sandbox/kfp'
import { startS3 } from '@mlops-actions/sandbox/s3'
import { runBundle } from '../../../test/harness/bundle.ts'
import { install, pipelineOf } from './installation.ts'

const FAST = { 'pipeline-file': 'pipeline.yaml', interval: '100ms' }

describe('as a process', () => {
  test('trains, passes its gate and writes outputs and summary', async () => {
    await using at = await install()
    const inputs = { ...FAST, url: at.kfp.url, token: 'a-token-to-mask', gate: 'accuracy >= 0.85' }
    const done = await runBundle('kfp-run-and-wait', { inputs, workspace: at.workspace })
    expect(done).toMatchObject({ code: 0, errors: [], masks: expect.arrayContaining(['a-token-to-mask']) })
    expect(done.outputs).toMatchObject({
      state: 'SUCCEEDED',
      changed: 'true',
      metrics: '{"accuracy":0.9,"rows":500}',
      'gate-passed': 'true',
      gates: '[{"gate":"accuracy >= 0.85","passed":true,"seen":"0.9 >= 0.85"}]',
    })
    expect(JSON.parse(done.outputs['lineage'] ?? '')).toMatchObject({
      action: 'kfp-run-and-wait',
      pipeline: { name: 'churn', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      run: { id: done.outputs['run-id'] },
    })
    expect(done.summary).toMatch(/^## ✅ churn trained and passed its gate/)
  })

  test('downloads from the region of its input with the role of its input', async () => {
    const role = 'arn:aws:iam::123456789012:role/ml-train'
    const s3 = await startS3({ buckets: ['ml'], region: 'eu-west-1' })
    s3.state.principals.length = 0
    const identity = await startIdentity({
      roleArn: role,
      repository: 'octo/churn',
      admit: (principal) => s3.state.principals.push(principal),
      now: Date.now,
    })
    const artifacts = createS3Artifacts(s3.state)
    await using at = await install(undefined, { artifacts, pipelineRoot: 's3://ml/kfp' })
    const done = await runBundle('kfp-run-and-wait', {
      inputs: {
        ...FAST,
        url: at.kfp.url,
        download: 'model=out',
        'role-to-assume': role,
        'aws-region': 'eu-west-1',
      },
      env: {
        ACTIONS_ID_TOKEN_REQUEST_URL: identity.idToken.url,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: identity.idToken.token,
        AWS_ENDPOINT_URL_STS: identity.stsUrl,
        AWS_ENDPOINT_URL_S3: s3.url,
        AWS_EC2_METADATA_DISABLED: 'true',
      },
      workspace: at.workspace,
    })
    await Promise.all([s3.close(), identity.close()])
    expect([done.code, done.errors]).toEqual([0, []])
    expect(await readFile(join(at.workspace, 'out/model.json'), 'utf8')).toBe('{"w": 1}')
    const elsewhere = s3.requests.filter(
      ({ headers }) => !headers['authorization']?.includes('/eu-west-1/s3/aws4_request'),
    )
    expect([s3.requests.length > 0, elsewhere]).toEqual([true, []])
  })

  test('ends with one annotation when the gate does not pass', async () => {
    await using at = await install()
    const inputs = { ...FAST, url: at.kfp.url, gate: 'accuracy >= 0.99' }
    const failed = await runBundle('kfp-run-and-wait', { inputs, workspace: at.workspace })
    expect(failed).toMatchObject({
      code: 1,
      errors: [{ title: 'kfp-run-and-wait: The gate did not pass' }],
      outputs: { 'failure-kind': 'gate', retryable: 'false', metrics: '{"accuracy":0.9,"rows":500}' },
    })
  })

  test('cancelled, terminates the run and is gone in time', async () => {
    await using at = await install(pipelineOf('import time\ntime.sleep(100)'))
    const isRunning = () => [...at.kfp.state.runs.values()].some(({ state }) => state === 'RUNNING')
    const cancelled = await runBundle('kfp-run-and-wait', {
      inputs: { ...FAST, url: at.kfp.url },
      workspace: at.workspace,
      cancelWhen: async (seen) => {
        while (!(isRunning() && seen().includes('Created run')))
          await new Promise((resolve) => setTimeout(resolve, 5))
      },
    })
    await at.kfp.state.workflows[0]?.done
    expect(cancelled).toMatchObject({
      code: 130,
      outputs: { 'failure-kind': 'cancelled', changed: 'true', state: 'CANCELING' },
    })
    expect(cancelled.endedAfter).toBeLessThan(5_000)
    expect([...at.kfp.state.runs.values()].map(({ state }) => state)).toEqual(['FAILED'])
  })

  test('says all that is wrong with its inputs at once', async () => {
    const inputs = { url: 'kfp', pipeline: 'b', interval: '5', 'on-cancel': 'stop' }
    const failed = await runBundle('kfp-run-and-wait', { inputs })
    expect(failed).toMatchObject({ code: 1, outputs: { 'failure-kind': 'config' } })
    expect(failed.errors[0]?.title).toContain('3 inputs are wrong')
  })
})
