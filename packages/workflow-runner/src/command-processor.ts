import { relative } from 'node:path'
import { messageOf } from '@mlops-actions/diagnostics'
import { KNOWN_COMMANDS, parseCommand, type WorkflowCommand } from './command-parser.ts'
import { addWithLines, type Masker } from './masker.ts'
import type { Recorder } from './recorder.ts'
import type { Annotation } from './run-types.ts'

/** What the commands and file commands of a step change. */
export interface StepEffects {
  readonly setOutput: (name: string, value: string) => void
  readonly saveState: (name: string, value: string) => void
  readonly setEnv: (name: string, value: string) => void
  readonly addPath: (path: string) => void
  /** A command could not be carried out: the step fails whatever its exit code. */
  readonly commandFailed: () => void
}

export interface CommandSetting {
  readonly recorder: Recorder
  readonly masker: Masker
  readonly effects: StepEffects
  /** The env context of the step: it may allow `set-env` and `add-path`. */
  readonly env: Readonly<Record<string, string>>
  readonly workspace: string
}

const DEPRECATED =
  'command is deprecated and will be disabled soon. Please upgrade to using Environment Files. For more information see: https://github.blog/changelog/2022-10-11-github-actions-deprecating-save-state-and-set-output-commands/'
const DISABLED =
  'command is disabled. Please upgrade to using Environment Files or opt into unsecure command execution by setting the `ACTIONS_ALLOW_UNSECURE_COMMANDS` environment variable to `true`.'
const EMPTY_MASK = "Can't add secret mask for empty string in ##[add-mask] command."
const BAD_STOP_TOKEN =
  "You cannot use a endToken that is an empty string, the string 'pause-logging', or another workflow command."

/**
 * A function that takes the output of one process line by line and carries out the workflow commands in
 * it (actions/runner:src/Runner.Worker/ActionCommandManager.cs).
 */
export function createCommandProcessor(setting: CommandSetting): (line: string) => void {
  let stopToken: string | undefined
  let echo = false
  const known = () => (stopToken === undefined ? KNOWN_COMMANDS : [...KNOWN_COMMANDS, stopToken])
  return (line) => {
    const command = parseCommand(line, known())
    if (command === undefined) return setting.recorder.line(line)
    const name = command.name.toLowerCase()
    if (stopToken !== undefined) {
      if (name === stopToken.toLowerCase()) stopToken = undefined
      return setting.recorder.line(line)
    }
    if (name === 'echo') {
      echo = command.data.trim().toLowerCase() === 'on'
      return
    }
    attempt(setting, line, command, () => {
      if (name === 'stop-commands') stopToken = acceptStopToken(setting, line, command.data)
      else carryOut(setting, line, name, command, echo)
    })
  }
}

function attempt(
  { recorder, effects }: CommandSetting,
  line: string,
  command: WorkflowCommand,
  work: () => void,
): void {
  try {
    work()
  } catch (error) {
    recorder.issue('error', `Unable to process command '${line.trim() || command.name}' successfully.`)
    recorder.issue('error', messageOf(error))
    effects.commandFailed()
  }
}

function acceptStopToken({ masker, recorder }: CommandSetting, line: string, token: string): string {
  if (
    token === '' ||
    token.toLowerCase() === 'pause-logging' ||
    KNOWN_COMMANDS.includes(token.toLowerCase())
  ) {
    throw new Error(BAD_STOP_TOKEN)
  }
  if (token.length > 6) masker.add(token)
  recorder.line(line)
  return token
}

type Handler = (setting: CommandSetting, command: WorkflowCommand) => void

const HANDLERS: Readonly<Record<string, Handler>> = {
  'add-mask': ({ recorder, masker }, { data }) => {
    if (data.trim() === '') recorder.issue('warning', EMPTY_MASK)
    else addWithLines(masker, data)
  },
  debug: ({ recorder }, { data }) => recorder.debug(data),
  error: issue('error'),
  warning: issue('warning'),
  notice: issue('notice'),
  group: ({ recorder }, { data }) => recorder.line(`##[group]${data}`),
  endgroup: ({ recorder }) => recorder.line('##[endgroup]'),
  'set-output': ({ recorder, effects }, { data, properties }) => {
    recorder.issue('warning', `The \`set-output\` ${DEPRECATED}`)
    effects.setOutput(required(properties['name'], 'name', 'set-output'), data)
  },
  'save-state': ({ recorder, effects }, { data, properties }) => {
    recorder.issue('warning', `The \`save-state\` ${DEPRECATED}`)
    effects.saveState(required(properties['name'], 'name', 'save-state'), data)
  },
  'set-env': (setting, { data, properties }) => {
    refuseUnlessAllowed(setting, 'set-env')
    setting.effects.setEnv(required(properties['name'], 'name', 'set-env'), data)
  },
  'add-path': (setting, { data }) => {
    refuseUnlessAllowed(setting, 'add-path')
    setting.effects.addPath(required(data, 'path', 'add-path'))
  },
}

// These never show in the log as they are written.
const NEVER_ECHOED: ReadonlySet<string> = new Set([
  'add-mask',
  'debug',
  'error',
  'warning',
  'notice',
  'group',
  'endgroup',
])

function carryOut(
  setting: CommandSetting,
  line: string,
  name: string,
  command: WorkflowCommand,
  echo: boolean,
): void {
  if (echo && !NEVER_ECHOED.has(name)) setting.recorder.line(line)
  const handler = HANDLERS[name]
  if (handler === undefined)
    throw new Error(`The \`${name}\` command (problem matchers) is not supported by the local runner.`)
  handler(setting, command)
}

function issue(level: Annotation['level']): Handler {
  return ({ recorder, workspace }, { data, properties }) =>
    recorder.issue(level, data, placeOf(properties, workspace))
}

function placeOf(
  properties: Readonly<Record<string, string>>,
  workspace: string,
): Omit<Annotation, 'level' | 'message'> {
  const { title, file, line, col } = properties
  return {
    ...(title === undefined ? {} : { title }),
    ...(file === undefined
      ? {}
      : { file: file.startsWith(`${workspace}/`) ? relative(workspace, file) : file }),
    ...numberOf('line', line),
    ...numberOf('column', col),
  }
}

function numberOf(name: 'line' | 'column', text: string | undefined): { line?: number; column?: number } {
  return text === undefined || !/^\d+$/.test(text) ? {} : { [name]: Number(text) }
}

function refuseUnlessAllowed({ env }: CommandSetting, name: string): void {
  if (env['ACTIONS_ALLOW_UNSECURE_COMMANDS']?.toLowerCase() !== 'true')
    throw new Error(`The \`${name}\` ${DISABLED}`)
}

function required(value: string | undefined, what: string, command: string): string {
  if (value === undefined || value === '')
    throw new Error(`Required field '${what}' is missing in ##[${command}] command.`)
  return value
}
