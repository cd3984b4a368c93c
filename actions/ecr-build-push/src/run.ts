import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import { buildOnly } from './build-only.ts'
import { closeGate } from './close-gate.ts'
import { connect } from './connect.ts'
import { pushFailure } from './failure-report.ts'
import { hidingAccounts } from './hide-accounts.ts'
import type { Inputs } from './inputs.ts'
import { keyBuild } from './key.ts'
import { merge } from './merge.ts'
import { openNeeds } from './needs.ts'
import { openReused } from './open-reused.ts'
import { imageOutputs, knownOutputs, setOutputs } from './outputs.ts'
import { type BuildPlan, forKey, planBuild, withOrigin } from './plan.ts'
import { reportPlan } from './plan-report.ts'
import { type Built, buildAndPush, buildByDigest } from './push.ts'
import { keepForReuse, orderTags, putTags } from './put-tags.ts'
import { type Pushed, reportPush } from './report.ts'
import { lookForImage, type Reuse } from './reuse.ts'
import { holdScanGate } from './scan-gate.ts'
import { withSettings } from './settings.ts'
import { afterSmoke, assertSame, assertSmoke, smoke } from './smoke.ts'
import { tagReused } from './tag-reused.ts'
import { openTarget, type Target } from './target.ts'
import { assertAnnotations, assertSize, type Verified, verify } from './verify.ts'

/** Has an image under its tags, built or as it was built before, and looks into the registry whether it is there. */
export async function run(inputs: Inputs, world: ActionWorld): Promise<ActionResult> {
  world.output('scan-status', inputs.scan === 'off' ? 'off' : 'incomplete')
  return hidingAccounts(() => (inputs.mode === 'merge' ? merge(inputs, world) : buildOne(inputs, world)))
}

async function buildOne(inputs: Inputs, world: ActionWorld): Promise<ActionResult> {
  const plan = await planBuild(inputs, world)
  try {
    return inputs.push ? await buildOrReuse(inputs, world, plan) : await buildOnly(inputs, world, plan)
  } finally {
    await plan.builder.close()
  }
}

async function buildOrReuse(inputs: Inputs, world: ActionWorld, plan: BuildPlan): Promise<ActionResult> {
  const { close, ...registry } = await connect(inputs, world)
  try {
    const keyed = await keyBuild(inputs, world, plan, registry)
    const needs = openNeeds(world, registry.ecr, plan)
    // Nothing is reused without a key, so that all of it will be needed.
    if (keyed.key === undefined) needs.begin()
    const started = world.now()
    const look = await lookForImage(inputs, world, registry.ecr, keyed)
    const dry = async (whole: BuildPlan, target: Omit<Target, 'auth'>) => {
      const order = await orderTags(world, target, inputs.tags)
      return withSettings(reportPlan(inputs, whole, target, look.reuse, order), target.review)
    }
    if (look.image !== undefined) {
      const target = await openReused(inputs, world, registry, look, look.image)
      if (inputs.dryRun) return await dry(plan, target)
      return await tagReused(inputs, world, plan, { target, look, image: look.image, started })
    }
    needs.begin()
    await assertSmoke(inputs, world)
    const target = await openTarget(inputs, world, registry.ecr, look, needs)
    const whole = withOrigin(forKey(plan, look.reuse), await needs.origin())
    if (inputs.dryRun) return await dry(whole, target)
    return await push(inputs, world, whole, { target, reuse: look.reuse })
  } finally {
    close()
  }
}

async function push(
  inputs: Inputs,
  world: ActionWorld,
  plan: BuildPlan,
  to: { readonly target: Target; readonly reuse: Reuse },
): Promise<ActionResult> {
  const { target, reuse } = to
  const started = world.now()
  const smoked = await smoke(inputs, world, plan, target)
  const planned = smoked === undefined ? plan : afterSmoke(plan)
  const [tag, ...others] = await orderTags(world, target, inputs.tags)
  const outcome =
    tag === undefined
      ? await buildByDigest(world, planned, target)
      : await buildAndPush(world, planned, target, tag, inputs.tags)
  if (!outcome.ok) throw await pushFailure(world, outcome, target, inputs.tags)
  const verified = await tagOthers(inputs, world, { target, outcome, others })
  const took = world.now() - started
  const pushed = { target, plan, verified, built: outcome, reuse, took, smoked }
  assertAsIs(inputs, world, pushed)
  // Only now: an image that is not what was asked for would be taken again and again.
  if (reuse.kind === 'miss') await keepForReuse(world, target, reuse.key, verified.image)
  return finish(inputs, world, pushed)
}

/** Looks at what buildx has pushed, and only then puts the other tags on it. */
async function tagOthers(
  inputs: Inputs,
  world: ActionWorld,
  pushed: { readonly target: Target; readonly outcome: Built; readonly others: readonly string[] },
): Promise<Verified> {
  const { target, outcome, others } = pushed
  const { tags } = inputs
  const first = tags.filter((tag) => !others.includes(tag))
  const seen = await verify(world, target, outcome, first)
  if (others.length === 0) return seen
  const { digest, image, images } = seen
  setOutputs(world, imageOutputs(target, digest))
  const order = others.filter((tag) => target.before.get(tag)?.digest !== digest)
  await putTags(world, target, image, { order, all: tags, made: 'pushed was' })
  return verify(world, target, { digest, run: outcome.run }, tags, images)
}

/** What is in the registry is what was to be there; its outputs stand whatever comes of that. */
function assertAsIs(inputs: Inputs, world: ActionWorld, pushed: Pushed): void {
  const { target, verified, smoked } = pushed
  setOutputs(world, knownOutputs(inputs, pushed))
  assertSame(world.log, target, smoked, verified)
  assertAnnotations(target.name, verified, inputs.annotations)
}

/** The gates, and the report. */
async function finish(inputs: Inputs, world: ActionWorld, pushed: Pushed): Promise<ActionResult> {
  const { target, verified } = pushed
  assertSize(target.name, verified.images, inputs.maxSize)
  const gate = await holdScanGate(inputs, world, target.ecr, target.repository, verified.digest)
  return closeGate(inputs, withSettings(reportPush(inputs, pushed), target.review), gate, verified.digest)
}
