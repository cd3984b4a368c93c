import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Sandbox } from '@mlops-actions/sandbox'
import { command, gitAs } from './command.ts'
import { copyWritable } from './copy.ts'
import { type TrackedFolder, track } from './dvc-files.ts'
import type { Machine } from './machine.ts'

const SOURCE = join(dirname(fileURLToPath(import.meta.url)), '..', 'product')
const VARIANT = join(SOURCE, 'variants', 'server-crashes.patch')

/** The product repository on the desk of the person who works on it. */
export interface Desk {
  readonly directory: string
  readonly machine: Machine
  readonly sandbox: Sandbox
}

/** A clone with the product's files, nothing committed yet. */
export async function layDesk(sandbox: Sandbox, machine: Machine, root: string): Promise<Desk> {
  const directory = join(root, 'desk')
  const isLeftOut = /(^|\/)(variants|__pycache__|\.gitkeep|data|model)$/
  copyWritable(SOURCE, directory, (path) => !isLeftOut.test(path.slice(SOURCE.length)))
  const config = join(directory, '.dvc', 'config')
  const url = `url = s3://${sandbox.bucket}/churn/dvc`
  writeFileSync(config, readFileSync(config, 'utf8').replace(/url = s3:\S+/, url))
  const desk = { directory, machine, sandbox }
  await git(desk, 'init', '--quiet', '--initial-branch=main')
  await git(desk, 'remote', 'add', 'origin', `${sandbox.github.url}/${sandbox.product}.git`)
  return desk
}

export function git({ directory, sandbox }: Desk, ...args: string[]): Promise<string> {
  return gitAs({ token: sandbox.credentials.developerToken }, directory, ...args)
}

/** Commits everything and pushes it to `main`; resolves to the commit. */
export async function commitAndPush(desk: Desk, message: string): Promise<string> {
  await git(desk, 'add', '--all')
  await git(desk, 'commit', '--quiet', '--message', message)
  await git(desk, 'push', '--quiet', 'origin', 'HEAD:refs/heads/main')
  return git(desk, 'rev-parse', 'HEAD')
}

/** Writes a data set of so many customers and tracks it. */
export async function generateData(desk: Desk, rows: number): Promise<TrackedFolder> {
  rmSync(join(desk.directory, 'data'), { recursive: true, force: true })
  await python(desk, 'generate_data.py', '--rows', String(rows))
  return track(desk.directory, 'data')
}

export interface TrainedModel extends TrackedFolder {
  readonly metrics: Readonly<Record<string, number>>
}

/** Trains on what lies in `data/` and tracks the model. */
export async function trainModel(desk: Desk, epochs: number): Promise<TrainedModel> {
  await python(desk, 'train.py', '--epochs', String(epochs))
  const metrics = JSON.parse(readFileSync(join(desk.directory, 'metrics.json'), 'utf8'))
  return { ...track(desk.directory, 'model'), metrics }
}

/** The change that passes every test and crashes at start: the server wants a variable that the cluster does not set. */
export async function breakServer(desk: Desk): Promise<void> {
  await git(desk, 'apply', VARIANT)
}

/** What its author does about it. */
export function repairServer({ directory }: Desk): void {
  const path = join(directory, 'api.py')
  const before = 'model_path = os.environ["MODEL_PATH"]'
  const after = 'model_path = os.environ.get("MODEL_PATH") or os.environ.get("MODEL_DIR", "/mnt/models")'
  const text = readFileSync(path, 'utf8')
  if (!text.includes(before)) throw new Error(`${path} does not hold the line that is to be repaired`)
  writeFileSync(path, text.replace(before, after))
}

function python({ directory, machine }: Desk, ...args: string[]): Promise<string> {
  mkdirSync(directory, { recursive: true })
  const env = { PATH: machine.path, PYTHONDONTWRITEBYTECODE: '1' }
  return command('python3', args, { cwd: directory, env })
}
