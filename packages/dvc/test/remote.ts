import { createHash } from 'node:crypto'
import { createS3 } from '@mlops-actions/aws/s3'
import { createHttp } from '@mlops-actions/http'
import { DEFAULT_PRINCIPAL, type S3Options, type S3Server, startS3 } from '@mlops-actions/sandbox'
import { testWorld } from '../../../test/harness/world.ts'
import {
  applyPush,
  bindOutputs,
  createStore,
  fetchDirObject,
  type Inventory,
  type Output,
  type PushOptions,
  type PushPlan,
  type PushResult,
  preparePush,
  readRepository,
  type SelectedOutput,
  type Store,
  type Stores,
  takeInventory,
} from '../src/index.ts'
import type { StoreOptions } from '../src/store/connection.ts'
import { createPace } from '../src/store/pace.ts'

export interface TestRemote {
  readonly server: S3Server
  readonly controller: AbortController
  /** Keys of a bucket, sorted. */
  keys(bucket?: string): string[]
  body(key: string, bucket?: string): string | undefined
  /** Puts an object there as if somebody else had. */
  plant(key: string, body: string, bucket?: string): void
  /** Takes an object away as if somebody else had. */
  lose(key: string, bucket?: string): void
  /** A client with these keys; `secret` and `id` default to those that the server knows. */
  connect(root: string, options?: ConnectOptions): Promise<Connected>
  close(): Promise<void>
}

export interface ConnectOptions {
  readonly remote?: string
  readonly secret?: string
  readonly id?: string
  readonly store?: StoreOptions
  /** Which outputs are meant; all of them unless given. */
  readonly select?: (outputs: readonly Output[]) => readonly SelectedOutput[]
}

export interface Connected {
  readonly stores: Stores
  readonly inventory: Inventory
  readonly store: Store
  readonly outputs: ReturnType<typeof bindOutputs>['outputs']
  plan(): Promise<PushPlan>
  push(options?: Partial<PushOptions>): Promise<{ readonly plan: PushPlan; readonly result: PushResult }>
}

/** The sandbox's S3 with the bucket `data`, and our own client that speaks to it. */
export async function startRemote(options: S3Options = {}): Promise<TestRemote> {
  const server = await startS3({ buckets: ['data', 'models'], ...options })
  const controller = new AbortController()
  const closing: (() => void)[] = []
  const bucketOf = (name: string) => server.state.buckets.get(name)
  return {
    server,
    controller,
    keys: (bucket = 'data') => [...(bucketOf(bucket)?.objects.keys() ?? [])].sort(),
    body: (key, bucket = 'data') => bucketOf(bucket)?.objects.get(key)?.body.toString(),
    plant: (key, body, bucket = 'data') => plant(server, bucket, key, body),
    lose: (key, name = 'data') => {
      const bucket = bucketOf(name)
      bucket?.objects.delete(key)
      if (bucket !== undefined) bucket.sortedKeys = undefined
    },
    connect: async (root, connectOptions = {}) => {
      const world = { ...testWorld(), signal: controller.signal }
      const { config, outputs, bounds } = await readRepository(root)
      const { select = (all) => all } = connectOptions
      const binding = bindOutputs(select(outputs), config, connectOptions.remote)
      const stores = new Map<string, Store>()
      for (const remote of binding.remotes) {
        const http = createHttp(world, { requestTimeout: 5_000 })
        const pace = createPace(world)
        const s3 = createS3({
          http,
          retry: { world, onTrouble: (trouble) => trouble === 'throttled' && pace.slowDown() },
          region: 'us-east-1',
          requestTimeout: 5_000,
          env: {},
          endpoint: server.url,
          credentials: async () => ({
            accessKeyId: connectOptions.id ?? DEFAULT_PRINCIPAL.accessKeyId,
            secretAccessKey: connectOptions.secret ?? DEFAULT_PRINCIPAL.secretAccessKey,
          }),
        })
        closing.push(http.close)
        stores.set(
          remote.name,
          createStore(remote, s3, controller.signal, { pace, sleep: world.sleep, ...connectOptions.store }),
        )
      }
      const inventory = await takeInventory(world, binding.outputs, {
        bounds,
        cacheDir: config.cacheDir,
        fetchDir: async ({ target, oid, hash }) => {
          const store = stores.get(target)
          return store === undefined || oid === undefined ? undefined : fetchDirObject(store, oid, hash)
        },
      })
      const plan = () => preparePush(world, inventory, stores, 4)
      const [store] = stores.values()
      if (store === undefined) throw new Error('the repository has no output for a remote')
      return {
        stores,
        inventory,
        store,
        outputs: binding.outputs,
        plan,
        push: async (pushOptions = {}) => {
          const planned = await plan()
          return { plan: planned, result: await applyPush(planned, stores, { jobs: 4, ...pushOptions }) }
        },
      }
    },
    close: async () => {
      for (const close of closing) close()
      await server.close()
    },
  }
}

function plant(server: S3Server, bucket: string, key: string, body: string): void {
  const objects = server.state.buckets.get(bucket)?.objects
  const [template] = objects?.values() ?? []
  const found = server.state.buckets.get(bucket)
  if (found === undefined) throw new Error(`there is no bucket ${bucket}`)
  found.sortedKeys = undefined
  found.objects.set(key, {
    headers: {},
    metadata: {},
    checksum: undefined,
    lastModified: 0,
    ...template,
    key,
    body: Buffer.from(body),
    etag: md5(body),
  })
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex')
}
