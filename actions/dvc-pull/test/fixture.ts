import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import { DEFAULT_PRINCIPAL, type S3Server, startS3 } from '@mlops-actions/sandbox/s3'
import { type TestWorld, testWorld } from '../../../test/harness/world.ts'
import { inputs } from '../src/inputs.ts'
import { run } from '../src/run.ts'

/** Made by DVC 3.67.1: `dvc add data` of these two files, and of one file. */
export const DATA = { 'data/a.txt': 'hello\n', 'data/sub/b.txt': 'world' } as const
export const DATA_OID = '9fa22302b0e6804a59623abeff3d3b17.dir'
const DATA_DVC = `outs:\n- md5: ${DATA_OID}\n  size: 11\n  nfiles: 2\n  hash: md5\n  path: data\n`
export const DATA_LISTING =
  '[{"md5": "b1946ac92492d2347c6235b4d2611184", "relpath": "a.txt"}, {"md5": "7d793037a0760186574b0282f2f435e7", "relpath": "sub/b.txt"}]'
const SCRIPT = '#!/bin/sh\n'
const X_DVC =
  'outs:\n- md5: 3e2b31c72181b87149ff995e7202c0e3\n  size: 10\n  isexec: true\n  hash: md5\n  path: x.sh\n'

export interface Fixture {
  readonly s3: S3Server
  readonly workspace: string
  /** The environment of a job that has credentials for the sandbox's S3. */
  readonly env: Readonly<Record<string, string>>
  readonly world: TestWorld
  write(path: string, content: string | Buffer): Promise<void>
  read(path: string): Promise<string | undefined>
  /** Puts an object into the remote, under the name of its content unless another is given; returns its oid. */
  store(content: string | Buffer, oid?: string): Promise<string>
  lose(oid: string): void
  run(given?: Readonly<Record<string, string>>, onSleep?: () => Promise<void>): Promise<ActionResult>
  close(): Promise<void>
}

/** A checkout that names two outputs and has neither, and the S3 that has both. */
export async function startFixture(): Promise<Fixture> {
  const s3 = await startS3({ buckets: ['data'], region: 'eu-west-1' })
  const folder = await mkdtemp(join(tmpdir(), 'dvc-pull-'))
  const [workspace, temp] = [join(folder, 'workspace'), join(folder, 'temp')]
  await mkdir(temp)
  const credentials = {
    accessKeyId: DEFAULT_PRINCIPAL.accessKeyId,
    secretAccessKey: DEFAULT_PRINCIPAL.secretAccessKey,
  }
  const write = async (path: string, content: string | Buffer) => {
    await mkdir(dirname(join(workspace, path)), { recursive: true })
    await writeFile(join(workspace, path), content)
  }
  const store = async (content: string | Buffer, oid = md5Of(content)) => {
    plant(s3, keyOf(oid), Buffer.from(content))
    return oid
  }
  await write('.dvc/config', configOf(s3.url))
  await write('data.dvc', DATA_DVC)
  await write('x.sh.dvc', X_DVC)
  for (const content of [...Object.values(DATA), SCRIPT]) await store(content)
  await store(DATA_LISTING, DATA_OID)
  const env = {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_REGION: 'eu-west-1',
    AWS_EC2_METADATA_DISABLED: 'true',
  }
  const world = testWorld({ env: { PATH: process.env['PATH'], AWS_REGION: 'eu-west-1' } })
  return {
    s3,
    workspace,
    env,
    world,
    write,
    store,
    read: (path) => readFile(join(workspace, path), 'utf8').catch(() => undefined),
    lose: (oid) => {
      const bucket = s3.state.buckets.get('data')
      bucket?.objects.delete(keyOf(oid))
      if (bucket !== undefined) bucket.sortedKeys = undefined
    },
    run: (given = {}, onSleep = async () => {}) => {
      const sleep = (ms: number) => onSleep().then(() => world.sleep(ms))
      return run(readInputs(given), actionWorld({ ...world, sleep }, workspace, temp))
    },
    close: async () => {
      await s3.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** As if somebody had pushed it: without a client, whose start every test would pay. */
function plant({ state }: S3Server, key: string, body: Buffer): void {
  const bucket = state.buckets.get('data')
  if (bucket === undefined) throw new Error('there is no bucket')
  const plain = { checksum: undefined, headers: {}, metadata: {} }
  bucket.objects.set(key, { key, body, etag: md5Of(body), lastModified: Date.now(), ...plain })
  bucket.sortedKeys = undefined
}

/** Keys stand in the configuration: the SDK's own chain reads the environment of the process, not the world's. */
export function configOf(url: string, more = ''): string {
  const { accessKeyId, secretAccessKey } = DEFAULT_PRINCIPAL
  return `[core]\n    remote = store\n${more}['remote "store"']\n    url = s3://data/dvc\n    endpointurl = ${url}\n    access_key_id = ${accessKeyId}\n    secret_access_key = ${secretAccessKey}\n`
}

function keyOf(oid: string): string {
  return `dvc/files/md5/${oid.slice(0, 2)}/${oid.slice(2)}`
}

function readInputs(given: Readonly<Record<string, string>>) {
  return inputs.read(
    (name) => given[name] ?? '',
    () => {},
  )
}

function actionWorld(world: TestWorld, workspace: string, temp: string): ActionWorld {
  const context = {
    repository: 'acme/churn',
    sha: 'c'.repeat(40),
    ref: 'refs/heads/main',
    refProtected: false,
    eventName: 'push',
    eventPath: '',
    actor: 'ann',
    workflow: 'mlops',
    job: 'train',
    runId: '100',
    runAttempt: '1',
    serverUrl: 'https://github.com',
    apiUrl: 'https://api.github.com',
    runUrl: 'https://github.com/acme/churn/actions/runs/100',
    workspace,
    temp,
  }
  return { ...world, context, output: () => {}, idToken: () => Promise.reject(new Error('not here')) }
}

export function md5Of(content: string | Buffer): string {
  return createHash('md5').update(content).digest('hex')
}
