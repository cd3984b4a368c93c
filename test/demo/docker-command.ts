import { accessSync, constants, mkdirSync, statSync, symlinkSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { CommandFailed, command } from './command.ts'
import { refuse } from './docker-words.ts'

/** Calls the user's docker; resolves to its standard output. */
export type Docker = (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<string>

/** How the user's docker finds its engine and its builders. */
const VARIABLES = [
  'DOCKER_HOST',
  'DOCKER_CONTEXT',
  'DOCKER_CERT_PATH',
  'DOCKER_TLS_VERIFY',
  'DOCKER_API_VERSION',
  'BUILDX_CONFIG',
  'XDG_RUNTIME_DIR',
] as const

/** An engine that hangs is no engine. */
const PATIENCE = 30_000

/** @throws MissingPrerequisite when the call takes too long, CommandFailed when docker complains */
export function dockerCommand(
  cwd: string,
  env: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Docker {
  return async (args, more) => {
    const late = AbortSignal.timeout(PATIENCE)
    try {
      const options = { cwd, env: { ...env, ...more }, signal: AbortSignal.any([signal, late]) }
      return await command('docker', args, options)
    } catch (error) {
      signal.throwIfAborted()
      if (!late.aborted) throw error
      const what = `\`docker ${args.slice(0, 2).join(' ')}\` did not end within ${PATIENCE / 1_000} s`
      throw refuse(`an engine that answers, and ${what}`, 'start it anew')
    }
  }
}

/** What docker said, or what it complained of. */
export async function ask(docker: Docker, ...args: readonly string[]): Promise<string | CommandFailed> {
  try {
    return await docker(args)
  } catch (error) {
    if (error instanceof CommandFailed) return error
    throw error
  }
}

/** Steps have a HOME of their own, so the folder of contexts and plugins is always named. */
export function dockerVariables(env: NodeJS.ProcessEnv): Record<string, string> {
  const given = VARIABLES.flatMap((name) => {
    const value = env[name]
    return value === undefined || value === '' ? [] : [[name, value] as const]
  })
  return { DOCKER_CONFIG: env['DOCKER_CONFIG'] || join(homedir(), '.docker'), ...Object.fromEntries(given) }
}

/**
 * Makes a directory below `folder` with a link to docker and nothing else: the one that docker lies in may hold another
 * git or Python.
 * @throws MissingPrerequisite when there is no docker on the path
 */
export function linkDocker(folder: string, path: string): string {
  const found = path
    .split(delimiter)
    .map((directory) => resolve(directory, 'docker'))
    .find(isProgram)
  if (found === undefined)
    throw refuse('docker on the PATH', 'install the Docker engine and its buildx plugin')
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  symlinkSync(found, join(bin, 'docker'))
  return bin
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
