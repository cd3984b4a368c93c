import { cancelled, Failure, sanitizeText } from '@mlops-actions/diagnostics'
import type { Command, CommandResult } from './command.ts'
import { programName } from './program.ts'

const TAIL_LINES = 5
const TAIL_LENGTH = 300

export function explainExit(command: Command, result: CommandResult): Failure {
  const own = command.explain?.(result)
  const said = tail(result.stderr) || tail(result.stdout)
  return new Failure({
    kind: own?.kind ?? 'internal',
    code: own?.code ?? 'COMMAND_FAILED',
    what: command.what,
    on: nameOf(command),
    seen: own?.seen ?? `exit code ${result.exitCode}${said === '' ? ' and no message' : `: ${said}`}`,
    next: own?.next ?? `Read what ${programName(command.file)} says above`,
  })
}

export function explainSignal(command: Command, signal: NodeJS.Signals | undefined): Failure {
  return new Failure({
    kind: 'internal',
    code: 'COMMAND_KILLED',
    what: command.what,
    on: nameOf(command),
    seen: `it was ended by ${signal ?? 'a signal'}`,
    next: 'Look at the memory of the runner: the kernel ends what uses too much',
  })
}

export function explainTimeout(command: Command, stderr: string): Failure {
  const said = tail(stderr)
  return new Failure({
    kind: 'timeout',
    code: 'COMMAND_TIMEOUT',
    what: command.what,
    on: nameOf(command),
    seen: `it had not ended after ${(command.timeout ?? 0) / 1000} s${said === '' ? '' : `; its last words: ${said}`}`,
    next: 'Run the step again; if it stays, look at what it waits for',
  })
}

/** How a step ends whose signal aborted: as the signal's reason says where that is a failure of its own. */
export function asCancelled(reason: unknown): Failure {
  return reason instanceof Failure ? reason : cancelled(reason)
}

/** The last lines of an output on one line: programs say what matters last. */
function tail(output: string): string {
  const lines = output
    .slice(-8_192)
    .split(/[\r\n]+/)
    .filter((line) => line.trim() !== '')
  const last = sanitizeText(lines.slice(-TAIL_LINES).join('\n'), { maxLineLength: TAIL_LENGTH })
  return last
    .split('\n')
    .map((line) => line.trim())
    .join(' / ')
}

function nameOf({ on, file }: Command): string {
  return on ?? programName(file)
}
