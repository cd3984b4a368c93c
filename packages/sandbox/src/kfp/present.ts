import { createHash } from 'node:crypto'
import { type Json, type JsonObject, omitZero } from './json.wire.ts'
import type { KfpExperiment, KfpPipeline, KfpPipelineVersion, KfpRun } from './state.ts'
import type { NodePhase, Workflow, WorkflowNode } from './workflow.ts'

const EPOCH = '1970-01-01T00:00:00Z'

/** Whole seconds, as the database keeps them. What has not happened is 1970, not absent (api_converter.go). */
export function formatTime(milliseconds: number | undefined): string {
  return milliseconds === undefined ? EPOCH : new Date(milliseconds).toISOString().replace(/\.\d{3}Z$/, 'Z')
}

export function presentExperiment(experiment: KfpExperiment, runs: Iterable<KfpRun>): JsonObject {
  const times = [...runs].filter((run) => run.experimentId === experiment.id).map((run) => run.createdAt)
  return omitZero({
    experiment_id: experiment.id,
    display_name: experiment.name,
    description: experiment.description,
    created_at: formatTime(experiment.createdAt),
    namespace: experiment.namespace,
    storage_state: experiment.archived ? 'ARCHIVED' : 'AVAILABLE',
    last_run_created_at: formatTime(times.length > 0 ? Math.max(...times) : undefined),
  })
}

export function presentPipeline(pipeline: KfpPipeline): JsonObject {
  return omitZero({
    pipeline_id: pipeline.id,
    name: pipeline.name,
    display_name: pipeline.displayName,
    description: pipeline.description,
    created_at: formatTime(pipeline.createdAt),
    namespace: pipeline.namespace,
  })
}

export function presentVersion(version: KfpPipelineVersion): JsonObject {
  return omitZero({
    pipeline_id: version.pipelineId,
    pipeline_version_id: version.id,
    name: version.name,
    display_name: version.displayName,
    description: version.description,
    created_at: formatTime(version.createdAt),
    pipeline_spec: version.ir.raw,
  })
}

/** Inline-spec runs carry their whole spec in every answer; `error` is never the reason of a failure. */
export function presentRun(run: KfpRun): JsonObject {
  const reference = run.version && {
    pipeline_version_reference: {
      pipeline_id: run.version.pipelineId,
      pipeline_version_id: run.version.versionId,
    },
  }
  return omitZero({
    experiment_id: run.experimentId,
    run_id: run.id,
    display_name: run.displayName,
    storage_state: run.archived ? 'ARCHIVED' : 'AVAILABLE',
    description: run.description,
    ...(reference ?? { pipeline_spec: run.ir.raw }),
    runtime_config: omitZero({ parameters: run.parameters, pipeline_root: run.pipelineRoot }),
    service_account: run.serviceAccount,
    created_at: formatTime(run.createdAt),
    scheduled_at: formatTime(run.createdAt),
    finished_at: formatTime(run.finishedAt),
    state: run.state,
    run_details: omitZero({ task_details: run.reported && presentTasks(run.reported) }),
    state_history: run.history.map(({ at, state }) => ({ update_time: formatTime(at), state })),
  })
}

/** Neither pod names nor errors, inputs or outputs: kubeflow/pipelines#9858. */
function presentTasks(workflow: Workflow): readonly Json[] {
  return [...workflow.nodes.values()].map((node) => {
    const state = TASK_STATES[node.phase]
    return omitZero({
      run_id: workflow.runId,
      task_id: uuidOf(node.id),
      display_name: node.displayName,
      create_time: formatTime(workflow.createdAt),
      start_time: formatTime(node.startedAt),
      end_time: formatTime(node.finishedAt),
      state,
      state_history: presentHistory(node, state),
      child_tasks: node.children.map((id) => ({ pod_name: id })),
    })
  })
}

/** Omitted has no counterpart: the state is then absent. */
const TASK_STATES: Readonly<Record<NodePhase, string>> = {
  Pending: 'PENDING',
  Running: 'RUNNING',
  Succeeded: 'SUCCEEDED',
  Failed: 'FAILED',
  Omitted: '',
}

function presentHistory(node: WorkflowNode, state: string): readonly Json[] {
  if (state === '') return []
  return [{ update_time: formatTime(node.finishedAt ?? node.startedAt), state }]
}

/** The same node is the same task in every answer. */
export function uuidOf(text: string): string {
  const hex = createHash('sha1').update(text).digest('hex')
  const part = (from: number, to: number): string => hex.slice(from, to)
  return `${part(0, 8)}-${part(8, 12)}-5${part(13, 16)}-a${part(17, 20)}-${part(20, 32)}`
}
