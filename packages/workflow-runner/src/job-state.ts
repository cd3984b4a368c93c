import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createMasker, type Masker } from './masker.ts'
import type { Permissions } from './permissions.ts'
import { type PlannedWorkflow, workflowRef } from './plan.ts'
import { createRecorder, type Recorder } from './recorder.ts'
import type { RunContext } from './run-context.ts'
import type { Annotation, Conclusion, JobLabel, StepResult } from './run-types.ts'
import type { PostStep } from './step-scope.ts'
import { type Json, type Mapping, textOf } from './values.ts'
import type { StepsJob } from './workflow-file.ts'

/** Contexts of a job that its steps cannot change. */
export interface JobContexts {
  readonly needs: Mapping
  readonly strategy: Mapping
  readonly matrix: Mapping
  readonly inputs: Mapping
  readonly vars: Mapping
  readonly secrets: Mapping
}

/** One running job. Its steps change `env`, `extraPath`, `steps`, `posts` and `status`. */
export interface JobState {
  readonly run: RunContext
  readonly workflow: PlannedWorkflow
  readonly job: StepsJob
  readonly label: JobLabel
  readonly permissions: Permissions
  readonly contexts: JobContexts
  readonly github: Mapping
  readonly runner: Mapping
  readonly workspace: string
  readonly temp: string
  readonly home: string
  readonly masker: Masker
  /** Aborted when the job is cancelled, for whatever reason. */
  readonly signal: AbortSignal
  /** Aborted when a cancelled job has used up its time for cleaning up. */
  readonly abandoned: AbortSignal
  /** What the job itself has to say, outside of its steps. */
  readonly recorder: Recorder
  readonly env: Record<string, string>
  readonly extraPath: string[]
  readonly steps: Mapping
  readonly posts: PostStep[]
  readonly results: StepResult[]
  /** Marks its processes, so that those left over are found. */
  readonly trackingId: string
  status: Conclusion
}

export interface NewJob {
  readonly run: RunContext
  readonly workflow: PlannedWorkflow
  readonly job: StepsJob
  readonly label: JobLabel
  readonly permissions: Permissions
  readonly contexts: JobContexts
  readonly signal: AbortSignal
  readonly abandoned: AbortSignal
}

/** Makes the directories of a job as a runner has them and its first contexts. */
export function createJobState(given: NewJob): JobState {
  const { run, job, label, contexts } = given
  const repository = run.sources.own.name.split('/')[1] ?? 'repository'
  const root = join(run.directory, `job-${run.nextNumber()}`)
  const workspace = join(root, repository, repository)
  const temp = join(root, '_temp')
  const home = join(root, 'home')
  const tools = join(run.directory, '_tool')
  for (const directory of [workspace, join(temp, '_github_workflow'), home, tools])
    mkdirSync(directory, { recursive: true })
  const eventPath = join(temp, '_github_workflow', 'event.json')
  writeFileSync(eventPath, JSON.stringify(run.github['event'] ?? {}))
  const masker = createMasker(secretsOf(run, contexts))
  const state: JobState = {
    ...given,
    github: {
      ...run.github,
      token: contexts.secrets['GITHUB_TOKEN'] ?? '',
      job: job.id,
      workspace,
      event_path: eventPath,
    },
    runner: runnerContext(run, temp, tools, join(root, repository)),
    workspace,
    temp,
    home,
    masker,
    recorder: jobRecorder(run, label, masker),
    env: {},
    extraPath: [],
    steps: {},
    posts: [],
    results: [],
    trackingId: `github_${crypto.randomUUID()}`,
    status: 'success',
  }
  given.signal.addEventListener('abort', () => {
    state.status = 'cancelled'
  })
  if (given.signal.aborted) state.status = 'cancelled'
  return state
}

function secretsOf({ options }: RunContext, { secrets }: JobContexts): string[] {
  return [
    ...Object.values(options.secrets ?? {}),
    ...Object.values(secrets).map(textOf),
    options.idToken?.token ?? '',
  ]
}

/** The `job` context. Its `workflow_*` are those of the file the job stands in, not of the caller's. */
export function jobContext({ status, workflow: { file, repository } }: JobState): Mapping {
  return {
    status,
    workflow_ref: workflowRef(repository, file.path),
    workflow_sha: repository.sha,
    workflow_repository: repository.name,
    workflow_file_path: file.path,
  }
}

function runnerContext(run: RunContext, temp: string, tools: string, workspace: string): Mapping {
  const os = process.platform === 'darwin' ? 'macOS' : 'Linux'
  const arch = process.arch === 'arm64' ? 'ARM64' : 'X64'
  const debug: Record<string, Json> = run.options.debug === true ? { debug: '1' } : {}
  return { os, arch, name: 'local', environment: 'self-hosted', temp, tool_cache: tools, workspace, ...debug }
}

function jobRecorder(run: RunContext, job: JobLabel, masker: Masker): Recorder {
  const onAnnotation = (annotation: Annotation) => run.emit({ type: 'annotation', job, annotation })
  return createRecorder({ masker, debug: false, onLine: () => {}, onAnnotation, onSummary: () => {} })
}
