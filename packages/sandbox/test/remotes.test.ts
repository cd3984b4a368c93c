import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type BuildkitServer, startBuildkit } from '../src/buildkit/index.ts'
import { runDocker } from '../src/docker/main.ts'
import { createAuthority, createIdentity } from '../src/faults/index.ts'

let folder: string
let server: BuildkitServer
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'remotes-'))
  server = await startBuildkit()
})
afterEach(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

async function buildx(...args: readonly string[]) {
  const said = { stdout: '', stderr: '' }
  const code = await runDocker(['buildx', ...args], {
    env: { BUILDX_CONFIG: join(folder, 'buildx') },
    signal: new AbortController().signal,
    stdout: (text) => {
      said.stdout += text
    },
    stderr: (text) => {
      said.stderr += text
    },
  })
  return { code, ...said }
}

/** A builder whose client is of this authority. */
function create(authority = server.authority, more: readonly string[] = []) {
  const files = { cacert: server.authority.certificate, ...createIdentity({ hosts: ['job'] }, authority) }
  const options = Object.entries(files).map(([name, pem]) => {
    writeFileSync(join(folder, name), pem)
    return `--driver-opt=${name}=${join(folder, name)}`
  })
  return buildx('create', '--name=x', '--driver=remote', ...options, ...more, server.address)
}

function build() {
  writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY Dockerfile /\n')
  return buildx('build', '--builder=x', folder)
}

describe('a builder of the driver remote', () => {
  test('is known where it was created, and builds', async () => {
    expect(await create()).toMatchObject({ code: 0, stdout: 'x\n' })
    expect(existsSync(join(folder, 'buildx/instances/x'))).toBe(true)
    expect((await buildx('inspect', 'x')).stdout).toMatch(/^Driver: +remote$/m)
    expect((await build()).code).toBe(0)
  })

  test('that takes no client of this authority is not reached, and nobody says why', async () => {
    await create(createAuthority())
    expect(await build()).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('ERROR: failed to build: context deadline exceeded'),
    })
  })

  test('is reached where its certificate has the name that was given, and under no other one', async () => {
    await server.close()
    server = await startBuildkit({ hosts: ['buildkitd.test'] })
    await create(server.authority, ['--driver-opt=servername=buildkitd.test'])
    expect((await build()).code).toBe(0)
    rmSync(join(folder, 'buildx'), { recursive: true })
    await create()
    expect((await build()).code).toBe(1)
  })

  // What buildx 0.29.1 printed.
  test.each([
    [
      ['--driver-opt=cacert=ca.pem', 'tcp://h:1'],
      "failed to initialize builder x (x0): non-absolute path 'ca.pem' provided for cacert",
    ],
    [
      ['--driver-opt=cert=/ca.pem', 'tcp://h:1'],
      'failed to initialize builder x (x0): tls enabled, but missing keys cacert, key',
    ],
    [
      ['--driver-opt=foo=1', 'tcp://h:1'],
      'failed to initialize builder x (x0): invalid driver option foo for remote driver',
    ],
    [[], 'no remote endpoint provided'],
  ])('is refused with %j', async (args, says) => {
    expect(await buildx('create', '--name=x', '--driver=remote', ...args)).toEqual({
      code: 1,
      stdout: '',
      stderr: `ERROR: ${says}\n`,
    })
  })

  test('is not created a second time', async () => {
    await create()
    expect((await create()).stderr).toBe(
      'ERROR: existing instance for "x" but no append mode, specify the node name to make changes for existing instances\n',
    )
  })
})
