import type { CompositeManifest } from './action-manifest.ts'
import { evaluateDeep, evaluateText } from './expressions.ts'
import type { SourceRepository } from './sources.ts'
import type { StepCall } from './step-call.ts'
import { createInstances, type StepInstance, type StepScope, stepContext, stepScopeOf } from './step-scope.ts'
import { mappingOf, textOf, textsOf } from './values.ts'

const DEEPEST = 9

/** Runs a composite action's steps in the step that uses it and sets its outputs (CompositeActionHandler.cs). */
export async function runComposite(
  call: StepCall,
  manifest: CompositeManifest,
  repository: SourceRepository | undefined,
  inputs: Record<string, string>,
): Promise<boolean> {
  const outer = call.instance.scope
  if (outer.depth >= DEEPEST) throw new Error(`Composite action depth exceeded max depth ${DEEPEST}`)
  const scope: StepScope = {
    depth: outer.depth + 1,
    steps: {},
    inputs,
    repository: repository ?? outer.repository,
    actionPath: manifest.directory,
    overrides: { ...outer.overrides, ...textsOf(evaluateDeep(call.instance.step.env, call.scope)) },
    defaults: {},
    status: 'success',
  }
  for (const instance of createInstances(manifest.steps, scope)) await runInner(call, instance)
  setOutputs(call, manifest, scope)
  return scope.status === 'success'
}

async function runInner(call: StepCall, instance: StepInstance): Promise<void> {
  const { job, recorder, signal } = call
  const { scope, step } = instance
  const result = await call.runStage({
    job,
    instance,
    stage: 'main',
    recorder,
    enclosing: signal,
    condition: step.if,
  })
  if (step.id !== undefined)
    scope.steps[instance.id] = stepContext(result.outcome, result.conclusion, result.outputs)
  if (result.conclusion === 'failure' || result.conclusion === 'cancelled') scope.status = result.conclusion
}

function setOutputs(call: StepCall, manifest: CompositeManifest, scope: StepScope): void {
  const github = { ...mappingOf(call.scope.contexts['github']), action_path: manifest.directory }
  const inner = stepScopeOf(call.job, scope, 'main', github, call.env)
  for (const [name, value] of Object.entries(manifest.outputs)) {
    call.effects.setOutput(name, typeof value === 'string' ? evaluateText(value, inner) : textOf(value))
  }
}
