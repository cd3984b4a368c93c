import { Failure } from '@mlops-actions/diagnostics'
import type { EcrApi } from '@mlops-actions/ecr'
import { assertBuildx } from '@mlops-actions/ecr'
import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import { closeGate } from './close-gate.ts'
import { connect } from './connect.ts'
import { dockerEnv } from './docker-environment.ts'
import { buildFailure } from './failure-report.ts'
import type { Inputs } from './inputs.ts'
import { type BuildPlan, planBuild } from './plan.ts'
import { build, buildAndPush } from './push.ts'
import { knownOutputs, reportBuild, reportPlan, reportPush } from './report.ts'
import { holdScanGate } from './scan-gate.ts'
import { withSettings } from './settings.ts'
import { openTarget, type Target } from './target.ts'
import { assertSize, verifyPush } from './verify.ts'

/** Builds an image, pushes it under its tags, and looks into the registry whether it is there. */
export async function run(inputs: Inputs, world: ActionWorld): Promise<ActionResult> {
  const plan = await planBuild(inputs, world)
  if (!inputs.push) return buildOnly(inputs, world, plan)
  const { ecr, close } = await connect(inputs, world)
  try {
    const target = await openTarget(inputs, world, ecr)
    if (inputs.dryRun) return withSettings(reportPlan(inputs, plan, target), target.review)
    return await push(inputs, world, plan, target, ecr)
  } finally {
    close()
  }
}

async function push(
  inputs: Inputs,
  world: ActionWorld,
  plan: BuildPlan,
  target: Target,
  ecr: EcrApi,
): Promise<ActionResult> {
  const started = world.now()
  const outcome = await buildAndPush(world, plan, target, ecr, inputs.tags)
  if (!outcome.ok) throw buildFailure(outcome, target)
  const verified = await verifyPush(world, ecr, target, outcome, inputs.tags)
  const result = { target, plan, verified, built: outcome, took: world.now() - started }
  for (const [name, value] of Object.entries(knownOutputs(inputs, result))) world.output(name, value)
  assertSize(target.name, verified.images, inputs.maxSize)
  const gate = await holdScanGate(inputs, world, ecr, target.repository, verified.digest)
  return closeGate(inputs, withSettings(reportPush(inputs, result), target.review), gate, verified.digest)
}

/** Without a push nobody is asked for anything: for pull requests, which may have no credentials. */
async function buildOnly(inputs: Inputs, world: ActionWorld, plan: BuildPlan): Promise<ActionResult> {
  const name = inputs.registry === undefined ? inputs.repository : `${inputs.registry}/${inputs.repository}`
  const images = inputs.tags.map((tag) => `${name}:${tag}`)
  await assertBuildx(world, dockerEnv(world))
  if (inputs.dryRun) return reportPlan(inputs, plan, undefined)
  const started = world.now()
  const built = await world.log.group(`Build ${images.join(', ')}`, () =>
    build(world, plan, images, undefined),
  )
  if (built.failure instanceof Failure) throw buildFailure({ failure: built.failure, run: built }, undefined)
  return reportBuild(inputs, built, world.now() - started)
}
