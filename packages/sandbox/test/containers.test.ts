import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import {
  type Container,
  type ContainerOptions,
  ImagePullError,
  pullImage,
  startContainer,
} from '../src/containers/index.ts'
import { packTar, readTar } from '../src/containers/tar.ts'
import {
  addRepository,
  issuePassword,
  MEDIA_TYPES,
  type RegistryServer,
  sha256Digest,
  startRegistry,
} from '../src/registry/index.ts'

let directory: string
const containers: Container[] = []

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'containers-'))
})

afterEach(async () => {
  await Promise.all(containers.splice(0).map((container) => container.stop()))
  await rm(directory, { recursive: true, force: true })
})

const file = (path: string, text: string, executable = false) => ({
  path,
  type: 'file' as const,
  executable,
  body: Buffer.from(text),
})

describe('tar', () => {
  test('what was packed is read again, long and non-ASCII names too', () => {
    const entries = [
      { path: 'app', type: 'directory' as const, executable: true, body: Buffer.alloc(0) },
      file('app/run', '#!/bin/sh\n', true),
      file(`app/${'long'.repeat(40)}/ünï.txt`, 'x'.repeat(600)),
    ]
    expect([...readTar(packTar(entries))]).toEqual(entries)
  })

  test('the same entries give the same bytes', () => {
    expect(packTar([file('a', 'b')]).equals(packTar([file('a', 'b')]))).toBe(true)
  })

  test('a damaged or cut archive is an error', () => {
    const archive = packTar([file('a', 'b'.repeat(600))])
    expect(() => [...readTar(archive.subarray(0, 700))]).toThrow('ends inside an entry')
    archive[0] = 1
    expect(() => [...readTar(archive)]).toThrow('checksum')
  })
})

describe('pullImage', () => {
  const principal = { arn: 'arn:x', accessKeyId: 'A', secretAccessKey: 's' }
  let server: RegistryServer
  let auth: { username: string; password: string }

  beforeEach(async () => {
    server = await startRegistry()
    addRepository(server.state, 'ml/iris', 0)
    auth = { username: 'AWS', password: issuePassword(server.state, principal, Date.now()).password }
  })
  afterEach(() => server.close())

  /** Puts an image of these layers into the store and returns its reference. */
  function store(layers: readonly Buffer[], name = 'ml/iris', tag = 'v1'): string {
    const repository = server.state.repositories.get(name)
    const config = Buffer.from(
      JSON.stringify({ config: { Cmd: ['python3', 'main.py'], Env: ['A=b'], WorkingDir: '/app' } }),
    )
    const blobs = [config, ...layers.map((layer) => gzipSync(layer))]
    for (const blob of blobs) repository?.blobs.set(sha256Digest(blob), blob)
    const [first, ...rest] = blobs.map((blob, index) => ({
      mediaType: index === 0 ? MEDIA_TYPES.ociConfig : MEDIA_TYPES.ociLayer,
      digest: sha256Digest(blob),
      size: blob.length,
    }))
    const bytes = Buffer.from(
      JSON.stringify({ schemaVersion: 2, mediaType: MEDIA_TYPES.ociManifest, config: first, layers: rest }),
    )
    const digest = sha256Digest(bytes)
    repository?.manifests.set(digest, { digest, mediaType: MEDIA_TYPES.ociManifest, bytes, pushedAt: 0 })
    repository?.tags.set(tag, digest)
    return `${server.host}/${name}:${tag}`
  }

  const pull = (reference: string, more: object = {}) =>
    pullImage({ reference, auth, rootfs: join(directory, 'rootfs'), ...more })
  const code = async (promise: Promise<unknown>): Promise<string> => {
    const error = await promise.then(
      () => undefined,
      (reason: unknown) => reason,
    )
    return error instanceof ImagePullError ? error.code : String(error)
  }

  test('unpacks the layers in order, whiteouts included, and reads the configuration', async () => {
    const lower = packTar([file('app/main.py', 'old'), file('app/gone.py', 'x'), file('data/a', 'a')])
    const upper = packTar([
      file('app/main.py', 'new'),
      file('app/.wh.gone.py', ''),
      file('data/.wh..wh..opq', ''),
    ])
    const image = await pull(store([lower, upper]))
    expect(image.config).toEqual({ Cmd: ['python3', 'main.py'], Env: ['A=b'], WorkingDir: '/app' })
    expect(image.digest).toBe(server.state.repositories.get('ml/iris')?.tags.get('v1'))
    expect(await readFile(join(image.rootfs, 'app/main.py'), 'utf8')).toBe('new')
    for (const gone of ['app/gone.py', 'data/a'])
      await expect(readFile(join(image.rootfs, gone))).rejects.toThrow('ENOENT')
  })

  test('by digest, through an explicit registry address', async () => {
    store([packTar([file('a', 'b')])])
    const digest = server.state.repositories.get('ml/iris')?.tags.get('v1')
    const image = await pull(`registry.example/ml/iris@${digest}`, { registryUrl: server.url })
    expect(image.digest).toBe(digest)
  })

  test.each<[string, () => Promise<unknown>, string]>([
    ['no such tag', () => pull(`${server.host}/ml/iris:v9`), 'not-found'],
    ['no such repository', () => pull(`${server.host}/ml/none:v1`), 'not-found'],
    ['no credentials', () => pullImage({ reference: store([]), rootfs: directory }), 'unauthorized'],
    ['nobody listens', () => pull('127.0.0.1:1/ml/iris:v1'), 'unreachable'],
    ['no reference', () => pull('Not A Reference'), 'invalid-reference'],
    ['a path that leaves the root', () => pull(store([packTar([file('../evil', 'x')])])), 'invalid-image'],
  ])('%s', async (_name, call, expected) => {
    expect(await code(call())).toBe(expected)
  })

  test('a symbolic link in a layer is refused by name', async () => {
    const layer = packTar([file('link', '')])
    layer[156] = '2'.charCodeAt(0)
    const sum = layer
      .subarray(0, 512)
      .reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0)
    layer.write(sum.toString(8).padStart(6, '0'), 148)
    await expect(pull(store([layer]))).rejects.toThrow('layer entry "link" is a link or a device')
  })

  test('bytes that do not have their digest are refused', async () => {
    const reference = store([packTar([file('a', 'b')])])
    server.layers.faults.push({
      match: () => true,
      times: 1,
      respond: { status: 200, body: 'something else' },
    })
    await expect(pull(reference)).rejects.toThrow(/blob sha256:\w+: content has digest/)
  })
})

