import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type BundleOptions, runBundle } from '../../../test/harness/bundle.ts'
import { type Fixture, KEYS, md5Of, startFixture } from './fixture.ts'

let fixture: Fixture

beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

function runStep(
  inputs: Readonly<Record<string, string>> = {},
  { env = fixture.env, ...more }: BundleOptions = {},
) {
  const { workspace, temp } = fixture
  const job = { GITHUB_SHA: 'c'.repeat(40), RUNNER_TEMP: temp }
  return runBundle('dvc-push', { ...more, workspace, inputs, env: { ...job, ...env } })
}

describe('the step', () => {
  test('sends, publishes and says so; run again it changes nothing', async () => {
    const given = { publish: 'data=churn', 'publish-to': 's3://models/serve' }
    const { code, stdout, stderr, outputs, summary } = await runStep(given)
    expect({ code, stderr, error: stdout.match(/^::error.*$/gm) }).toEqual({
      code: 0,
      stderr: '',
      error: null,
    })
    expect(fixture.keys()).toEqual(KEYS)
    const uri = 's3://models/serve/churn/9fa22302b0e6804a59623abeff3d3b17/'
    expect(outputs).toMatchObject({
      changed: 'true',
      checked: '4',
      uploaded: '4',
      skipped: '0',
      repaired: '0',
      missing: '0',
      bytes: String(6 + 5 + 10 + 134),
      'storage-uri': uri,
      'remote-urls': '{"store":"s3://data/dvc"}',
    })
    expect(JSON.parse(outputs['md5'] ?? '')).toEqual({
      data: '9fa22302b0e6804a59623abeff3d3b17.dir',
      'x.sh': '3e2b31c72181b87149ff995e7202c0e3',
    })
    expect(JSON.parse(outputs['lineage'] ?? '')).toMatchObject({
      action: 'dvc-push',
      sha: 'c'.repeat(40),
      published: { churn: uri },
    })
    expect(summary).toMatch(/^## ✅ `s3:\/\/data\/dvc` has everything that this commit names: 4 objects sent/)
    expect(fixture.keys('models')).toEqual([
      'serve/churn/9fa22302b0e6804a59623abeff3d3b17/a.txt',
      'serve/churn/9fa22302b0e6804a59623abeff3d3b17/sub/b.txt',
    ])

    const again = await runStep(given)
    expect(again.code).toBe(0)
    expect(again.outputs).toMatchObject({ changed: 'false', uploaded: '0', skipped: '4', 'storage-uri': uri })
    expect(again.summary).toMatch(/^## ✅ Nothing to send/)
  })

  test('shows its secret key nowhere', async () => {
    await fixture.write(
      '.dvc/config.local',
      `['remote "store"']\naccess_key_id = a1b2c3d4\nsecret_access_key = canarySecret/0001\n`,
    )
    const { code, stdout, stderr, outputs, summary } = await runStep()
    expect([code, outputs['failure-kind']]).toEqual([1, 'auth'])
    const lines = stdout.split('\n').filter((line) => line.includes('canarySecret/0001'))
    expect(lines).toEqual(['::add-mask::canarySecret/0001'])
    expect(
      [stderr, summary, JSON.stringify(outputs)].filter((text) => text.includes('canarySecret')),
    ).toEqual([])
  })

  test('fails with every wrong input in one annotation', async () => {
    const { code, outputs, stdout } = await runStep({
      jobs: '0',
      publish: 'data=../x',
      'dry-run': 'yes',
    })
    expect(code).toBe(1)
    expect(outputs).toMatchObject({ 'failure-kind': 'config', retryable: 'false' })
    const annotations = stdout.split('\n').filter((line) => line.startsWith('::error'))
    expect(annotations).toHaveLength(1)
    expect(annotations[0]).toMatch(/jobs: got "0".*dry-run: got "yes"/)
  })

  test('cancelled in the middle of a large file it ends at once, with 130 and no parts left', async () => {
    const big = Buffer.alloc(17 * 2 ** 20, 'x')
    await fixture.write('big.bin', big)
    await fixture.write('big.bin.dvc', `outs:\n- md5: ${md5Of(big)}\n  hash: md5\n  path: big.bin\n`)
    const reached = Promise.withResolvers<void>()
    fixture.s3.faults.push({
      match: ({ query }) => {
        if (query.get('partNumber') !== '2') return false
        reached.resolve()
        return true
      },
      times: 99,
      respond: 'hang',
    })
    const { code, outputs, endedAfter } = await runStep({}, { cancelWhen: () => reached.promise })
    expect(endedAfter).toBeLessThan(5_000)
    expect([code, outputs['failure-kind']]).toEqual([130, 'cancelled'])
    expect(fixture.s3.state.uploads.size).toBe(0)
    expect(fixture.keys().filter((key) => key.endsWith('.dir'))).toEqual([])
  })

  test('without a region, or without credentials, says what to write into the workflow', async () => {
    const config = (more: string) =>
      fixture.write('.dvc/config', `[core]\nremote = store\n['remote "store"']\nurl = s3://data/dvc\n${more}`)
    await config('')
    const region = await runStep({}, { env: { AWS_EC2_METADATA_DISABLED: 'true' } })
    expect(region.outputs['failure-kind']).toBe('config')
    expect(region.stdout).toContain('aws-region: eu-west-1')
    await config(`endpointurl = ${fixture.s3.url}\n`)
    const credentials = await runStep({}, { env: { AWS_EC2_METADATA_DISABLED: 'true' } })
    expect(credentials.outputs['failure-kind']).toBe('auth')
    expect(credentials.stdout).toContain('id-token: write')
    const role = await runStep({ 'role-to-assume': 'arn:aws:iam::123456789012:role/ml-push' })
    expect(role.outputs['failure-kind']).toBe('auth')
    expect(role.stdout).toContain('id-token: write')
    const wrong = await runStep({ 'role-to-assume': 'ml-push' })
    expect(wrong.outputs['failure-kind']).toBe('config')
  })
})
