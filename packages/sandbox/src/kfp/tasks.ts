import { type Json, type JsonObject, omitZero } from './json.wire.ts'
import { formatTime, presentRun, uuidOf } from './present.ts'
import type { KfpRun } from './state.ts'
import type { OutputArtifact, TaskExecution, Workflow } from './workflow.ts'

/**
 * GET run of the generation without ML Metadata (kubeflow/pipelines#13986): `tasks` with outputs in the full view, only
 * their number in the default one; `task_details` is gone.
 */
export function presentFullRun(run: KfpRun, full: boolean): JsonObject {
  const { run_details: _, ...rest } = presentRun(run)
  const tasks = run.reported ? presentTasks(run.reported) : []
  return omitZero({ ...rest, ...(full ? { tasks } : { task_count: tasks.length }) })
}

function presentTasks(workflow: Workflow): readonly Json[] {
  return [...workflow.executions.values()].map((execution) =>
    omitZero({
      run_id: workflow.runId,
      task_id: uuidOf(`${workflow.name}/${execution.id}`),
      name: execution.task,
      display_name: execution.task,
      create_time: formatTime(execution.startedAt),
      end_time: formatTime(execution.finishedAt),
      state: STATES[execution.state],
      status_metadata: omitZero({ message: execution.message }),
      pods: [{ name: execution.podName, type: 'EXECUTOR' }],
      type: 'RUNTIME',
      scope_path: ['root', execution.task],
      outputs: omitZero({
        parameters: Object.entries(execution.outputs).map(([key, value]) =>
          presentParameter(key, value, execution),
        ),
        artifacts: execution.artifacts.map(presentArtifact),
      }),
    }),
  )
}

const STATES: Readonly<Record<TaskExecution['state'], string>> = {
  RUNNING: 'RUNNING',
  COMPLETE: 'SUCCEEDED',
  FAILED: 'FAILED',
}

function presentParameter(key: string, value: Json, execution: TaskExecution): Json {
  return { parameter_key: key, value, type: 'OUTPUT', producer: { task_name: execution.task } }
}

/** A system.Metrics output is one artifact per key: `type: Metric`, `number_value`. */
function presentArtifact(artifact: OutputArtifact): Json {
  if (artifact.type !== 'system.Metrics') {
    const type = artifact.type.replace(/^system\./, '')
    return {
      artifact_key: artifact.key,
      artifacts: [presentOne(artifact, artifact.key, type, { uri: artifact.uri })],
    }
  }
  const metrics = Object.entries(artifact.metadata).flatMap(([name, value]) =>
    typeof value === 'number' ? [presentOne(artifact, name, 'Metric', { number_value: value })] : [],
  )
  return { artifact_key: artifact.key, artifacts: metrics }
}

function presentOne(artifact: OutputArtifact, name: string, type: string, rest: JsonObject): Json {
  const id = uuidOf(`${artifact.id}/${name}`)
  return {
    artifact_id: id,
    name,
    type,
    ...rest,
    ...(type === 'Metric' ? {} : { metadata: artifact.metadata }),
  }
}
