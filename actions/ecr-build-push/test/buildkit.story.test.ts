import { existsSync, readdirSync } from 'node:fs'
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type BuildkitServer, startBuildkit } from '@mlops-actions/sandbox/buildkit'
import { BUILDX_BIN_DIRECTORY } from '@mlops-actions/sandbox/docker'
import { createAuthority, createIdentity, type Identity } from '@mlops-actions/sandbox/faults'
import { type Fixture, startFixture } from './fixture.ts'

type Values = Readonly<Record<string, string>>

let fixture: Fixture
let server: BuildkitServer
let client: Identity
/** The program buildx, what it needs, and no docker. */
let bin: string
let inputs: Values
beforeEach(async () => {
  ;[fixture, server] = await Promise.all([startFixture(), startBuildkit()])
  client = createIdentity({ hosts: ['job'] }, server.authority)
  bin = join(fixture.workspace, '..', 'alone')
  await mkdir(bin)
  await symlink(process.execPath, join(bin, 'node'))
  // It finds its other files beside itself.
  await writeFile(join(bin, 'buildx'), `#!/bin/sh\nexec '${join(BUILDX_BIN_DIRECTORY, 'buildx')}' "$@"\n`, {
    mode: 0o755,
  })
  inputs = {
    buildkit: server.address,
    'buildkit-ca': server.authority.certificate,
    'buildkit-cert': client.cert,
    'buildkit-key': client.key,
  }
})
afterEach(async () => {
  await Promise.all([fixture.close(), server.close()])
})

const push = (more: Values = {}, env: Values = {}) =>
  fixture.push({ ...inputs, ...more }, { PATH: bin, ...env })

/** What a step has left of its builder. */
function left(): readonly string[] {
  const temp = join(fixture.workspace, '..', 'temp')
  return existsSync(temp) ? readdirSync(temp).filter((name) => !name.endsWith('.json')) : []
}

describe('a BuildKit elsewhere', () => {
  test('builds and pushes where there is no docker, and is forgotten afterwards', async () => {
    const { failure, outputs, log } = await push()
    expect(failure).toBeUndefined()
    expect(fixture.repository.tags.get('v1')).toBe(outputs['digest'])
    expect(log).toContain(`Builds on ${server.address}, BuildKit v0.25.2`)
    expect(left()).toEqual([])
  })

  test('is used by the docker client where there is one, whose own builders stay', async () => {
    const { failure } = await fixture.push(inputs)
    expect(failure).toBeUndefined()
    const { words, environments } = await fixture.calls()
    expect(words).toMatch(
      /^buildx version\nbuildx create --name=mlops-actions --driver=remote .*tcp:\/\/127\.0\.0\.1:\d+\nbuildx build .*--builder=mlops-actions/,
    )
    expect(words).not.toContain('--use')
    expect(environments).toMatch(/^BUILDX_CONFIG=.*\/temp\/buildkit-/m)
    expect(words).not.toContain(client.key.split('\n')[1])
    expect(environments).not.toContain(client.key.split('\n')[1])
  })

  test('is the builder of the call that a dry run says', async () => {
    const { outputs } = await push({ 'dry-run': 'true' })
    expect(JSON.parse(outputs['report'] ?? '').commands[0]).toContain('--builder=mlops-actions')
  })

  test('is masked', async () => {
    const { world } = await push()
    expect(world.secrets).toContain(client.key.trim())
  })

  test('takes the certificates from files, as a secret of Kubernetes is mounted', async () => {
    const folder = join(fixture.workspace, '..', 'certs')
    await mkdir(folder)
    const files = { ca: server.authority.certificate, cert: client.cert, key: client.key }
    for (const [name, pem] of Object.entries(files)) await writeFile(join(folder, name), pem)
    const paths = Object.fromEntries(
      Object.keys(files).map((name) => [`buildkit-${name}`, join(folder, name)]),
    )
    const { failure, world } = await push(paths)
    expect(failure).toBeUndefined()
    expect(world.secrets).not.toContain(join(folder, 'key'))
  })

  test('is not asked for an image that is there already', async () => {
    const first = await push()
    const asked = server.asked()
    const second = await push({ tags: 'v2' })
    expect(second.outputs).toMatchObject({ 'cache-hit': 'true', digest: first.outputs['digest'] })
    expect({ before: asked, after: server.asked() }).toEqual({ before: 1, after: 1 })
  })

  test('has another content key than this machine, where nobody says for which platform', async () => {
    await fixture.push()
    const other = await push({ tags: 'v2' })
    expect(other.outputs['cache-hit']).toBe('false')
  })

  test('is asked before a repository is created', async () => {
    const { failure } = await push({
      repository: 'ml/new',
      'create-repository': 'true',
      'buildkit-ca': createAuthority().certificate,
    })
    expect(failure).toMatchObject({ code: 'BUILDKIT_CA' })
    expect(fixture.ecr.state.registry.repositories.has('ml/new')).toBe(false)
    expect(left()).toEqual([])
  })

  test('that is too old is refused', async () => {
    const old = await startBuildkit({ version: undefined })
    const older = await startBuildkit({ version: 'v0.10.6' })
    try {
      for (const { address, authority } of [old, older]) {
        const { cert, key } = createIdentity({ hosts: ['job'] }, authority)
        const given = {
          buildkit: address,
          'buildkit-ca': authority.certificate,
          'buildkit-cert': cert,
          'buildkit-key': key,
        }
        const { failure } = await push(given)
        expect(failure).toMatchObject({ kind: 'config', code: 'BUILDKIT_TOO_OLD' })
        expect(failure?.details.next).toContain('BuildKit 0.11 or newer')
      }
    } finally {
      await Promise.all([old.close(), older.close()])
    }
  })

  test('needs buildx, and it is said what to install', async () => {
    await rm(join(bin, 'buildx'))
    const { failure } = await push()
    expect(failure?.message).toBe(
      'Cannot build the image: docker buildx: neither docker nor buildx is on the PATH. Install Docker with buildx 0.26 or newer; where a BuildKit elsewhere builds (`buildkit`), the program buildx alone is enough: put it on the PATH under that name (github.com/docker/buildx/releases).',
    )
  })

  test('leaves nothing behind where the build fails', async () => {
    await fixture.write({ Dockerfile: 'FROM scratch\nCOPY nowhere /\n' })
    const { failure } = await push()
    expect(failure?.code).toBe('COPY_SOURCE')
    expect(left()).toEqual([])
  })
})

