import { messageOf } from '@mlops-actions/diagnostics'
import { runCall } from './call-run.ts'
import type { GroupMember } from './concurrency.ts'
import { readConcurrency, withinGroup } from './concurrency-gate.ts'
import { evaluateText, type Scope } from './expressions.ts'
import { type JobEnding, runStepsInstance } from './job-steps.ts'
import { type MatrixJob, matrixJobName } from './matrix.ts'
import type { PlannedJob } from './plan.ts'
import type { JobLabel, JobResult } from './run-types.ts'
import type { Mapping } from './values.ts'
import type { JobEnd, WorkflowFrame } from './workflow-frame.ts'

/** One job of a matrix, or a job without one. */
export interface Instance extends MatrixJob {
  readonly needs: Mapping
  readonly strategy: Mapping
  readonly total: number
  /** Whether the job's `if` holds now. */
  readonly wanted: () => boolean
  /** Aborted when another job of the matrix has failed. */
  readonly failedFast: AbortSignal
}

/** One instance with what is known of it before it starts. */
export interface StartedInstance extends Instance {
  readonly label: JobLabel
  readonly scope: Scope
  /** Aborted when it is stopped for sure: by its caller, its matrix or its concurrency group. */
  readonly stopped: AbortSignal
  readonly member: GroupMember
}

/** Runs one instance from its concurrency group to its result. Never throws. */
export async function runInstance(
  frame: WorkflowFrame,
  planned: PlannedJob,
  instance: Instance,
): Promise<JobEnd> {
  const queuedMs = frame.run.elapsed()
  const scope = instanceScope(frame, instance)
  const replaced = new AbortController()
  const stopped = AbortSignal.any([frame.stopped, instance.failedFast, replaced.signal])
  const member = { ancestors: frame.members, cancel: () => replaced.abort() }
  let label: JobLabel = labelOf(frame, planned, instance, planned.job.name ?? planned.job.id)
  let ending: JobEnding
  try {
    label = labelOf(frame, planned, instance, jobName(planned, scope))
    const whole = { ...instance, label, scope, stopped, member }
    const request = readConcurrency(planned.job.concurrency, scope)
    ending = await withinGroup(frame.run, request, member, stopped, () =>
      'callee' in planned ? runCall(frame, planned, whole) : runStepsInstance(frame, planned, whole),
    )
  } catch (error) {
    ending = { conclusion: 'failure', annotations: [{ level: 'error', message: messageOf(error) }] }
  }
  return report(frame, planned, instance, label, ending, queuedMs)
}

function report(
  { run }: WorkflowFrame,
  { job, permissions }: PlannedJob,
  { matrix }: Instance,
  label: JobLabel,
  ending: JobEnding,
  queuedMs: number,
): JobEnd {
  const { forgiven, startedMs = queuedMs, ...known } = ending
  const result: JobResult = {
    ...label,
    kind: job.kind,
    outputs: {},
    steps: [],
    annotations: [],
    runsOn: [],
    permissions,
    matrix,
    ...known,
    startedMs,
    durationMs: run.elapsed() - startedMs,
  }
  run.finished.push(result)
  run.emit({ type: 'job-finished', job: result })
  return { result: forgiven === true ? 'success' : result.conclusion, outputs: result.outputs }
}

function instanceScope({ run, inputs }: WorkflowFrame, { needs, strategy, matrix }: Instance): Scope {
  return { contexts: { github: run.github, inputs, vars: { ...run.options.vars }, needs, strategy, matrix } }
}

function jobName({ job }: PlannedJob, scope: Scope): string {
  return job.name === undefined ? job.id : evaluateText(job.name, scope)
}

function labelOf(
  { caller }: WorkflowFrame,
  { job }: PlannedJob,
  { segments }: Instance,
  evaluatedName: string,
): JobLabel {
  // GitHub appends the values of the matrix unless the name itself speaks of it.
  const name = job.name?.includes('${{') === true ? evaluatedName : matrixJobName(evaluatedName, segments)
  return caller === undefined
    ? { id: job.id, name }
    : { id: `${caller.id}/${job.id}`, name: `${caller.name} / ${name}` }
}
