import {
  evaluateStatus,
  type PushPlan,
  preparePush,
  type Repository,
  type Status,
  takeInventory,
} from '@mlops-actions/dvc'
import type { ActionResult, ActionWorld } from '@mlops-actions/runner'
import { type Comparison, compareWithBase } from './base.ts'
import type { Inputs } from './inputs.ts'
import { findUncommitted } from './record.ts'
import { archivedLines, statusFailure, statusResult } from './status-report.ts'
import { allOutputs, inventoryOptions, type Work, withWork } from './work.ts'

/** Everything that a look at workspace, cache and remote has found. */
export interface StatusOutcome extends Pick<Work, 'repository' | 'binding' | 'past'> {
  readonly plan: PushPlan
  readonly status: Status
  readonly comparison: Comparison | undefined
  /** Files of DVC that are in no commit as they are. */
  readonly uncommitted: readonly string[]
  /** Milliseconds. */
  readonly took: number
}

/**
 * Looks, and says what a push and a pull would do. Nothing is sent, written or locked.
 * @throws Failure where others would not get everything that this commit names
 */
export async function reportStatus(
  inputs: Inputs,
  world: ActionWorld,
  repository: Repository,
): Promise<ActionResult> {
  const started = world.now()
  return withWork(inputs, world, repository, repository.outputs, async (work) => {
    const { binding, past, stores, jobs, pool, surveys } = work
    const inventory = await takeInventory(world, allOutputs(work), inventoryOptions(work, false))
    const plan = await preparePush(world, inventory, stores, jobs, {
      pool,
      surveys: surveys.surveys,
      findArchived: true,
    })
    const status = evaluateStatus(plan, inventory)
    for (const warning of archivedLines(status)) world.log.warn(warning)
    const comparison = await compareWithBase(inputs, world, work, inventory)
    const uncommitted = await findUncommitted(world, repository, binding.outputs)
    const took = world.now() - started
    const outcome: StatusOutcome = { repository, binding, past, plan, status, comparison, uncommitted, took }
    if (status.problems.length > 0) throw statusFailure(outcome)
    return statusResult(outcome)
  })
}
