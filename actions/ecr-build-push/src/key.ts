import { arch } from 'node:os'
import { sanitizeLine } from '@mlops-actions/diagnostics'
import {
  type ContentKey,
  contentKey,
  type EcrApi,
  findImages,
  headDigest,
  parseRegistryHost,
  readRegistryAuths,
  repositoryAt,
  Unkeyable,
} from '@mlops-actions/ecr'
import { parseImageReference, registryHost } from '@mlops-actions/oci'
import { type ActionWorld, readCaCert } from '@mlops-actions/runner'
import { formatDuration, formatSize } from '@mlops-actions/text'
import type { Inputs } from './inputs.ts'
import type { Logins } from './logins.ts'
import type { BuildPlan } from './plan.ts'
import { readScope } from './scope.wire.ts'

/** The key of a build, or why it has none. */
export type Keyed =
  | { readonly key: ContentKey; readonly reason?: undefined }
  | { readonly key: undefined; readonly reason: string }

export interface Registry {
  readonly ecr: EcrApi
  readonly region: string | undefined
}

/** Where a daemon or a builder is that may be of another kind than this machine. */
const DAEMONS = [
  'DOCKER_HOST',
  'DOCKER_CONTEXT',
  'BUILDKIT_HOST',
  'DOCKER_DEFAULT_PLATFORM',
  'BUILDX_BUILDER',
] as const

/**
 * Computes the content key of a build, unless that is not wanted.
 * @param registry undefined: nobody may be asked for the digest of a base image
 */
export async function keyBuild(
  inputs: Inputs,
  world: ActionWorld,
  { request, logins }: Pick<BuildPlan, 'request' | 'logins'>,
  registry: Registry | undefined,
): Promise<Keyed> {
  const { log, env, context } = world
  if (!inputs.reuse) return { key: undefined, reason: '`reuse` is off' }
  if (inputs.maxAge === 0) return { key: undefined, reason: '`max-age` is 0' }
  const started = world.now()
  try {
    const key = await contentKey(world, request, {
      scope: await readScope(context),
      machine: machineOf(inputs, env),
      digestOf: registry === undefined ? undefined : await digestReader(inputs, world, registry, logins),
      say: (line) => log.info(line),
    })
    log.info(
      `Content key ${key.tag} (${key.scope}): ${key.files} files, ${formatSize(key.bytes)}, hashed in ${formatDuration(world.now() - started)}`,
    )
    return { key }
  } catch (thrown) {
    world.signal.throwIfAborted()
    if (!(thrown instanceof Unkeyable)) throw thrown
    // It can quote the Dockerfile.
    return { key: undefined, reason: sanitizeLine(thrown.message, 400) }
  }
}

/** What the platform of an image depends on where none is asked for. */
function machineOf({ builder = '', buildkit }: Inputs, env: ActionWorld['env']): readonly string[] {
  if (buildkit !== undefined) return [elsewhere(buildkit.text) === '' ? arch() : '', buildkit.text]
  return [arch(), builder, ...DAEMONS.map((name) => env[name] ?? '').map(elsewhere)]
}

/** A socket is of this machine, wherever it lies. */
function elsewhere(daemon: string): string {
  return daemon.startsWith('unix://') ? '' : daemon
}

/** How the digest of a base image is asked for: in ECR by its API, everywhere else by a HEAD of its manifest. */
async function digestReader(
  inputs: Inputs,
  world: ActionWorld,
  { ecr, region }: Registry,
  logins: Logins,
): Promise<(image: string) => Promise<string>> {
  const caCert = await readCaCert(inputs.caCert, world.context.workspace)
  const auths = await readRegistryAuths(world.env)
  const requestTimeout = Math.min(inputs.requestTimeout, 10_000)
  return async (image) => {
    const host = hostOf(image)
    const { kind, region: of } = parseRegistryHost(host)
    // The client is of another service where the image goes to ECR Public.
    if (kind === 'private' && ecr.gallery === undefined && of === region && logins.isOwn(host))
      return ecrDigest(world, ecr, image)
    const login = await logins.auth(host)
    const known = login === undefined ? auths : new Map([...auths, [host, login]])
    return headDigest(world, image, { auths: known, caCert, requestTimeout })
  }
}

function hostOf(image: string): string {
  try {
    return registryHost(parseImageReference(image).host)
  } catch {
    return ''
  }
}

/** BatchGetImage takes the right that a pull needs anyway, and no token. */
async function ecrDigest(world: ActionWorld, ecr: EcrApi, image: string): Promise<string> {
  const { host = '', path, tag = 'latest' } = parseImageReference(image)
  const repository = repositoryAt(host, path)
  const found = await findImages(world, { ecr, repository, host }, [tag]).catch((cause: unknown) => {
    world.signal.throwIfAborted()
    throw new Unkeyable(`ECR did not say the digest of ${image}`, { cause })
  })
  const digest = found?.get(tag)?.digest
  if (digest === undefined) throw new Unkeyable(`${image} is not in ECR`)
  return digest
}
