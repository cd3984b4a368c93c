import { randomUUID } from 'node:crypto'
import { Failure } from '@mlops-actions/diagnostics'
import type { BuildRun } from '@mlops-actions/ecr'
import {
  assertEngine,
  cleanUp,
  type SmokeOutput,
  type SmokeResult,
  smokeImage,
} from '@mlops-actions/ecr/smoke'
import type { ActionWorld } from '@mlops-actions/runner'
import { dockerEnv } from './docker-environment.ts'
import { buildFailure } from './failure-report.ts'
import type { Inputs } from './inputs.ts'
import type { BuildPlan } from './plan.ts'
import { build } from './push.ts'
import { smokeFailure, smokeSentence } from './smoke-report.ts'
import type { Target } from './target.ts'

/** A built image that has answered. */
export interface Smoked {
  readonly result: SmokeResult
  readonly path: string
  readonly run: BuildRun
}

/** Before anything is built: whether an image can be started here. @throws Failure `config` */
export async function assertSmoke({ smoke, smokeEnv }: Inputs, world: ActionWorld): Promise<void> {
  if (smoke === undefined) return
  const env = dockerEnv(world)
  const taken = [...smokeEnv.keys()].find((name) => env[name] !== undefined)
  if (taken !== undefined)
    throw new Failure({
      kind: 'config',
      code: 'SMOKE_ENV',
      what: 'An input is wrong',
      on: 'the input `smoke-env`',
      seen: `${taken} is a variable of the Docker client itself in this job`,
      next: 'Set it in the Dockerfile, or give the image a variable of another name',
    })
  await assertEngine(world, { env })
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
  // What is said about the image is for the registry: the engine's store may not hold it.
  const bare = { cacheTo: [], provenance: 'false', sbom: 'false', annotations: [], outputs: [] }
  const local = { ...plan, request: { ...plan.request, ...bare, push: false } }
  const container = `mlops-actions-smoke-${id}`
  const engine = { env: dockerEnv(world) }
  const run = await world.log
    .group('Build the image into the engine', () => build(world, local, [image], target, { kind: 'engine' }))
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

/** What is pushed after it has been asked: the same build out of the cache, which `no-cache` would make anew. */
export function afterSmoke(plan: BuildPlan, smoked: Smoked | undefined): BuildPlan {
  return smoked === undefined ? plan : { ...plan, request: { ...plan.request, noCache: false } }
}

/** @throws Failure `integrity` where another image was pushed than the one that had answered */
export function assertSame(
  { name }: Pick<Target, 'name'>,
  smoked: Smoked | undefined,
  pushed: string | undefined,
): void {
  const asked = smoked?.run.metadata?.config
  if (asked === undefined || pushed === undefined || asked === pushed) return
  throw new Failure({
    kind: 'integrity',
    code: 'SMOKE_OTHER_IMAGE',
    what: 'Another image was pushed than the one that had answered',
    on: name,
    seen: `asked was the image with the configuration ${asked}, and pushed was ${pushed}`,
    next: 'The builder has lost its cache between the two, or a base has moved: run the step again, and name bases by digest',
  })
}
