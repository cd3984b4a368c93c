import { createHash } from 'node:crypto'
import { createS3WithGets } from '@mlops-actions/aws/s3'
import { createHttp } from '@mlops-actions/http'
import { answerS3, createS3State, DEFAULT_PRINCIPAL, type S3Server } from '@mlops-actions/sandbox/s3'
import { type SandboxRequest, type SandboxResponse, serve } from '@mlops-actions/sandbox/server'
import { testWorld } from '../../../test/harness/world.ts'
import {
  applyPush,
  bindOutputs,
  createStore,
  createSurveys,
  fetchDirObject,
  type Inventory,
  type Output,
  type PrepareOptions,
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
import { createDirect } from '../src/store/direct.ts'
import { createPace } from '../src/store/pace.ts'

export interface TestRemote {
  readonly server: TestServer
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
  /** Whether threads fetch objects over their own sockets, as in an action without a proxy. */
  readonly direct?: boolean
  readonly prepare?: PrepareOptions
  /** Lists the remotes while the files are hashed, as the action does. */
  readonly survey?: boolean
  /** Bytes from which on files are hashed while they are sent. */
  readonly hashLaterFrom?: number
  /** Which outputs are meant; all of them unless given. */
  readonly select?: (outputs: readonly Output[]) => readonly SelectedOutput[]
}

export interface Connected {
  readonly stores: Stores
  readonly inventory: Inventory
  readonly store: Store
  readonly outputs: ReturnType<typeof bindOutputs>['outputs']
  plan(): Promise<PushPlan>
  push(
    options?: Partial<PushOptions>,
    planned?: PushPlan,
  ): Promise<{ readonly plan: PushPlan; readonly result: PushResult }>
}

type TestServer = Omit<S3Server, 'operationOf'>

export interface RemoteOptions {
  /** What becomes of an answer of the sandbox's S3: a server that knows less than S3 does. */
  readonly change?: (response: SandboxResponse, request: SandboxRequest) => SandboxResponse
}

/** The sandbox's S3 with the buckets `data`, `models` and `Legacy_Data`, and our own client that speaks to it. */
export async function startRemote({
  change = (response) => response,
}: RemoteOptions = {}): Promise<TestRemote> {
  const state = createS3State({ buckets: ['data', 'models', 'Legacy_Data'] })
  const answering = await serve(async (request) =>
    change(await answerS3(request, state, Date.now()), request),
  )
  const server: TestServer = { ...answering, state }
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
        const requestTimeout = 5_000
        const { s3, gets } = createS3WithGets({
          http,
          retry: { world, onTrouble: (trouble) => trouble === 'throttled' && pace.slowDown() },
          region: 'us-east-1',
          requestTimeout,
          env: {},
          endpoint: server.url,
          credentials: async () => ({
            accessKeyId: connectOptions.id ?? DEFAULT_PRINCIPAL.accessKeyId,
            secretAccessKey: connectOptions.secret ?? DEFAULT_PRINCIPAL.secretAccessKey,
          }),
        })
        closing.push(http.close)
        const direct =
          connectOptions.direct !== true || http.direct === undefined
            ? undefined
            : createDirect(world, { gets, line: http.direct, requestTimeout })
        if (direct !== undefined) closing.push(direct.close)
        const storeOptions = { pace, sleep: world.sleep, direct, ...connectOptions.store }
        stores.set(remote.name, createStore(remote, s3, controller.signal, storeOptions))
      }
      const { surveys, start } = createSurveys(stores)
      const inventory = await takeInventory(world, binding.outputs, {
        ...(connectOptions.survey === true ? { onLocated: start } : {}),
        bounds,
        cacheDir: config.cacheDir,
        ...(connectOptions.hashLaterFrom === undefined
          ? {}
          : { hashLaterFrom: connectOptions.hashLaterFrom }),
        fetchDir: async ({ target, oid, hash }) => {
          const store = stores.get(target)
          return store === undefined || oid === undefined ? undefined : fetchDirObject(store, oid, hash)
        },
      })
      const later = connectOptions.hashLaterFrom
      const prepare = {
        surveys,
        ...(later === undefined ? {} : { hashWhileSendingFrom: later }),
        ...connectOptions.prepare,
      }
      const plan = () => preparePush(world, inventory, stores, 4, prepare)
      const [store] = stores.values()
      if (store === undefined) throw new Error('the repository has no output for a remote')
      return {
        stores,
        inventory,
        store,
        outputs: binding.outputs,
        plan,
        push: async (pushOptions = {}, before) => {
          const planned = before ?? (await plan())
          return {
            plan: planned,
            result: await applyPush(planned, stores, { jobs: 4, now: Date.now, ...pushOptions }),
          }
        },
      }
    },
    close: async () => {
      for (const close of closing) close()
      await server.close()
    },
  }
}

function plant(server: TestServer, bucket: string, key: string, body: string): void {
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
