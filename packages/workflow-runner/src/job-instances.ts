import { messageOf } from '@mlops-actions/diagnostics'
import { evaluateDeep, type Scope } from './expressions.ts'
import { runInstance } from './job-instance.ts'
import { createLimit } from './limit.ts'
import { expandMatrix, type MatrixJob } from './matrix.ts'
import type { PlannedJob } from './plan.ts'
import type { Conclusion, JobResult } from './run-types.ts'
import { type Mapping, mappingOf } from './values.ts'
import { isCancelled, type JobEnd, type WorkflowFrame, worstOf } from './workflow-frame.ts'

/** Runs a job once for each combination of its matrix, or not at all where its `if` says no. Never throws. */
export async function runInstances(
  frame: WorkflowFrame,
  planned: PlannedJob,
  needs: Mapping,
  wanted: () => boolean,
): Promise<JobEnd> {
  try {
    if (!wanted()) return skip(frame, planned, isCancelled(frame) ? 'cancelled' : 'skipped')
    return merge(await runMatrix(frame, planned, needs, wanted))
  } catch (error) {
    return skip(frame, planned, 'failure', messageOf(error))
  }
}

async function runMatrix(
  frame: WorkflowFrame,
  planned: PlannedJob,
  needs: Mapping,
  wanted: () => boolean,
): Promise<JobEnd[]> {
  const { run, inputs } = frame
  const scope: Scope = { contexts: { github: run.github, inputs, vars: { ...run.options.vars }, needs } }
  const strategy = mappingOf(evaluateDeep(planned.job.strategy ?? null, scope))
  const jobs =
    strategy['matrix'] === undefined ? [{ matrix: {}, segments: [] }] : expandMatrix(strategy['matrix'])
  const failFast = strategy['fail-fast'] !== false
  const most = typeof strategy['max-parallel'] === 'number' ? strategy['max-parallel'] : jobs.length
  const inTurn = createLimit(most)
  const stop = new AbortController()
  const runOne = (job: MatrixJob, index: number) =>
    inTurn(async () => {
      const context: Mapping = {
        'fail-fast': failFast,
        'job-index': index,
        'job-total': jobs.length,
        'max-parallel': most,
      }
      const instance = {
        ...job,
        needs,
        strategy: context,
        total: jobs.length,
        wanted,
        failedFast: stop.signal,
      }
      const end = await runInstance(frame, planned, instance)
      if (failFast && end.result === 'failure') stop.abort()
      return end
    })
  return Promise.all(jobs.map(runOne))
}

/** One result for all: the worst; of equal outputs the last that is not empty. */
function merge(ends: readonly JobEnd[]): JobEnd {
  const outputs = ends.flatMap((end) => Object.entries(end.outputs)).filter(([, value]) => value !== '')
  return { result: worstOf(ends.map(({ result }) => result)), outputs: Object.fromEntries(outputs) }
}

function skip(
  { run, caller }: WorkflowFrame,
  { job, permissions }: PlannedJob,
  conclusion: Conclusion,
  problem?: string,
): JobEnd {
  const ownName = job.name ?? job.id
  const label = {
    id: caller === undefined ? job.id : `${caller.id}/${job.id}`,
    name: caller === undefined ? ownName : `${caller.name} / ${ownName}`,
  }
  const annotations = problem === undefined ? [] : [{ level: 'error', message: problem } as const]
  const rest = {
    outputs: {},
    steps: [],
    annotations,
    runsOn: [],
    permissions,
    matrix: {},
    startedMs: run.elapsed(),
    durationMs: 0,
  }
  const result: JobResult = { ...label, kind: job.kind, conclusion, ...rest }
  for (const annotation of annotations) run.emit({ type: 'annotation', job: label, annotation })
  run.finished.push(result)
  run.emit({ type: 'job-finished', job: result })
  return { result: conclusion, outputs: {} }
}
