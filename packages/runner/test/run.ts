import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseCommand } from '@mlops-actions/workflow-runner/command-parser'
import { parseOutputs } from '../../../test/harness/bundle.ts'
import { COMPILE_CACHE } from '../../../test/harness/compile-cache.ts'

export interface StepRun {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
  /** Removed already where the step has left nothing in it. */
  readonly temp: string
}

export interface StepOptions {
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  /** Sent as soon as the step has printed this text. */
  readonly interruptAt?: { readonly text: string; readonly signals: readonly NodeJS.Signals[] }
}

/** Runs a fixture of this folder as the runner would run an action: its own process, inputs and files by environment. */
export async function runFixture(
  name: string,
  { inputs = {}, env = {}, interruptAt }: StepOptions = {},
): Promise<StepRun> {
  const temp = await mkdtemp(join(tmpdir(), 'step-'))
  const file = async (part: string) => {
    await writeFile(join(temp, part), '')
    return join(temp, part)
  }
  const fixtures = join(import.meta.dirname, 'fixtures')
  const started = ['--import', join(fixtures, 'as-bundled.js'), join(fixtures, `${name}.ts`)]
  const child = spawn(process.execPath, started, {
    env: {
      ...COMPILE_CACHE,
      PATH: process.env['PATH'],
      GITHUB_OUTPUT: await file('output'),
      GITHUB_STEP_SUMMARY: await file('summary'),
      GITHUB_REPOSITORY: 'octo/churn',
      GITHUB_RUN_ID: '42',
      RUNNER_TEMP: temp,
      ...Object.fromEntries(
        Object.entries(inputs).map(([key, value]) => [`INPUT_${key.toUpperCase()}`, value]),
      ),
      ...env,
    },
  })
  let stdout = ''
  let stderr = ''
  let signals = [...(interruptAt?.signals ?? [])]
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  child.stdout.on('data', (chunk) => {
    stdout += chunk
    if (interruptAt !== undefined && stdout.includes(interruptAt.text)) {
      for (const signal of signals) child.kill(signal)
      signals = []
    }
  })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  const outputs = parseOutputs(await readFile(join(temp, 'output'), 'utf8'))
  const summary = await readFile(join(temp, 'summary'), 'utf8')
  const run = { code, stdout, stderr, outputs, summary, temp }
  const isEmpty = (await readdir(temp)).every((name) => name === 'output' || name === 'summary')
  if (isEmpty) await rm(temp, { recursive: true })
  return run
}

/** The workflow commands of a name that a step has printed. */
export function commandsOf(run: StepRun, name: string) {
  return run.stdout.split('\n').flatMap((line) => {
    const command = parseCommand(line)
    return command?.name === name ? [command] : []
  })
}
