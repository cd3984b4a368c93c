import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { DEFAULT_PRINCIPAL, type SandboxResponse } from '@mlops-actions/sandbox'
import { type BundleOptions, runBundle } from '../../../test/harness/bundle.ts'
import { type Fixture, KEYS, md5Of, startFixture } from './fixture.ts'
import { gitIn } from './git.ts'

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

  test('with mode: status looks, is red until everything is pushed, and then green', async () => {
    const before = await runStep({ mode: 'status' })
    expect([before.code, before.outputs['failure-kind']]).toEqual([1, 'integrity'])
    expect(before.outputs).toMatchObject({ 'in-sync': 'false', 'to-push': '4', changed: 'false' })
    expect(before.stdout.match(/^::error.*$/gm)).toHaveLength(1)
    expect(fixture.keys()).toEqual([])
    await runStep()
    const after = await runStep({ mode: 'status' })
    expect([after.code, after.outputs['failure-kind'] ?? '']).toEqual([0, ''])
    expect(after.outputs).toMatchObject({ 'in-sync': 'true', 'to-push': '0', 'to-pull': '0', skipped: '4' })
    expect(after.summary).toMatch(/^## ✅ `s3:\/\/data\/dvc` has everything that this commit names/)
  })

  test('sends what a tag names beside this commit', async () => {
    const git = gitIn(fixture.workspace)
    const old = md5Of('old')
    await git('init', '--quiet')
    await fixture.write('x.sh.dvc', `outs:\n- md5: ${old}\n  hash: md5\n  path: x.sh\n`)
    await git('add', 'data.dvc', 'x.sh.dvc')
    await git('commit', '--quiet', '--message', 'old')
    await git('tag', 'v1')
    await fixture.write(`.dvc/cache/files/md5/${old.slice(0, 2)}/${old.slice(2)}`, 'old')
    await fixture.write(
      'x.sh.dvc',
      'outs:\n- md5: 3e2b31c72181b87149ff995e7202c0e3\n  hash: md5\n  path: x.sh\n',
    )
    const { code, outputs, errors } = await runStep({ 'all-tags': 'true' })
    expect([code, errors]).toEqual([0, []])
    expect(outputs).toMatchObject({ checked: '5', uploaded: '5' })
    expect(fixture.keys()).toHaveLength(5)
  })

  test('sends what its targets depend on, and looks again unless it is told not to', async () => {
    const [raw, model] = [md5Of('raw'), md5Of('weights')]
    const out = (path: string, md5: string) => `    - {path: ${path}, hash: md5, md5: ${md5}}\n`
    await fixture.write(
      'dvc.yaml',
      'stages:\n  prepare: {cmd: x, outs: [raw]}\n  train: {cmd: y, deps: [raw], outs: [model]}\n',
    )
    await fixture.write(
      'dvc.lock',
      `schema: '2.0'\nstages:\n  prepare:\n    cmd: x\n    outs:\n${out('raw', raw)}  train:\n    cmd: y\n    deps:\n${out('raw', raw)}    outs:\n${out('model', model)}`,
    )
    await fixture.write('raw', 'raw')
    await fixture.write('model', 'weights')
    const isLook = () => fixture.s3.requests.at(-1)?.method !== 'PUT'
    const { code, errors, outputs } = await runStep({
      targets: 'model',
      'with-deps': 'true',
      verify: 'false',
    })
    expect([code, errors, isLook()]).toEqual([0, [], false])
    expect(Object.keys(JSON.parse(outputs['md5'] ?? '')).sort()).toEqual(['model', 'raw'])
    const verified = await runStep({ targets: 'x.sh' })
    expect([verified.outputs['uploaded'], isLook()]).toEqual(['1', true])
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
    const big = Buffer.alloc(40 * 2 ** 20, 'x')
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

  const xml = (status: number, code: string): SandboxResponse => ({
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<Error><Code>${code}</Code><Message>${code}</Message></Error>`,
  })
  const faults: [
    what: string,
    respond: SandboxResponse | 'reset' | 'hang',
    kind: string,
    retryable: string,
  ][] = [
    [
      'a login page',
      { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' },
      'auth',
      'false',
    ],
    ['an empty success', { status: 200 }, 'upstream', 'false'],
    ['a server that is down', xml(500, 'InternalError'), 'upstream', 'true'],
    ['resets', 'reset', 'upstream', 'true'],
    ['silence', 'hang', 'timeout', 'true'],
    ['a denied action', xml(403, 'AccessDenied'), 'auth', 'false'],
    ['a bucket that is not there', xml(404, 'NoSuchBucket'), 'not-found', 'false'],
  ]
  test.each(faults)('fails on %s, and says of what kind that is', async (_what, respond, kind, retryable) => {
    fixture.s3.faults.push({ match: () => true, times: 999, respond })
    const { code, outputs, stdout } = await runStep({
      'request-timeout': kind === 'timeout' ? '300ms' : '10s',
    })
    expect([code, outputs['failure-kind'], outputs['retryable']]).toEqual([1, kind, retryable])
    expect(stdout.match(/^::error.*$/gm)).toHaveLength(1)
    expect(stdout.replace(/^::add-mask::.*$/gm, '')).not.toContain(DEFAULT_PRINCIPAL.secretAccessKey)
  })
})
