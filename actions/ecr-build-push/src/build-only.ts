import { Failure } from '@mlops-actions/diagnostics'
import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import { buildFailure } from './failure-report.ts'
import type { Inputs } from './inputs.ts'
import { keyBuild } from './key.ts'
import { readOrigin } from './origin.ts'
import { type BuildPlan, withOrigin } from './plan.ts'
import { reportPlan } from './plan-report.ts'
import { build } from './push.ts'
import { reportBuild } from './report.ts'
import type { Reuse } from './reuse.ts'
import { afterSmoke, assertSmoke, isAllAsked, smoke } from './smoke.ts'

/** Without a push nobody is asked for anything: for pull requests, which may have no credentials. */
export async function buildOnly(inputs: Inputs, world: ActionWorld, keyed: BuildPlan): Promise<ActionResult> {
  const plan = withOrigin(keyed, await readOrigin(world, keyed.request.context))
  const name = inputs.registry === undefined ? inputs.repository : `${inputs.registry}/${inputs.repository}`
  const images = inputs.tags.map((tag) => `${name}:${tag}`)
  await assertSmoke(inputs, world)
  if (inputs.dryRun) {
    await plan.builder.ready()
    return reportPlan(inputs, plan, undefined, await keyWithoutPush(inputs, world, keyed))
  }
  const started = world.now()
  const smoked = await smoke(inputs, world, plan, undefined)
  if (smoked !== undefined && isAllAsked(inputs))
    return reportBuild(inputs, smoked.run, world.now() - started, smoked)
  const planned = smoked === undefined ? plan : afterSmoke(plan)
  const built = await world.log.group(`Build ${images.join(', ')}`, () =>
    build(world, planned, { images }, undefined),
  )
  if (built.failure instanceof Failure) throw buildFailure({ failure: built.failure, run: built })
  return reportBuild(inputs, built, world.now() - started, smoked)
}

/** The key of a build that nobody looks for, which a dry run shows. */
async function keyWithoutPush(inputs: Inputs, world: ActionWorld, plan: BuildPlan): Promise<Reuse> {
  const { key, reason } = await keyBuild(inputs, world, plan, undefined)
  if (key === undefined) return { kind: 'off', reason }
  return {
    kind: 'miss',
    expired: false,
    key,
    reason: 'without a push nobody is asked whether an image has it',
  }
}
