import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { pullImage, startContainer } from '../src/containers/index.ts'
import { DOCKER_BIN_DIRECTORY } from '../src/docker/index.ts'
import { runDocker } from '../src/docker/main.ts'
import { addRepository, issuePassword, type RegistryServer, startRegistry } from '../src/registry/index.ts'

const principal = { arn: 'arn:aws:iam::123456789012:user/ci', accessKeyId: 'A', secretAccessKey: 's' }
let directory: string
let server: RegistryServer
let auth: { username: string; password: string }
let image: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'docker-'))
  server = await startRegistry()
  addRepository(server.state, 'ml/iris', 0)
  auth = { username: 'AWS', password: issuePassword(server.state, principal, Date.now()).password }
  image = `${server.host}/ml/iris`
})

afterEach(async () => {
  await server.close()
  await rm(directory, { recursive: true, force: true })
})

async function write(files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true })
    await writeFile(join(directory, path), text)
  }
}

interface Outcome {
  code: number | null
  stdout: string
  stderr: string
}

function authConfig(): string {
  return JSON.stringify({ auths: { [server.host]: { auth: btoa(`AWS:${auth.password}`) } } })
}

/** What the child process gets, and nothing else. */
function environment(config: string | null): Record<string, string> {
  return {
    PATH: dirname(process.execPath),
    HOME: directory,
    ...(config !== null && { DOCKER_AUTH_CONFIG: config }),
  }
}

/** The stand-in as it is started in use: as a process. */
function dockerProcess(
  args: readonly string[],
  { started, env }: { started?: (pid: number) => void; env?: Record<string, string> } = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const command = join(DOCKER_BIN_DIRECTORY, 'docker')
    const child = spawn(command, args, {
      env: { ...environment(authConfig()), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const outcome = { stdout: '', stderr: '' }
    child.stdout.on('data', (chunk: Buffer) => (outcome.stdout += chunk))
    child.stderr.on('data', (chunk: Buffer) => (outcome.stderr += chunk))
    child.on('spawn', () => started?.(child.pid ?? 0))
    child.on('close', (code) => resolve({ code, ...outcome }))
  })
}

/** The same program in this process, for everything that does not depend on being one. */
async function docker(args: readonly string[], config: string | null = authConfig()): Promise<Outcome> {
  const outcome = { stdout: '', stderr: '' }
  const code = await runDocker(args, {
    env: environment(config),
    signal: new AbortController().signal,
    stdout: (text) => {
      outcome.stdout += text
    },
    stderr: (text) => {
      outcome.stderr += text
    },
  })
  return { code, ...outcome }
}

const build = (...args: string[]) => docker(['buildx', 'build', ...args, directory])
const lastLine = (outcome: Outcome) => outcome.stderr.trim().split('\n').at(-1)
const digestOfTag = (tag: string) => server.state.repositories.get('ml/iris')?.tags.get(tag)

describe('docker', () => {
  test('names its version as buildx does, on stdout', async () => {
    const { code, stdout } = await dockerProcess(['buildx', 'version'])
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^github\.com\/docker\/buildx v0\.\d+\.\d+ \S+\n$/),
    ])
    expect((await docker(['version'])).code).toBe(0)
  })

  test('is found by a Node that reads no TypeScript, by way of one that does', async () => {
    const bin = join(directory, 'older-node')
    const started = join(directory, 'started')
    await mkdir(bin)
    await writeFile(
      join(bin, 'node'),
      `#!/bin/sh\necho "$1" >> '${started}'\nexec '${process.execPath}' --no-experimental-strip-types "$@"\n`,
      { mode: 0o755 },
    )
    const { code, stdout, stderr } = await dockerProcess(['version'], {
      env: { PATH: `${bin}:/bin:/usr/bin` },
    })
    expect([code, stdout, stderr]).toEqual([0, expect.stringContaining('sandbox-stand-in'), ''])
    expect(await readFile(started, 'utf8')).toMatch(/^\S+docker\.mjs\n$/)
    expect((await dockerProcess(['ps'], { env: { PATH: `${bin}:/bin:/usr/bin` } })).code).toBe(1)
  })

  test('it says that it is the builder of a daemon with an image store of its own', async () => {
    expect((await docker(['buildx', 'inspect'])).stdout).toBe('Name:   default\nDriver: docker\n')
    const { stdout } = await docker(['--context=default', 'info', '--format={{json .DriverStatus}}'])
    expect(stdout).toBe('[["Backing Filesystem","extfs"],["Supports d_type","true"]]\n')
  })

  test.each([
    [['buildx', 'inspect', 'big'], 1, 'no builder "big" found'],
    [['ps'], 1, "'ps' is not a docker command"],
    [['buildx', 'bake'], 1, 'unknown command: "docker buildx bake"'],
    [['buildx', 'build', '--squash', '.'], 125, 'unknown flag: --squash'],
    [['buildx', 'build'], 125, 'requires 1 argument'],
    [
      ['buildx', 'build', '--platform', 'linux/amd64,linux/arm64', '.'],
      125,
      'Multi-platform build is not supported for the docker driver',
    ],
    [
      ['buildx', 'build', '--provenance=mode=max', '.'],
      125,
      'Attestation is not supported for the docker driver',
    ],
  ])('%j is refused by name', async (args, code, text) => {
    const outcome = await docker(args)
    expect([outcome.code, outcome.stderr, outcome.stdout]).toEqual([code, expect.stringContaining(text), ''])
  })
})

