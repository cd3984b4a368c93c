import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { DEFAULT_PRINCIPAL } from '@mlops-actions/sandbox/s3'
import type { SandboxResponse } from '@mlops-actions/sandbox/server'
import { failureOf } from '../../../test/harness/failure.ts'
import { HOSTILE_TEXT } from '../../../test/harness/hostile.ts'
import { type Fixture, KEYS, KEYS_IN_CONFIG, md5Of, readInputs, startFixture } from './fixture.ts'

let fixture: Fixture

beforeEach(async () => {
  fixture = await startFixture()
  await fixture.write('.dvc/config.local', `['remote "store"']\n${KEYS_IN_CONFIG}`)
})
afterEach(() => fixture.close())

const onLinux = process.platform === 'linux' ? test : test.skip

const failure = (given: Record<string, string> = {}) => failureOf(() => fixture.run(given))

describe('recording', () => {
  const git = (...args: string[]) =>
    promisify(execFile)('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
      cwd: fixture.workspace,
    })
  const text = (path: string) => readFile(join(fixture.workspace, path), 'utf8')

  test('data that nothing tracks yet makes its .dvc file and keeps it out of git', async () => {
    await git('init', '--quiet')
    await fixture.write('models/new.pkl', 'weights')
    const { outputs } = await fixture.run({ add: 'models/new.pkl' })
    expect(outputs).toMatchObject({ uploaded: 5, recorded: ['models/new.pkl.dvc', 'models/.gitignore'] })
    expect(await text('models/.gitignore')).toBe('/new.pkl\n')
    expect(await text('models/new.pkl.dvc')).toBe(
      `outs:\n- md5: ${md5Of('weights')}\n  size: 7\n  hash: md5\n  path: new.pkl\n`,
    )
    expect((await fixture.run()).outputs).toMatchObject({ changed: false, skipped: 5 })
  })

  test('commit: true records whatever changed', async () => {
    await fixture.write('x.sh', '#!/bin/bash\n')
    expect((await failure()).code).toBe('DVC_STALE')
    const { outputs } = await fixture.run({ commit: 'true' })
    expect(outputs).toMatchObject({ recorded: ['x.sh.dvc'] })
    expect(await text('x.sh.dvc')).toContain(md5Of('#!/bin/bash\n'))
  })

  test.each<[what: string, given: Record<string, string>, writing: string]>([
    ['commit: true', { commit: 'true' }, 'x.sh'],
    ['commit: true, in a dry run', { commit: 'true', 'dry-run': 'true' }, 'data/sub'],
    ['add, by its path', { add: './x.sh' }, 'x.sh'],
    ['add, by its .dvc file', { add: 'x.sh.dvc' }, 'x.sh'],
    ['add, by a file in its directory', { add: 'data/a.txt' }, 'data/sub/b.txt'],
  ])('with %s refuses what is being written', async (_what, given, writing) => {
    const stage = { pid: process.pid, cmd: 'dvc repro' }
    await fixture.write(
      '.dvc/tmp/rwlock',
      JSON.stringify({ write: { [join(fixture.workspace, writing)]: stage }, read: {} }),
    )
    const thrown = await failure(given)
    expect([thrown.code, thrown.kind]).toEqual(['DVC_BEING_WRITTEN', 'conflict'])
    expect(fixture.keys()).toEqual([])
    expect((await fixture.run()).outputs).toMatchObject({ uploaded: 4 })
  })

  onLinux('what DVC has recorded while its lock was waited for is sent, too', async () => {
    const lock = join(fixture.workspace, '.dvc/tmp/lock')
    await fixture.write('.dvc/tmp/lock', '')
    const holder = spawn('flock', ['--no-fork', lock, 'sh', '-c', 'echo held && exec sleep 600'])
    await once(holder.stdout, 'data')
    await fixture.write('models/new.pkl', 'weights')
    const theirs = 'recorded by DVC'
    const { outputs } = await fixture.run({ add: 'models/new.pkl' }, {}, async () => {
      if (holder.signalCode !== null) return
      await fixture.write('theirs', theirs)
      await fixture.write(
        'theirs.dvc',
        `outs:\n- md5: ${md5Of(theirs)}\n  size: 15\n  hash: md5\n  path: theirs\n`,
      )
      holder.kill('SIGKILL')
      await once(holder, 'exit')
    })
    expect(outputs).toMatchObject({ uploaded: 6, recorded: ['models/new.pkl.dvc'] })
  })

  test('as a dry run writes nothing', async () => {
    await fixture.write('models/new.pkl', 'weights')
    const { outputs, summary } = await fixture.run({ add: 'models/new.pkl', 'dry-run': 'true' })
    expect(outputs).toMatchObject({ changed: false, recorded: [] })
    expect(summary).toContain('Would be recorded: `models/new.pkl.dvc`')
    await expect(text('models/new.pkl.dvc')).rejects.toThrow(/ENOENT/)
  })

  test('what no commit names is told of', async () => {
    await git('init', '--quiet')
    await git('add', 'data.dvc', '.dvc/config')
    await git('commit', '--quiet', '--message', 'x')
    const { summary, report } = await fixture.run()
    expect(summary).toContain('In no commit as they are, so that nobody can pull what they name: `x.sh.dvc`')
    expect(report).toMatchObject({ uncommitted: ['x.sh.dvc'] })
  })
})

