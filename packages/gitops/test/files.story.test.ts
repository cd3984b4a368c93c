import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Failure } from '@mlops-actions/diagnostics'
import { commitFiles, headOf, readFileAt } from '@mlops-actions/sandbox/github'
import { git } from '../../../test/harness/server-git.ts'
import { type Branch, decideFiles, type FileChange, type Landed, landChange } from '../src/index.ts'
import { createWorld, type Fixture, startFixture, TOKEN, type Transport } from './fixture.ts'

let fixture: Fixture
let changes = 0

beforeEach(async () => {
  fixture = await startFixture({ 'data.dvc': 'one\n', README: 'mine\n' })
})
afterEach(() => fixture.close())

const change = (path: string, base: string | undefined, text: string, more: Partial<FileChange> = {}) =>
  ({ path, base, text, onConflict: 'fail', ...more }) satisfies FileChange

function land(
  branch: Branch,
  wanted: readonly FileChange[],
  world = createWorld(),
): Promise<Landed<unknown>> {
  const changeId = `files-${++changes}`
  const trailers = [['Mlops-Change-Id', changeId]] as const
  const request = { label: branch.label, changes: wanted, message: 'Record data', trailers }
  return landChange(world, branch, {
    paths: wanted.map(({ path }) => path),
    mayBeMissing: true,
    changeId,
    decide: (state) => decideFiles(request, state),
  })
}

const put = (files: Readonly<Record<string, string>>) =>
  commitFiles(fixture.github.state, fixture.repository, { files, message: 'Somebody else' })
const count = async () => Number(await git(fixture.repository, 'rev-list', '--count', 'main'))

async function textOf(path: string): Promise<string> {
  return readFileAt(fixture.repository, (await headOf(fixture.repository, 'main')) ?? '', path)
}

describe.each<Transport>(['git', 'api'])('files by %s', (transport) => {
  test('that changed and that are new are in one commit, and nothing else is', async () => {
    const branch = await fixture.openBranch(transport)
    const landed = await land(branch, [
      change('data.dvc', 'one\n', 'two\n'),
      change('models/new/m.pkl.dvc', undefined, 'new\n'),
    ])
    expect(landed).toMatchObject({ changed: true, result: { written: ['data.dvc', 'models/new/m.pkl.dvc'] } })
    const shown = await git(fixture.repository, 'show', '--format=%s', '--raw', '--no-abbrev', 'main')
    expect(shown.split('\n').filter((line) => line !== '')).toEqual([
      'Record data',
      expect.stringMatching(/^:100644 100644 \w+ \w+ M\tdata\.dvc$/),
      expect.stringMatching(/^:000000 100644 \w+ \w+ A\tmodels\/new\/m\.pkl\.dvc$/),
    ])
    expect(await textOf('models/new/m.pkl.dvc')).toBe('new\n')
  })

  test('that are there already make no commit', async () => {
    await put({ 'data.dvc': 'two\n', 'new.dvc': 'new\n' })
    const wanted = [change('data.dvc', 'one\n', 'two\n'), change('new.dvc', undefined, 'new\n')]
    const landed = await land(await fixture.openBranch(transport), wanted)
    expect(landed).toMatchObject({ changed: false, result: { written: [], diff: '' } })
    expect(await count()).toBe(2)
  })

  test('that somebody else has changed meanwhile are nobody’s to overwrite', async () => {
    await put({ 'data.dvc': 'theirs\n' })
    const wanted = [change('data.dvc', 'one\n', 'two\n')]
    await expect(land(await fixture.openBranch(transport), wanted)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'GITOPS_FILE_CONFLICT',
    } satisfies Partial<Failure>)
    expect(await textOf('data.dvc')).toBe('theirs\n')
  })

  test('made of lines get theirs at the end of what others have added', async () => {
    await put({ '.gitignore': '/data\n/theirs\n' })
    const wanted = [change('.gitignore', '/data\n', '/data\n/new\n', { onConflict: 'add-lines' })]
    await land(await fixture.openBranch(transport), wanted)
    expect(await textOf('.gitignore')).toBe('/data\n/theirs\n/new\n')
    expect(await land(await fixture.openBranch(transport), wanted)).toMatchObject({ changed: false })
  })

  test('land beside those of other writers at the same time, each in a commit of its own', async () => {
    const names = ['a', 'b', 'c', 'd']
    const landed = await Promise.all(
      names.map(async (name) => {
        const wanted = [
          change(`${name}.dvc`, undefined, name),
          change('.gitignore', undefined, `/${name}\n`, { onConflict: 'add-lines' }),
        ]
        return land(await fixture.openBranch(transport), wanted)
      }),
    )
    expect(landed.every((one) => one.changed)).toBe(true)
    expect((await textOf('.gitignore')).split('\n').sort()).toEqual(['', '/a', '/b', '/c', '/d'])
    for (const name of names) expect(await textOf(`${name}.dvc`)).toBe(name)
    expect(await count()).toBe(1 + names.length)
  }, 60_000)

  test('are refused below a link, which may lead anywhere, though files may be missing', async () => {
    const link = await git(fixture.repository, 'hash-object', '-w', '--stdin', { input: '/etc' })
    const readme = await git(fixture.repository, 'rev-parse', 'main:README')
    const tree = await git(fixture.repository, 'mktree', {
      input: `120000 blob ${link}\tmodels\n100644 blob ${readme}\tREADME\n`,
    })
    const commit = await git(fixture.repository, 'commit-tree', tree, '-p', 'main', '-m', 'link')
    await git(fixture.repository, 'update-ref', 'refs/heads/main', commit)
    const wanted = [change('models/a.dvc', undefined, 'x')]
    await expect(land(await fixture.openBranch(transport, { token: TOKEN }), wanted)).rejects.toMatchObject({
      code: 'GITOPS_NOT_A_FILE',
    })
  })
})
