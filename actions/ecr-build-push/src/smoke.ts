import { randomUUID } from 'node:crypto'
import { Failure, type Log, wrongInput } from '@mlops-actions/diagnostics'
import { assertEngine, cleanUp, resolveReach, type SmokeOutput, smokeImage } from '@mlops-actions/ecr/smoke'
import type { ActionWorld } from '@mlops-actions/runner'
import { dockerEnv } from './docker-environment.ts'
import { buildFailure } from './failure-report.ts'
import type { Inputs } from './inputs.ts'
import type { BuildPlan } from './plan.ts'
import { build } from './push.ts'
import { type Smoked, smokeFailure, smokeSentence } from './smoke-report.ts'
import type { Target } from './target.ts'
import type { PlatformImage, Verified } from './verify.ts'

/** Before anything is built: whether an image can be started here. @throws Failure `config` */
export async function assertSmoke({ smoke, smokeEnv }: Inputs, world: ActionWorld): Promise<void> {
  if (smoke === undefined) return
  const env = dockerEnv(world)
  const taken = [...smokeEnv.keys()].find((name) => env[name] !== undefined)
  if (taken !== undefined)
    throw wrongInput('smoke-env', {
      code: 'SMOKE_ENV',
      seen: `${taken} is a variable of the Docker client itself in this job`,
      next: 'Set it in the Dockerfile, or give the image a variable of another name',
    })
  await assertEngine(world, { env })
  await resolveReach(world, { env })
}

/**
 * Builds the image into the engine, starts it, and asks it. Nothing is pushed by then, and nothing stays in the engine.
 * Undefined where that is not asked for.
 * @throws Failure of the build, or `workload` where the image does not serve
 */
export async function smoke(
  inputs: Inputs,
  world: ActionWorld,
  plan: BuildPlan,
  target: Target | undefined,
): Promise<Smoked | undefined> {
  const { smoke: wish, smokeEnv: env, smokeTimeout: timeout } = inputs
  if (wish === undefined) return undefined
  const id = randomUUID()
  const image = `mlops-actions-smoke:${id}`
  const container = `mlops-actions-smoke-${id}`
  const engine = { env: dockerEnv(world) }
  const run = await world.log
    .group('Build the image into the engine', () =>
      build(world, forEngine(plan), { images: [image], exportTo: { kind: 'engine' } }, target),
    )
    .catch(async (thrown: unknown) => {
      // A cancel can come when the engine has the image already.
      await cleanUp(world, engine, { container, image })
      throw thrown
    })
  if (run.failure !== undefined) throw buildFailure({ failure: run.failure, run }, target)
  const said: string[] = []
  const keep = (lines: SmokeOutput) => said.push(...lines)
  const asked = { ...wish, image, container, env, timeout }
  try {
    const result = await world.log.group(`Start the image and ask it for ${wish.path}`, () =>
      smokeImage(world, engine, asked, keep),
    )
    world.log.info(smokeSentence({ result, path: wish.path }))
    return { result, path: wish.path, run }
  } catch (thrown) {
    throw thrown instanceof Failure ? smokeFailure(inputs, thrown, said) : thrown
  }
}

/** The build of what is asked: what is said about the image is for the registry, and the engine's store may not hold it. */
export function forEngine(plan: BuildPlan): BuildPlan {
  const bare = { cacheTo: [], provenance: 'false', sbom: 'false', annotations: [], outputs: [] }
  return { ...plan, request: { ...plan.request, ...bare, push: false } }
}

/** What is built once it has been asked: the same out of the cache, which `no-cache` and `pull` would make anew. */
export function afterSmoke(plan: BuildPlan): BuildPlan {
  return { ...plan, request: { ...plan.request, noCache: false, pull: false } }
}

/** Whether nothing else is wanted of the build than what the engine has of it. */
export function isAllAsked({ push, outputs, cacheTo, sbom, provenance }: Inputs): boolean {
  const isPlain = outputs.length === 0 && cacheTo.length === 0
  return !push && isPlain && sbom === 'false' && provenance === 'false'
}

/**
 * By what the registry has: buildx says no configuration of an image with attestations.
 * @throws Failure `integrity` where another image was pushed than the one that had answered
 */
export function assertSame(
  log: Log,
  { name }: Pick<Target, 'name'>,
  smoked: Smoked | undefined,
  {
    digest,
    images,
  }: Pick<Verified, 'digest'> & { readonly images: readonly Pick<PlatformImage, 'config'>[] },
): void {
  if (smoked === undefined) return
  const asked = smoked.run.metadata?.config
  const pushed = images[0]?.config
  if (asked === undefined || pushed === undefined) {
    const whose = asked === undefined ? 'buildx' : 'the registry'
    log.warn(
      `Nobody knows whether ${name}@${digest} is the image that answered: ${whose} does not say its configuration`,
    )
    return
  }
  if (asked === pushed) return
  throw new Failure({
    kind: 'integrity',
    code: 'SMOKE_OTHER_IMAGE',
    what: 'Another image was pushed than the one that had answered',
    on: `${name}@${digest}`,
    seen: `asked was the image with the configuration ${asked}, and pushed was ${pushed}`,
    next: 'Do not deploy it, though its tags name it already: the builder has lost its cache between the two, or a base has moved. Name bases by digest, and run the step again',
  })
}
