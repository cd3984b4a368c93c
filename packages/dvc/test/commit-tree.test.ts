import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { listTreeFiles, openCheckout, readBlobs, resolveRevision } from '@mlops-actions/git'
import { testWorld } from '../../../test/harness/world.ts'
import { commitTree, readRepository } from '../src/index.ts'
import { CONFIG, dvcFile, makeRepository, type TestRepository } from './repository.ts'

const MD5 = 'acbd18db4cc2f85cedef654fccc4a4d8'
const OTHER = '37b51d194a7513e45b56f6524f2d51f2'
const run = promisify(execFile)
const world = { ...testWorld(), env: { PATH: process.env['PATH'] } }
let repository: TestRepository

beforeEach(async () => {
  repository = await makeRepository()
  await git('init', '--quiet', '--initial-branch=main')
})
afterEach(() => repository.close())

async function git(...args: string[]): Promise<string> {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com']
  return (await run('git', [...identity, ...args], { cwd: repository.root })).stdout
}
async function commit(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) await repository.write(path, text)
  await git('add', '--all')
  await git('commit', '--quiet', '--message', 'x')
}

/** The outputs that a revision names, read from the objects of git. */
async function outputsAt(revision: string, folder = ''): Promise<readonly string[]> {
  const { checkout } = await openCheckout(world, repository.root)
  const oid = await resolveRevision(checkout, revision)
  const files = await listTreeFiles(checkout, oid)
  const tree = commitTree({
    name: `commit ${oid.slice(0, 7)}`,
    files,
    folder,
    readBlobs: (oids) => readBlobs(checkout, oids),
  })
  const { outputs } = await readRepository(`${repository.root}/${folder}`, { tree })
  return outputs.map(({ path, oid: object }) => `${path} ${object}`)
}

describe('the repository of a commit', () => {
  test('is what was committed, whatever lies in the workspace now', async () => {
    await commit({ 'a.dvc': dvcFile(MD5, 'a') })
    await git('tag', 'v1')
    await commit({ 'a.dvc': dvcFile(OTHER, 'a'), 'sub/b.dvc': dvcFile(MD5, 'b') })
    await repository.write('a.dvc', 'broken: [')
    expect(await outputsAt('v1')).toEqual([`a ${MD5}`])
    expect(await outputsAt('main')).toEqual([`a ${OTHER}`, `sub/b ${MD5}`])
  })

  test('has pipelines, ignore files and variables of that commit', async () => {
    await commit({
      '.dvcignore': 'ignored\n',
      'ignored/x.dvc': 'broken: [',
      'dvc.yaml': "vars: [conf/v.json]\nstages:\n  a: {cmd: x, outs: ['${o}']}\n",
      'dvc.lock': `schema: '2.0'\nstages:\n  a:\n    cmd: x\n    outs:\n    - {path: m, hash: md5, md5: ${MD5}}\n`,
      'conf/v.json': '{"o": "m"}',
    })
    await repository.write('conf/v.json', '{"o": "n"}')
    expect(await outputsAt('HEAD')).toEqual([`m ${MD5}`])
  })

  test('may lie in a folder of the Git repository', async () => {
    await commit({ 'ml/.dvc/config': CONFIG, 'ml/a.dvc': dvcFile(MD5, 'a'), 'b.dvc': dvcFile(OTHER, 'b') })
    expect(await outputsAt('HEAD', 'ml')).toEqual([`a ${MD5}`])
  })

  test('refuses a symbolic link in the place of a .dvc file', async () => {
    await repository.write('a.dvc', { link: '/etc/passwd' })
    await commit({})
    await expect(outputsAt('HEAD')).rejects.toThrow(/a\.dvc in commit [0-9a-f]{7}: it is a symbolic link/)
  })

  test('that this checkout does not have is said so, with what to do', async () => {
    await commit({ 'a.dvc': dvcFile(MD5, 'a') })
    await expect(outputsAt('v9')).rejects.toThrow(
      /v9: neither a commit nor a branch nor a tag.*fetch-depth: 0/,
    )
  })
})
