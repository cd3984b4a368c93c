import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { startIdentity } from '@mlops-actions/sandbox/identity'
import { runBundle } from '../../../test/harness/bundle.ts'
import { configOf, type Fixture, md5Of, startFixture } from './fixture.ts'

let fixture: Fixture

beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.close())

const step = (inputs: Record<string, string> = {}, more: object = {}) =>
  runBundle('dvc-pull', { inputs, env: fixture.env, workspace: fixture.workspace, ...more })

describe('the step', () => {
  test('brings the data and says so; run again it changes nothing', async () => {
    const { code, stderr, errors, outputs, summary } = await step()
    expect({ code, stderr, errors }).toEqual({ code: 0, stderr: '', errors: [] })
    expect(outputs).toMatchObject({
      changed: 'true',
      checked: '3',
      downloaded: '3',
      skipped: '0',
      bytes: '21',
      missing: '0',
      'remote-urls': '{"store":"s3://data/dvc"}',
    })
    expect(summary).toMatch(/^## ✅ The workspace has everything that this commit names/)
    expect(await fixture.read('data/sub/b.txt')).toBe('world')
    expect((await step()).outputs).toMatchObject({ changed: 'false', downloaded: '0', skipped: '3' })
  })

  test('goes to the region of its input with the role of its input', async () => {
    const role = 'arn:aws:iam::123456789012:role/ml-pull'
    const identity = await startIdentity({
      roleArn: role,
      repository: 'octo/churn',
      admit: (principal) => fixture.s3.state.principals.push(principal),
      now: Date.now,
    })
    const before = fixture.s3.requests.length
    fixture.s3.state.principals.length = 0
    await fixture.write('.dvc/config', configOf(fixture.s3.url).replace(/^ *(access|secret).*\n/gm, ''))
    const env = {
      ACTIONS_ID_TOKEN_REQUEST_URL: identity.idToken.url,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: identity.idToken.token,
      AWS_ENDPOINT_URL_STS: identity.stsUrl,
      AWS_EC2_METADATA_DISABLED: 'true',
    }
    const { code, errors, outputs } = await step(
      { 'role-to-assume': role, 'aws-region': 'eu-west-1' },
      { env },
    )
    await identity.close()
    expect([code, errors, outputs['downloaded']]).toEqual([0, [], '3'])
    const asked = fixture.s3.requests.slice(before)
    const elsewhere = asked.filter(
      ({ headers }) => !headers['authorization']?.includes('/eu-west-1/s3/aws4_request'),
    )
    expect([asked.length > 0, elsewhere]).toEqual([true, []])
  })

  test('names a role that it cannot assume with its trust policy, and no right on the remote', async () => {
    const role = 'arn:aws:iam::123456789012:role/ml-pull'
    const identity = await startIdentity({
      roleArn: `${role}-of-another-branch`,
      repository: 'octo/churn',
      admit: (principal) => fixture.s3.state.principals.push(principal),
      now: Date.now,
    })
    await fixture.write('.dvc/config', configOf(fixture.s3.url).replace(/^ *(access|secret).*\n/gm, ''))
    const env = {
      ACTIONS_ID_TOKEN_REQUEST_URL: identity.idToken.url,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: identity.idToken.token,
      AWS_ENDPOINT_URL_STS: identity.stsUrl,
      AWS_EC2_METADATA_DISABLED: 'true',
    }
    const { outputs, errors } = await step({ 'role-to-assume': role, 'aws-region': 'eu-west-1' }, { env })
    await identity.close()
    expect(outputs).toMatchObject({ 'failure-kind': 'auth', retryable: 'false' })
    expect(errors).toEqual([
      {
        title: 'dvc-pull: Cannot assume the role',
        message: expect.stringMatching(
          `^${role}\nSeen: AccessDenied: Not authorized .*\nDo: Check that the role exists, and let its trust policy allow`,
        ),
      },
    ])
    expect(errors[0]?.message).not.toContain('s3:')
  })

  test('without a region, or without credentials, says what to write into the workflow', async () => {
    const config = configOf(fixture.s3.url).replace(/^ *(access|secret).*\n/gm, '')
    const env = { AWS_EC2_METADATA_DISABLED: 'true' }
    await fixture.write('.dvc/config', config.replace(/^ *endpointurl.*\n/m, ''))
    const region = await step({}, { env })
    expect([region.code, region.outputs['failure-kind']]).toEqual([1, 'config'])
    expect(region.errors[0]?.message).toMatch(/Do: Give the step `aws-region: eu-west-1`$/)
    await fixture.write('.dvc/config', config)
    const credentials = await step({}, { env })
    expect(credentials.outputs).toMatchObject({ 'failure-kind': 'auth', retryable: 'false' })
    expect(credentials.errors).toEqual([
      {
        title: 'dvc-pull: Cannot read an object',
        message: expect.stringMatching(
          /^arn:aws:s3:::data\/dvc\/.*\nSeen: CredentialsProviderError: .*\nDo: Give the job `permissions: \{ id-token: write \}` and the step `role-to-assume/,
        ),
      },
    ])
    const role = await step({ 'role-to-assume': 'arn:aws:iam::123456789012:role/ml-pull' }, { env })
    expect(role.outputs['failure-kind']).toBe('auth')
    expect(role.errors[0]?.message).toContain('id-token: write')
    const wrong = await step({ 'role-to-assume': 'ml-pull' }, { env })
    expect([wrong.outputs['failure-kind'], wrong.errors[0]?.message]).toEqual([
      'config',
      expect.stringContaining('want a role ARN'),
    ])
    expect(fixture.s3.requests).toEqual([])
    expect(await fixture.read('x.sh')).toBeUndefined()
  })

  test('asks a silent server again after its request-timeout', async () => {
    fixture.s3.faults.push({ match: () => true, times: 1, respond: 'hang' })
    const { code, outputs } = await step({ 'request-timeout': '300ms' })
    expect([code, outputs['downloaded']]).toEqual([0, '3'])
  })

  test('gives up on a silent server after its timeout', async () => {
    fixture.s3.faults.push({ match: () => true, times: 999, respond: 'hang' })
    const { code, outputs, errors } = await step({ timeout: '100ms' })
    expect([code, outputs['failure-kind'], errors.length]).toEqual([1, 'timeout', 1])
  })

  test('fails with every wrong input in one annotation', async () => {
    const { code, outputs, errors } = await step({ jobs: '0', 'with-deps': 'yes', 'fill-cache': 'sometimes' })
    expect(code).toBe(1)
    expect(outputs).toMatchObject({ 'failure-kind': 'config', retryable: 'false' })
    expect(errors).toHaveLength(1)
    expect(errors[0]?.message).toMatch(/with-deps: got "yes".*jobs: got "0".*fill-cache: got "sometimes"/s)
  })

  test('cancelled in the middle of a large object it ends at once, with 130, and the file is not there', async () => {
    const big = Buffer.alloc(17 * 2 ** 20, 'x')
    const oid = await fixture.store(big)
    await fixture.write('big.dvc', `outs:\n- md5: ${oid}\n  hash: md5\n  path: big\n`)
    let reached = () => {}
    const hanging = new Promise<void>((done) => {
      reached = done
    })
    fixture.s3.faults.push({
      match: ({ headers }) => {
        const isSecond = String(headers['range'] ?? '').startsWith('bytes=16777216-')
        if (isSecond) reached()
        return isSecond
      },
      times: 99,
      respond: 'hang',
    })
    const { code, outputs, endedAfter } = await step({ targets: 'big' }, { cancelWhen: () => hanging })
    expect([code, outputs['failure-kind']]).toEqual([130, 'cancelled'])
    expect(endedAfter).toBeLessThan(5_000)
    expect(await fixture.read('big')).toBeUndefined()
    fixture.s3.faults.length = 0
    expect((await step({ targets: 'big' })).code).toBe(0)
    expect(md5Of(await readFile(join(fixture.workspace, 'big')))).toBe(oid)
  })
})
