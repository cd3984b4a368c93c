import { type FailureKind, sanitizeLine, type World } from '@mlops-actions/diagnostics'
import { type CommandResult, runCommand } from '@mlops-actions/process'

/** A program on the PATH, and what stands before its arguments. */
export interface Program {
  readonly file: string
  readonly first: readonly string[]
}

/** The client of Docker, or buildx: its environment says where the engine and the builders are. */
export interface Docker {
  /** Default: the client of Docker. */
  readonly program?: Program
  readonly env: Readonly<Record<string, string>>
}

/** One call of the program, which ends by itself. */
export interface DockerCall {
  /** What cannot be done without its answer, for failures. */
  readonly what: string
  /** Default: the command. */
  readonly on?: string
  readonly args: readonly string[]
  /** Variables for this call alone. */
  readonly env?: Readonly<Record<string, string>>
  /** Open files that the program needs. */
  readonly files?: readonly number[] | undefined
  readonly tolerate?: readonly number[]
  readonly explain?: (result: CommandResult) => Explained
}

/** What an exit code means. */
export interface Explained {
  readonly kind: FailureKind
  readonly code: string
  readonly seen: string
  readonly next: string
}

const CLIENT: Program = { file: 'docker', first: [] }

const PATIENCE_MS = 60_000

/** @throws Failure `config` where the program is missing, `cancelled`, `timeout`, and what an exit code means */
export function askDocker(
  world: World,
  { program: { file, first } = CLIENT, env }: Docker,
  { env: more, args, ...call }: DockerCall,
): Promise<CommandResult> {
  const [subcommand = ''] = args
  return runCommand(world, {
    file,
    args: [...first, ...args],
    env: { ...env, ...more },
    timeout: PATIENCE_MS,
    maxOutput: 1024 * 1024,
    on: [file, ...first, subcommand].join(' '),
    explain: explainPlain,
    ...call,
  })
}

function explainPlain({ stderr }: CommandResult): Explained {
  return {
    kind: 'upstream',
    code: 'DOCKER_REFUSED',
    seen: `Docker refuses it: ${firstLine(stderr)}`,
    next: 'Look at the Docker engine of this runner; is its disk full?',
  }
}

/** Of what the client says, for a failure. */
export function firstLine(text: string): string {
  return sanitizeLine(text.trim().split('\n')[0] ?? '', 400)
}
