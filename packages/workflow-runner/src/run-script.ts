import { randomUUID } from 'node:crypto'
import { accessSync, constants, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { runChild } from './child.ts'
import { evaluateText } from './expressions.ts'
import { unsupported } from './refusals.ts'
import { outputOf, printEnv, processEnv, type StepCall } from './step-call.ts'
import type { RunStep } from './workflow-file.ts'

interface Shell {
  readonly command: string
  /** `{0}` is the script. */
  readonly args: readonly string[]
  readonly extension: string
}

// actions/runner:src/Runner.Worker/Handlers/ScriptHandlerHelpers.cs
const BUILT_IN: Readonly<Record<string, Shell>> = {
  bash: { command: 'bash', args: ['--noprofile', '--norc', '-e', '-o', 'pipefail', '{0}'], extension: '.sh' },
  sh: { command: 'sh', args: ['-e', '{0}'], extension: '.sh' },
  python: { command: 'python', args: ['{0}'], extension: '.py' },
}

/** Runs a `run:` step; true when it exits with 0. */
export async function runScript(call: StepCall, step: RunStep): Promise<boolean> {
  const { job, instance, recorder, scope } = call
  const { defaults } = instance.scope
  const env = processEnv(call)
  const shell = chooseShell(evaluated(call, step.shell ?? defaults.shell), env['PATH'] ?? '')
  const directory = evaluated(call, step.workingDirectory ?? defaults.workingDirectory) ?? '.'
  const script = evaluateText(step.run, scope)
  const file = join(job.temp, `${randomUUID()}${shell.extension}`)
  writeFileSync(file, script)
  recorder.line(`##[group]Run ${script.trim().split('\n')[0] ?? ''}`)
  for (const line of script.trimEnd().split('\n')) recorder.line(line)
  recorder.line(`shell: ${shell.command} ${shell.args.join(' ')}`)
  printEnv(call)
  recorder.line('##[endgroup]')
  const exitCode = await runChild({
    command: shell.command,
    args: shell.args.map((arg) => arg.replaceAll('{0}', file)),
    cwd: resolve(job.workspace, directory),
    env,
    signal: call.signal,
    timing: job.run.timing,
    onLine: outputOf(call),
  })
  if (exitCode !== 0 && !call.signal.aborted)
    recorder.issue('error', `Process completed with exit code ${exitCode}.`)
  return exitCode === 0
}

function evaluated(call: StepCall, text: string | undefined): string | undefined {
  return text === undefined ? undefined : evaluateText(text, call.scope)
}

function chooseShell(wanted: string | undefined, path: string): Shell {
  if (wanted === undefined || wanted === '') {
    return { command: find('bash', path) ?? required('sh', path), args: ['-e', '{0}'], extension: '.sh' }
  }
  const [name = '', ...args] = wanted.split(' ').filter((word) => word !== '')
  if (['pwsh', 'powershell', 'cmd'].includes(name)) throw unsupported('shell', [name])
  const builtIn = BUILT_IN[name]
  if (args.length > 0)
    return { command: required(name, path), args: checked(args), extension: builtIn?.extension ?? '' }
  if (builtIn === undefined) throw invalidShell()
  // Debian has no `python` by default, GitHub's runners do.
  const command =
    name === 'python' ? (find('python', path) ?? required('python3', path)) : required(name, path)
  return { ...builtIn, command }
}

function checked(args: readonly string[]): readonly string[] {
  if (args.some((arg) => arg.includes('{0}'))) return args
  throw invalidShell()
}

function invalidShell(): Error {
  return new Error(
    "Invalid shell option. Shell must be a valid built-in (bash, sh, cmd, powershell, pwsh) or a format string containing '{0}'",
  )
}

function required(command: string, path: string): string {
  const found = find(command, path)
  if (found === undefined) throw new Error(`${command}: command not found`)
  return found
}

function find(command: string, path: string): string | undefined {
  const candidates = command.includes('/')
    ? [command]
    : path.split(':').map((directory) => join(directory, command))
  return candidates.find((candidate) => {
    try {
      accessSync(candidate, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