describe('startContainer', () => {
  const run = (options: Partial<ContainerOptions> & Pick<ContainerOptions, 'config'>): Container => {
    const container = startContainer({ rootfs: directory, ...options })
    containers.push(container)
    return container
  }
  const node = (script: string, more: Partial<ContainerOptions> = {}) =>
    run({ config: { Entrypoint: ['node', '-e', script] }, ...more })

  test('runs Entrypoint and Cmd in the working directory with the environment of image and caller', async () => {
    const script =
      'console.log(JSON.stringify([process.cwd(), process.argv.slice(1), process.env.A, process.env.B, process.env.SECRET_OF_HOST]))'
    process.env['SECRET_OF_HOST'] = 'leak'
    const config = {
      Entrypoint: ['node', '-e', script],
      Cmd: ['one'],
      Env: ['A=image', 'B=image'],
      WorkingDir: '/app',
    }
    const container = run({ config, env: { B: 'caller' } })
    expect(await container.exited).toEqual({ code: 0, signal: null })
    delete process.env['SECRET_OF_HOST']
    expect(JSON.parse(container.logs())).toEqual([join(directory, 'app'), ['one'], 'image', 'caller', null])
  })

  test('args replace Cmd, command replaces both', async () => {
    const script = 'console.log(process.argv.slice(1).join())'
    const config = { Entrypoint: ['node', '-e', script], Cmd: ['image'] }
    const [withArgs, withCommand] = [
      run({ config, args: ['a', 'b'] }),
      run({ config, command: ['node', '-p', '1+1'] }),
    ]
    await Promise.all([withArgs.exited, withCommand.exited])
    expect([withArgs.logs(), withCommand.logs()]).toEqual(['a,b\n', '2\n'])
  })

  test('container paths are mapped to mounts and to the image in arguments and environment', async () => {
    await writeFile(join(directory, 'model.json'), '{}')
    const container = node('console.log(process.argv.slice(1).join(), process.env.MODEL, process.env.NOTE)', {
      args: ['/model.json', '--dir=/mnt/models/x', '/etc/hostname'],
      env: { MODEL: '/mnt/models', NOTE: 'see /mnt/models' },
      mounts: { '/mnt/models': '/host/m' },
    })
    await container.exited
    expect(container.logs()).toBe(
      `${join(directory, 'model.json')},--dir=/host/m/x,/etc/hostname /host/m see /mnt/models\n`,
    )
  })

  test('a command that does not exist ends with 127 and says so', async () => {
    const container = run({ config: { Cmd: ['no-such-program'] } })
    expect(await container.exited).toEqual({ code: 127, signal: null })
    expect(container.logs()).toContain('no-such-program')
  })

  test('an image without a command is an error', () => {
    expect(() => run({ config: {} })).toThrow('both Entrypoint and Cmd are empty')
  })

  const printed = (container: Container, text: string): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => void (container.logs().includes(text) ? resolve() : setImmediate(look))
      look()
    })

  test('stop ends the whole group, KILL where TERM is ignored', async () => {
    const child = 'setInterval(() => {}, 1000); console.log("child", process.pid)'
    const script = `process.on('SIGTERM', () => {}); require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' }); setInterval(() => {}, 1000)`
    const container = node(script, { graceMs: 50 })
    await printed(container, 'child')
    const pid = Number(/child (\d+)/.exec(container.logs())?.[1])
    expect(await container.stop()).toEqual({ code: null, signal: 'SIGKILL' })
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  })

  test('an aborted signal stops it, and what the first process leaves behind dies with it', async () => {
    const controller = new AbortController()
    const container = node('console.log("up"); setInterval(() => {}, 1000)', { signal: controller.signal })
    await printed(container, 'up')
    controller.abort()
    expect(await container.exited).toEqual({ code: null, signal: 'SIGTERM' })
  })

  test('only the tail of a long log is kept, every chunk is handed on', async () => {
    let seen = 0
    const container = node('for (let i = 0; i < 20000; i++) console.log("line " + i)', {
      onOutput: (text) => (seen += text.length),
    })
    await container.exited
    expect(container.logs().length).toBeLessThanOrEqual(65_536)
    expect(container.logs()).toMatch(/^line \d+\n[\s\S]*line 19999\n$/)
    expect(seen).toBeGreaterThan(200_000)
  })
})
