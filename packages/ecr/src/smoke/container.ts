import { isIPv4 } from 'node:net'
import { sanitizeLine, type World } from '@mlops-actions/diagnostics'
import type { CommandResult } from '@mlops-actions/process'
import { askDocker, type Docker, type Explained } from '../docker.ts'
import {
  type ContainerState,
  parseContainerState,
  parseExposedPorts,
  parsePublishedPort,
} from './container-state.wire.ts'
import { WHAT } from './engine.ts'
import type { Reach } from './reach.ts'

export interface ContainerWish {
  readonly image: string
  /** Unique, and known before it exists: what is cancelled in the middle of its creation can be removed by it. */
  readonly name: string
  readonly port: number
  readonly reach: Reach
  /** Values go to the client in its environment, and never into an argument. */
  readonly env: ReadonlyMap<string, string>
}

export const SMOKE_LABEL = 'mlops-actions.smoke'

/** What an image may do while it is asked: nothing that it could not do by itself, and nobody else can reach it. Pure. */
export function containerArguments({ image, name, port, reach, env }: ContainerWish): string[] {
  return [
    'run',
    '--detach',
    `--name=${name}`,
    `--label=${SMOKE_LABEL}=${name}`,
    reach.kind === 'loopback' ? `--publish=127.0.0.1::${port}` : `--network=${reach.network}`,
    '--security-opt=no-new-privileges',
    '--pull=never',
    '--restart=no',
    ...[...env.keys()].map((variable) => `--env=${variable}`),
    image,
  ]
}

/** @throws Failure */
export async function exposedPorts(world: World, engine: Docker, image: string): Promise<readonly number[]> {
  const format = '{{json .Config.ExposedPorts}}'
  const { stdout } = await askDocker(world, engine, {
    what: WHAT,
    args: ['image', 'inspect', '--format', format, image],
  })
  return parseExposedPorts(stdout)
}

/**
 * Starts a container and resolves to its id and to where it can be asked, `host:port`.
 * @throws Failure `workload` where the image cannot be started
 */
export async function startContainer(
  world: World,
  engine: Docker,
  wish: ContainerWish,
): Promise<{ readonly id: string; readonly address: string | undefined }> {
  const env = Object.fromEntries(wish.env)
  const explain = ({ stderr }: CommandResult): Explained => ({
    kind: 'workload',
    code: 'SMOKE_START',
    seen: lastError(stderr),
    next: 'Look at CMD and ENTRYPOINT of the Dockerfile, and whether the image is for this machine',
  })
  const started = await askDocker(world, engine, { what: WHAT, args: containerArguments(wish), env, explain })
  const id = started.stdout.trim()
  return { id, address: await addressOf(world, engine, id, wish) }
}

/** One that has ended at once has none any more: its state says so. */
async function addressOf(
  world: World,
  engine: Docker,
  id: string,
  { port, reach }: ContainerWish,
): Promise<string | undefined> {
  if (reach.kind === 'loopback') {
    const args = ['port', id, `${port}/tcp`]
    const { stdout } = await askDocker(world, engine, { what: WHAT, args, tolerate: [1] })
    const published = parsePublishedPort(stdout)
    return published === undefined ? undefined : `127.0.0.1:${published}`
  }
  const format = '--format={{range .NetworkSettings.Networks}}{{println .IPAddress}}{{end}}'
  const args = ['inspect', '--type=container', format, id]
  const { stdout } = await askDocker(world, engine, { what: WHAT, args })
  const [ip = ''] = stdout.trim().split('\n')
  return isIPv4(ip) ? `${ip}:${port}` : undefined
}

/** @throws Failure */
export async function containerState(world: World, engine: Docker, id: string): Promise<ContainerState> {
  const { stdout } = await askDocker(world, engine, {
    what: WHAT,
    args: ['inspect', '--type=container', '--format={{json .State}}', id],
  })
  return parseContainerState(stdout)
}

const TAIL = 20

/** Its last lines of output, not sanitized; of both streams, which the client does not bring in order. */
export async function containerLogs(world: World, engine: Docker, id: string): Promise<readonly string[]> {
  const { stdout, stderr } = await askDocker(world, engine, {
    what: WHAT,
    args: ['logs', `--tail=${TAIL}`, id],
    tolerate: [1],
  })
  return `${stdout}\n${stderr}`
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(-TAIL)
}

/** Also one that never came to be, and an image that was never loaded. */
export async function removeContainer(
  world: World,
  engine: Docker,
  { container, image }: { readonly container: string; readonly image: string },
): Promise<void> {
  for (const args of [
    ['rm', '--force', '--volumes', container],
    ['image', 'rm', '--force', image],
  ])
    await askDocker(world, engine, { what: WHAT, args, tolerate: [1] })
}

/** Of `docker run` the last line is an advice to read its help. */
function lastError(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !/--help'?\.?$/.test(line))
  return sanitizeLine((lines.at(-1) ?? '').replace(/^docker: /, ''), 400)
}
