import { Failure, messageOf, quoteForeignText, type World } from '@mlops-actions/diagnostics'
import type { Docker } from '../docker.ts'
import { containerLogs, exposedPorts, removeContainer, startContainer } from './container.ts'
import { resolveReach } from './reach.ts'
import { watchContainer } from './watch.ts'

export interface SmokeWish {
  /** Name of an image in the engine. It is removed from there afterwards. */
  readonly image: string
  /** Unique name for the container. */
  readonly container: string
  /** Begins with a slash. */
  readonly path: string
  /** Undefined: the one that the image exposes. */
  readonly port: number | undefined
  readonly env: ReadonlyMap<string, string>
  /** Milliseconds from the start of the container. */
  readonly timeout: number
}

export interface SmokeResult {
  readonly port: number
  readonly status: number
  /** Milliseconds from the start of the container to the answer. */
  readonly waited: number
}

/** The last lines of output of the container, not sanitized. */
export type SmokeOutput = readonly string[]

/** The step ends in less than five seconds after a cancel. */
const CLEAN_UP_MS = 4_000

/**
 * Starts an image and asks it until it answers with 2xx. The container and the image's name are gone afterwards, however
 * it ends.
 * @param report called with the last lines of output of a container that has not passed
 * @throws Failure `workload` for an image that ends, cannot be started or does not answer in time, `config` without a port
 */
export async function smokeImage(
  world: World,
  engine: Docker,
  wish: SmokeWish,
  report: (output: SmokeOutput) => void,
): Promise<SmokeResult> {
  let container = wish.container
  try {
    const port = wish.port ?? onlyPort(await exposedPorts(world, engine, wish.image))
    const { image, env, container: name } = wish
    const reach = await resolveReach(world, engine)
    const started = await startContainer(world, engine, { image, name, port, reach, env })
    container = started.id
    const { value, waited } = await watchContainer(world, engine, wish, started)
    return { port, status: value.status, waited }
  } catch (thrown) {
    if (!world.signal.aborted && container !== wish.container) {
      const lines = await containerLogs(world, engine, container)
      for (const line of lines) world.log.info(quoteForeignText(line))
      report(lines)
    }
    throw thrown
  } finally {
    await cleanUp(world, engine, { container, image: wish.image })
  }
}

/** Removes a container and an image, also after a cancel. What cannot be removed is said, and is no failure. */
export async function cleanUp(
  world: World,
  engine: Docker,
  left: { readonly container: string; readonly image: string },
): Promise<void> {
  const signal = AbortSignal.timeout(world.signal.aborted ? CLEAN_UP_MS : 60_000)
  await removeContainer({ ...world, signal }, engine, left).catch((thrown: unknown) =>
    world.log.warn(`The container ${left.container} could not be removed: ${messageOf(thrown)}`),
  )
}

function onlyPort(ports: readonly number[]): number {
  const [port, ...more] = ports
  if (port !== undefined && more.length === 0) return port
  throw new Failure({
    kind: 'config',
    code: 'SMOKE_PORT',
    what: 'Cannot ask the built image',
    on: 'the input `smoke`',
    seen:
      port === undefined ? 'the image exposes no port' : `the image exposes the ports ${ports.join(', ')}`,
    next: 'Give the port before the path, such as `smoke: 8080/v2/health/ready`',
  })
}
