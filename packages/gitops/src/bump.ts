import { planEdits, type Target } from '@mlops-actions/manifest'
import type { BranchState } from './branch.ts'
import type { BumpOrder } from './bump-message.ts'
import { assertNoConflict, assertNotOlder, assertSameRepositories, type OnConflict } from './bump-rules.ts'
import {
  type BumpResult,
  changesAnything,
  changesOf,
  commitPlan,
  manifestOf,
  type Wish,
  withBefore,
} from './commit-plan.ts'
import { deploymentsOf, isWrittenBy, targetLabel, valueBefore } from './deployment-log.ts'
import type { Decision } from './land.ts'

export interface BumpRequest {
  /** Path in the repository. */
  readonly file: string
  readonly target: Target
  readonly wishes: readonly Wish[]
  readonly onConflict: OnConflict
  readonly allowRepositoryChange: boolean
  readonly allowDowngrade: boolean
  readonly order: BumpOrder
}

/**
 * Sets the wished values at the head of the branch, or finds them there. Pure; made anew for every head.
 * @throws Failure of `manifest`, and of the rules in bump-rules.ts
 */
export function decideBump(
  request: BumpRequest,
  state: BranchState,
  first: BumpResult | undefined,
): Decision<BumpResult> {
  const { file, target, order } = request
  const manifest = manifestOf(state, file)
  const plan = planEdits(manifest, changesOf(request.wishes, target))
  const deployments = deploymentsOf(state.history, targetLabel(file, plan))
  if (!changesAnything(plan)) {
    const values = plan.values.map((value) =>
      withBefore(value, valueBefore(deployments, value.place.field, value.after)),
    )
    const fromThisRun = isWrittenBy(deployments[0], order.run)
    return { result: { outcome: 'already-there', values, fromThisRun, diff: '', plan } }
  }
  if (!request.allowRepositoryChange) assertSameRepositories(file, plan.values)
  if (!request.allowDowngrade) assertNotOlder(file, deployments, order.run)
  if (first !== undefined && request.onConflict === 'fail')
    assertNoConflict(file, plan.values, first.plan.values)
  return commitPlan(request, state, manifest, plan)
}
