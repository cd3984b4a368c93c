import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Sandbox } from '@mlops-actions/sandbox'
import { command } from './command.ts'
import type { Desk } from './product.ts'

export interface BuildRequest {
  /** ECR repository: `churn`. */
  readonly repository: string
  readonly tag: string
  /** Below the desk. */
  readonly dockerfile: string
}

/** Builds and pushes an image from the desk with `docker buildx`; resolves to its reference by digest. */
export async function buildImage(desk: Desk, request: BuildRequest): Promise<string> {
  const { sandbox, machine, directory } = desk
  const name = `${sandbox.ecr.registryServer.host}/${request.repository}`
  const metadata = join(directory, '..', `${request.repository}.json`)
  const flags = ['--push', '--build-arg', 'BASE=scratch', '--metadata-file', metadata]
  const env = { ...machine.builder.env, PATH: machine.path, DOCKER_AUTH_CONFIG: dockerAuth(sandbox) }
  const words = ['buildx', 'build', ...flags, '--tag', `${name}:${request.tag}`]
  await command('docker', [...words, '--file', request.dockerfile, '.'], { cwd: directory, env })
  const built: { 'containerimage.digest': string } = JSON.parse(readFileSync(metadata, 'utf8'))
  return `${name}@${built['containerimage.digest']}`
}

/** Opens the sandbox's registry to docker. */
export function dockerAuth({ ecr, registryAuth }: Sandbox): string {
  return authConfig(ecr.registryServer.host, registryAuth)
}

/** What `docker login` would have written, as DOCKER_AUTH_CONFIG, which docker reads instead. */
export function authConfig(host: string, { username, password }: Sandbox['registryAuth']): string {
  const auth = Buffer.from(`${username}:${password}`).toString('base64')
  return JSON.stringify({ auths: { [host]: { auth } } })
}
