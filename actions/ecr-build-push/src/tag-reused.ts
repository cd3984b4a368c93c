import { Failure, withDetails } from '@mlops-actions/diagnostics'
import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import { closeGate } from './close-gate.ts'
import type { Inputs } from './inputs.ts'
import { imageOutputs, knownOutputs, setOutputs } from './outputs.ts'
import type { BuildPlan } from './plan.ts'
import { orderTags, putTags } from './put-tags.ts'
import { reportPush } from './report.ts'
import type { Look } from './reuse.ts'
import { holdScanGate } from './scan-gate.ts'
import { withSettings } from './settings.ts'
import type { Target } from './target.ts'
import { reportUntagged, UNTAGGED } from './untagged-report.ts'
import { assertAnnotations, assertSize, platformImages, type Verified, verify } from './verify.ts'

interface Found {
  readonly target: Omit<Target, 'auth'>
  readonly look: Look
  readonly image: NonNullable<Look['image']>
  /** When the look began. */
  readonly started: number
}

/**
 * Tags the image that has this content already. No process is started, and no layer is sent. The gates come first: the image
 * is there to be judged, and one that may not pass gets no tag.
 */
export async function tagReused(
  inputs: Inputs,
  world: ActionWorld,
  plan: BuildPlan,
  { target, look: { reuse }, image, started }: Found,
): Promise<ActionResult> {
  const { digest } = image
  setOutputs(world, { ...imageOutputs(target, digest), 'cache-hit': true })
  const images = await platformImages(world, target, image)
  assertFit(inputs, target, { image, images })
  const gate = await holdScanGate(inputs, world, target.ecr, target.repository, digest)
  if ('failure' in gate) {
    const verified = { image, digest, images, after: target.before }
    return closeGate(inputs, reportUntagged(inputs, { target, verified, reuse }), gate, digest)
  }
  const order = await orderTags(world, target, inputs.tags, digest)
  await putTags(world, target, image, { order, all: inputs.tags, made: 'reused would be' })
  const built = { digest, kept: [], run: undefined }
  const verified = await verify(world, target, built, inputs.tags, images)
  const took = world.now() - started - ('scanned' in gate ? gate.scanned.waited : 0)
  const pushed = { target, plan, verified, built, reuse, took }
  setOutputs(world, knownOutputs(inputs, pushed))
  return closeGate(inputs, withSettings(reportPush(inputs, pushed), target.review), gate, digest)
}

/** What the manifest says of an image that has no tag of this step yet. */
function assertFit(
  inputs: Inputs,
  { name }: Pick<Target, 'name'>,
  { image, images }: Pick<Verified, 'image' | 'images'>,
): void {
  try {
    assertAnnotations(name, { image, images }, inputs.annotations)
    assertSize(name, images, inputs.maxSize, UNTAGGED)
  } catch (thrown) {
    throw thrown instanceof Failure ? withDetails(thrown, { outputs: { changed: false } }) : thrown
  }
}
