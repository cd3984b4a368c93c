import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Failure } from '@mlops-actions/diagnostics'
import { type BuildRequest, type BuildRun, buildxArguments, refusedTag, runBuild } from '@mlops-actions/ecr'
import type { ActionWorld } from '@mlops-actions/runner'
import { buildEnv } from './docker-environment.ts'
import type { BuildPlan } from './plan.ts'
import { refusedForAnotherReason, TAKEN, whatKeeps } from './refused-manifest.ts'
import type { Target } from './target.ts'
import { withBuilder } from './with-builder.ts'

/** What is to be in the registry; tags in `kept` could not be moved and need not be: they name this very image. */
export interface Built {
  /** Undefined where buildx did not say it. */
  readonly digest: string | undefined
  readonly kept: readonly string[]
  /** Undefined where nothing was built. */
  readonly run: BuildRun | undefined
}

/** Thrown inside, with what the report wants to know of a failed build. */
export interface BuildFailed {
  readonly failure: Failure
  readonly run: BuildRun
}

export type BuildOutcome = ({ readonly ok: true } & Built) | ({ readonly ok: false } & BuildFailed)

/** One call of buildx for these full names. */
export async function build(
  world: ActionWorld,
  plan: BuildPlan,
  to: Pick<BuildRequest, 'images' | 'names' | 'exportTo'>,
  credentials: Pick<Target, 'host' | 'auth' | 'name' | 'repository'> | undefined,
): Promise<BuildRun> {
  await mkdir(world.context.temp, { recursive: true })
  const folder = await mkdtemp(join(world.context.temp, 'ecr-build-'))
  try {
    const metadataFile = join(folder, 'metadata.json')
    const args = buildxArguments({ ...plan.request, ...to, metadataFile })
    const auths = new Map(await plan.logins.all())
    if (credentials !== undefined) auths.set(credentials.host, credentials.auth)
    const image = credentials?.name ?? 'the image'
    const isPublic = credentials?.repository.alias !== undefined
    const { workspace: cwd } = world.context
    const what = { args, cwd, metadataFile, image, isPublic }
    const hosts = [...auths.keys()]
    // No registry of ECR takes a push without the credentials that only this build has. A program that ends well and names
    // no image has pushed none.
    const isProof = ({ failure, metadata }: BuildRun) =>
      plan.request.push && failure === undefined && metadata?.digest !== undefined
    return await withBuilder(
      world,
      plan.builder,
      { hosts, isProof },
      (inner, { buildx, env: found, files }) =>
        runBuild(inner, { ...what, buildx, env: buildEnv(world, plan, found, auths), files }),
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What buildx is to push of an image that has several tags in the end, and to call it elsewhere. */
export function pushOf(
  name: string,
  tag: string | undefined,
  tags: readonly string[],
): Pick<BuildRequest, 'images' | 'names'> {
  const [images, names] = [tag === undefined ? [] : [tag], tags].map((all) =>
    all.map((one) => `${name}:${one}`),
  )
  return { images: images ?? [], names }
}

/**
 * Builds and pushes under one tag, which the caller has chosen: a registry takes tags one by one, and which of several
 * buildx sets before it is refused one nobody could say. A tag that the registry does not let go from the very image that
 * was built is as good as pushed.
 */
export async function buildAndPush(
  world: ActionWorld,
  plan: BuildPlan,
  target: Target,
  tag: string,
  tags: readonly string[],
): Promise<BuildOutcome> {
  const to = pushOf(target.name, tag, tags)
  const run = await world.log.group(`Build and push ${target.name}:${tag}`, () =>
    build(world, plan, to, target),
  )
  const { failure } = run
  if (failure === undefined) return { ok: true, run, digest: run.metadata?.digest, kept: [] }
  const isRefused = failure.code === TAKEN && refusedTag(run.record) === tag
  if (!isRefused) return { ok: false, run, failure }
  const there = await whatKeeps(world, target, tag, { ...run, failure }, plan.request)
  if (there instanceof Failure) return { ok: false, run, failure: there }
  return { ok: true, run, digest: there.digest, kept: [tag] }
}

/** Builds and pushes under the digest alone, so that there is no tag that could be refused. */
export async function buildByDigest(
  world: ActionWorld,
  plan: BuildPlan,
  target: Target,
): Promise<BuildOutcome> {
  const exportTo = { kind: 'repository', name: target.name } as const
  const run = await world.log.group(`Build and push ${target.name} by its digest`, () =>
    build(world, plan, { images: [], exportTo }, target),
  )
  const { failure, metadata } = run
  if (failure?.code === TAKEN) return { ok: false, run, failure: refusedForAnotherReason(failure) }
  if (failure !== undefined) return { ok: false, run, failure }
  return { ok: true, run, digest: metadata?.digest, kept: [] }
}
