import { Failure, type FailureKind, sanitizeLine, type World } from '@mlops-actions/diagnostics'
import { type CommandResult, runCommand } from '@mlops-actions/process'

/** The engine as this package asks it: the environment of the client, which says where the engine is. */
export interface Engine {
  readonly env: Readonly<Record<string, string>>
}

const PATIENCE = 60_000

/**
 * Whether there is an engine here, and one whose loopback is ours.
 * @throws Failure `config`
 */
export async function assertEngine(world: World, engine: Engine): Promise<void> {
  const refuse = (code: string, seen: string): Failure =>
    new Failure({
      kind: 'config',
      code,
      what: 'Cannot start the built image',
      on: 'the input `smoke`',
      seen,
      next: 'Run this step where a Docker engine is, as on the runners of GitHub, or leave `smoke` away',
    })
  const [version, endpoint] = await Promise.all([
    askEngine(world, engine, ['version', '--format', '{{.Server.Version}}'], { tolerate: [1] }),
    askEngine(world, engine, ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'], {
      tolerate: [1],
    }),
  ])
  if (version.exitCode !== 0)
    throw refuse('SMOKE_NO_ENGINE', `there is no Docker engine: ${firstLine(version.stderr)}`)
  if (endpoint.exitCode !== 0)
    throw refuse('SMOKE_ENGINE_UNKNOWN', `nobody can say where the engine is: ${firstLine(endpoint.stderr)}`)
  const host = endpoint.stdout.trim()
  if (!/^(?:unix|npipe):\/\//.test(host))
    throw refuse(
      'SMOKE_REMOTE_ENGINE',
      `the engine is at ${sanitizeLine(host === '' ? 'no address' : host, 200)}, and what it runs cannot be reached from here`,
    )
}

/** One call of the client, which ends by itself. @throws Failure */
export function askEngine(
  world: World,
  { env }: Engine,
  args: readonly string[],
  more: {
    readonly tolerate?: readonly number[]
    readonly explain?: (result: CommandResult) => Explained
  } = {},
): Promise<CommandResult> {
  return runCommand(world, {
    file: 'docker',
    args,
    env,
    timeout: PATIENCE,
    maxOutput: 1024 * 1024,
    what: 'Cannot start the built image',
    on: `docker ${args[0]}`,
    explain: explainPlain,
    ...more,
  })
}

/** What an exit code of the client means. */
export interface Explained {
  readonly kind: FailureKind
  readonly code: string
  readonly seen: string
  readonly next: string
}

function explainPlain({ stderr }: CommandResult): Explained {
  return {
    kind: 'upstream',
    code: 'SMOKE_ENGINE',
    seen: `the Docker engine refuses it: ${firstLine(stderr)}`,
    next: 'Look at the engine of this runner; is its disk full?',
  }
}

export function firstLine(text: string): string {
  return sanitizeLine(text.trim().split('\n')[0] ?? '', 400)
}
