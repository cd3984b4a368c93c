import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Failure, withDetails } from '@mlops-actions/diagnostics'
import {
  type BuildRequest,
  type BuildRun,
  buildxArguments,
  findImages,
  isSameImage,
  refusedTag,
  runBuild,
  tagTaken,
} from '@mlops-actions/ecr'
import type { ActionWorld } from '@mlops-actions/runner'
import { buildEnv } from './docker-environment.ts'
import type { BuildPlan } from './plan.ts'
import type { Target } from './target.ts'

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

/** One call of buildx under these full names. */
export async function build(
  world: ActionWorld,
  plan: BuildPlan,
  images: readonly string[],
  credentials: Pick<Target, 'host' | 'auth' | 'name' | 'repository'> | undefined,
  exportTo?: BuildRequest['exportTo'],
): Promise<BuildRun> {
  await mkdir(world.context.temp, { recursive: true })
  const folder = await mkdtemp(join(world.context.temp, 'ecr-build-'))
  try {
    const metadataFile = join(folder, 'metadata.json')
    const { buildx, env: found, name: builder, files } = await plan.builder.ready()
    const args = buildxArguments({ ...plan.request, builder, images, metadataFile, exportTo })
    const auths = new Map(await plan.logins.all())
    if (credentials !== undefined) auths.set(credentials.host, credentials.auth)
    const env = buildEnv(world, plan, found, auths)
    const image = credentials?.name ?? 'the image'
    const isPublic = credentials?.repository.alias !== undefined
    const { workspace: cwd } = world.context
    return await runBuild(world, { buildx, args, cwd, env, files, metadataFile, image, isPublic })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * Builds and pushes under every tag. A tag that the registry does not let go from the very image that was built is as
 * good as pushed: then the others are pushed without it, out of the cache.
 */
export async function buildAndPush(
  world: ActionWorld,
  plan: BuildPlan,
  target: Target,
  tags: readonly string[],
): Promise<BuildOutcome> {
  const kept: string[] = []
  for (let left = tags; ; ) {
    const images = left.map((tag) => `${target.name}:${tag}`)
    const run = await world.log.group(`Build and push ${images.join(', ')}`, () =>
      build(world, plan, images, target),
    )
    if (run.failure === undefined) return { ok: true, run, digest: run.metadata?.digest, kept }
    const refused = run.failure.code === 'ECR_TAG_IMMUTABLE' ? refusedTag(run.record) : undefined
    if (refused === undefined || !left.includes(refused)) return { ok: false, run, failure: run.failure }
    const conflict = await conflictOf(world, target, refused, run, plan.request)
    if (conflict !== undefined) return { ok: false, run, failure: conflict }
    kept.push(refused)
    left = left.filter((tag) => tag !== refused)
    if (left.length === 0) return { ok: true, run, digest: undefined, kept }
  }
}

/** Builds and pushes under the digest alone, so that there is no tag that could be refused. */
export async function buildByDigest(
  world: ActionWorld,
  plan: BuildPlan,
  target: Target,
): Promise<BuildOutcome> {
  const exportTo = { kind: 'repository', name: target.name } as const
  const run = await world.log.group(`Build and push ${target.name} by its digest`, () =>
    build(world, plan, [], target, exportTo),
  )
  const { failure, metadata } = run
  if (failure !== undefined) return { ok: false, run, failure }
  return { ok: true, run, digest: metadata?.digest, kept: [] }
}

/** Undefined where the tag names what was built. */
async function conflictOf(
  world: ActionWorld,
  target: Target,
  tag: string,
  { record, failure }: BuildRun,
  { annotations }: Pick<BuildRequest, 'annotations'>,
): Promise<Failure | undefined> {
  const stored = (await findImages(world, target, [tag]))?.get(tag)
  if (stored === undefined) return failure && refusedForAnotherReason(failure)
  if (isSameImage(record.made, stored, annotations)) return undefined
  const built = record.made.manifest ?? `the image with configuration ${record.made.config ?? 'unknown'}`
  return tagTaken(`${target.name}:${tag}`, stored.digest, `built was ${built}`, failure)
}

/** The daemon hides why a manifest was refused; it was not the tag. */
function refusedForAnotherReason(failure: Failure): Failure {
  return withDetails(failure, {
    kind: 'upstream',
    code: 'ECR_MANIFEST_REFUSED',
    next: 'Look at the repository: it refused the manifest, though the tag is free. Is `provenance` on, or the repository bound to another kind of artifact?',
  })
}
