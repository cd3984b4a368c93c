import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Failure, silentLog } from '@mlops-actions/diagnostics'
import { inputs } from '../../../actions/dvc-push/src/inputs.ts'
import { run } from '../../../actions/dvc-push/src/run.ts'
import type { runCommand } from '../../../scripts/command.ts'

/** How a step of ours ended, in the words of its contract. */
export interface Step {
  readonly code: number
  readonly outputs: Readonly<Record<string, string>>
  /** What it printed, or the failure. */
  readonly text: string
}

export type Given = Readonly<Record<string, string>>

/** An action as a step: in `workspace`, with these inputs. */
export type PushStep = (workspace: string, given?: Given) => Promise<Step>
export type PullStep = PushStep

const BUNDLES = resolve(import.meta.dirname, '../../../dist')

/** A step that runs. */
export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Step>
}

/** Starts the bundle of an action in a process of its own, as the runner does. */
export async function startBundle(action: string, workspace: string, given: Given = {}): Promise<Running> {
  const place = await placeOf(action, workspace, given)
  const { bundle, env } = place
  const child = spawn(process.execPath, [bundle], { cwd: workspace, env, stdio: ['ignore', 'pipe', 'pipe'] })
  return { child, ended: endOf(child, place) }
}

/** What the runner gives a step. */
interface Place {
  readonly bundle: string
  readonly folder: string
  readonly output: string
  readonly env: NodeJS.ProcessEnv
}

async function placeOf(action: string, workspace: string, given: Given): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'mlops-actions-real-step-'))
  const output = join(folder, 'output')
  await writeFile(output, '')
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    GITHUB_WORKSPACE: workspace,
    GITHUB_OUTPUT: output,
    RUNNER_TEMP: folder,
    ...Object.fromEntries(
      Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
    ),
  }
  return { bundle: join(BUNDLES, action, 'index.js'), folder, output, env }
}

async function endOf(child: ChildProcess, place: Place): Promise<Step> {
  const chunks: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk))
  // Not 'close': who holds DVC's lock for it ends a moment after a step that was killed.
  const [code] = await once(child, 'exit')
  return stepOf(typeof code === 'number' ? code : KILLED, Buffer.concat(chunks).toString('utf8'), place)
}

async function stepOf(code: number, text: string, { folder, output }: Place): Promise<Step> {
  const found = (await readFile(output, 'utf8')).matchAll(/^([^<\n]+)<<(\S+)\n([\s\S]*?)\n?\2$/gm)
  await rm(folder, { recursive: true })
  return { code, text, outputs: Object.fromEntries([...found].map(([, name, , value]) => [name, value])) }
}

/** As a shell calls the end by SIGKILL. */
export const KILLED = 137

/** The same to its end. */
export async function runBundle(action: string, workspace: string, given?: Given): Promise<Step> {
  return (await startBundle(action, workspace, given)).ended
}

/** The same in another place than ours: `run` starts it there. */
export async function runBundleBy(
  run: typeof runCommand,
  action: string,
  workspace: string,
  given: Given = {},
): Promise<Step> {
  const place = await placeOf(action, workspace, given)
  const { code, output } = await run(process.execPath, [place.bundle], { cwd: workspace, env: place.env })
  return stepOf(code, output, place)
}

export const pushByBundle: PushStep = (workspace, given) => runBundle('dvc-push', workspace, given)

/** dvc-pull, once it is there: the direction from DVC to ours (interop.ts) is checked as soon as it has a bundle. */
export function pullByBundle(): PullStep | undefined {
  if (!existsSync(join(BUNDLES, 'dvc-pull', 'index.js'))) return undefined
  return (workspace, given) => runBundle('dvc-pull', workspace, given)
}

/** The same action in this process: its sources, without the start of a process. */
export const pushInProcess: PushStep = async (workspace, given = {}) => {
  const world = actionWorld(workspace)
  const read = inputs.read(
    (name) => given[name] ?? '',
    () => {},
  )
  try {
    const { outputs } = await run(read, world)
    return { code: 0, text: '', outputs: texts(outputs) }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return {
      code: 1,
      text: error.message,
      outputs: { ...texts(error.details.outputs), 'failure-kind': error.kind },
    }
  }
}

function texts(outputs: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  const known = Object.entries(outputs).filter(([, value]) => value !== undefined)
  return Object.fromEntries(
    known.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  )
}

/** What an action in this process sees of a runner. */
export function actionWorld(workspace: string) {
  return {
    log: silentLog,
    signal: new AbortController().signal,
    now: Date.now,
    sleep: (ms: number) => delay(ms),
    random: Math.random,
    env: { PATH: process.env['PATH'] },
    mask: () => {},
    output: () => {},
    idToken: () => Promise.reject(new Error('there is no identity token here')),
    context: {
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
      temp: tmpdir(),
    },
  }
}
