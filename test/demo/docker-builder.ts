import { accessSync, constants, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { ImageBuilder } from './builder.ts'
import { CommandFailed, command } from './command.ts'
import { probeBuilder } from './docker-probe.ts'
import { assertBuildx, assertRunning, inspectBuilder, readEngine, refuse } from './docker-words.ts'

/** How the user's docker finds its engine and its builder. */
const VARIABLES = [
  'DOCKER_HOST',
  'DOCKER_CONTEXT',
  'DOCKER_CERT_PATH',
  'DOCKER_TLS_VERIFY',
  'DOCKER_API_VERSION',
  'BUILDX_CONFIG',
  'XDG_RUNTIME_DIR',
] as const

/** Calls the user's docker; resolves to its standard output. */
export type Docker = (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<string>

/** An engine that hangs is no engine. */
const PATIENCE = 30_000

/**
 * The user's own engine and buildx, found as they find them, after one image of one file was built and pushed to a
 * registry on loopback: everything that the story will need of them.
 * @throws MissingPrerequisite for the first thing that they cannot do
 */
export async function openDockerBuilder(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<ImageBuilder> {
  const folder = mkdtempSync(join(tmpdir(), 'mlops-demo-docker-'))
  const close = async (): Promise<void> => rmSync(folder, { recursive: true, force: true })
  try {
    return { ...(await inspect(env, folder, signal)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function inspect(
  env: NodeJS.ProcessEnv,
  folder: string,
  signal: AbortSignal,
): Promise<Omit<ImageBuilder, 'close'>> {
  const bin = shelter(folder, env['PATH'] ?? '')
  const found = variablesOf(env)
  const path = `${bin}${delimiter}${env['PATH']}`
  const docker = dockerOf(folder, { ...found, PATH: path }, signal)
  const buildx = assertBuildx(await asked(docker, ['buildx', 'version']))
  const engine = readEngine(await asked(docker, ['version', '--format', '{{json .Server}}']))
  const builder =
    env['BUILDX_BUILDER'] || (await docker(['context', 'inspect', '--format', '{{.Name}}'])).trim()
  const { driver, status } = inspectBuilder(await asked(docker, ['buildx', 'inspect', builder]), builder)
  assertRunning(builder, driver, status)
  const own = { ...found, BUILDX_BUILDER: builder }
  // After Ctrl-C too.
  const last = dockerOf(folder, { ...own, PATH: path }, new AbortController().signal)
  const forget = (registry: string): Promise<void> => forgetImages(last, registry)
  const chosen: Docker = (args, more) => docker(args, { ...own, ...more })
  await probeBuilder(chosen, folder, `"${builder}" (${driver})`, forget)
  const name = `Docker ${engine} with buildx ${buildx}, builder ${builder}`
  return { name, isReal: true, bin, env: own, forget }
}

/** A directory with a link to docker alone: the one that docker lies in may hold another git or Python. */
function shelter(folder: string, path: string): string {
  const found = path
    .split(delimiter)
    .map((directory) => join(directory, 'docker'))
    .find(isExecutable)
  if (found === undefined)
    throw refuse('docker on the PATH', 'install the Docker engine and its buildx plugin')
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  symlinkSync(found, join(bin, 'docker'))
  return bin
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Steps have a HOME of their own, so the folder of contexts and plugins is always named. */
function variablesOf(env: NodeJS.ProcessEnv): Record<string, string> {
  const given = VARIABLES.flatMap((name) => {
    const value = env[name]
    return value === undefined || value === '' ? [] : [[name, value] as const]
  })
  return { DOCKER_CONFIG: env['DOCKER_CONFIG'] || join(homedir(), '.docker'), ...Object.fromEntries(given) }
}

function dockerOf(cwd: string, env: Readonly<Record<string, string>>, signal: AbortSignal): Docker {
  return async (args, more) => {
    const late = AbortSignal.timeout(PATIENCE)
    try {
      const options = { cwd, env: { ...env, ...more }, signal: AbortSignal.any([signal, late]) }
      return await command('docker', args, options)
    } catch (error) {
      signal.throwIfAborted()
      if (!late.aborted) throw error
      const what = `\`docker ${args.slice(0, 2).join(' ')}\` said nothing for ${PATIENCE / 1_000} s`
      throw refuse(`an engine that answers, and ${what}`, 'start it anew')
    }
  }
}

/** What docker said, or what it complained of. */
async function asked(docker: Docker, args: readonly string[]): Promise<string | CommandFailed> {
  try {
    return await docker(args)
  } catch (error) {
    if (error instanceof CommandFailed) return error
    throw error
  }
}

/** An image whose tag went to a newer one is still there by its digest. */
async function forgetImages(docker: Docker, registry: string): Promise<void> {
  const format = '{{.Repository}} {{.Tag}} {{.Digest}}'
  const filter = `reference=${registry}/*`
  const listed = await docker(['image', 'ls', '--digests', '--format', format, '--filter', filter])
  const references = listed.split('\n').flatMap((line) => {
    const [repository = '', tag = '', digest = ''] = line.split(' ')
    if (repository === '') return []
    return tag === '<none>' ? `${repository}@${digest}` : `${repository}:${tag}`
  })
  if (references.length > 0) await docker(['image', 'rm', '--force', ...new Set(references)])
}
