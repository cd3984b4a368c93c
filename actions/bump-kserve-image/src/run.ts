import type { World } from '@mlops-actions/diagnostics'
import { landChange, rehearseChange } from '@mlops-actions/gitops'
import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import { ancestryOf } from './ancestry.ts'
import { assertNoFork } from './fork.wire.ts'
import type { Inputs } from './inputs.ts'
import { openTargetBranch, planValidation } from './open-branch.ts'
import { planLanding } from './plan.ts'
import { proposeByPullRequest } from './propose.ts'
import { readPushedCommit } from './pushed-commit.wire.ts'
import { reportResult } from './report.ts'

/** Sets the values on the branch, or takes them back, and says what stands there now; or proposes that. */
export async function run(inputs: Inputs, world: ActionWorld): Promise<ActionResult> {
  if (!inputs.dryRun) await assertNoFork(world.context)
  if (inputs.pullRequest) return proposeByPullRequest(inputs, world)
  const validation = await planValidation(inputs, world)
  const branch = await openTargetBranch(inputs, world)
  try {
    const reopen = (late: World) => openTargetBranch(inputs, { ...world, ...late })
    const reference = await readPushedCommit(world.context)
    const plan = planLanding(inputs, world, reference, await ancestryOf(inputs, world))
    const landing = { ...plan, reopen, check: validation?.run }
    const landed = await (inputs.dryRun
      ? rehearseChange(world, branch, landing)
      : landChange(world, branch, landing))
    return reportResult(inputs, branch, landed)
  } finally {
    await branch.close()
    await validation?.close()
  }
}
