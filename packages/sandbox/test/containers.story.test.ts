import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import {
  type Container,
  type ContainerOptions,
  ImagePullError,
  pullImage,
  startContainer,
} from '../src/containers/index.ts'
import { readTar } from '../src/containers/read-tar.ts'
import { packTar } from '../src/containers/tar.ts'
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

interface Packed {
  readonly path: string
  /** Of a file; no text and no link is a directory. */
  readonly text?: string
  readonly symlink?: string
  readonly hardlink?: string
}

const PACK = `
import io, json, sys, tarfile
out = io.BytesIO()
with tarfile.open(fileobj=out, mode='w', format=getattr(tarfile, sys.argv[1])) as archive:
    for entry in json.load(sys.stdin):
        info = tarfile.TarInfo(entry['path'])
        body = entry.get('text', '').encode()
        if 'symlink' in entry: info.type, info.linkname = tarfile.SYMTYPE, entry['symlink']
        elif 'hardlink' in entry: info.type, info.linkname = tarfile.LNKTYPE, entry['hardlink']
        elif 'text' in entry: info.size = len(body)
        else: info.type, info.mode = tarfile.DIRTYPE, 0o755
        archive.addfile(info, io.BytesIO(body))
sys.stdout.buffer.write(out.getvalue())
`

/** An archive as somebody else packs it: Python's tarfile, which knows links. */
function pythonTar(entries: readonly Packed[], format: 'PAX_FORMAT' | 'GNU_FORMAT' = 'PAX_FORMAT'): Buffer {
  return execFileSync('python3', ['-c', PACK, format], { input: JSON.stringify(entries) })
}

