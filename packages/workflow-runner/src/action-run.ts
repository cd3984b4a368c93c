import { existsSync } from 'node:fs'
import type { ActionInput, JavaScriptManifest } from './action-manifest.ts'
import { runChild } from './child.ts'
import { runComposite } from './composite-run.ts'
import { evaluateText, type Scope } from './expressions.ts'
import { type ResolvedAction, resolveAction } from './resolve-action.ts'
import { runStandIn } from './stand-in-run.ts'
import { outputOf, printEnv, processEnv, type StepCall } from './step-call.ts'
import { stepName } from './step-scope.ts'
import { mappingOf, textOf } from './values.ts'
import type { UsesStep } from './workflow-file.ts'

/** Runs one stage of a `uses:` step; true when it succeeds. */
export async function runAction(call: StepCall, step: UsesStep): Promise<boolean> {
  const { job, instance, stage, recorder } = call
  const action =
    call.action ?? (await resolveAction(job.run, instance.scope.repository, job.workspace, step.uses))
  registerPost(call, action)
  const scope = withOrigin(call.scope, action)
  const inputs = readInputs({ ...call, scope }, step, declaredInputs(action))
  printDetails(call, step, inputs)
  if (action.kind === 'function') return runStandIn({ ...call, scope }, action.standIn, inputs)
  const { manifest, origin } = action
  if (manifest.kind === 'composite')
    return runComposite({ ...call, scope }, manifest, origin.repository, inputs)
  if (stage === 'main' && manifest.pre !== undefined && origin.repository === undefined) {
    recorder.issue('warning', `\`pre\` execution is not supported for local action from '${step.uses}'`)
  }
  return runJavaScript({ ...call, scope }, manifest, inputs)
}

async function runJavaScript(
  call: StepCall,
  manifest: JavaScriptManifest,
  inputs: Record<string, string>,
): Promise<boolean> {
  const { job, instance, stage, recorder, signal } = call
  const script = stage === 'pre' ? manifest.pre : stage === 'post' ? manifest.post : manifest.main
  if (script === undefined || !existsSync(script)) throw new Error(`File not found: '${script}'`)
  const exitCode = await runChild({
    command: job.run.node,
    args: [script],
    cwd: job.workspace,
    env: {
      ...processEnv(call),
      ...prefixed('INPUT_', inputs, (name) => name.replaceAll(' ', '_').toUpperCase()),
      ...prefixed('STATE_', instance.state, (name) => name),
      ...job.run.options.actionEnv,
    },
    signal,
    timing: job.run.timing,
    onLine: outputOf(call),
  })
  recorder.debug(`Node Action run completed with exit code ${exitCode}`)
  return exitCode === 0
}

function prefixed(
  prefix: string,
  values: Record<string, string>,
  change: (name: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + change(name), value]))
}

/** Its post stage is due as soon as the action starts, whatever becomes of it. */
function registerPost({ job, instance, stage }: StepCall, action: ResolvedAction): void {
  if (stage === 'post' || job.posts.some((post) => post.instance === instance)) return
  const name = `Post ${stepName(instance)}`
  if (action.kind === 'function') {
    if (action.standIn.post !== undefined) job.posts.push({ instance, action, name, condition: 'always()' })
  } else if (action.manifest.kind === 'javascript' && action.manifest.post !== undefined) {
    job.posts.push({ instance, action, name, condition: action.manifest.postIf })
  }
}

function withOrigin(scope: Scope, { origin }: ResolvedAction): Scope {
  const named = { action_repository: origin.repository?.name ?? '', action_ref: origin.repository?.ref ?? '' }
  return {
    ...scope,
    contexts: { ...scope.contexts, github: { ...mappingOf(scope.contexts['github']), ...named } },
  }
}

function declaredInputs(action: ResolvedAction): readonly ActionInput[] {
  if (action.kind === 'manifest') return action.manifest.inputs
  return Object.entries(action.standIn.inputs).map(([name, value]) => ({
    name,
    default: value,
    deprecated: undefined,
  }))
}

/** `with:` over the defaults of action.yml. `required` is not enforced and an unknown input only warns, as on a runner. */
function readInputs(
  call: StepCall,
  step: UsesStep,
  declared: readonly ActionInput[],
): Record<string, string> {
  const { scope, recorder } = call
  const inputs: Record<string, string> = {}
  const nameOf = new Map(declared.map(({ name }) => [name.toLowerCase(), name]))
  const unexpected: string[] = []
  for (const [name, value] of Object.entries(step.with)) {
    const known = nameOf.get(name.toLowerCase())
    if (known === undefined) unexpected.push(name)
    inputs[known ?? name] = typeof value === 'string' ? evaluateText(value, scope) : textOf(value)
  }
  for (const { name, deprecated } of declared) {
    if (deprecated !== undefined && name in inputs)
      recorder.issue('warning', `Input '${name}' has been deprecated with message: ${deprecated}`)
  }
  for (const input of declared) {
    if (!(input.name in inputs)) inputs[input.name] = evaluateText(input.default, defaultScope(scope))
  }
  if (unexpected.length > 0) {
    const valid = declared.map(({ name }) => name).join("', '")
    recorder.issue(
      'warning',
      `Unexpected input(s) '${unexpected.join("', '")}', valid inputs are ['${valid}']`,
    )
  }
  return inputs
}

// Defaults see less than `with:` (action-v1.0.json of @actions/workflow-parser).
function defaultScope(scope: Scope): Scope {
  const names = ['github', 'strategy', 'matrix', 'job', 'runner']
  return {
    ...scope,
    contexts: Object.fromEntries(Object.entries(scope.contexts).filter(([name]) => names.includes(name))),
  }
}

function printDetails(call: StepCall, step: UsesStep, inputs: Record<string, string>): void {
  const { stage, recorder } = call
  if (stage === 'post') {
    recorder.line('Post job cleanup.')
    return
  }
  recorder.line(`##[group]Run ${step.uses}`)
  const given = Object.entries(inputs).filter(([, value]) => value !== '')
  if (given.length > 0) recorder.line('with:')
  for (const [name, value] of given) recorder.line(`  ${name}: ${value}`)
  printEnv(call)
  recorder.line('##[endgroup]')
}
