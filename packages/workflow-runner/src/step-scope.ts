import type { ExpressionFunction, Scope } from './expressions.ts'
import { hashFiles } from './hash-files.ts'
import { type JobState, jobContext } from './job-state.ts'
import type { ResolvedAction } from './resolve-action.ts'
import type { Conclusion } from './run-types.ts'
import type { SourceRepository } from './sources.ts'
import type { Json, Mapping } from './values.ts'
import type { RunDefaults, Step } from './workflow-file.ts'

/** Where a step stands: directly in a job, or in a composite action. */
export interface StepScope {
  /** 0 in a job. */
  readonly depth: number
  /** The `steps` context. */
  readonly steps: Mapping
  readonly inputs: Mapping
  /** What `$/` means here. */
  readonly repository: SourceRepository
  /** Directory of the enclosing composite action. */
  readonly actionPath: string | undefined
  /** `env:` of the enclosing composite steps. */
  readonly overrides: Readonly<Record<string, string>>
  readonly defaults: RunDefaults
  /** How the enclosing composite action stands; a job keeps its own. */
  status: Conclusion
}

/** One step of one job, from its pre to its post stage. */
export interface StepInstance {
  readonly step: Step
  readonly scope: StepScope
  /** The `id:` or a name made up as the runner does: `__run`, `__actions_checkout_2`. */
  readonly id: string
  /** What the action saved for its later stages. */
  readonly state: Record<string, string>
}

export type Stage = 'pre' | 'main' | 'post'

export interface PostStep {
  readonly instance: StepInstance
  readonly action: ResolvedAction
  readonly name: string
  readonly condition: string
}

/** Contexts and functions of a step. A composite action sees no secrets, vars and needs. */
export function stepScopeOf(
  job: JobState,
  scope: StepScope,
  stage: Stage,
  github: Mapping,
  env: Mapping,
): Scope {
  const { needs, vars, secrets, strategy, matrix } = job.contexts
  const shared = {
    github,
    strategy,
    matrix,
    inputs: scope.inputs,
    steps: scope.steps,
    job: jobContext(job),
    runner: job.runner,
    env,
  }
  const contexts: Record<string, Json> = scope.depth > 0 ? shared : { ...shared, needs, vars, secrets }
  const status = scope.depth > 0 && stage === 'main' ? scope.status : job.status
  return {
    contexts,
    functions: { ...statusFunctions(status, job.status), hashFiles: hashFunction(job.workspace) },
  }
}

/** `always()` and its kin; `cancelled()` looks at the job even within a composite action. */
export function statusFunctions(
  status: Conclusion,
  jobStatus: Conclusion,
): Record<string, ExpressionFunction> {
  const constant = (value: boolean) => ({ minArgs: 0, maxArgs: 0, call: () => value })
  return {
    always: constant(true),
    success: constant(status === 'success'),
    failure: constant(status === 'failure'),
    cancelled: constant(jobStatus === 'cancelled'),
  }
}

function hashFunction(workspace: string): ExpressionFunction {
  return { minArgs: 1, maxArgs: 255, call: (...patterns) => hashFiles(workspace, patterns) }
}

/** Numbers the steps of one list as the runner names them where they have no id. */
export function createInstances(steps: readonly Step[], scope: StepScope): StepInstance[] {
  const used = new Map<string, number>()
  return steps.map((step) => {
    const base =
      step.id ??
      `__${
        step.kind === 'run'
          ? 'run'
          : step.uses
              .replace(/@.*$/, '')
              .replace(/[^A-Za-z0-9]+/g, '_')
              .replace(/^_/, '')
      }`
    const count = (used.get(base) ?? 0) + 1
    used.set(base, count)
    return { step, scope, id: count === 1 ? base : `${base}_${count}`, state: {} }
  })
}

/** The name of a step before anything is evaluated: its own or `Run …`. */
export function stepName({ step }: StepInstance): string {
  if (step.name !== undefined) return step.name
  return `Run ${step.kind === 'uses' ? step.uses : (step.run.trim().split(/\r?\n/)[0] ?? '')}`
}

/** How a finished step shows in the `steps` context. */
export function stepContext(
  outcome: Conclusion,
  conclusion: Conclusion,
  outputs: Readonly<Record<string, string>>,
): Mapping {
  return { outputs: { ...outputs }, outcome, conclusion }
}