describe('a key or certificate that cannot be used is refused by its input, and quoted nowhere', () => {
  const stranger = createIdentity({ hosts: ['other'] })
  const CASES: [string, Values, string, string][] = [
    ['a key of another certificate', { 'buildkit-key': stranger.key }, 'buildkit-key', 'it is not the key of `buildkit-cert`'],
    ['a key that is none', { 'buildkit-key': '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----' }, 'buildkit-key', 'it is not a private key without a passphrase'],
    ['a certificate that is none', { 'buildkit-cert': '-----BEGIN CERTIFICATE-----\nc2VjcmV0\n-----END CERTIFICATE-----' }, 'buildkit-cert', 'it is not a certificate'],
    ['an authority that is none', { 'buildkit-ca': '-----BEGIN X-----' }, 'buildkit-ca', 'it is not a certificate'],
    ['a file that is not there', { 'buildkit-ca': '/nowhere/ca.pem' }, 'buildkit-ca', 'the file /nowhere/ca.pem cannot be read'],
  ] // biome-ignore format: a table
  test.each(CASES)('%s', async (_what, given, input, seen) => {
    const { failure } = await push(given)
    expect(failure).toMatchObject({
      kind: 'config',
      code: 'BUILDKIT_PEM',
      details: { on: `the input \`${input}\``, seen },
    })
    expect(failure?.message).not.toContain('c2VjcmV0')
  })
})

describe('what does not go together is refused by its name, before anybody is asked', () => {
  const OPEN = { 'buildkit-ca': '', 'buildkit-cert': '', 'buildkit-key': '' }
  const CASES: [Values, string][] = [
    [{ buildkit: '' }, 'buildkit-ca: is of a builder elsewhere: it needs `buildkit`'],
    [{ buildkit: 'nowhere' }, 'buildkit: got "nowhere"; want the address of a BuildKit such as tcp://buildkitd.ci:1234'],
    [{ ...OPEN, buildkit: 'tcp://10.0.0.7:1234' }, 'buildkit: needs `buildkit-ca`, `buildkit-cert`, `buildkit-key`: the token of the registry and your sources go there'],
    [{ 'buildkit-key': '' }, 'buildkit: needs `buildkit-key`'],
    [{ ...OPEN, buildkit: 'tcp://127.0.0.1:1234?servername=x' }, 'buildkit: needs `buildkit-ca`'],
    [{ buildkit: 'unix:///run/x.sock' }, 'buildkit-ca: is for tcp://…, and `buildkit` is unix://…'],
    [{ buildkit: 'kube-pod://buildkitd-0' }, 'buildkit-key: is for tcp://…, and `buildkit` is kube-pod://…'],
    [{ 'buildkit-key': 'c2VjcmV0' }, 'buildkit-key: got a value (not shown); want PEM'],
    [{ builder: 'native' }, 'builder: is another builder than that of `buildkit`'],
    [{ smoke: '/ready' }, 'smoke: starts the image in a Docker engine, and `buildkit` builds without one'],
    [{ outputs: 'type=docker' }, 'outputs: type=docker loads the image into a Docker engine'],
    [{ mode: 'merge', digests: `sha256:${'0'.repeat(64)}` }, 'buildkit: is an input of a build, and `mode: merge` builds nothing'],
  ] // biome-ignore format: a table
  test.each(CASES)('%j', async (given, says) => {
    const { failure } = await push(given)
    expect(failure?.kind).toBe('config')
    expect(failure?.message).toContain(says)
    expect(failure?.message).not.toContain('c2VjcmV0')
    expect(server.asked()).toBe(0)
  })

  test('an archive of the image can be had, since that needs no engine', async () => {
    const { failure } = await push({ outputs: 'type=docker,dest=image.tar', 'dry-run': 'true' })
    expect(failure).toBeUndefined()
  })
})
