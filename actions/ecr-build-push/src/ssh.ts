import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Failure, wrongInput } from '@mlops-actions/diagnostics'
import type { BuildSsh } from '@mlops-actions/ecr'
import type { ActionWorld } from '@mlops-actions/runner'
import type { Inputs } from './inputs.ts'

/**
 * The agents and keys of a build by their absolute paths: nobody reads a key here, and the child needs no variable to
 * find an agent.
 * @throws Failure `config` where there is none
 */
export async function prepareSsh(
  { ssh = [] }: Pick<Inputs, 'ssh'>,
  world: ActionWorld,
): Promise<readonly BuildSsh[]> {
  const prepared: BuildSsh[] = []
  for (const { id, paths } of ssh) {
    const agent = world.env['SSH_AUTH_SOCK'] ?? ''
    if (paths.length === 0 && agent === '')
      throw wrong(`${id} takes the agent of the job, and SSH_AUTH_SOCK is not set`)
    const absolute = (paths.length === 0 ? [agent] : paths).map((path) =>
      resolve(world.context.workspace, path),
    )
    await assertUsable(id, absolute)
    prepared.push({ id, paths: absolute })
  }
  return prepared
}

/** One socket, or files: buildx takes nothing else. */
async function assertUsable(id: string, paths: readonly string[]): Promise<void> {
  const kinds = await Promise.all(paths.map(kindOf))
  const missing = paths[kinds.indexOf('none')]
  if (missing !== undefined) throw wrong(`${id} names ${missing}, which is neither a socket nor a file`)
  if (paths.some((path) => path.includes(','))) throw wrong(`${id} has a path with a comma`)
  if (kinds.length > 1 && kinds.includes('socket')) throw wrong(`${id} names a socket and something else`)
}

async function kindOf(path: string): Promise<'socket' | 'file' | 'none'> {
  const stats = await stat(path).catch(() => undefined)
  if (stats?.isSocket()) return 'socket'
  return stats?.isFile() ? 'file' : 'none'
}

function wrong(seen: string): Failure {
  return wrongInput('ssh', {
    code: 'SSH_AGENT',
    seen,
    next: 'Start an agent and add the key before this step, so that SSH_AUTH_SOCK is set, or give the path of one socket or of files with keys',
  })
}
