import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { readContext } from '@mlops-actions/runner'
import { testWorld } from '../../../test/harness/world.ts'
import { prepareSecrets } from '../src/secrets.ts'

async function prepare(
  given: Partial<Parameters<typeof prepareSecrets>[0]>,
  env: Record<string, string> = {},
) {
  const workspace = await mkdtemp(join(tmpdir(), 'secrets-'))
  await writeFile(join(workspace, '.npmrc'), 'registry=https://npm.example\n')
  const masked: string[] = []
  const world = {
    ...testWorld({ env }),
    mask: (value: string) => void masked.push(value),
    context: readContext({ GITHUB_WORKSPACE: workspace }),
    output: () => {},
    idToken: () => Promise.reject(new Error('not asked for here')),
  }
  const none = { secrets: new Map(), secretEnvs: new Map(), secretFiles: new Map() }
  const prepared = await prepareSecrets({ ...none, ...given }, world).finally(() =>
    rm(workspace, { recursive: true }),
  )
  return { ...prepared, masked, workspace }
}

test('values go to the child in variables of their own, masked, and never by their name or as an argument', async () => {
  const given = { secrets: new Map([['pip', 'canary-one']]), secretEnvs: new Map([['npm', 'NPM_TOKEN']]) }
  const { secrets, env, masked } = await prepare(given, { NPM_TOKEN: 'canary-two', OTHER: 'canary-three' })
  expect(secrets).toEqual([
    { id: 'pip', env: 'MLOPS_BUILD_SECRET_0' },
    { id: 'npm', env: 'MLOPS_BUILD_SECRET_1' },
  ])
  expect(env).toEqual({ MLOPS_BUILD_SECRET_0: 'canary-one', MLOPS_BUILD_SECRET_1: 'canary-two' })
  expect(masked).toEqual(['canary-one', 'canary-two'])
})

test('a file is taken from the workspace, by its whole path', async () => {
  const { secrets, env, workspace } = await prepare({ secretFiles: new Map([['npm', '.npmrc']]) })
  expect([secrets, env]).toEqual([[{ id: 'npm', file: join(workspace, '.npmrc') }], {}])
})

test('what may be the value itself, given in place of a name, is not quoted', async () => {
  await expect(prepare({ secretEnvs: new Map([['npm', 'hunter22']]) })).rejects.toMatchObject({
    message: expect.not.stringContaining('hunter22'),
  })
})

test.each([
  ['a file that is not there', { secretFiles: new Map([['npm', 'no.npmrc']]) }, 'secret-files'],
  [
    'a variable that is not set',
    { secretEnvs: new Map([['npm', 'NPM_TOKEN']]) },
    'for the secret npm is not set',
  ],
])('%s is a wrong input', async (_what, given, names) => {
  await expect(prepare(given)).rejects.toMatchObject({
    kind: 'config',
    message: expect.stringContaining(names),
  })
})
