import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import { DEFAULT_PRINCIPAL, type S3Server, startS3 } from '@mlops-actions/sandbox/s3'
import { type TestWorld, testWorld } from '../../../test/harness/world.ts'
import { inputs } from '../src/inputs.ts'
import { run } from '../src/run.ts'

/** Made by DVC 3.67.1: `dvc add data` of these two files, and of one file. */
export const DATA = { 'data/a.txt': 'hello\n', 'data/sub/b.txt': 'world' } as const
const DATA_DVC = `outs:
- md5: 9fa22302b0e6804a59623abeff3d3b17.dir
  size: 11
  nfiles: 2
  hash: md5
  path: data
`
const X_DVC = `outs:
- md5: 3e2b31c72181b87149ff995e7202c0e3
  size: 10
  isexec: true
  hash: md5
  path: x.sh
`
export const KEYS = [
  'dvc/files/md5/3e/2b31c72181b87149ff995e7202c0e3',
  'dvc/files/md5/7d/793037a0760186574b0282f2f435e7',
  'dvc/files/md5/9f/a22302b0e6804a59623abeff3d3b17.dir',
  'dvc/files/md5/b1/946ac92492d2347c6235b4d2611184',
]

export interface Fixture {
  readonly s3: S3Server
  readonly workspace: string
  readonly temp: string
  /** The environment of a job that has credentials for the sandbox's S3. */
  readonly env: Readonly<Record<string, string>>
  readonly world: TestWorld
  write(path: string, content: string | Buffer): Promise<void>
  remove(path: string): Promise<void>
  keys(bucket?: string): string[]
  /** Takes an object out of the remote as if somebody else had. */
  lose(key: string): void
  /** Runs the action in this process. */
  run(
    given?: Readonly<Record<string, string>>,
    context?: Partial<ActionWorld['context']>,
    onSleep?: () => Promise<void>,
  ): Promise<ActionResult>
  readonly kept: Readonly<Record<string, unknown>>
  close(): Promise<void>
}

/**
 * A checkout with two tracked outputs, and the S3 that its remote names.
 * @param path where the step finds programs
 */
export async function startFixture(path = process.env['PATH'] ?? ''): Promise<Fixture> {
  const s3 = await startS3({ buckets: ['data', 'models'], region: 'eu-west-1' })
  const folder = await mkdtemp(join(tmpdir(), 'dvc-push-'))
  const [workspace, temp] = [join(folder, 'workspace'), join(folder, 'temp')]
  await mkdir(temp)
  const write = async (path: string, content: string | Buffer) => {
    await mkdir(dirname(join(workspace, path)), { recursive: true })
    await writeFile(join(workspace, path), content)
  }
  const config = `[core]\n    remote = store\n['remote "store"']\n    url = s3://data/dvc\n    endpointurl = ${s3.url}\n`
  const files = {
    '.dvc/config': config,
    'data.dvc': DATA_DVC,
    'x.sh.dvc': X_DVC,
    'x.sh': '#!/bin/sh\n',
    ...DATA,
  }
  for (const [path, content] of Object.entries(files)) await write(path, content)
  const env = {
    AWS_ACCESS_KEY_ID: DEFAULT_PRINCIPAL.accessKeyId,
    AWS_SECRET_ACCESS_KEY: DEFAULT_PRINCIPAL.secretAccessKey,
    AWS_REGION: 'eu-west-1',
    AWS_EC2_METADATA_DISABLED: 'true',
  }
  const world = testWorld({ env: { ...env, PATH: path } })
  const kept: Record<string, unknown> = {}
  return {
    s3,
    workspace,
    temp,
    env,
    world,
    kept,
    write,
    remove: (path) => rm(join(workspace, path), { recursive: true, force: true }),
    keys: (bucket = 'data') => [...(s3.state.buckets.get(bucket)?.objects.keys() ?? [])].sort(),
    lose: (key) => {
      const bucket = s3.state.buckets.get('data')
      bucket?.objects.delete(key)
      if (bucket !== undefined) bucket.sortedKeys = undefined
    },
    run: (given = {}, context = {}, onSleep = async () => {}) => {
      const sleep = (ms: number) => onSleep().then(() => world.sleep(ms))
      return run(readInputs(given), actionWorld({ ...world, sleep, workspace, temp, kept }, context))
    },
    close: async () => {
      await s3.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export function readInputs(given: Readonly<Record<string, string>>) {
  return inputs.read(
    (name) => given[name] ?? '',
    () => {},
  )
}

/** Keys stand in the configuration here: the SDK's own chain reads the environment of the process, not the world's. */
export const KEYS_IN_CONFIG = `access_key_id = ${DEFAULT_PRINCIPAL.accessKeyId}
secret_access_key = ${DEFAULT_PRINCIPAL.secretAccessKey}
`

function actionWorld(
  {
    workspace,
    temp,
    kept,
    ...world
  }: TestWorld & { workspace: string; temp: string; kept: Record<string, unknown> },
  more: Partial<ActionWorld['context']>,
): ActionWorld {
  const context = {
    repository: 'acme/churn',
    sha: 'c'.repeat(40),
    ref: 'refs/heads/main',
    refProtected: false,
    eventName: 'push',
    eventPath: '',
    actor: 'ann',
    workflow: 'mlops',
    job: 'package',
    runId: '100',
    runAttempt: '1',
    serverUrl: 'https://github.com',
    apiUrl: 'https://api.github.com',
    runUrl: 'https://github.com/acme/churn/actions/runs/100',
    workspace,
    temp,
    ...more,
  }
  return {
    ...world,
    context,
    output: (name, value) => {
      kept[name] = value
    },
    idToken: () => Promise.reject(new Error('not here')),
  }
}

export function md5Of(content: string | Buffer): string {
  return createHash('md5').update(content).digest('hex')
}
