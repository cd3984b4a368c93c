import { messageOf } from '@mlops-actions/diagnostics'
import { evaluateDeep, evaluateText, type Scope } from './expressions.ts'
import { createJobState, type JobState, type NewJob } from './job-state.ts'
import { killLeftovers } from './leftovers.ts'
import { createRecorder } from './recorder.ts'
import { resolveAction } from './resolve-action.ts'
import type { Annotation, Conclusion, StepLabel } from './run-types.ts'
import type { StageRequest, StageResult } from './step-call.ts'
import { runStage } from './step-run.ts'
import {
  createInstances,
  type StepInstance,
  type StepScope,
  stepContext,
  stepName,
  stepScopeOf,
} from './step-scope.ts'
import { mappingOf, textOf, textsOf } from './values.ts'

export interface FinishedJob {
  readonly state: JobState
  readonly conclusion: Conclusion
  readonly outputs: Record<string, string>
  readonly environmentUrl: string
}

/** Runs the steps of one job: pre stages, steps, post stages in reverse, then its outputs. Never throws. */
export async function runStepsJob(given: NewJob): Promise<FinishedJob> {
  const state = createJobState(given)
  try {
    Object.assign(state.env, jobEnv(state))
    const instances = createInstances(state.job.steps, rootScope(state))
    await runPreStages(state, instances)
    for (const instance of instances) await runMain(state, instance)
    await runPostStages(state)
  } catch (error) {
    state.recorder.issue('error', messageOf(error))
    state.status = 'failure'
  }
  killLeftovers(state.trackingId)
  const values = finalValues(state)
  return { state, conclusion: state.status, ...values }
}

function jobEnv(state: JobState): Record<string, string> {
  const { workflow, job } = state
  const scope = jobScope(state)
  const ofWorkflow = textsOf(evaluateDeep(workflow.file.env, scope))
  return { ...ofWorkflow, ...textsOf(evaluateDeep(job.env, scope)) }
}

function rootScope(state: JobState): StepScope {
  const { workflow, job } = state
  const scope = jobScope(state)
  const text = (value: string | undefined) => (value === undefined ? undefined : evaluateText(value, scope))
  const shell = text(job.defaults.shell ?? workflow.file.defaults.shell)
  const workingDirectory = text(job.defaults.workingDirectory ?? workflow.file.defaults.workingDirectory)
  return { ...bareScope(state), defaults: { shell, workingDirectory } }
}

function jobScope(state: JobState): Scope {
  return stepScopeOf(state, bareScope(state), 'main', state.github, { ...state.env })
}

function bareScope({ workflow, contexts, steps }: JobState): StepScope {
  const { repository } = workflow
  const { inputs } = contexts
  return {
    depth: 0,
    steps,
    inputs,
    repository,
    actionPath: undefined,
    overrides: {},
    defaults: {},
    status: 'success',
  }
}

async function runPreStages(state: JobState, instances: readonly StepInstance[]): Promise<void> {
  for (const instance of instances) {
    const { step, scope } = instance
    if (step.kind !== 'uses' || step.uses.startsWith('./')) continue
    const action = await resolveAction(state.run, scope.repository, state.workspace, step.uses)
    if (
      action.kind !== 'manifest' ||
      action.manifest.kind !== 'javascript' ||
      action.manifest.pre === undefined
    )
      continue
    await runShown(state, `Pre ${stepName(instance)}`, {
      instance,
      stage: 'pre',
      condition: action.manifest.preIf,
      action,
    })
  }
}

async function runMain(state: JobState, instance: StepInstance): Promise<void> {
  const result = await runShown(state, displayName(state, instance), {
    instance,
    stage: 'main',
    condition: instance.step.if,
  })
  if (instance.step.id !== undefined)
    state.steps[instance.id] = stepContext(result.outcome, result.conclusion, result.outputs)
}

async function runPostStages(state: JobState): Promise<void> {
  for (let post = state.posts.pop(); post !== undefined; post = state.posts.pop()) {
    const { instance, action, name, condition } = post
    await runShown(state, name, { instance, stage: 'post', condition, action })
  }
}

/** Runs one stage as a step of its own in the results, and lets a failure count for the job. */
async function runShown(
  state: JobState,
  name: string,
  request: Pick<StageRequest, 'instance' | 'stage' | 'condition' | 'action'>,
): Promise<StageResult> {
  const { run, label: job, masker } = state
  const step: StepLabel = { number: state.results.length + 1, name: masker.mask(name) }
  const startedMs = run.elapsed()
  const recorder = createRecorder({
    masker,
    debug: run.options.debug === true,
    onLine: (text) => run.emit({ type: 'line', job, step, text }),
    onAnnotation: (annotation: Annotation) => run.emit({ type: 'annotation', job, step, annotation }),
    onSummary: (markdown) => run.emit({ type: 'summary', job, step, markdown }),
  })
  run.emit({ type: 'step-started', job, step })
  const result = await runStage({ ...request, job: state, recorder, enclosing: state.abandoned })
  const { outcome, conclusion } = result
  if (conclusion === 'failure' && state.status !== 'cancelled') state.status = 'failure'
  const durationMs = run.elapsed() - startedMs
  const outputs = Object.fromEntries(
    Object.entries(result.outputs).map(([key, value]) => [key, masker.mask(value)]),
  )
  const shown = {
    ...step,
    id: request.instance.id,
    outcome,
    conclusion,
    outputs,
    ...recorder.taken(),
    startedMs,
    durationMs,
  }
  state.results.push(shown)
  run.emit({ type: 'step-finished', job, step: shown })
  return result
}

// A name is best effort: where it cannot be evaluated it stays as written.
function displayName(state: JobState, instance: StepInstance): string {
  const name = stepName(instance)
  try {
    return evaluateText(name, jobScope(state))
  } catch {
    return name
  }
}

/** What cannot be evaluated now fails the job, whatever its steps did (JobExtension.cs FinalizeJob). */
function finalValues(state: JobState): { outputs: Record<string, string>; environmentUrl: string } {
  const attempt = <T>(otherwise: T, problem: string, work: () => T): T => {
    try {
      return work()
    } catch (error) {
      state.recorder.issue('error', problem)
      state.recorder.issue('error', messageOf(error))
      if (state.status !== 'cancelled') state.status = 'failure'
      return otherwise
    }
  }
  return {
    outputs: attempt({}, 'Fail to evaluate job outputs', () => jobOutputs(state)),
    environmentUrl: attempt('', 'Failed to evaluate environment url', () => environmentUrl(state)),
  }
}

function environmentUrl(state: JobState): string {
  const { name, url } = mappingOf(state.job.environment)
  if (url === undefined) return ''
  const text = evaluateText(textOf(url), jobScope(state))
  if (state.masker.mask(text) === text) return text
  const environment = evaluateText(textOf(name), jobScope(state))
  state.recorder.issue(
    'warning',
    `Skip setting environment url as environment '${environment}' may contain secret.`,
  )
  return ''
}

/** Evaluated at the end whatever the job's status; one that holds a masked value is dropped (JobExtension.cs). */
function jobOutputs(state: JobState): Record<string, string> {
  const values = textsOf(evaluateDeep(state.job.outputs, jobScope(state)))
  const kept = Object.entries(values).filter(([name, value]) => {
    const harmless = state.masker.mask(value) === value
    if (!harmless) state.recorder.issue('warning', `Skip output '${name}' since it may contain secret.`)
    return harmless && value !== ''
  })
  return Object.fromEntries(kept)
}
