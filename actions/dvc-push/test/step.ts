import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Fixture } from './fixture.ts'

export interface StepRun {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
}

const BUNDLE = resolve(import.meta.dirname, '../../../dist/dvc-push/index.js')

/** Runs the bundle as the runner does: a process with inputs and files in its environment. */
export async function runStep(
  fixture: Fixture,
  given: Readonly<Record<string, string>> = {},
  started: (child: ChildProcess) => void = () => {},
): Promise<StepRun> {
  const folder = await mkdtemp(join(fixture.temp, 'step-'))
  const [output, summary] = [join(folder, 'output'), join(folder, 'summary')]
  await Promise.all([writeFile(output, ''), writeFile(summary, '')])
  const inputs = Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
  const child = spawn(process.execPath, [BUNDLE], {
    cwd: fixture.workspace,
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      GITHUB_WORKSPACE: fixture.workspace,
      GITHUB_REPOSITORY: 'acme/churn',
      GITHUB_SHA: 'c'.repeat(40),
      RUNNER_TEMP: fixture.temp,
      ...fixture.env,
      ...Object.fromEntries(inputs),
    },
  })
  started(child)
  const text = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk) => {
      text[name] += chunk
    })
  }
  const code = await new Promise<number | null>((done) => child.on('close', done))
  return {
    code,
    ...text,
    outputs: parseOutputs(await readFile(output, 'utf8')),
    summary: await readFile(summary, 'utf8'),
  }
}

/** `NAME<<DELIMITER`, lines, `DELIMITER`, as the runner reads them. */
function parseOutputs(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^([^<\n]+)<<(\S+)\n([\s\S]*?)\n?\2$/gm)].map(([, name, , value]) => [name, value]),
  )
}
