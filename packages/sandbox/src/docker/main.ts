import { readFileSync, writeFileSync } from 'node:fs'
import { rootMessage } from '../containers/caught.ts'
import { parseReference } from '../containers/reference.ts'
import { MEDIA_TYPES } from '../registry/manifest.ts'
import type { RegistryAccess } from './base.ts'
import { buildImage } from './build.ts'
import { driverOf } from './builders.ts'
import { type BuildContext, readContext } from './context.ts'
import { parseAuthConfig } from './credentials.ts'
import { formatSourceFrame } from './dockerfile.ts'
import type { BuiltImage } from './image.ts'
import { type BuildOptions, parseBuildOptions } from './options.ts'
import { jsonProgress, type Progress, plainProgress, quietProgress } from './progress.ts'
import { pushImage } from './push.ts'
import { BuilderRefusal, BuildRefusal, UsageRefusal } from './refusal.ts'
import { createRemote, dialRemote } from './remotes.ts'

export interface DockerWorld {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
  stdout(text: string): void
  stderr(text: string): void
}

/** Kept in a file, where the launcher reads it too. */
const BUILDX_VERSION = readFileSync(new URL('../../bin/buildx-version', import.meta.url), 'utf8').trimEnd()

/** `docker …` without the first word; resolves to the exit code. */
export async function runDocker(args: readonly string[], world: DockerWorld): Promise<number> {
  const [command, sub, ...rest] = args
  if (command === 'version' || command === '--version')
    return say(world, 'Docker version 28.0.4, build sandbox-stand-in\n')
  if (command === '--context=default' && sub === 'info' && rest.join(' ') === DRIVER_FORMAT)
    return say(world, `${DRIVER_STATUS}\n`)
  if (command !== 'buildx')
    return complain(
      world,
      `docker: '${command ?? ''}' is not a docker command of this stand-in.\nSee 'docker --help'\n`,
      1,
    )
  if (sub === 'inspect') return inspect(rest[0] ?? 'default', world)
  if (sub === 'version') return say(world, `${BUILDX_VERSION}\n`)
  if (sub === 'create') return create(rest, world)
  if (sub !== 'build')
    return complain(
      world,
      `ERROR: unknown command: "docker buildx ${sub ?? ''}" (this stand-in knows version, inspect, create and build)\n`,
      1,
    )
  return build(rest, world)
}

/** What `docker info --format={{json .DriverStatus}}` says where images are in Docker's own store. */
const DRIVER_FORMAT = '--format={{json .DriverStatus}}'
const DRIVER_STATUS = '[["Backing Filesystem","extfs"],["Supports d_type","true"]]'

function inspect(builder: string, world: DockerWorld): number {
  try {
    return say(world, `Name:   ${builder}\nDriver: ${driverOf(builder, world.env)}\n`)
  } catch (error) {
    return complain(world, `ERROR: ${rootMessage(error)}\n`, 1)
  }
}

function create(args: readonly string[], world: DockerWorld): number {
  try {
    return say(world, `${createRemote(args, world.env)}\n`)
  } catch (error) {
    return complain(world, `ERROR: ${rootMessage(error)}\n`, 1)
  }
}

function say(world: DockerWorld, text: string): number {
  world.stdout(text)
  return 0
}

function complain(world: DockerWorld, text: string, code: number): number {
  world.stderr(text)
  return code
}

async function build(args: readonly string[], world: DockerWorld): Promise<number> {
  let context: BuildContext | undefined
  try {
    const options = parseBuildOptions(args, world.env)
    const access = createAccess(world)
    for (const tag of options.tags) parseReference(tag)
    if (options.builder.driver === 'remote') await dialRemote(options.builder.name, world.env)
    const progress = createProgress(options.progress, world.stderr)
    context = await progress.step('[internal] load build context', async () =>
      readContext(options.context, options.file),
    )
    const image = await buildImage(context, options, access, progress)
    await exportImage(image, options, access, progress)
    writeResults(image, options)
    return 0
  } catch (error) {
    return explain(error, context, world)
  }
}

function createAccess(world: DockerWorld): RegistryAccess {
  const credentials = parseAuthConfig(world.env['DOCKER_AUTH_CONFIG'])
  return { signal: world.signal, auth: (host) => credentials.get(host) }
}

function createProgress(mode: BuildOptions['progress'], write: (text: string) => void): Progress {
  if (mode === 'quiet') return quietProgress()
  return mode === 'rawjson' ? jsonProgress(write) : plainProgress(write)
}

/** Without --push nothing is kept: there is no image store behind this stand-in. */
function exportImage(
  image: BuiltImage,
  options: BuildOptions,
  access: RegistryAccess,
  progress: Progress,
): Promise<void> {
  return progress.step('exporting to image', async (log) => {
    log(`exporting manifest ${image.digest} done`)
    log(`exporting config ${image.configDigest} done`)
    const by = options.builder.driver === 'docker' ? 'docker' : 'containerd'
    const pusher = { access, by, log } as const
    if (options.byDigest !== undefined) return pushImage(image, `${options.byDigest}@${image.digest}`, pusher)
    if (!options.push) return
    if (options.tags.length === 0) throw new BuildRefusal('tag is needed when pushing to registry')
    for (const tag of options.tags) await pushImage(image, tag, pusher)
  })
}

/** Keys of buildx's metadata file (docker/buildx docs/reference/buildx_build.md, "--metadata-file"). */
function writeResults(image: BuiltImage, options: BuildOptions): void {
  if (options.iidFile !== undefined) writeFileSync(options.iidFile, image.digest)
  if (options.metadataFile === undefined) return
  const metadata = {
    'buildx.build.ref': `default/default/${image.digest.slice(7, 32)}`,
    'containerimage.config.digest': image.configDigest,
    'containerimage.descriptor': {
      mediaType: MEDIA_TYPES.ociManifest,
      digest: image.digest,
      size: image.manifest.length,
    },
    'containerimage.digest': image.digest,
    ...(options.tags.length > 0 && { 'image.name': options.tags.join(',') }),
  }
  writeFileSync(options.metadataFile, `${JSON.stringify(metadata, undefined, 2)}\n`)
}

function explain(error: unknown, context: BuildContext | undefined, world: DockerWorld): number {
  if (world.signal.aborted)
    return complain(world, 'ERROR: failed to build: failed to solve: Canceled: context canceled\n', 1)
  if (error instanceof UsageRefusal)
    return complain(world, `ERROR: ${error.message}\n\nSee 'docker buildx build --help'.\n`, 125)
  if (error instanceof BuilderRefusal) return complain(world, `ERROR: failed to build: ${error.message}\n`, 1)
  if (!(error instanceof BuildRefusal))
    return complain(world, `ERROR: failed to build: failed to solve: ${rootMessage(error)}\n`, 1)
  const frame =
    error.line && context
      ? `${formatSourceFrame(context.dockerfile.name, context.dockerfile.source, error.line)}\n`
      : ''
  return complain(world, `${frame}ERROR: failed to build: failed to solve: ${error.message}\n`, 1)
}
