import { messageOf } from '@mlops-actions/diagnostics'
import { runAction } from './action-run.ts'
import type { StepEffects } from './command-processor.ts'
import { evaluateCondition, evaluateDeep, type Scope } from './expressions.ts'
import { runScript } from './run-script.ts'
import type { Conclusion } from './run-types.ts'
import type { StageRequest, StageResult, StepCall } from './step-call.ts'
import { createStepFiles, processStepFiles, type StepFiles } from './step-files.ts'
import { stepName, stepScopeOf } from './step-scope.ts'
import { type StepTimer, startStepTimer } from './step-timer.ts'
import { type Json, type Mapping, textOf, textsOf } from './values.ts'

/**
 * Runs one stage of a step: its env, its condition, its body, its file commands and continue-on-error,
 * in the order of actions/runner:src/Runner.Worker/StepsRunner.cs. Never throws.
 */
export async function runStage(request: StageRequest): Promise<StageResult> {
  const { job, recorder } = request
  const outputs: Record<string, string> = {}
  try {
    const { scope, env, files } = prepare(request)
    if (!evaluateCondition(request.condition, withoutSecrets(scope)))
      return { outcome: 'skipped', conclusion: 'skipped', outputs }
    const fail = { command: false }
    const effects = effectsOn(request, outputs, () => {
      fail.command = true
    })
    const recheck = () =>
      evaluateCondition(request.condition, withoutSecrets(prepareScope(request, env, files)))
    const minutes = request.stage === 'main' ? timeoutOf(request, scope) : 0
    const timer = startStepTimer(job, request.enclosing, minutes, recheck)
    const call = { ...request, signal: timer.signal, scope, env, files, effects, outputs, runStage }
    const outcome = await runBody(call, timer, minutes).finally(() => {
      timer.stop()
      processStepFiles(files, recorder, effects)
    })
    return conclude(request, scope, fail.command && outcome !== 'cancelled' ? 'failure' : outcome, outputs)
  } catch (error) {
    recorder.issue('error', messageOf(error))
    return { outcome: 'failure', conclusion: 'failure', outputs }
  }
}

function prepare(request: StageRequest): { scope: Scope; env: Record<string, string>; files: StepFiles } {
  const { job, instance } = request
  const files = createStepFiles(job.temp)
  const outer = { ...job.env, ...instance.scope.overrides }
  const own = evaluateDeep(instance.step.env, prepareScope(request, outer, files))
  const env = { ...outer, ...textsOf(own) }
  return { scope: prepareScope(request, env, files), env, files }
}

function prepareScope(request: StageRequest, env: Record<string, string>, files: StepFiles): Scope {
  const { job, instance, stage } = request
  const { actionPath, status, depth } = instance.scope
  const inComposite: Mapping = depth > 0 ? { action_path: actionPath ?? '', action_status: status } : {}
  const github = { ...job.github, action: instance.id, ...inComposite, ...files }
  return stepScopeOf(job, instance.scope, stage, github, env)
}

function withoutSecrets(scope: Scope): Scope {
  const { secrets: _, ...contexts } = scope.contexts
  return { ...scope, contexts }
}

function effectsOn(
  { job, instance }: StageRequest,
  outputs: Record<string, string>,
  commandFailed: () => void,
): StepEffects {
  return {
    setOutput: (name, value) => {
      outputs[name] = value
    },
    saveState: (name, value) => {
      instance.state[name] = value
    },
    setEnv: (name, value) => {
      job.env[name] = value
    },
    addPath: (path) => {
      const known = job.extraPath.indexOf(path)
      if (known >= 0) job.extraPath.splice(known, 1)
      job.extraPath.push(path)
    },
    commandFailed,
  }
}

async function runBody(call: StepCall, timer: StepTimer, minutes: number): Promise<Conclusion> {
  const { instance, recorder } = call
  try {
    const { step } = instance
    const succeeded = step.kind === 'run' ? await runScript(call, step) : await runAction(call, step)
    if (!call.signal.aborted) return succeeded ? 'success' : 'failure'
  } catch (error) {
    if (!call.signal.aborted) {
      recorder.issue('error', messageOf(error))
      return 'failure'
    }
  }
  if (timer.timedOut()) {
    recorder.issue('error', `The action '${stepName(instance)}' has timed out after ${minutes} minutes.`)
    return 'failure'
  }
  recorder.issue('error', 'The operation was canceled.')
  return 'cancelled'
}

function conclude(
  { instance, recorder }: StageRequest,
  scope: Scope,
  outcome: Conclusion,
  outputs: Record<string, string>,
): StageResult {
  const { continueOnError } = instance.step
  if (outcome !== 'failure' || continueOnError === undefined) return { outcome, conclusion: outcome, outputs }
  const forgiven = evaluated(continueOnError, scope) === true
  if (!forgiven && evaluated(continueOnError, scope) !== false)
    recorder.issue('error', 'continue-on-error is not a boolean')
  return { outcome, conclusion: forgiven ? 'success' : outcome, outputs }
}

function timeoutOf({ instance }: StageRequest, scope: Scope): number {
  const value = evaluated(instance.step.timeoutMinutes ?? 0, scope)
  const minutes = typeof value === 'number' ? value : Number(textOf(value))
  if (Number.isNaN(minutes)) throw new Error(`timeout-minutes is not a number: '${textOf(value)}'`)
  return Math.trunc(minutes)
}

function evaluated(value: Json, scope: Scope): Json {
  return evaluateDeep(value, scope)
}
