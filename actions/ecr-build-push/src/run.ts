import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import { buildOnly } from './build-only.ts'
import { closeGate } from './close-gate.ts'
import { connect } from './connect.ts'
import { buildFailure } from './failure-report.ts'
import type { Inputs } from './inputs.ts'
import { keyBuild } from './key.ts'
import { merge } from './merge.ts'
import { openReused } from './open-reused.ts'
import { knownOutputs, setOutputs } from './outputs.ts'
import { type BuildPlan, forKey, planBuild, withOrigin } from './plan.ts'
import { reportPlan } from './plan-report.ts'
import { buildAndPush, buildByDigest } from './push.ts'
import { keepForReuse, putTags } from './put-tags.ts'
import { type Pushed, reportPush } from './report.ts'
import { type Look, lookForImage, type Reuse } from './reuse.ts'
import { holdScanGate } from './scan-gate.ts'
import { withSettings } from './settings.ts'
import { afterSmoke, assertSame, assertSmoke, smoke } from './smoke.ts'
import { openTarget, type Target } from './target.ts'
import { assertAnnotations, assertSize, verify } from './verify.ts'

/** Has an image under its tags, built or as it was built before, and looks into the registry whether it is there. */
export async function run(inputs: Inputs, world: ActionWorld): Promise<ActionResult> {
  world.output('scan-status', inputs.scan === 'off' ? 'off' : 'incomplete')
  if (inputs.mode === 'merge') return merge(inputs, world)
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
    const started = world.now()
    const look = await lookForImage(inputs, world, registry.ecr, keyed)
    if (look.image !== undefined) {
      const target = await openReused(inputs, world, registry, look, look.image)
      if (inputs.dryRun) return withSettings(reportPlan(inputs, plan, target, look.reuse), target.review)
      return await reuse(inputs, world, plan, { target, look, image: look.image, started })
    }
    await assertSmoke(inputs, world)
    const [whole, target] = await Promise.all([
      withOrigin(forKey(plan, look.reuse), world),
      openTarget(inputs, world, registry.ecr, look, plan.builder),
    ])
    if (inputs.dryRun) return withSettings(reportPlan(inputs, whole, target, look.reuse), target.review)
    return await push(inputs, world, whole, { target, reuse: look.reuse })
  } finally {
    close()
  }
}

/** Tags the image that has this content already. No process is started, and no layer is sent. */
async function reuse(
  inputs: Inputs,
  world: ActionWorld,
  plan: BuildPlan,
  found: {
    readonly target: Omit<Target, 'auth'>
    readonly look: Look
    readonly image: NonNullable<Look['image']>
    readonly started: number
  },
): Promise<ActionResult> {
  const { target, look, image, started } = found
  const known = { digest: image.digest, repository: target.repository.name, registry: target.host }
  setOutputs(world, known)
  const built = await putTags(world, target, image, inputs.tags, 'reused')
  const verified = await verify(world, target, built, inputs.tags)
  const took = world.now() - started
  const pushed = { target, plan, verified, built, reuse: look.reuse, took }
  assertAsIs(inputs, world, pushed)
  return finish(inputs, world, pushed)
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
  const outcome = inputs.pushByDigest
    ? await buildByDigest(world, planned, target)
    : await buildAndPush(world, planned, target, inputs.tags)
  if (!outcome.ok) throw buildFailure(outcome, target)
  const verified = await verify(world, target, outcome, inputs.tags)
  const took = world.now() - started
  const pushed = { target, plan, verified, built: outcome, reuse, took, smoked }
  assertAsIs(inputs, world, pushed)
  // Only now: an image that is not what was asked for would be taken again and again.
  if (reuse.kind === 'miss') await keepForReuse(world, target, reuse.key, verified.image)
  return finish(inputs, world, pushed)
}

/** What is in the registry is what was to be there; its outputs stand whatever comes of that. */
function assertAsIs(inputs: Inputs, world: ActionWorld, pushed: Pushed): void {
  const { target, verified, smoked } = pushed
  setOutputs(world, knownOutputs(inputs, pushed))
  assertSame(world.log, target, smoked, verified)
  assertAnnotations(target.name, verified, inputs.annotations)
}

/** The gates, which hold for an image that is reused as for one that was built, and the report. */
async function finish(inputs: Inputs, world: ActionWorld, pushed: Pushed): Promise<ActionResult> {
  const { target, verified } = pushed
  assertSize(target.name, verified.images, inputs.maxSize)
  const gate = await holdScanGate(inputs, world, target.ecr, target.repository, verified.digest)
  return closeGate(inputs, withSettings(reportPush(inputs, pushed), target.review), gate, verified.digest)
}
