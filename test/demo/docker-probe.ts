import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  addRepository,
  issuePassword,
  type RegistryServer,
  startRegistry,
} from '@mlops-actions/sandbox/registry'
import { CommandFailed } from './command.ts'
import type { Docker } from './docker-command.ts'
import { refusePush } from './docker-words.ts'
import { authConfig } from './images.ts'

/**
 * Builds an image of one file and pushes it to a registry on loopback. Whether an engine gets there cannot be told from
 * its address: the socket of an engine in a virtual machine looks like any other.
 * @param builder as it is shown
 * @param forget takes the image out of the engine again
 * @throws MissingPrerequisite
 */
export async function probeBuilder(
  docker: Docker,
  folder: string,
  builder: string,
  forget: (registry: string) => Promise<void>,
): Promise<void> {
  const context = join(folder, 'probe')
  mkdirSync(context)
  writeFileSync(join(context, 'Dockerfile'), 'FROM scratch\nCOPY nonce /\n')
  writeFileSync(join(context, 'nonce'), randomUUID())
  const registry = await startRegistry()
  try {
    const stderr = await push(docker, context, registry)
    if (stderr === undefined) return
    throw refusePush({ builder, stderr, arrived: registry.requests.length > 0 })
  } finally {
    await forget(registry.host)
    await registry.close()
  }
}

/** What buildx complained of; undefined where the image arrived. */
async function push(docker: Docker, context: string, registry: RegistryServer): Promise<string | undefined> {
  const now = Date.now()
  const { tags } = addRepository(registry.state, 'probe', now)
  const principal = { arn: 'arn:aws:iam::123456789012:user/probe', accessKeyId: '', secretAccessKey: '' }
  const { password } = issuePassword(registry.state, principal, now)
  const auth = authConfig(registry.host, { username: 'AWS', password })
  const image = `${registry.host}/probe:one`
  try {
    await docker(['buildx', 'build', '--push', '--tag', image, context], { DOCKER_AUTH_CONFIG: auth })
  } catch (error) {
    if (error instanceof CommandFailed) return error.stderr
    throw error
  }
  return tags.has('one') ? undefined : 'nothing, and no image has arrived'
}
