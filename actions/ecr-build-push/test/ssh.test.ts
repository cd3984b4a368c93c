import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { readContext } from '@mlops-actions/runner'
import { testWorld } from '../../../test/harness/world.ts'
import { prepareSsh } from '../src/ssh.ts'

let workspace: string
const agent = createServer()
beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'ssh-'))
  await writeFile(join(workspace, 'key'), 'x')
  await writeFile(join(workspace, 'other'), 'x')
  await new Promise<void>((resolve) => agent.listen(join(workspace, 'agent'), resolve))
})
afterEach(async () => {
  await new Promise((resolve) => agent.close(resolve))
  await rm(workspace, { recursive: true })
})

function prepare(id: string, paths: readonly string[], env: Record<string, string> = {}) {
  return prepareSsh(
    { ssh: [{ id, paths }] },
    {
      ...testWorld({ env }),
      context: readContext({ GITHUB_WORKSPACE: workspace }),
      output: () => {},
      idToken: () => Promise.reject(new Error('not asked for here')),
    },
  )
}

test('the agent of the job is given by its path, so that the child needs no variable of the job', async () => {
  const socket = join(workspace, 'agent')
  expect(await prepare('default', [], { SSH_AUTH_SOCK: socket })).toEqual([
    { id: 'default', paths: [socket] },
  ])
})

test('paths are those of the workspace, several only of keys', async () => {
  expect(await prepare('git', ['key', join(workspace, 'other')])).toEqual([
    { id: 'git', paths: [join(workspace, 'key'), join(workspace, 'other')] },
  ])
  expect(await prepare('git', ['agent'])).toEqual([{ id: 'git', paths: [join(workspace, 'agent')] }])
})

const NEXT =
  'Start an agent and add the key before this step, so that SSH_AUTH_SOCK is set, or give the path of one socket or of files with keys'
test.each([
  ['no agent', [], 'git takes the agent of the job, and SSH_AUTH_SOCK is not set'],
  ['nothing there', ['nowhere'], 'git names WORKSPACE/nowhere, which is neither a socket nor a file'],
  ['a folder', ['.'], 'git names WORKSPACE, which is neither a socket nor a file'],
  ['a socket and a key', ['agent', 'key'], 'git names a socket and something else'],
])('%s is a wrong input', async (_what, paths, seen) => {
  await expect(prepare('git', paths)).rejects.toMatchObject({
    kind: 'config',
    code: 'SSH_AGENT',
    details: { on: 'the input `ssh`', seen: seen.replace('WORKSPACE', workspace), next: NEXT },
  })
})

test('an agent whose path has a comma is refused: buildx would take it for two', async () => {
  const socket = join(workspace, 'a,b')
  await writeFile(socket, 'x')
  await expect(prepare('default', [], { SSH_AUTH_SOCK: socket })).rejects.toThrow(
    'default has a path with a comma',
  )
})
