import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Fixture, step } from './fixture.ts'

export interface StepRun {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
}

const BUNDLE = resolve(import.meta.dirname, '../../../dist/bump-kserve-image/index.js')

/** Runs the bundle as the runner does: a process with inputs and files in its environment. */
export async function runStep(
  fixture: Fixture,
  given: Readonly<Record<string, string>>,
  {
    env = {},
    started,
  }: { readonly env?: Record<string, string>; readonly started?: (child: ChildProcess) => void } = {},
): Promise<StepRun> {
  const folder = await mkdtemp(join(fixture.temp, 'step-'))
  const [output, summary] = [join(folder, 'output'), join(folder, 'summary')]
  await Promise.all([writeFile(output, ''), writeFile(summary, '')])
  const inputs = Object.entries(step(given)).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
  const child = spawn(process.execPath, [BUNDLE], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      ...fixture.env,
      ...Object.fromEntries(inputs),
      ...env,
    },
  })
  started?.(child)
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
