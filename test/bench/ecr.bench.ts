// What the fast path of ecr-build-push costs: hashing a context, and a whole run in which nothing has changed.
import { execFile } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { hashContext, readIgnoreRules } from '@mlops-actions/ecr'
import { DOCKER_BIN_DIRECTORY } from '@mlops-actions/sandbox/docker'
import { type EcrServer, startEcr } from '@mlops-actions/sandbox/ecr'
import { addRepository } from '@mlops-actions/sandbox/registry'
import { type BenchOptions, measureMedians, type Row, row, timeOf } from '../../scripts/bench/measure.ts'
import { testWorld } from '../harness/world.ts'
import { measure } from './process.ts'

const root = resolve(import.meta.dirname, '../..')
const run = promisify(execFile)
const FILES = 2_000
/** 40 MB in all. */
const FILE_BYTES = 20_000
const LARGE = 1024 ** 3
/** What a run in which nothing has changed may take, in milliseconds and in MB, whatever bare node takes. */
const MOST_TIME = 400
const MOST_MEMORY = 120

export async function rows({ quick }: BenchOptions): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mlops-actions-bench-'))
  const ecr = await startEcr()
  try {
    return [...(await hashRows(folder, quick ? LARGE / 16 : LARGE)), ...(await runRows(folder, ecr))]
  } finally {
    await ecr.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function hashRows(folder: string, largeBytes: number): Promise<readonly Row[]> {
  const [many, large] = [join(folder, 'many'), join(folder, 'large')]
  for (let file = 0; file < FILES; file++)
    write(join(many, `d${file % 40}`, `f${file}`), Buffer.alloc(FILE_BYTES, `${file} `))
  write(join(large, 'model.bin'), '')
  truncateSync(join(large, 'model.bin'), largeBytes)
  const shell = (cwd: string) => () =>
    timeOf(() =>
      run('sh', ['-c', 'find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum'], { cwd }),
    )
  const medians = await measureMedians(
    new Map([
      ['many', () => timeOf(() => hash(many))],
      ['many, shell', shell(many)],
      ['large', () => timeOf(() => hash(large))],
      ['large, shell', shell(large)],
    ]),
    { rounds: 5, warmUp: 1 },
  )
  const of = (name: string): number => medians.get(name)?.[0] ?? Number.NaN
  return [
    row('hash 2,000 files, 40 MB; find | sha256sum', of('many'), 'ms', of('many, shell'), 1),
    row(
      `hash a file of ${largeBytes / 1024 ** 2} MiB; sha256sum`,
      of('large'),
      'ms',
      of('large, shell'),
      1.5,
    ),
  ]
}

async function hash(context: string): Promise<void> {
  await hashContext(testWorld(), context, await readIgnoreRules([], () => {}))
}

/** The bundle in a process of its own, with a docker and a git on its PATH that leave a trace. */
async function runRows(folder: string, ecr: EcrServer): Promise<readonly Row[]> {
  const bundle = join(root, 'dist/ecr-build-push/index.js')
  if (!existsSync(bundle)) throw new Error('dist/ has no bundle of ecr-build-push; run npm run build')
  addRepository(ecr.state.registry, 'ml/churn', Date.now())
  const workspace = join(folder, 'many')
  write(join(workspace, 'Dockerfile'), 'FROM scratch\nCOPY . /\n')
  const trace = join(folder, 'trace')
  const spies = join(folder, 'spies')
  for (const name of ['docker', 'git'])
    write(join(spies, name), `#!/bin/sh\necho ${name} "$*" >> '${trace}'\nexit 1\n`, 0o755)
  const meter = (args: readonly string[], env: NodeJS.ProcessEnv) => measure(workspace, args, env)
  const environment = (path: string): NodeJS.ProcessEnv => environmentOf(ecr, folder, workspace, path)
  await meter([bundle], environment(`${DOCKER_BIN_DIRECTORY}:${process.env['PATH']}`))
  const medians = await measureMedians(
    new Map([
      ['run', () => meter([bundle], environment(spies))],
      ['bare', () => meter(['-e', '0'], {})],
    ]),
    { rounds: 9, warmUp: 2 },
  )
  if (existsSync(trace)) throw new Error(`a process was started: ${readFileSync(trace, 'utf8')}`)
  const [time = Number.NaN, memory = Number.NaN, cpu = Number.NaN] = medians.get('run') ?? []
  const [bareTime = Number.NaN, bareMemory = Number.NaN, bareCpu = Number.NaN] = medians.get('bare') ?? []
  return [
    row('ecr-build-push, nothing changed; bare node', time, 'ms', bareTime, MOST_TIME / bareTime),
    row('ecr-build-push, nothing changed (CPU)', cpu, 'ms', bareCpu, MOST_TIME / bareCpu),
    row('ecr-build-push, nothing changed (memory)', memory, 'MB', bareMemory, MOST_MEMORY / bareMemory),
  ]
}

function environmentOf(ecr: EcrServer, home: string, workspace: string, path: string): NodeJS.ProcessEnv {
  const [principal] = ecr.state.principals
  return {
    PATH: path,
    HOME: home,
    RUNNER_TEMP: home,
    GITHUB_WORKSPACE: workspace,
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL_ECR: ecr.url,
    AWS_ACCESS_KEY_ID: principal?.accessKeyId,
    AWS_SECRET_ACCESS_KEY: principal?.secretAccessKey,
    INPUT_REPOSITORY: 'ml/churn',
    INPUT_TAGS: 'v1',
  }
}

function write(path: string, content: string | Buffer, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content, { mode })
}
