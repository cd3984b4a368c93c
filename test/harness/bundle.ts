import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseCommand } from '@mlops-actions/workflow-runner/command-parser'
import { assertDeclared, inputsOf, jobVariables } from './action-file.ts'
import { COMPILE_CACHE } from './compile-cache.ts'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..')

export interface BundleOptions {
  /** As in a workflow's `with:`; the defaults of action.yml are added, as the runner does. */
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  /** The step's working directory; an empty temporary one unless given. */
  readonly workspace?: string
  /** Sends SIGINT to the process, as the runner does on cancel, when this resolves. */
  readonly cancelWhen?: (seen: () => string) => Promise<void>
  /** What it gets then; SIGKILL is what it gets of a machine that is out of memory. Default `SIGINT`. */
  readonly signal?: 'SIGINT' | 'SIGKILL'
}

export interface StepResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
  /** The step's `::error::` annotations. */
  readonly errors: readonly { readonly title: string; readonly message: string }[]
  readonly masks: readonly string[]
  /** Milliseconds from that signal to the end; undefined when it was not cancelled. */
  readonly endedAfter: number | undefined
}

/**
 * Runs `dist/<action>/index.js` as the runner would: a process of its own, inputs and files by environment, nothing else.
 * However the step ends, an output that its action.yml does not declare fails the test.
 */
export async function runBundle(action: string, options: BundleOptions = {}): Promise<StepResult> {
  const temp = await mkdtemp(join(tmpdir(), 'step-'))
  try {
    const env = await stepEnvironment(action, temp, options)
    const ended = await runProcess(action, options.workspace ?? temp, env, options)
    const outputs = parseOutputs(await readFile(join(temp, 'output'), 'utf8'))
    await assertDeclared(action, outputs)
    const commands = ended.stdout.split('\n').flatMap((line) => parseCommand(line) ?? [])
    return {
      ...ended,
      outputs,
      summary: await readFile(join(temp, 'summary'), 'utf8'),
      errors: commands
        .filter(({ name }) => name === 'error')
        .map(({ properties, data }) => ({ title: properties['title'] ?? '', message: data })),
      masks: commands.filter(({ name }) => name === 'add-mask').map(({ data }) => data),
    }
  } finally {
    await rm(temp, { recursive: true, force: true })
  }
}

async function stepEnvironment(
  action: string,
  temp: string,
  { inputs = {}, env = {}, workspace }: BundleOptions,
) {
  for (const file of ['output', 'summary', 'state']) await writeFile(join(temp, file), '')
  const given = await inputsOf(action, inputs)
  return {
    ...COMPILE_CACHE,
    ...jobVariables(workspace ?? temp, temp),
    GITHUB_OUTPUT: join(temp, 'output'),
    GITHUB_STEP_SUMMARY: join(temp, 'summary'),
    GITHUB_STATE: join(temp, 'state'),
    ...Object.fromEntries(
      Object.entries(given).map(([name, value]) => [`INPUT_${name.replace(/ /g, '_').toUpperCase()}`, value]),
    ),
    ...env,
  }
}

async function runProcess(
  action: string,
  cwd: string,
  env: Record<string, string>,
  { cancelWhen, signal = 'SIGINT' }: Pick<BundleOptions, 'cancelWhen' | 'signal'>,
) {
  const child = spawn(process.execPath, [join(ROOT, 'dist', action, 'index.js')], { cwd, env })
  let stdout = ''
  let stderr = ''
  let cancelledAt: number | undefined
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  void cancelWhen?.(() => stdout).then(() => {
    cancelledAt = performance.now()
    child.kill(signal)
  })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return {
    code,
    stdout,
    stderr,
    endedAfter: cancelledAt === undefined ? undefined : performance.now() - cancelledAt,
  }
}

/** `NAME<<DELIMITER`, lines, `DELIMITER`, as the runner reads them. */
export function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {}
  for (const match of text.matchAll(/^([^<\n]+)<<(\S+)\n([\s\S]*?)\n\2$/gm))
    outputs[String(match[1])] = String(match[3])
  return outputs
}
