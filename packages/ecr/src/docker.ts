import { type FailureKind, sanitizeLine, type World } from '@mlops-actions/diagnostics'
import { type CommandResult, runCommand } from '@mlops-actions/process'

/** The client of Docker: its environment says where the engine and the builders are. */
export interface Docker {
  readonly env: Readonly<Record<string, string>>
}

/** One call of the client, which ends by itself. */
export interface DockerCall {
  /** What cannot be done without its answer, for failures. */
  readonly what: string
  readonly args: readonly string[]
  /** Variables for this call alone. */
  readonly env?: Readonly<Record<string, string>>
  readonly tolerate?: readonly number[]
  readonly explain?: (result: CommandResult) => Explained
}

/** What an exit code of the client means. */
export interface Explained {
  readonly kind: FailureKind
  readonly code: string
  readonly seen: string
  readonly next: string
}

const PATIENCE_MS = 60_000

/** @throws Failure `config` where docker is missing, `cancelled`, `timeout`, and what an exit code means */
export function askDocker(
  world: World,
  { env }: Docker,
  { env: more, args, ...call }: DockerCall,
): Promise<CommandResult> {
  return runCommand(world, {
    file: 'docker',
    args,
    env: { ...env, ...more },
    timeout: PATIENCE_MS,
    maxOutput: 1024 * 1024,
    on: `docker ${args[0]}`,
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
