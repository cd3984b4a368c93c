import { type Buildx, findBuildx } from '@mlops-actions/ecr'
import {
  askBuildkit,
  createRemoteBuilder,
  type PrivateFolder,
  privateFolder,
  REMOTE_BUILDER,
} from '@mlops-actions/ecr/buildkit'
import type { ActionWorld } from '@mlops-actions/runner'
import { assertBuilderKeeps } from './builder-check.ts'
import { type BuildkitWish, readBuildkit } from './buildkit.ts'
import { dockerEnv } from './docker-environment.ts'
import type { Inputs } from './inputs.ts'

/** What a build is started with. */
export interface ReadyBuilder {
  readonly buildx: Buildx
  /** How it finds its builder, and nothing of the job. */
  readonly env: Readonly<Record<string, string>>
  /** Undefined: the current one of the job. */
  readonly name: string | undefined
}

/** What builds. */
export interface Builder {
  /** Looks for it, asks it whether it can do what is wanted, and makes it known; once. @throws Failure */
  ready(): Promise<ReadyBuilder>
  /** Forgets the builder of this step. */
  close(): Promise<void>
}

/** Nothing is looked for yet: an image that is reused needs no builder. */
export function openBuilder(inputs: Inputs, world: ActionWorld): Builder {
  let ready: Promise<ReadyBuilder> | undefined
  let folder: PrivateFolder | undefined
  const prepare = async (): Promise<ReadyBuilder> => {
    const wish = await readBuildkit(inputs)
    if (wish === undefined) return localBuilder(inputs, world)
    folder = await privateFolder(world.context.temp)
    return remoteBuilder(world, wish, folder)
  }
  return {
    ready: () => {
      ready ??= prepare()
      return ready
    },
    close: async () => {
      await ready?.catch(() => undefined)
      await folder?.remove()
    },
  }
}

async function localBuilder(inputs: Inputs, world: ActionWorld): Promise<ReadyBuilder> {
  const env = dockerEnv(world)
  const buildx = await findBuildx(world, env)
  await assertBuilderKeeps(inputs, world, { buildx, env })
  return { buildx, env, name: inputs.builder }
}

/** Asked by us before anything else: buildx would wait for it, and not say what is wrong. */
async function remoteBuilder(
  world: ActionWorld,
  { address, tls }: BuildkitWish,
  { path }: PrivateFolder,
): Promise<ReadyBuilder> {
  const known = dockerEnv(world, address.kind)
  const [buildx, version] = await Promise.all([findBuildx(world, known), askBuildkit(world, address, tls)])
  const env = await createRemoteBuilder(world, { buildx, address, tls, folder: path, env: known })
  world.log.info(`Builds on ${address.text}${version === undefined ? '' : `, BuildKit ${version}`}`)
  return { buildx, env, name: REMOTE_BUILDER }
}