describe('a push', () => {
  test('sends only what the targets name', async () => {
    const { outputs } = await fixture.run({ targets: 'x.sh' })
    expect(outputs).toMatchObject({
      checked: 1,
      uploaded: 1,
      md5: { 'x.sh': '3e2b31c72181b87149ff995e7202c0e3' },
    })
    expect(fixture.keys()).toEqual([KEYS[0]])
  })

  test('as a dry run says what it would do, and does nothing', async () => {
    const { outputs, summary } = await fixture.run({
      'dry-run': 'true',
      publish: 'data=churn',
      'publish-to': 's3://models/serve',
    })
    expect(outputs).toMatchObject({ changed: false, checked: 4, uploaded: 0 })
    expect(summary).toMatch(/^## 🔎 Dry run: 4 objects would be sent/)
    expect(summary).toContain('would be published as')
    expect([fixture.keys(), fixture.keys('models')]).toEqual([[], []])
  })

  test('fails on a remote that has lost what it promises, and repairs it where that is asked for', async () => {
    await fixture.run()
    fixture.lose(KEYS[1] ?? '')
    const thrown = await failure()
    expect([thrown.code, thrown.kind]).toEqual(['DVC_BROKEN', 'integrity'])
    expect(thrown.details.next).toContain('`repair: true`')
    expect(thrown.details.summary).toContain('| broken | `data/')
    expect(thrown.details.outputs).toMatchObject({ uploaded: 0, missing: 0 })
    const { outputs } = await fixture.run({ repair: 'true' })
    expect(outputs).toMatchObject({ uploaded: 1, repaired: 1, skipped: 3 })
    expect(fixture.keys()).toEqual(KEYS)
  })

  test('also sends the records of the run cache where that is asked for', async () => {
    const record = `runs/aa/${'a'.repeat(64)}/${'b'.repeat(64)}`
    await fixture.write(`.dvc/cache/${record}`, 'cmd: train\n')
    const dry = await fixture.run({ 'run-cache': 'true', 'dry-run': 'true' })
    expect(dry.summary).toContain('Run cache: 1 record would be sent, 0 already there')
    const { outputs, summary, report } = await fixture.run({ 'run-cache': 'true' })
    expect(outputs).toMatchObject({ changed: true, 'run-cache-records': 1 })
    expect(summary).toContain('Run cache: 1 record sent, 0 already there')
    expect(report).toMatchObject({ 'run-cache': { records: 1, skipped: 0, bytes: 11 } })
    expect(fixture.keys()).toContain(`dvc/${record}`)
    const again = await fixture.run({ 'run-cache': 'true' })
    expect(again.outputs).toMatchObject({ changed: false, 'run-cache-records': 0 })
  })

  test('keeps what it sends in the cache where that is asked for', async () => {
    const dry = await fixture.run({ 'fill-cache': 'true', 'dry-run': 'true' })
    expect(dry.outputs['cached']).toBeUndefined()
    const { outputs, summary } = await fixture.run({ 'fill-cache': 'true' })
    expect(outputs).toMatchObject({ cached: 4, 'cache-dir': join(fixture.workspace, '.dvc/cache') })
    expect(summary).toContain('Cache: 4 objects put there')
    await fixture.remove('x.sh')
    fixture.lose(KEYS[0] ?? '')
    expect((await fixture.run({ 'fill-cache': 'true' })).outputs).toMatchObject({ uploaded: 1, cached: 0 })
  })

  test('says with every request who pays where that is asked for', async () => {
    await fixture.run({ 'requester-pays': 'true' })
    const payers = new Set(fixture.s3.requests.map(({ headers }) => headers['x-amz-request-payer']))
    expect(payers).toEqual(new Set(['requester']))
  })

  test('takes no more requests at once than it is allowed', async () => {
    await fixture.run({ jobs: '1' })
    expect(fixture.keys()).toEqual(KEYS)
  })

  test('has nothing to do where nothing is tracked', async () => {
    for (const path of ['data.dvc', 'x.sh.dvc']) await fixture.remove(path)
    const { outputs, summary } = await fixture.run()
    expect(outputs).toMatchObject({ changed: false, checked: 0 })
    expect(summary).toMatch(/^## ✅ Nothing to push/)
  })

  test('leaves out what the repository says, and tells which', async () => {
    await fixture.write(
      'x.sh.dvc',
      `outs:\n- md5: 3e2b31c72181b87149ff995e7202c0e3\n  hash: md5\n  path: x.sh\n  push: false\n`,
    )
    const { outputs, summary, report } = await fixture.run()
    expect(outputs).toMatchObject({ uploaded: 3 })
    expect(summary).toContain('- `x.sh`: not pushed')
    expect(report).toMatchObject({ 'left-out': [{ path: 'x.sh', reason: 'not pushed' }] })
  })

  test('warns of a profile in the configuration', async () => {
    await fixture.write('.dvc/config.local', `['remote "store"']\nprofile = ann\n${KEYS_IN_CONFIG}`)
    await fixture.run()
    expect(fixture.world.lines).toContainEqual(expect.stringMatching(/^warning: .*`profile`/))
  })
})

describe('add', () => {
  const recorded = () => readFile(join(fixture.workspace, 'x.sh.dvc'), 'utf8')

  test('records what is in the workspace once everything is in the remote', async () => {
    await fixture.write('x.sh', 'changed')
    const { outputs, summary } = await fixture.run({
      add: 'x.sh',
      publish: 'x.sh=script',
      'publish-to': 's3://models',
    })
    expect(outputs).toMatchObject({
      changed: true,
      recorded: ['x.sh.dvc'],
      md5: { 'x.sh': md5Of('changed') },
      'storage-uri': `s3://models/script/${md5Of('changed')}/`,
    })
    expect(summary).toContain('Recorded, and to be committed: `x.sh.dvc`')
    expect(await recorded()).toBe(`outs:\n- md5: ${md5Of('changed')}\n  size: 7\n  hash: md5\n  path: x.sh\n`)
    expect((await fixture.run({ add: 'x.sh' })).outputs).toMatchObject({ changed: false, recorded: [] })
  })

  test.each([
    { add: 'new.bin', targets: 'data' },
    { commit: 'true', targets: 'data' },
    { add: 'x.sh\ndata', targets: 'data/a.txt\nx.sh' },
  ])('records nothing that is not pushed too: %j', async (given) => {
    await fixture.write('new.bin', 'weights')
    await fixture.write('x.sh', 'changed')
    await fixture.write('data/a.txt', 'changed')
    const thrown = await failure(given)
    expect([thrown.code, thrown.kind]).toEqual(['DVC_COMMIT_PARTIAL', 'config'])
    expect(thrown.message).toMatch(
      /^Cannot record a file .* which this step does not push.*name the rest in `targets`/,
    )
    expect(fixture.keys()).toEqual([])
    await expect(readFile(join(fixture.workspace, 'new.bin.dvc'))).rejects.toThrow(/ENOENT/)
  })

  test('records what stays on this machine by its own word, too', async () => {
    await fixture.write('x.sh.dvc', `outs:\n- md5: ${md5Of('x')}\n  hash: md5\n  path: x.sh\n  push: false\n`)
    expect((await fixture.run({ add: 'x.sh' })).outputs).toMatchObject({ recorded: ['x.sh.dvc'] })
  })

  test('records nothing in a dry run, or when the push fails', async () => {
    const before = await recorded()
    await fixture.write('x.sh', 'changed')
    const { outputs, summary } = await fixture.run({ add: 'x.sh', 'dry-run': 'true' })
    expect(outputs).toMatchObject({ changed: false, recorded: [] })
    expect(summary).toContain('Would be recorded: `x.sh.dvc`')
    fixture.s3.state.deny.push({ action: 's3:PutObject' })
    const { details } = await failure({ add: 'x.sh' })
    expect(details.outputs).toMatchObject({ recorded: [] })
    expect(await recorded()).toBe(before)
  })
})

describe('a push that would lose data sends nothing, and is red', () => {
  const rows: [what: string, make: () => Promise<void>, code: string, kind: string][] = [
    ['missing', () => fixture.remove('data'), 'DVC_MISSING', 'integrity'],
    ['stale', () => fixture.write('x.sh', 'changed'), 'DVC_STALE', 'integrity'],
    ['corrupt', corrupt, 'DVC_CORRUPT', 'integrity'],
    [
      'unrecorded',
      () => fixture.write('dvc.yaml', 'stages:\n  train: {cmd: x, outs: [model]}\n'),
      'DVC_UNRECORDED',
      'config',
    ],
  ]
  test.each(rows)('%s', async (what, make, code, kind) => {
    await make()
    const thrown = await failure()
    expect([thrown.code, thrown.kind]).toEqual([code, kind])
    expect(thrown.details.summary).toMatch(/^## ❌ dvc-push: Nothing was pushed/)
    expect(thrown.details.summary).toContain(`| ${what} | `)
    expect(thrown.details.report).toMatchObject({ problems: [expect.objectContaining({ kind: what })] })
    expect(fixture.keys()).toEqual([])
  })

  async function corrupt() {
    await fixture.remove('x.sh')
    await fixture.write('.dvc/cache/files/md5/3e/2b31c72181b87149ff995e7202c0e3', 'damaged')
  }

  test('what is missing is counted', async () => {
    await fixture.write('y.dvc', `outs:\n- md5: ${md5Of('y')}\n  hash: md5\n  path: y\n`)
    const { details } = await failure()
    expect(details.outputs).toMatchObject({ missing: 1, uploaded: 0, checked: 5, changed: false })
  })
})

describe('an upload that fails', () => {
  test('names the object, the action and the ARN, and keeps the list of files back', async () => {
    fixture.s3.state.deny.push({ action: 's3:PutObject', resourcePrefix: 'data/dvc/files/md5/b1' })
    const thrown = await failure({ jobs: '1' })
    expect(thrown.kind).toBe('auth')
    expect(thrown.message).toMatch(
      /could not be pushed: arn:aws:s3:::data\/.*Have `s3:PutObject` on arn:aws:s3:::data\/\S+ taken out of an explicit deny/,
    )
    expect(thrown.details.summary).toContain('| `data` | its list of files was kept back')
    expect(fixture.keys().some((key) => key.endsWith('.dir'))).toBe(false)
  })
})

describe('a remote that fails', () => {
  const xml = (status: number, code: string): SandboxResponse => ({
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<Error><Code>${code}</Code><Message>${code}</Message></Error>`,
  })
  const page = { status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }
  test.each<[what: string, respond: SandboxResponse | 'reset' | 'hang', kind: string, retryable: boolean]>([
    ['by a login page', page, 'auth', false],
    ['by an empty success', { status: 200 }, 'upstream', false],
    ['since it is down', xml(500, 'InternalError'), 'upstream', true],
    ['by resets', 'reset', 'upstream', true],
    ['by silence', 'hang', 'timeout', true],
    ['by a denied action', xml(403, 'AccessDenied'), 'auth', false],
    ['by a bucket that is not there', xml(404, 'NoSuchBucket'), 'not-found', false],
  ])('%s is told by its kind, and the secret key nowhere', async (_what, respond, kind, retryable) => {
    fixture.s3.faults.push({ match: () => true, times: 999, respond })
    const thrown = await failure({ 'request-timeout': kind === 'timeout' ? '30ms' : '10s' })
    expect([thrown.kind, thrown.retryable]).toEqual([kind, retryable])
    const { message, details } = thrown
    const shown = JSON.stringify([message, details, fixture.world.lines])
    expect(shown).not.toContain(DEFAULT_PRINCIPAL.secretAccessKey)
  })
})

test('what its targets depend on is sent, and looked at again unless that is not wanted', async () => {
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
  const { outputs } = await fixture.run({ targets: 'model', 'with-deps': 'true', verify: 'false' })
  expect([Object.keys(Object(outputs['md5'])).sort(), isLook()]).toEqual([['model', 'raw'], false])
  const verified = await fixture.run({ targets: 'x.sh' })
  expect([verified.outputs['uploaded'], isLook()]).toEqual([1, true])
})

test('hostile names reach the summary as text', async () => {
  const names = HOSTILE_TEXT.map((text) => text.replace(/[/\u0000]/g, '_')).filter(
    (name) => Buffer.byteLength(name) < 200,
  )
  for (const name of names) await fixture.write(`data/${name}`, 'x')
  const { details } = await failure()
  expect(details.summary).not.toMatch(/<script>|<img|^::|##\[/m)
})

describe('inputs', () => {
  test.each([
    [{ publish: 'model=churn' }, /publish-to: is needed/],
    [{ 'publish-to': 's3://models' }, /publish: say what to publish/],
    [{ publish: 'model=../x', 'publish-to': 's3://models' }, /the model of model is "\.\.\/x"/],
    [{ publish: 'model', 'publish-to': 's3://models' }, /lines of key=value/],
    [{ 'publish-to': 'https://models' }, /want an S3 URI/],
    [{ jobs: 'many' }, /jobs: got "many"/],
    [{ publish: 'a=m\nb=m', 'publish-to': 's3://models' }, /two outputs are to be the model m/],
    [{ publish: 'a=m', 'publish-to': 's3://models//x' }, /without empty parts/],
    [{ publish: 'a=m', 'publish-to': 's3://models/a?b' }, /want an S3 URI/],
  ])('%j', (given, words) => {
    expect(() => readInputs(given)).toThrow(words)
  })
})

onLinux(
  'a pipe is called one, be it to be added or in the place of data, and nothing waits for its other end',
  async () => {
    await fixture.remove('x.sh')
    for (const name of ['x.sh', 'new']) await promisify(execFile)('mkfifo', [join(fixture.workspace, name)])
    expect((await failure({ add: 'new' })).message).toMatch(/add: new: it is a pipe, socket or device/)
    expect((await failure({ add: 'x.sh' })).message).toMatch(/add: x\.sh: it is a pipe, socket or device/)
    const stale = await failure()
    expect([stale.code, stale.details.seen]).toEqual([
      'DVC_STALE',
      expect.stringMatching(/^x\.sh: a pipe, socket or device stands in the place of the file/),
    ])
    expect(fixture.keys()).toEqual([])
  },
)

describe('a name that is no output', () => {
  test.each([
    [
      { add: 'data/none.txt' },
      /^Cannot record the data: add: data\/none\.txt: it is not in the workspace.*add data\./,
    ],
    [{ add: 'none' }, /^Cannot record the data: add: none: it is not in the workspace/],
    [{ add: '.' }, /add: \.: its path "\." is the repository itself/],
    [{ add: '../x' }, /add: \.\.\/x: its path "\.\.\/x" leaves the repository/],
    [{ targets: 'none' }, /^Cannot find what is meant: targets: none: .*tracked are data, x\.sh/],
    [{ remote: 'none' }, /^Cannot find the DVC remote: .*there is no remote "none"; there is "store"/],
    [{ path: 'none' }, /path: \S+\/none: there is no DVC repository/],
    [
      { publish: 'none=m', 'publish-to': 's3://models' },
      /^Cannot publish the data: publish: none: .*Name one of data, x\.sh/,
    ],
    [{ publish: 'data/a.txt=m', 'publish-to': 's3://models' }, /it lies in the output data.*Name data/],
  ])('%j is refused by its name, and nothing is sent', async (given, words) => {
    expect((await failure(given)).message).toMatch(words)
    expect(fixture.keys()).toEqual([])
  })
})

test('a .dvc file that git ignores is not pushed, as with DVC, and said', async () => {
  await fixture.write('.gitignore', '/x.sh.dvc\n')
  await fixture.run()
  expect(fixture.world.lines).toContainEqual(
    expect.stringMatching(
      /x\.sh\.dvc is ignored \(\.gitignore or \.dvcignore\), so that DVC does not see it/,
    ),
  )
})
