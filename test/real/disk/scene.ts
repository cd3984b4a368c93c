import { deepStrictEqual, strictEqual } from 'node:assert'
import { closeSync, openSync, writeSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type S3Server, startS3 } from '@mlops-actions/sandbox/s3'
import type { SandboxRequest } from '@mlops-actions/sandbox/server'
import { type Given, runBundle, runBundleBy, type Step } from '../dvc/ours.ts'
import { factsOf, S3_KEYS, S3_REGION } from '../s3/server.ts'
import { type MountNamespace, startNamespace } from './namespace.ts'

/** What the repository tracks: many small files, and one that travels in parts. */
export const CONTENT: Readonly<Record<string, Buffer>> = Object.freeze({
  'model.bin': Buffer.alloc(20 * 2 ** 20, 'weights of the model '),
  ...Object.fromEntries(
    Array.from({ length: 60 }, (_, at) => [`data/${at}.csv`, Buffer.alloc(4096, `row ${at},`)]),
  ),
})

const OUTPUTS = ['data', 'model.bin'] as const

/** The model in the remote; being large, it is sent and brought in parts. */
export const MODEL_KEY = keyOf(CONTENT['model.bin'] ?? '')

/** A checkout on a disk of its own, and the S3 that its remote names. */
export interface Scene {
  readonly s3: S3Server
  /** Where the disk is mounted; only `see` and what runs inside find it there. */
  readonly disk: string
  /** The checkout on the disk, as actions call it. */
  readonly workspace: string
  /** A file of the disk, as we call it. */
  see(path: string): string
  /** Mounts an empty disk and puts a checkout onto it, with the data or without. */
  mountDisk(options: string, what: 'with data' | 'without data'): Promise<void>
  /** Mounts another one inside of the checkout. */
  mountCacheDisk(options: string): Promise<void>
  /** Changes the disk while everything on it stays. */
  remount(options: string): Promise<void>
  step(action: 'dvc-push' | 'dvc-pull', given?: Given): Promise<Step>
  /** Does something as soon as S3 is asked for a key while the body runs; fails where it never is. */
  whenAskedFor(method: string, key: string, act: () => void, body: () => Promise<void>): Promise<void>
  /** Empties the bucket. */
  forget(): void
  lose(key: string): void
  keys(): readonly string[]
}

export async function openScene(folder: string): Promise<Scene & AsyncDisposable> {
  const started = new AsyncDisposableStack()
  const namespace = started.use(await startNamespace())
  const s3 = await startS3({ buckets: ['data'], region: S3_REGION })
  started.defer(s3.close)
  const origin = join(folder, 'origin')
  await makeOrigin(origin, s3.url)
  return {
    ...sceneOf(namespace, s3, folder, origin),
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}

function sceneOf(namespace: MountNamespace, s3: S3Server, folder: string, origin: string): Scene {
  const disk = join(folder, 'disk')
  const workspace = join(disk, 'checkout')
  const see = (path: string) => join(namespace.see(disk), path)
  const mounted: string[] = []
  const mount = async (folder: string, options: string) => {
    await mkdir(namespace.see(folder), { recursive: true })
    await namespace.mount('-t', 'tmpfs', '-o', options, 'tmpfs', folder)
    mounted.unshift(folder)
  }
  const bucket = s3.state.buckets.get('data')
  const change = (remove: (objects: Map<string, unknown>) => void) => {
    if (bucket === undefined) return
    remove(bucket.objects)
    bucket.sortedKeys = undefined
  }
  return {
    s3,
    disk,
    workspace,
    see,
    mountDisk: async (options, what) => {
      for (const folder of mounted.splice(0)) await namespace.unmount(folder)
      await mount(disk, options)
      const isData = (path: string) => OUTPUTS.some((output) => path === join(origin, output))
      await cp(origin, see('checkout'), {
        recursive: true,
        filter: (path) => !path.endsWith('/.dvc/tmp') && (what === 'with data' || !isData(path)),
      })
    },
    mountCacheDisk: (options) => mount(join(workspace, 'checkout-cache'), options),
    remount: (options) => namespace.mount('-o', `remount,${options}`, disk),
    step: (action, given) => runBundleBy(namespace.run, action, workspace, given),
    whenAskedFor: async (method, key, act, body) => {
      let isDone = false
      const match = (request: SandboxRequest) => {
        if (!isDone && request.method === method && request.path.endsWith(key)) {
          isDone = true
          act()
        }
        return false
      }
      s3.faults.push({ match, times: 1, respond: 'reset' })
      await body()
      s3.faults.length = 0
      strictEqual(isDone, true, `nobody has asked for ${key}`)
    },
    forget: () => change((objects) => objects.clear()),
    lose: (key) => change((objects) => objects.delete(key)),
    keys: () => [...(bucket?.objects.keys() ?? [])],
  }
}

/** A repository with its data, recorded and pushed by ours, on the disk of this machine. */
async function makeOrigin(root: string, endpoint: string): Promise<void> {
  const config = `[core]
    remote = store
['remote "store"']
    url = s3://data/dvc
    endpointurl = ${endpoint}
    region = ${S3_REGION}
    access_key_id = ${S3_KEYS.accessKeyId}
    secret_access_key = ${S3_KEYS.secretAccessKey}
`
  await mkdir(join(root, '.dvc'), { recursive: true })
  await mkdir(join(root, 'data'))
  await writeFile(join(root, '.dvc/config'), config)
  for (const [path, bytes] of Object.entries(CONTENT)) await writeFile(join(root, path), bytes)
  const { code, text } = await runBundle('dvc-push', root, { add: OUTPUTS.join('\n') })
  if (code !== 0) throw new Error(`the repository could not be made:\n${text}`)
}

/** Writes until nothing more goes onto the disk. */
export function fillDisk(file: string): void {
  const handle = openSync(file, 'w')
  try {
    for (const size of [2 ** 20, 4096]) writeUntilFull(handle, Buffer.alloc(size))
  } finally {
    closeSync(handle)
  }
}

function writeUntilFull(handle: number, bytes: Buffer): void {
  try {
    for (;;) writeSync(handle, bytes)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  }
}

/** Every file below, whole: what it holds, by its path. */
export async function filesBelow(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  return new Map(
    await Promise.all(
      files.map(async (file) => [file.slice(folder.length + 1), await readFile(file)] as const),
    ),
  )
}

/** Of the data in the checkout, how many files are there; each of them whole. */
export async function countWhole({ see }: Pick<Scene, 'see'>): Promise<number> {
  const files = await filesBelow(see('checkout'))
  const data = [...files].filter(([path]) => path === 'model.bin' || path.startsWith('data/'))
  const broken = data.filter(([path, bytes]) => CONTENT[path]?.equals(bytes) !== true).map(([path]) => path)
  deepStrictEqual(broken, [], 'files under their names that are not whole')
  return data.length
}

/** How many objects a cache has, each what its name says, and nothing unfinished among them. */
export async function countCached(cache: string): Promise<number> {
  const files = await filesBelow(join(cache, 'files/md5'))
  const broken = [...files].filter(
    ([path, bytes]) => factsOf(bytes).md5 !== path.replace('/', '').replace(/\.dir$/, ''),
  )
  deepStrictEqual(
    broken.map(([path]) => path),
    [],
    'files in the cache that are not what their names say',
  )
  return files.size
}

function keyOf(bytes: string | Buffer): string {
  const { md5 } = factsOf(bytes)
  return `dvc/files/md5/${md5.slice(0, 2)}/${md5.slice(2)}`
}
