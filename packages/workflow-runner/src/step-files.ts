import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from '@mlops-actions/diagnostics'
import type { StepEffects } from './command-processor.ts'
import { parseFileCommand, parsePathFile } from './file-commands.ts'
import type { Recorder } from './recorder.ts'

type FileCommand = 'path' | 'env' | 'step_summary' | 'state' | 'output'

/** The files behind GITHUB_OUTPUT and its like, fresh for every step; keys are those of the github context. */
export type StepFiles = Readonly<Record<FileCommand, string>>

const PREFIXES: StepFiles = {
  path: 'add_path_',
  env: 'set_env_',
  step_summary: 'step_summary_',
  state: 'save_state_',
  output: 'set_output_',
}

const LARGEST_SUMMARY = 1024 * 1024

export function createStepFiles(temp: string): StepFiles {
  const directory = join(temp, '_runner_file_commands')
  mkdirSync(directory, { recursive: true })
  const suffix = randomUUID()
  const create = (command: FileCommand) => {
    const path = join(directory, PREFIXES[command] + suffix)
    writeFileSync(path, '')
    return path
  }
  return {
    path: create('path'),
    env: create('env'),
    step_summary: create('step_summary'),
    state: create('state'),
    output: create('output'),
  }
}

/**
 * Carries out what the step wrote into its files, after its end and whatever its end. A malformed file
 * fails the step (FileCommandManager.cs).
 */
export function processStepFiles(files: StepFiles, recorder: Recorder, effects: StepEffects): void {
  const pairs = (command: FileCommand, apply: (name: string, value: string) => void) =>
    attempt(command, recorder, effects, () => {
      for (const [name, value] of parseFileCommand(readText(files[command]))) apply(name, value)
    })
  attempt('path', recorder, effects, () => {
    for (const path of parsePathFile(readText(files.path))) effects.addPath(path)
  })
  pairs('env', (name, value) => setEnv(name, value, recorder, effects))
  takeSummary(files.step_summary, recorder)
  pairs('state', effects.saveState)
  pairs('output', effects.setOutput)
}

function attempt(command: FileCommand, recorder: Recorder, effects: StepEffects, work: () => void): void {
  try {
    work()
  } catch (error) {
    recorder.issue('error', `Unable to process file command '${command}' successfully.`)
    recorder.issue('error', messageOf(error))
    effects.commandFailed()
  }
}

function setEnv(name: string, value: string, recorder: Recorder, effects: StepEffects): void {
  if (name.toUpperCase() === 'NODE_OPTIONS') {
    recorder.issue('error', "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.")
  } else {
    effects.setEnv(name, value)
  }
}

function takeSummary(path: string, recorder: Recorder): void {
  const size = existsSync(path) ? statSync(path).size : 0
  if (size > LARGEST_SUMMARY) {
    const sizes = `content up to a size of ${LARGEST_SUMMARY / 1024}k, got ${Math.floor(size / 1024)}k`
    recorder.issue('error', `$GITHUB_STEP_SUMMARY upload aborted, supports ${sizes}.`)
  } else if (size > 0) {
    recorder.summary(readText(path))
  }
}

function readText(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}
