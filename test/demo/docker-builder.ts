import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { ImageBuilder } from './builder.ts'
import { ask, type Docker, dockerCommand, dockerVariables, linkDocker } from './docker-command.ts'
import { probeBuilder } from './docker-probe.ts'
import { assertBuildx, assertRunning, inspectBuilder, readEngine } from './docker-words.ts'

/**
 * The user's own engine and buildx, found as they find them, after an image of one file was built and pushed to a
 * registry on loopback: that is everything that the story will need of them.
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
  const bin = linkDocker(folder, env['PATH'] ?? '')
  const found = { ...dockerVariables(env), PATH: `${bin}${delimiter}${env['PATH']}` }
  const docker = dockerCommand(folder, found, signal)
  const buildx = assertBuildx(await ask(docker, 'buildx', 'version'))
  const engine = readEngine(await ask(docker, 'version', '--format', '{{json .Server}}'))
  const builder = env['BUILDX_BUILDER'] || (await engineBuilder(docker))
  const { driver, status } = inspectBuilder(await ask(docker, 'buildx', 'inspect', builder), builder)
  assertRunning(builder, driver, status)
  const chosen = { ...found, BUILDX_BUILDER: builder }
  // Not ended by Ctrl-C: what was built before it is removed all the same.
  const afterwards = dockerCommand(folder, chosen, new AbortController().signal)
  const forget = (registry: string): Promise<void> => forgetImages(afterwards, registry)
  const shown = `"${builder}" (${driver})`
  await probeBuilder(dockerCommand(folder, chosen, signal), folder, shown, forget)
  const { PATH: _, ...variables } = chosen
  const name = `Docker ${engine} with buildx ${buildx}, builder ${builder}`
  return { name, isReal: true, bin, env: variables, forget }
}

/** Each context has a builder of its name, which is its engine itself; the one in use may be a container elsewhere. */
async function engineBuilder(docker: Docker): Promise<string> {
  return (await docker(['context', 'inspect', '--format', '{{.Name}}'])).trim()
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
