import { Failure, type FailureKind, sanitizeLine, type World } from '@mlops-actions/diagnostics'
import { type CommandResult, runCommand } from '@mlops-actions/process'
import {
  type ContainerState,
  parseContainerState,
  parseExposedPorts,
  parsePublishedPort,
} from './container-state.wire.ts'

/** The engine as this package asks it: the environment of the client, which says where the engine is. */
export interface Engine {
  readonly env: Readonly<Record<string, string>>
}

export interface ContainerWish {
  readonly image: string
  /** Unique, and known before it exists: what is cancelled in the middle of its creation can be removed by it. */
  readonly name: string
  readonly port: number
  /** Values go to the client in its environment, and never into an argument. */
  readonly env: ReadonlyMap<string, string>
}

export const SMOKE_LABEL = 'mlops-actions.smoke'

/** What an image may do while it is asked: nothing that it could not do by itself, and nobody else can reach it. Pure. */
export function containerArguments({ image, name, port, env }: ContainerWish): string[] {
  return [
    'run',
    '--detach',
    `--name=${name}`,
    `--label=${SMOKE_LABEL}=${name}`,
    `--publish=127.0.0.1::${port}`,
    '--security-opt=no-new-privileges',
    '--pull=never',
    '--restart=no',
    ...[...env.keys()].map((variable) => `--env=${variable}`),
    image,
  ]
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
    ask(world, engine, ['version', '--format', '{{.Server.Version}}'], { tolerate: [1] }),
    ask(world, engine, ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'], { tolerate: [1] }),
  ])
  if (version.exitCode !== 0)
    throw refuse('SMOKE_NO_ENGINE', `there is no Docker engine: ${firstLine(version.stderr)}`)
  const host = endpoint.stdout.trim()
  if (!/^(?:unix|npipe):\/\//.test(host))
    throw refuse(
      'SMOKE_REMOTE_ENGINE',
      `the engine is at ${sanitizeLine(host, 200)}, and what it runs cannot be reached from here`,
    )
}

/** @throws Failure */
export async function exposedPorts(world: World, engine: Engine, image: string): Promise<readonly number[]> {
  const format = '{{json .Config.ExposedPorts}}'
  const { stdout } = await ask(world, engine, ['image', 'inspect', '--format', format, image])
  return parseExposedPorts(stdout)
}

/**
 * Starts a container and resolves to its id and to the port of this machine that leads to it.
 * @throws Failure `workload` where the image cannot be started
 */
export async function startContainer(
  world: World,
  engine: Engine,
  wish: ContainerWish,
): Promise<{ readonly id: string; readonly port: number | undefined }> {
  const env = { ...engine.env, ...Object.fromEntries(wish.env) }
  const explain = ({ stderr }: CommandResult): Explained => ({
    kind: 'workload',
    code: 'SMOKE_START',
    seen: lastError(stderr),
    next: 'Look at CMD and ENTRYPOINT of the Dockerfile, and whether the image is for this machine',
  })
  const started = await ask(world, { env }, containerArguments(wish), { explain })
  const id = started.stdout.trim()
  // One that has ended at once has no port any more: its state says so.
  const published = await ask(world, engine, ['port', id, `${wish.port}/tcp`], { tolerate: [1] })
  return { id, port: parsePublishedPort(published.stdout) }
}

/** @throws Failure */
export async function containerState(world: World, engine: Engine, id: string): Promise<ContainerState> {
  const { stdout } = await ask(world, engine, ['inspect', '--type=container', '--format={{json .State}}', id])
  return parseContainerState(stdout)
}

const TAIL = 20

/** Its last lines of output, not sanitized; of both streams, which the client does not bring in order. */
export async function containerLogs(world: World, engine: Engine, id: string): Promise<readonly string[]> {
  const { stdout, stderr } = await ask(world, engine, ['logs', `--tail=${TAIL}`, id], { tolerate: [1] })
  return `${stdout}\n${stderr}`
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(-TAIL)
}

/** Also one that never came to be, and an image that was never loaded. */
export async function removeContainer(
  world: World,
  engine: Engine,
  { container, image }: { readonly container: string; readonly image: string },
): Promise<void> {
  await ask(world, engine, ['rm', '--force', '--volumes', container], { tolerate: [1] })
  await ask(world, engine, ['image', 'rm', '--force', image], { tolerate: [1] })
}

function ask(
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
interface Explained {
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

function firstLine(text: string): string {
  return sanitizeLine(text.trim().split('\n')[0] ?? '', 400)
}

/** Of `docker run` the last line is an advice to read its help. */
function lastError(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !/--help'?\.?$/.test(line))
  return sanitizeLine((lines.at(-1) ?? '').replace(/^docker: /, ''), 400)
}
