import type { GroupMember } from './concurrency.ts'
import type { PlannedWorkflow } from './plan.ts'
import type { RunContext } from './run-context.ts'
import type { Conclusion, JobLabel } from './run-types.ts'
import type { Mapping } from './values.ts'

/** One workflow under way: the run's own, or one that a job calls. */
export interface WorkflowFrame {
  readonly run: RunContext
  readonly plan: PlannedWorkflow
  readonly inputs: Mapping
  readonly secrets: Readonly<Record<string, string>>
  /** The job that calls it. */
  readonly caller: JobLabel | undefined
  /** Aborted when the workflow is stopped as a whole, whatever the conditions of its jobs. */
  readonly stopped: AbortSignal
  /** Concurrency members around it. */
  readonly members: readonly GroupMember[]
  /** Runs the jobs of a called workflow. */
  readonly runJobs: (frame: WorkflowFrame) => Promise<ReadonlyMap<string, JobEnd>>
}

/** What a job is to those that need it. */
export interface JobEnd {
  readonly result: Conclusion
  readonly outputs: Readonly<Record<string, string>>
}

export function isCancelled({ run, stopped }: WorkflowFrame): boolean {
  return run.cancelled.aborted || stopped.aborted
}

/** The conclusion of many: the worst of them. */
export function worstOf(results: readonly Conclusion[]): Conclusion {
  return (
    (['failure', 'cancelled', 'success'] as const).find((result) => results.includes(result)) ?? 'skipped'
  )
}
