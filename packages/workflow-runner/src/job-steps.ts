import { evaluateDeep, evaluateText, type Scope } from './expressions.ts'
import type { StartedInstance } from './job-instance.ts'
import { runStepsJob } from './job-run.ts'
import { startJobTimer } from './job-timer.ts'
import { tokenFor } from './job-token.ts'
import { whenAborted } from './limit.ts'
import type { PlannedSteps } from './plan.ts'
import { unsupported } from './refusals.ts'
import type { Conclusion, JobResult } from './run-types.ts'
import { isMapping, type Json, listOf, mappingOf, textOf } from './values.ts'
import type { WorkflowFrame } from './workflow-frame.ts'

/** How a job ended; what is left out is empty. */
export interface JobEnding
  extends Partial<
    Pick<JobResult, 'outputs' | 'steps' | 'annotations' | 'runsOn' | 'environment' | 'startedMs'>
  > {
  readonly conclusion: Conclusion
  /** Failed, but `continue-on-error` lets the run go on as if it had not. */
  readonly forgiven?: boolean
}

/** Runs one job of steps: its environment's approval, its slot, its time limit, its steps. */
export async function runStepsInstance(
  frame: WorkflowFrame,
  planned: PlannedSteps,
  instance: StartedInstance,
): Promise<JobEnding> {
  const { run } = frame
  const { job } = planned
  const { scope, label } = instance
  const runsOn = readLabels(evaluateDeep(job.runsOn, scope), label.id)
  const environment = environmentName(job.environment, scope)
  const forgiven = evaluateDeep(job.continueOnError ?? false, scope) === true
  const answer = environment === undefined ? 'approved' : await approval(frame, environment, instance)
  if (answer === 'cancelled') return { conclusion: 'cancelled', runsOn }
  if (answer === 'rejected') {
    const message = `The deployment to ${environment} was rejected or didn't satisfy other protection rules.`
    return { conclusion: 'failure', runsOn, forgiven, annotations: [{ level: 'error', message }] }
  }
  return run.inSlot(async () => {
    if (instance.stopped.aborted || (run.cancelled.aborted && !instance.wanted()))
      return { conclusion: 'cancelled', runsOn }
    const startedMs = run.elapsed()
    run.emit({
      type: 'job-started',
      job: label,
      runsOn,
      ...(environment === undefined ? {} : { environment }),
    })
    const ended = await runTimed(frame, planned, instance, environment)
    const recorded =
      environment === undefined ? {} : { environment: { name: environment, url: ended.environmentUrl } }
    const { annotations } = ended.state.recorder.taken()
    const { conclusion, outputs, state } = ended
    return {
      conclusion,
      outputs,
      steps: state.results,
      annotations,
      runsOn,
      startedMs,
      forgiven: forgiven && conclusion === 'failure',
      ...recorded,
    }
  })
}

async function runTimed(
  frame: WorkflowFrame,
  planned: PlannedSteps,
  instance: StartedInstance,
  environment: string | undefined,
) {
  const { run } = frame
  const { label, scope, stopped, wanted } = instance
  const minutes = Number(textOf(evaluateDeep(planned.job.timeoutMinutes ?? 360, scope)))
  if (Number.isNaN(minutes)) throw new Error(`jobs.${planned.job.id}.timeout-minutes is not a number`)
  const timer = startJobTimer(run, stopped, wanted, minutes)
  const { signal, abandoned } = timer
  const token = tokenFor(run.options, { job: label.id, permissions: planned.permissions })
  const contexts = jobContexts(frame, instance, environment, token)
  const ended = await runStepsJob({
    run,
    workflow: frame.plan,
    ...planned,
    label,
    contexts,
    signal,
    abandoned,
  }).finally(timer.stop)
  if (timer.timedOut()) {
    ended.state.recorder.issue(
      'error',
      `The job has exceeded the maximum execution time of ${minutes} minutes.`,
    )
  }
  return ended
}

function jobContexts(
  { run, inputs, secrets }: WorkflowFrame,
  { needs, strategy, matrix }: StartedInstance,
  environment: string | undefined,
  token: string,
) {
  const { options } = run
  const own = environment === undefined ? {} : options.environments?.[environment]
  return {
    needs,
    strategy,
    matrix,
    inputs,
    vars: { ...options.vars, ...own?.vars },
    secrets: { ...secrets, ...own?.secrets, GITHUB_TOKEN: token },
  }
}

function readLabels(runsOn: Json, job: string): string[] {
  const labels = isMapping(runsOn)
    ? [...listOf(runsOn['group']), ...listOf(runsOn['labels'])]
    : listOf(runsOn)
  const names = labels.map(textOf).filter((name) => name !== '')
  if (names.length === 0) throw new Error(`jobs.${job}.runs-on is empty`)
  const windows = names.find((name) => /^windows\b/i.test(name))
  if (windows !== undefined) throw unsupported(`jobs.${job}.runs-on`, [windows])
  return names
}

function environmentName(environment: Json | undefined, scope: Scope): string | undefined {
  const name = isMapping(environment) ? mappingOf(environment)['name'] : environment
  const text = name === undefined || name === null ? '' : evaluateText(textOf(name), scope)
  return text === '' ? undefined : text
}

// Nobody answers a request for a run that is cancelled meanwhile.
async function approval({ run }: WorkflowFrame, environment: string, { label, stopped }: StartedInstance) {
  const asked =
    run.options.approveEnvironment?.({ environment, job: label.name }) ?? Promise.resolve('approved' as const)
  return Promise.race([
    asked,
    whenAborted(AbortSignal.any([run.cancelled, stopped])).then(() => 'cancelled' as const),
  ])
}
