import { readdir } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Fault } from '@mlops-actions/sandbox/server'
import { git } from '../../../test/harness/server-git.ts'
import { FILE, type Fixture, manifest, startFixture, V1, V2 } from './fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture({ [FILE]: manifest(V1), 'k8s/other.yaml': 'kind: Other\n' })
})
afterEach(() => fixture.close())

const leftovers = async () => (await readdir(fixture.temp)).filter((name) => name.startsWith('gitops-'))

describe.each(['git', 'api'])('validate, by %s,', (transport) => {
  const run = (validate: string, more: Record<string, string> = {}) =>
    fixture.run({ transport, image: V2, validate, ...more })

  test('sees the repository as the commit would leave it', async () => {
    const seen = `grep -q 'image: ${V2}' ${FILE} && grep -q Other k8s/other.yaml && test ! -e .git`
    expect((await run(seen)).outputs['changed']).toBe(true)
    expect(await fixture.manifest()).toBe(manifest(V2))
    expect(await leftovers()).toEqual([])
  })

  test('keeps what is not valid off the branch, with its last words', async () => {
    const head = await fixture.head()
    await expect(run('echo checking\necho "no such key: imagee" >&2; exit 3')).rejects.toMatchObject({
      kind: 'gate',
      code: 'GITOPS_CHECK_FAILED',
      retryable: false,
      message: expect.stringMatching(/exit code 3: no such key: imagee.*Nothing was committed/),
    })
    expect(await fixture.head()).toBe(head)
    expect(await leftovers()).toEqual([])
  })

  test('is asked in a rehearsal too, and neither where nothing changes nor for a rollback', async () => {
    await expect(run('exit 1', { 'dry-run': 'true' })).rejects.toMatchObject({ code: 'GITOPS_CHECK_FAILED' })
    const { outputs } = await run('true')
    expect((await run('exit 1')).outputs['changed']).toBe(false)
    const back = {
      transport,
      mode: 'rollback',
      'rollback-of': String(outputs['commit-sha']),
      validate: 'exit 1',
    }
    expect((await fixture.run(back)).outputs['changed']).toBe(true)
  })

  test('is not given up where the server fails for a moment', async () => {
    // Behind those of the step itself (by git for the branch and for the file) come those of the check: for the commit, and
    // where that fails for all of the branch.
    let before = transport === 'git' ? 2 : 0
    const match: Fault['match'] = ({ rawQuery }) => rawQuery === 'service=git-upload-pack' && before-- <= 0
    fixture.github.faults.push({ match, times: 2, respond: { status: 503, body: 'down' } })
    expect((await run('true')).outputs['changed']).toBe(true)
  })

  test('is asked again about the commit of somebody else that came first', async () => {
    const other = `cd '${fixture.repository.directory}'
      entry=$(printf '100644 blob %s\\tbad' "$(git hash-object -w --stdin < /dev/null)")
      tree=$(printf '%s\\n' "$(git ls-tree main)" "$entry" | git mktree)
      commit=$(git -c user.name=A -c user.email=a@b.c commit-tree "$tree" -p main -m Other)
      git update-ref refs/heads/main "$commit"`
    await expect(run(`test ! -e bad || exit 4\n${other}`)).rejects.toMatchObject({
      code: 'GITOPS_CHECK_FAILED',
      message: expect.stringContaining('exit code 4'),
    })
    expect(await git(fixture.repository, 'log', '--format=%s', 'main')).toBe('Other\nStart')
  })
})

describe('the command of validate', () => {
  const run = (validate: string, more: Record<string, string> = {}) =>
    fixture.run({ image: V2, validate, ...more })

  test('is ended when it takes too long', async () => {
    await expect(run('sleep 600', { 'validate-timeout': '1s' })).rejects.toMatchObject({ kind: 'timeout' })
    expect(await leftovers()).toEqual([])
  })

  test('finds no link that leads out of the repository', async () => {
    const link = await git(fixture.repository, 'rev-parse', `main:${FILE}`)
    const tree = await git(fixture.repository, 'rev-parse', 'main:k8s')
    // The blob is the manifest; as the target of a link it is as good as any.
    const entries = `120000 blob ${link}\tsecret\n040000 tree ${tree}\tk8s\n`
    const odd = await git(fixture.repository, { input: entries }, 'mktree')
    const commit = await git(fixture.repository, 'commit-tree', odd, '-p', 'main', '-m', 'Link')
    await git(fixture.repository, 'update-ref', 'refs/heads/main', commit)
    expect((await run('test ! -L secret && test -f secret')).outputs['changed']).toBe(true)
  })
})

test('validate keeps what is not valid out of a pull request too', async () => {
  const propose = (validate: string) =>
    fixture.run({ transport: 'auto', 'pull-request': 'true', image: V2, validate })
  await expect(propose(`! grep -q 'image: ${V2}' ${FILE}`)).rejects.toMatchObject({
    code: 'GITOPS_CHECK_FAILED',
  })
  expect(fixture.repository.pulls).toEqual([])
  expect((await propose(`grep -q 'image: ${V2}' ${FILE}`)).outputs['pr-number']).toBe(1)
  expect(await leftovers()).toEqual([])
})