describe('docker buildx build', () => {
  const product = {
    Dockerfile: [
      '# syntax=docker/dockerfile:1',
      'ARG BASE=python:3.12-slim',
      'FROM ${BASE}',
      'ARG GREETING=hello',
      'WORKDIR /app',
      'COPY main.mjs lib/ ./',
      'ENV GREETING=$GREETING \\',
      '    NAME="big world"',
      'EXPOSE 8080',
      'LABEL version="1"',
      'USER 1000',
      'CMD ["node", "main.mjs"]',
    ].join('\n'),
    'main.mjs':
      "import { shout } from './shout.mjs'\nconsole.log(shout(process.env.GREETING + ' ' + process.env.NAME))\n",
    'lib/shout.mjs': 'export const shout = (text) => text.toUpperCase()\n',
  }
  const pushed = ['--push', '--provenance=false', '--build-arg', 'BASE=scratch']

  test('builds, pushes and writes the digest; what was pushed runs', async () => {
    await write(product)
    const [metadata, iid] = [join(directory, 'meta.json'), join(directory, 'iid')]
    const outcome = await dockerProcess([
      'buildx',
      'build',
      ...pushed,
      '--build-arg=GREETING=hi',
      '-t',
      `${image}:v1`,
      '--tag',
      `${image}:v2`,
      '--label',
      'org=x',
      '--metadata-file',
      metadata,
      '--iidfile',
      iid,
      directory,
    ])
    expect([outcome.code, outcome.stdout]).toEqual([0, ''])
    const digest = digestOfTag('v1')
    expect(JSON.parse(await readFile(metadata, 'utf8'))).toMatchObject({
      'containerimage.digest': digest,
      'image.name': `${image}:v1,${image}:v2`,
    })
    expect([digestOfTag('v2'), await readFile(iid, 'utf8')]).toEqual([digest, digest])

    const pulled = await pullImage({
      reference: `${image}@${digest}`,
      auth,
      rootfs: join(directory, 'rootfs'),
    })
    expect(pulled.config).toMatchObject({
      WorkingDir: '/app',
      ExposedPorts: { '8080/tcp': {} },
      Labels: { version: '1', org: 'x' },
      User: '1000',
    })
    const container = startContainer({ rootfs: pulled.rootfs, config: pulled.config })
    expect([await container.exited, container.logs()]).toEqual([{ code: 0, signal: null }, 'HI BIG WORLD\n'])
  })

  test('the same context gives the same digest, whenever and wherever it was written', async () => {
    await write(product)
    await build(...pushed, '-t', `${image}:a`)
    await utimes(join(directory, 'main.mjs'), 1, 1)
    await build(...pushed, '-t', `${image}:b`)
    expect(digestOfTag('b')).toBe(digestOfTag('a'))
    await chmod(join(directory, 'main.mjs'), 0o755)
    await build(...pushed, '-t', `${image}:c`)
    expect(digestOfTag('c')).not.toBe(digestOfTag('a'))
    expect(digestOfTag('a')).toMatch(/^sha256:/)
  })

  test('.dockerignore keeps files out, and lets exceptions in', async () => {
    await write({
      Dockerfile: 'FROM scratch\nCOPY . /x/\nCMD ["x"]',
      '.dockerignore': '# no data\n**/*.csv\ndata\n!data/keep.txt\nDockerfile',
      'a.csv': '',
      'sub/b.csv': '',
      'data/no.txt': '',
      'data/keep.txt': 'k',
      'c.txt': '',
    })
    await symlink('c.txt', join(directory, 'data/link'))
    expect((await build('--push', '-t', `${image}:v1`)).code).toBe(0)
    const { rootfs } = await pullImage({
      reference: `${image}:v1`,
      auth,
      rootfs: join(directory, '..', `${directory}-root`),
    })
    try {
      expect(await readFile(join(rootfs, 'x/data/keep.txt'), 'utf8')).toBe('k')
      for (const path of ['x/a.csv', 'x/sub/b.csv', 'x/data/no.txt', 'x/Dockerfile'])
        await expect(readFile(join(rootfs, path))).rejects.toThrow('ENOENT')
      expect(await readFile(join(rootfs, 'x/c.txt'), 'utf8')).toBe('')
    } finally {
      await rm(rootfs, { recursive: true })
    }
  })

  test('a base image of the registry gives its layers and settings; stages pass files on', async () => {
    await write({
      'base.Dockerfile': 'FROM scratch\nENV A=1\nWORKDIR /srv\nCOPY base.txt .\nCMD ["node"]',
      'base.txt': 'base',
      'own.txt': 'own',
    })
    const file = join(directory, 'base.Dockerfile')
    await build('--push', '-f', file, '-t', `${image}:base`)
    await write({
      Dockerfile: `FROM ${image}:base AS one\nCOPY own.txt .\nFROM scratch AS two\nCOPY --from=one /srv /all\nENTRYPOINT ["node"]\nFROM one`,
    })
    expect((await build('--push', '-t', `${image}:last`)).code).toBe(0)
    expect((await build('--push', '--target', 'two', '-t', `${image}:two`)).code).toBe(0)
    const last = await pullImage({ reference: `${image}:last`, auth, rootfs: join(directory, 'r1') })
    expect([
      last.config.Env,
      last.config.WorkingDir,
      await readFile(join(last.rootfs, 'srv/base.txt'), 'utf8'),
    ]).toEqual([['A=1'], '/srv', 'base'])
    const two = await pullImage({ reference: `${image}:two`, auth, rootfs: join(directory, 'r2') })
    expect([
      await readFile(join(two.rootfs, 'all/base.txt'), 'utf8'),
      await readFile(join(two.rootfs, 'all/own.txt'), 'utf8'),
    ]).toEqual(['base', 'own'])
  })

  test('a build context that is an image stands for the base of its name, and for no stage', async () => {
    await write({ 'base.Dockerfile': 'FROM scratch\nENV A=1\n', Dockerfile: 'FROM base\nENV B=2\n' })
    await build('--push', '-f', join(directory, 'base.Dockerfile'), '-t', `${image}:base`)
    const context = `--build-context=docker.io/library/base:latest=docker-image://${image}:base`
    expect((await build('--push', context, '-t', `${image}:v1`)).code).toBe(0)
    await write({ Dockerfile: 'FROM scratch AS base\nENV B=2\n' })
    expect((await build(context)).stderr).toContain('in the place of the stage base')
    expect((await build('--build-context=lib=.')).stderr).toContain('unknown kind of build context')
  })

  test('an instruction that needs a container is refused with its line', async () => {
    await write({ Dockerfile: 'FROM scratch\nCOPY . /\nRUN pip install x\n' })
    const outcome = await build('-t', `${image}:v1`)
    expect(outcome.code).toBe(1)
    expect(outcome.stderr).toContain(
      'Dockerfile:3\n--------------------\n   1 |     FROM scratch\n   2 |     COPY . /\n   3 | >>> RUN pip install x\n',
    )
    expect(lastLine(outcome)).toMatch(
      /^ERROR: failed to build: failed to solve: dockerfile parse error on line 3: RUN is not taken/,
    )
  })

  test.each([
    ['a source that is not there', 'FROM scratch\nCOPY nope /', '"/nope": not found'],
    ['--chown', 'FROM scratch\nCOPY --chown=1 a /', 'COPY --chown is not taken'],
    ['no FROM', 'WORKDIR /', 'no build stage'],
    ['a missing stage', 'FROM scratch\nCOPY --from=x a /', 'COPY --from=x: no such stage'],
    ['several sources into a file', 'FROM scratch\nCOPY a b /c', 'must be a directory and end with a /'],
    ['an empty base', 'ARG B\nFROM ${B}', 'should not be blank'],
  ])('%s is refused', async (_name, dockerfile, text) => {
    await write({ Dockerfile: dockerfile, a: '', b: '' })
    const outcome = await build('-t', `${image}:v1`)
    expect([outcome.code, lastLine(outcome)]).toEqual([1, expect.stringContaining(text)])
  })

  test('a missing Dockerfile and a link in the context are refused', async () => {
    expect(lastLine(await build())).toContain(
      'failed to read dockerfile: open Dockerfile: no such file or directory',
    )
    await write({ Dockerfile: 'FROM scratch\nCOPY . /' })
    await symlink('Dockerfile', join(directory, 'link'))
    expect(lastLine(await build())).toContain('"link" is a symbolic link')
  })

  test('--progress rawjson prints one status per line, with the error at its vertex', async () => {
    await write({ Dockerfile: 'FROM scratch\nCOPY nope /' })
    const outcome = await build('--progress', 'rawjson')
    const lines = outcome.stderr
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line))
    const vertexes = lines.flatMap((line) => line.vertexes ?? [])
    expect(vertexes.find((vertex) => vertex.error)).toMatchObject({
      name: '[stage 2/2] COPY nope /',
      error: expect.stringContaining('not found'),
    })
  })
})

