import { Failure } from '@mlops-actions/diagnostics'
import { applyCopy, assertPlatforms, type PreparedCopy, prepareCopy, verifyImage } from '@mlops-actions/ecr'
import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import { connect } from './connect.ts'
import { promotionFailure } from './failure-report.ts'
import type { Inputs } from './inputs.ts'
import { createProgress } from './progress.ts'
import { reportPlan, reportPromotion } from './report.ts'

/** Looks at both ends, copies what is missing, sets the tags, and looks whether they name the image. */
export async function run(inputs: Inputs, world: ActionWorld): Promise<ActionResult> {
  const { source, target, close } = await connect(inputs, world)
  try {
    const { reference } = inputs.image
    const wish = { source, target, reference, tags: inputs.tags, referrers: inputs.referrers }
    const prepared = await prepareCopy(world, wish)
    await assertPlatforms(source, prepared.root, inputs.platforms)
    return inputs.dryRun ? reportPlan(prepared) : await promote(world, prepared)
  } finally {
    close()
  }
}

async function promote(world: ActionWorld, prepared: PreparedCopy): Promise<ActionResult> {
  const { root, wish, missing } = prepared
  const started = world.now()
  world.output('digest', root.digest)
  const progress = createProgress(
    world,
    missing.reduce((sum, { size }) => sum + size, 0),
  )
  const tagged: string[] = []
  try {
    const listener = { onBytes: progress.add, onTag: (tag: string) => tagged.push(tag) }
    const { arrivals } = await applyCopy(world, prepared, listener)
    await verifyImage(world, wish.target, { digest: root.digest, tags: wish.tags, did: 'promoted' })
    return reportPromotion(prepared, { arrivals, bytes: progress.bytes(), took: world.now() - started })
  } catch (thrown) {
    throw thrown instanceof Failure ? promotionFailure(thrown, prepared, tagged) : thrown
  }
}
