import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { git } from '../../../test/harness/server-git.ts'
import { decideBump, landChange } from '../src/index.ts'
import { createWorld, type Fixture, request, startFixture, type Transport } from './fixture.ts'

/** One branch with all of them, which no test changes. */
let fixture: Fixture

beforeAll(async () => {
  fixture = await startFixture()
  await addOddEntries()
})
afterAll(() => fixture.close())

const paths: [what: string, path: string, seen: string][] = [
  ['a symlink', 'link.yaml', 'it is a symlink'],
  ['a file below a symlink', 'linked/inference.yaml', 'linked in acme/gitops main: it is a symlink'],
  ['a submodule', 'sub', 'it is a submodule'],
  ['a file below a submodule', 'sub/inference.yaml', 'sub in acme/gitops main: it is a submodule'],
  ['a folder', 'k8s', 'it is a folder'],
  ['a file that is not there', 'k8s/Inference.yaml', 'there is no such file'],
  ['a pathspec with magic', ':(glob)k8s/*', 'there is no such file'],
]

describe.each<Transport>(['git', 'api'])('by %s a bump is refused', (transport) => {
  test.each(paths)('for %s', async (_what, path, seen) => {
    const asked = request('registry.example/churn:v2', { file: path })
    const decide = decideBump.bind(undefined, asked)
    const landing = { paths: [path], changeId: asked.order.changeId, decide }
    const branch = await fixture.openBranch(transport)
    await expect(landChange(createWorld(), branch, landing)).rejects.toThrow(seen)
  })
})

async function addOddEntries(): Promise<void> {
  const { repository } = fixture
  const head = await git(repository, 'rev-parse', 'main')
  const target = await git(repository, 'hash-object', '-w', '--stdin')
  const entries = `120000 blob ${target}\tlink.yaml\n120000 blob ${target}\tlinked\n160000 commit ${head}\tsub\n`
  const tree = await git(repository, 'ls-tree', 'main')
  const odd = await git(repository, { input: `${tree}\n${entries}` }, 'mktree')
  const commit = await git(repository, 'commit-tree', odd, '-p', head, '-m', 'Odd')
  await git(repository, 'update-ref', 'refs/heads/main', commit)
}
