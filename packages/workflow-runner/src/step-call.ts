import { createCommandProcessor, type StepEffects } from './command-processor.ts'
import type { Scope } from './expressions.ts'
import type { JobState } from './job-state.ts'
import type { Recorder } from './recorder.ts'
import type { ResolvedAction } from './resolve-action.ts'
import type { Conclusion } from './run-types.ts'
import type { StepFiles } from './step-files.ts'
import type { Stage, StepInstance } from './step-scope.ts'
import { type Mapping, mappingOf, textOf } from './values.ts'

/** One stage of one step, to be run. */
export interface StageRequest {
  readonly job: JobState
  readonly instance: StepInstance
  readonly stage: Stage
  readonly recorder: Recorder
  /** Aborted when what is around this step stops: the composite action or the whole job. */
  readonly enclosing: AbortSignal
  readonly condition: string | undefined
  /** In pre and post: what they belong to. */
  readonly action?: ResolvedAction
}

export interface StageResult {
  readonly outcome: Conclusion
  readonly conclusion: Conclusion
  readonly outputs: Record<string, string>
}

/** One stage of one step under way: what the code that runs it needs. */
export interface StepCall extends StageRequest {
  /** Aborted when this step has to stop: cancelled or out of time. */
  readonly signal: AbortSignal
  readonly scope: Scope
  /** The `env` context of the step. */
  readonly env: Readonly<Record<string, string>>
  readonly files: StepFiles
  readonly effects: StepEffects
  readonly outputs: Record<string, string>
  /** Runs a step of a composite action within this one. */
  readonly runStage: (request: StageRequest) => Promise<StageResult>
}

// actions/runner:src/Runner.Worker/GitHubContext.cs: these become GITHUB_* variables.
const GITHUB_VARIABLES = [
  'action_path',
  'action_ref',
  'action_repository',
  'action',
  'actor',
  'actor_id',
  'api_url',
  'base_ref',
  'env',
  'event_name',
  'event_path',
  'graphql_url',
  'head_ref',
  'job',
  'output',
  'path',
  'ref_name',
  'ref_protected',
  'ref_type',
  'ref',
  'repository',
  'repository_id',
  'repository_owner',
  'repository_owner_id',
  'retention_days',
  'run_attempt',
  'run_id',
  'run_number',
  'server_url',
  'sha',
  'state',
  'step_summary',
  'triggering_actor',
  'workflow',
  'workflow_ref',
  'workflow_sha',
  'workspace',
] as const

/** The variables of a process of this step; nothing else of this machine reaches it. */
export function processEnv(call: StepCall): Record<string, string> {
  const { job, env } = call
  const { hostEnv, options } = job.run
  return {
    HOME: job.home,
    ...hostEnv,
    CI: 'true',
    ...env,
    GITHUB_ACTIONS: 'true',
    ...githubVariables(mappingOf(call.scope.contexts['github'])),
    ...Object.fromEntries(
      Object.entries(job.runner).map(([key, value]) => [`RUNNER_${key.toUpperCase()}`, textOf(value)]),
    ),
    ...(job.permissions['id-token'] === 'write' ? idTokenVariables(options.idToken) : {}),
    RUNNER_TRACKING_ID: job.trackingId,
    PATH: [...job.extraPath.toReversed(), env['PATH'] ?? hostEnv['PATH'] ?? ''].join(':'),
  }
}

function githubVariables(github: Mapping): Record<string, string> {
  const pairs = GITHUB_VARIABLES.map((name) => [`GITHUB_${name.toUpperCase()}`, github[name]] as const)
  return Object.fromEntries(
    pairs.flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'boolean' ? [[name, String(value)]] : [],
    ),
  )
}

function idTokenVariables(idToken: { url: string; token: string } | undefined): Record<string, string> {
  if (idToken === undefined) return {}
  return { ACTIONS_ID_TOKEN_REQUEST_URL: idToken.url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: idToken.token }
}

/** Takes the output of one process of this step. */
export function outputOf({ job, recorder, effects, env }: StepCall): (line: string) => void {
  return createCommandProcessor({ recorder, masker: job.masker, effects, env, workspace: job.workspace })
}

/** Shows the step's variables at the head of its log, as the runner does (Handler.cs, PrintActionDetails). */
export function printEnv({ recorder, env }: StepCall): void {
  const entries = Object.entries(env)
  if (entries.length > 0) recorder.line('env:')
  for (const [name, value] of entries) recorder.line(`  ${name}: ${value}`)
}