describe('docker buildx build --push', () => {
  beforeEach(() => write({ Dockerfile: 'FROM scratch\nCOPY Dockerfile /\nCMD ["x"]' }))

  test.each<[string, () => string | null, string]>([
    ['no credentials', () => null, 'authorization failed: no basic auth credentials'],
    [
      'credentials of another host',
      () => JSON.stringify({ auths: { 'other:1': { auth: 'eA==' } } }),
      'no basic auth credentials',
    ],
    [
      'a wrong password',
      () => authConfig().replace(/"auth":"[^"]*"/, `"auth":"${btoa('AWS:wrong')}"`),
      '401 Unauthorized',
    ],
    ['an unknown field', () => '{"auths":{},"credsStore":"x"}', 'DOCKER_AUTH_CONFIG'],
  ])('%s', async (_name, config, text) => {
    const outcome = await docker(['buildx', 'build', '--push', '-t', `${image}:v1`, directory], config())
    expect([outcome.code, lastLine(outcome)]).toEqual([1, expect.stringContaining(text)])
  })

  test("the registry's own words reach the last line", async () => {
    expect(lastLine(await build('--push', '-t', `${server.host}/ml/none:v1`))).toContain(
      "name unknown: The repository with name 'ml/none' does not exist",
    )
    addRepository(server.state, 'ml/fixed', 0, { tagMutability: 'IMMUTABLE' })
    await build('--push', '-t', `${server.host}/ml/fixed:v1`)
    await write({ Dockerfile: 'FROM scratch\nCOPY Dockerfile /\nCMD ["y"]' })
    expect(lastLine(await build('--push', '-t', `${server.host}/ml/fixed:v1`))).toContain(
      "tag invalid: The image tag 'v1' already exists in the 'ml/fixed' repository",
    )
    server.state.deny.push({ action: 'ecr:InitiateLayerUpload' })
    expect(lastLine(await build('--push', '-t', `${image}:v1`))).toContain(
      'denied: User: arn:aws:iam::123456789012:user/ci is not authorized to perform: ecr:InitiateLayerUpload',
    )
  })

  test('a broken connection and a 503 are tried again', async () => {
    server.faults.push({ match: (request) => request.method === 'POST', times: 1, respond: 'reset' })
    server.faults.push({ match: (request) => request.method === 'PUT', times: 1, respond: { status: 503 } })
    expect((await build('--push', '-t', `${image}:v1`)).code).toBe(0)
    expect(digestOfTag('v1')).toBeDefined()
  })

  test('SIGTERM during the push ends it as cancelled', async () => {
    server.faults.push({ match: (request) => request.method === 'HEAD', times: 1, respond: 'hang' })
    let pid = 0
    const running = dockerProcess(['buildx', 'build', '--push', '-t', `${image}:v1`, directory], {
      started: (id) => (pid = id),
    })
    while (server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 3))
    process.kill(pid, 'SIGTERM')
    const outcome = await running
    expect([outcome.code, lastLine(outcome)]).toEqual([
      1,
      'ERROR: failed to build: failed to solve: Canceled: context canceled',
    ])
  })
})