describe('tar', () => {
  test('what was packed is read again, long and non-ASCII names too', () => {
    const entries = [
      { path: 'app', type: 'directory' as const, executable: true, body: Buffer.alloc(0) },
      file('app/run', '#!/bin/sh\n', true),
      file(`app/${'long'.repeat(40)}/ünï.txt`, 'x'.repeat(600)),
    ]
    expect([...readTar(packTar(entries))]).toEqual(entries.map((entry) => ({ ...entry, link: '' })))
  })

  test('the same entries give the same bytes', () => {
    expect(packTar([file('a', 'b')]).equals(packTar([file('a', 'b')]))).toBe(true)
  })

  test.each(['PAX_FORMAT', 'GNU_FORMAT'] as const)('links and long names of %s are read', (format) => {
    const long = `${'long/'.repeat(40)}name`
    const entries = [
      { path: long, text: 'x' },
      { path: 'near', symlink: long },
      { path: 'same', hardlink: long },
    ]
    expect([...readTar(pythonTar(entries, format))]).toEqual([
      { path: long, type: 'file', link: '', executable: false, body: Buffer.from('x') },
      { path: 'near', type: 'symlink', link: long, executable: false, body: Buffer.alloc(0) },
      { path: 'same', type: 'hardlink', link: long, executable: false, body: Buffer.alloc(0) },
    ])
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

  interface StoredLayer {
    readonly mediaType: string
    readonly content: Buffer
    readonly diffId: string
  }

  const gzipped = (tar: Buffer): StoredLayer => ({
    mediaType: MEDIA_TYPES.ociLayer,
    content: gzipSync(tar),
    diffId: sha256Digest(tar),
  })

  function put(bytes: Buffer, mediaType: string, tag?: string): string {
    const digest = sha256Digest(bytes)
    const repository = server.state.repositories.get('ml/iris')
    repository?.manifests.set(digest, { digest, mediaType, bytes, pushedAt: 0 })
    if (tag !== undefined) repository?.tags.set(tag, digest)
    return digest
  }

  /** Puts an image of these layers into the store and returns its digest. */
  function storeImage(layers: readonly StoredLayer[], tag?: string): string {
    const config = Buffer.from(
      JSON.stringify({
        config: { Cmd: ['python3', 'main.py'], Env: ['A=b'], WorkingDir: '/app' },
        rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
      }),
    )
    const blobs = [{ mediaType: MEDIA_TYPES.ociConfig as string, content: config }, ...layers]
    for (const { content } of blobs)
      server.state.repositories.get('ml/iris')?.blobs.set(sha256Digest(content), content)
    const [first, ...rest] = blobs.map(({ mediaType, content }) => ({
      mediaType,
      digest: sha256Digest(content),
      size: content.length,
    }))
    const manifest = { schemaVersion: 2, mediaType: MEDIA_TYPES.ociManifest, config: first, layers: rest }
    return put(Buffer.from(JSON.stringify(manifest)), MEDIA_TYPES.ociManifest, tag)
  }

  /** The same, from plain archives, gzipped as most layers are; returns its reference. */
  function store(layers: readonly Buffer[]): string {
    storeImage(layers.map(gzipped), 'v1')
    return `${server.host}/ml/iris:v1`
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

  test('a whiteout hides what lower layers brought, and never what its own layer brings', async () => {
    const lower = [
      { path: 'app/old', text: 'lower' },
      { path: 'kept/low', text: 'lower' },
    ]
    const upper = [
      { path: 'app/old', text: 'upper' },
      { path: 'app/.wh.old', text: '' },
      { path: 'kept/new', text: 'upper' },
      { path: 'kept/.wh..wh..opq', text: '' },
    ]
    const { rootfs } = await pull(store([pythonTar(lower), pythonTar(upper)]))
    expect(await readFile(join(rootfs, 'app/old'), 'utf8')).toBe('upper')
    expect(await readFile(join(rootfs, 'kept/new'), 'utf8')).toBe('upper')
    expect(existsSync(join(rootfs, 'kept/low'))).toBe(false)
  })

  test('links are what they are, and a file may take the place of a directory', async () => {
    const lower = [
      { path: 'usr/lib/a', text: 'a' },
      { path: 'lib', symlink: 'usr/lib' },
      { path: 'was/directory/x', text: 'x' },
    ]
    const upper = [
      { path: 'lib/b', text: 'b' },
      { path: 'c', hardlink: 'lib/b' },
      { path: 'was/directory', text: 'file' },
    ]
    const { rootfs } = await pull(store([pythonTar(lower), pythonTar(upper)]))
    expect(await readlink(join(rootfs, 'lib'))).toBe('usr/lib')
    const texts = ['usr/lib/a', 'usr/lib/b', 'c', 'was/directory']
    expect(await Promise.all(texts.map((path) => readFile(join(rootfs, path), 'utf8')))).toEqual([
      'a',
      'b',
      'b',
      'file',
    ])
  })

  test('a link that leads out of the image does not lead its files out', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'outside-'))
    try {
      const lower = [
        { path: 'absolute', symlink: outside },
        { path: 'relative', symlink: `../../../../../../../..${outside}` },
      ]
      const upper = [
        { path: 'absolute/one', text: '1' },
        { path: 'relative/two', text: '2' },
      ]
      const { rootfs } = await pull(store([pythonTar(lower), pythonTar(upper)]))
      expect([existsSync(join(outside, 'one')), existsSync(join(outside, 'two'))]).toEqual([false, false])
      expect(await readFile(join(rootfs, outside, 'two'), 'utf8')).toBe('2')
    } finally {
      await rm(outside, { recursive: true })
    }
  })

  test.each<[string, readonly Packed[], string]>([
    [
      'a hard link to nothing',
      [{ path: 'a', hardlink: 'b' }],
      'hard link "a" leads to "b", which is not there',
    ],
    [
      'a link that leads to itself',
      [
        { path: 'a', symlink: 'a' },
        { path: 'a/b', text: '' },
      ],
      'too many links',
    ],
    [
      'a file below a file',
      [
        { path: 'a', text: '' },
        { path: 'a/b', text: '' },
      ],
      '"a" is no directory',
    ],
  ])('%s is refused', async (_name, entries, message) => {
    await expect(pull(store([pythonTar(entries)]))).rejects.toThrow(message)
  })

  test.each<[string, string, (tar: Buffer) => Buffer]>([
    ['zstd', 'application/vnd.oci.image.layer.v1.tar+zstd', (tar) => zstdCompressSync(tar)],
    ['no compression', 'application/vnd.oci.image.layer.v1.tar', (tar) => tar],
    ["Docker's gzip", 'application/vnd.docker.image.rootfs.diff.tar.gzip', (tar) => gzipSync(tar)],
    ["Docker's zstd", 'application/vnd.docker.image.rootfs.diff.tar.zstd', (tar) => zstdCompressSync(tar)],
  ])('a layer may have %s', async (_name, mediaType, pack) => {
    const tar = packTar([file('a', 'b', true)])
    storeImage([{ mediaType, content: pack(tar), diffId: sha256Digest(tar) }], 'v1')
    const { rootfs } = await pull(`${server.host}/ml/iris:v1`)
    expect(await readFile(join(rootfs, 'a'), 'utf8')).toBe('b')
    expect((await stat(join(rootfs, 'a'))).mode & 0o111).toBe(0o111)
  })

  test('what is no layer is refused by its type, and a layer that is not what the configuration says', async () => {
    const tar = packTar([file('a', 'b')])
    const reference = `${server.host}/ml/iris:v1`
    storeImage([{ ...gzipped(tar), mediaType: 'application/vnd.in-toto+json' }], 'v1')
    await expect(pull(reference)).rejects.toThrow('unknown layer type application/vnd.in-toto+json')
    storeImage([{ ...gzipped(tar), diffId: sha256Digest(Buffer.from('else')) }], 'v1')
    await expect(pull(reference, { rootfs: join(directory, 'r2') })).rejects.toThrow('wrong diff id')
    storeImage([gzipped(tar)], 'v1')
    const repository = server.state.repositories.get('ml/iris')
    const stored = repository?.manifests.get(repository.tags.get('v1') ?? '')
    const cut = { ...JSON.parse(stored?.bytes.toString() ?? ''), layers: [] }
    put(Buffer.from(JSON.stringify(cut)), MEDIA_TYPES.ociManifest, 'v1')
    await expect(pull(reference, { rootfs: join(directory, 'r3') })).rejects.toThrow('0 layers')
  })

  test('of an index it takes the image for this machine, and goes by the digest of the index', async () => {
    const own = process.arch === 'x64' ? 'amd64' : process.arch
    const platforms = [
      { os: 'unknown', architecture: 'unknown' },
      { os: 'linux', architecture: own === 'arm64' ? 'amd64' : 'arm64' },
      { os: 'linux', architecture: own },
    ]
    const manifests = platforms.map((platform, number) => ({
      mediaType: MEDIA_TYPES.ociManifest,
      digest: storeImage([gzipped(packTar([file('number', String(number))]))]),
      size: 1,
      platform,
    }))
    const index = Buffer.from(
      JSON.stringify({ schemaVersion: 2, mediaType: MEDIA_TYPES.ociIndex, manifests }),
    )
    const digest = put(index, MEDIA_TYPES.ociIndex, 'v1')
    const image = await pull(`${server.host}/ml/iris:v1`)
    expect([image.digest, await readFile(join(image.rootfs, 'number'), 'utf8')]).toEqual([digest, '2'])
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

  test('a device in a layer is refused by name', async () => {
    const layer = packTar([file('dev/null', '')])
    layer[156] = '3'.charCodeAt(0)
    const sum = layer
      .subarray(0, 512)
      .reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0)
    layer.write(sum.toString(8).padStart(6, '0'), 148)
    await expect(pull(store([layer]))).rejects.toThrow('layer entry "dev/null" is a device')
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

  /** Resolves when the process is buried as well: it is dead before its new parent has asked for its end. */
  const gone = (pid: number): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => void (isThere(pid) ? setImmediate(look) : resolve())
      look()
    })

  test('stop ends the whole group, KILL where TERM is ignored', async () => {
    const child = 'setInterval(() => {}, 1000); console.log("child", process.pid)'
    const script = `process.on('SIGTERM', () => {}); require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit' }); setInterval(() => {}, 1000)`
    const container = node(script, { graceMs: 50 })
    await printed(container, 'child')
    const pid = Number(/child (\d+)/.exec(container.logs())?.[1])
    expect(await container.stop()).toEqual({ code: null, signal: 'SIGKILL' })
    await gone(pid)
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

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
