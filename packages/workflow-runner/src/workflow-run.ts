import { type ExpressionFunction, evaluateCondition, type Scope } from './expressions.ts'
import { runInstances } from './job-instances.ts'
import type { PlannedJob } from './plan.ts'
import type { Conclusion } from './run-types.ts'
import type { Mapping } from './values.ts'
import { isCancelled, type JobEnd, type WorkflowFrame } from './workflow-frame.ts'

/** What a job is to those that need it. */
interface JobOutcome extends JobEnd {
  /** Results of all jobs before it, itself included: `success()` looks at the whole chain. */
  readonly chain: ReadonlyMap<string, Conclusion>
}

/** Runs the jobs of a workflow, each as soon as those that it needs have ended. */
export async function runJobs(frame: WorkflowFrame): Promise<ReadonlyMap<string, JobEnd>> {
  const jobs = new Map(frame.plan.jobs.map((planned) => [planned.job.id, planned]))
  const started = new Map<string, Promise<JobOutcome>>()
  const start = (id: string): Promise<JobOutcome> => {
    const known = started.get(id)
    const planned = jobs.get(id)
    if (known !== undefined || planned === undefined)
      return known ?? Promise.reject(new Error(`There is no job ${id}`))
    const outcome = Promise.all(planned.job.needs.map(start)).then((needs) => runJob(frame, planned, needs))
    started.set(id, outcome)
    return outcome
  }
  const outcomes = await Promise.all([...jobs.keys()].map(async (id) => [id, await start(id)] as const))
  return new Map(outcomes)
}

async function runJob(
  frame: WorkflowFrame,
  planned: PlannedJob,
  needed: readonly JobOutcome[],
): Promise<JobOutcome> {
  const { id, needs } = planned.job
  const before = new Map(needed.flatMap(({ chain }) => [...chain]))
  const needsContext = Object.fromEntries(
    needs.map((name, at) => [
      name,
      { result: needed[at]?.result ?? 'skipped', outputs: { ...needed[at]?.outputs } },
    ]),
  )
  const { result, outputs } = await runInstances(frame, planned, needsContext, () =>
    evaluateJobIf(frame, planned, needsContext, before),
  )
  return { result, outputs, chain: new Map([...before, [id, result]]) }
}

/** A job's `if`, now: asked before it starts and again when the run is cancelled. */
function evaluateJobIf(
  frame: WorkflowFrame,
  { job }: PlannedJob,
  needs: Mapping,
  before: ReadonlyMap<string, Conclusion>,
): boolean {
  const { run, inputs } = frame
  const contexts = { github: run.github, inputs, vars: { ...run.options.vars }, needs }
  const scope: Scope = { contexts, functions: jobStatusFunctions(before, isCancelled(frame)) }
  return evaluateCondition(job.if, scope)
}

/** `success()` wants every job of the chain before it to have succeeded, skipped ones included (actions/runner#491). */
function jobStatusFunctions(
  before: ReadonlyMap<string, Conclusion>,
  cancelled: boolean,
): Record<string, ExpressionFunction> {
  const results = (names: readonly string[]) =>
    names.length === 0 ? [...before.values()] : names.map((name) => before.get(name) ?? 'skipped')
  const fixed = (value: boolean) => ({ minArgs: 0, maxArgs: 0, call: () => value })
  const over = (call: (...names: string[]) => boolean) => ({ minArgs: 0, maxArgs: 255, call })
  return {
    always: fixed(true),
    cancelled: fixed(cancelled),
    success: over((...names) => !cancelled && results(names).every((result) => result === 'success')),
    failure: over((...names) => results(names).some((result) => result === 'failure')),
  }
}
