import { findBuildx, likelyBuildx, type Program } from '@mlops-actions/ecr'
import { askBuildkit, createRemoteBuilder, privateFolder, writeTls } from '@mlops-actions/ecr/buildkit'
import type { ActionWorld } from '@mlops-actions/runner'
import { asksStore, assertBuilderKeeps } from './builder-check.ts'
import { type BuildkitWish, readBuildkit } from './buildkit.ts'
import { dockerEnv } from './docker-environment.ts'
import type { Inputs } from './inputs.ts'

/** What a build is started with. */
export interface ReadyBuilder {
  readonly buildx: Program
  /** How it finds its builder, and nothing of the job. */
  readonly env: Readonly<Record<string, string>>
  /** Open files that the child needs to reach it. */
  readonly files: readonly number[]
}

/** What builds. */
export interface Builder {
  /** Looks for it, asks it whether it can do what is wanted, and makes it known; once. @throws Failure */
  ready(): Promise<ReadyBuilder>
  /** What `ready` comes to unless it throws, without asking anybody; undefined where only that can say it. */
  likely(): ReadyBuilder | undefined
  /** Forgets the builder of this step. */
  close(): Promise<void>
}

/**
 * Nothing is looked for yet: an image that is reused needs no builder.
 * @throws Failure `config` for certificates that cannot be used
 */
export async function openBuilder(inputs: Inputs, world: ActionWorld): Promise<Builder> {
  const wish = await readBuildkit(inputs)
  let ready: Promise<ReadyBuilder> | undefined
  const rooms: { close(): Promise<void> }[] = []
  const prepare = (): Promise<ReadyBuilder> =>
    wish === undefined ? localBuilder(inputs, world) : remoteBuilder(world, wish, rooms)
  return {
    ready: () => {
      ready ??= prepare()
      return ready
    },
    likely: () => (wish === undefined && !asksStore(inputs) ? likelyBuilder(world) : undefined),
    close: async () => {
      if (wish === undefined) return
      await ready?.catch(() => undefined)
      for (const room of rooms) await room.close()
    },
  }
}

function likelyBuilder(world: ActionWorld): ReadyBuilder | undefined {
  const env = dockerEnv(world)
  const buildx = likelyBuildx(env)
  return buildx && { buildx, env, files: [] }
}

async function localBuilder(inputs: Inputs, world: ActionWorld): Promise<ReadyBuilder> {
  const env = dockerEnv(world)
  const buildx = await findBuildx(world, env)
  await assertBuilderKeeps(inputs, world, { program: buildx, env })
  return { buildx, env, files: [] }
}

/**
 * Asked by us before anything else: buildx would wait for it, and not say what is wrong.
 * @param rooms gets what is to be closed at the end
 */
async function remoteBuilder(
  world: ActionWorld,
  { address, tls: pem }: BuildkitWish,
  rooms: { close(): Promise<void> }[],
): Promise<ReadyBuilder> {
  const known = dockerEnv(world, address.kind)
  const [buildx, version] = await Promise.all([findBuildx(world, known), askBuildkit(world, address, pem)])
  const folder = await privateFolder(world.context.temp)
  rooms.push(folder)
  const tls = pem === undefined ? undefined : await writeTls(folder.path, pem)
  if (tls !== undefined) rooms.push(tls)
  const env = await createRemoteBuilder(world, { buildx, address, tls, folder: folder.path, env: known })
  world.log.info(`Builds on ${address.text}${version === undefined ? '' : `, BuildKit ${version}`}`)
  return { buildx, env, files: tls?.open ?? [] }
}
