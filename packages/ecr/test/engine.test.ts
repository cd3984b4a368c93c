import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { failureOf } from '../../../test/harness/failure.ts'
import { testWorld } from '../../../test/harness/world.ts'
import { assertEngine } from '../src/smoke/index.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engine-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A client that says of its engine what docker 26.1.5 says, word for word. */
async function client(version: string, endpoint: string): Promise<{ readonly env: Record<string, string> }> {
  const script = `#!/bin/sh\ncase "$1" in\nversion) ${version};;\ncontext) ${endpoint};;\nesac\n`
  await writeFile(join(folder, 'docker'), script)
  await chmod(join(folder, 'docker'), 0o755)
  return { env: { PATH: `${folder}:${process.env['PATH']}` } }
}

const refused = async (version: string, endpoint: string) => {
  const engine = await client(version, endpoint)
  return (await failureOf(() => assertEngine(testWorld(), engine))).details
}

describe('an engine', () => {
  test('of this machine will do', async () => {
    const engine = await client('echo 26.1.5+dfsg1', 'echo unix:///var/run/docker.sock')
    await expect(assertEngine(testWorld(), engine)).resolves.toBeUndefined()
  })

  test.each(['tcp://dind:2376', 'ssh://build@far'])(
    'at %j cannot be reached by what it starts',
    async (endpoint) => {
      expect(await refused('echo 26.1.5+dfsg1', `echo ${endpoint}`)).toMatchObject({
        kind: 'config',
        on: 'the input `smoke`',
        seen: `the engine is at ${endpoint}, and what it runs cannot be reached from here`,
      })
    },
  )

  test('whose context nobody knows is refused in the words of the client', async () => {
    const { code, seen } = await refused(
      'echo 26.1.5+dfsg1',
      'echo \'context "far" does not exist\' >&2; exit 1',
    )
    expect([code, seen]).toEqual([
      'SMOKE_ENGINE_UNKNOWN',
      'nobody can say where the engine is: context "far" does not exist',
    ])
  })

  test('that does not answer is none, in the words of the client', async () => {
    const said = 'Cannot connect to the Docker daemon at unix:///nowhere. Is the docker daemon running?'
    const { code, seen } = await refused(`echo '${said}' >&2; exit 1`, 'echo unix:///nowhere')
    expect({ code, seen }).toEqual({ code: 'SMOKE_NO_ENGINE', seen: `there is no Docker engine: ${said}` })
  })

  test('without a client is none either', async () => {
    const failure = await failureOf(() => assertEngine(testWorld(), { env: { PATH: folder } }))
    expect(failure.code).toBe('PROGRAM_NOT_FOUND')
  })
})
