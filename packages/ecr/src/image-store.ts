import type { World } from '@mlops-actions/diagnostics'
import { askDocker, type Docker } from './docker.ts'

/** What builds: `docker` is the daemon's own builder. */
export interface Builder {
  readonly name: string
  readonly driver: string
}

/** Reads `docker buildx inspect`: lines of `Name: value`, those of the builder first. */
export function parseBuilder(text: string): Builder {
  const read = (name: string): string => new RegExp(`^${name}:[ \\t]*(\\S*)`, 'm').exec(text)?.[1] ?? ''
  return { name: read('Name'), driver: read('Driver') }
}

/**
 * Whether the driver status of `docker info`, as JSON, is that of Docker's own image store: with containerd's it names a
 * snapshotter. A daemon that cannot be asked says `null`, and is not taken for one.
 */
export function isPlainStore(json: string): boolean {
  return json.trimStart().startsWith('[[') && !json.includes('io.containerd.snapshotter')
}

/**
 * Whether images go to Docker's own image store. It keeps of an image what `docker run` needs, so that a push makes its
 * manifest anew and leaves out annotations and how layers were to be packed, without a word (seen with buildx 0.29 and
 * Docker 26). False where nobody can say: then the build will.
 * @throws Failure `config` where docker is missing, `cancelled`, `timeout`
 */
export async function usesPlainStore(
  world: World,
  buildx: Required<Docker>,
  builder: string | undefined,
): Promise<boolean> {
  const inspect = ['inspect', ...(builder === undefined ? [] : [builder])]
  const { name, driver } = parseBuilder(await ask(world, buildx, inspect))
  const { program, env } = buildx
  // Without its client nobody asks the engine for more.
  if (driver !== 'docker' || program.file !== 'docker') return false
  // A builder of the driver docker has the name of its context.
  const info = [`--context=${name}`, 'info', '--format={{json .DriverStatus}}']
  return isPlainStore(await ask(world, { env }, info))
}

async function ask(world: World, docker: Docker, args: readonly string[]): Promise<string> {
  return (await askDocker(world, docker, { what: 'Cannot look at the builder', args, tolerate: [1] })).stdout
}
