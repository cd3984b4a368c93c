import type { JsonValue } from '@mlops-actions/diagnostics'
import {
  array,
  type Checked,
  optional,
  record,
  ShapeError,
  string,
  unknownValue,
  withDefault,
} from '@mlops-actions/http'
import type { Produced } from './results.ts'
import { type Task, timeOf } from './tasks.ts'

/** A double of proto JSON: what JSON has no number for comes as a string. */
function double(value: unknown, path = ''): number {
  if (typeof value === 'number') return value
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value)
  throw new ShapeError(path, typeof value, 'number')
}

const isArtifact = record({
  name: withDefault(string, ''),
  type: withDefault(string, ''),
  uri: withDefault(string, ''),
  number_value: optional(double),
})
const isTask = record({
  name: withDefault(string, ''),
  display_name: withDefault(string, ''),
  state: withDefault(string, ''),
  type: withDefault(string, ''),
  create_time: withDefault(string, ''),
  start_time: withDefault(string, ''),
  end_time: withDefault(string, ''),
  status_metadata: withDefault(record({ message: withDefault(string, '') }), { message: '' }),
  pods: withDefault(array(record({ name: withDefault(string, ''), type: withDefault(string, '') })), []),
  outputs: withDefault(
    record({
      parameters: withDefault(array(record({ parameter_key: string, value: optional(unknownValue) })), []),
      artifacts: withDefault(
        array(
          record({ artifact_key: withDefault(string, ''), artifacts: withDefault(array(isArtifact), []) }),
        ),
        [],
      ),
    }),
    { parameters: [], artifacts: [] },
  ),
})

/** `GET runs/{id}?view=FULL` of the generation without ML Metadata (kubeflow/pipelines#13986); others have no `tasks`. */
export const isFullRun = record({ tasks: optional(array(isTask)) })
export type FullTask = Checked<typeof isTask>

/** Every key of a system.Metrics output is an artifact of type Metric with a number of its own. */
export function producedByTasks(tasks: readonly FullTask[]): Produced {
  const artifacts = tasks.flatMap((task) =>
    task.outputs.artifacts.flatMap(({ artifact_key, artifacts: found }) =>
      found.map((artifact) => ({ ...artifact, task: nameOf(task), key: artifact_key })),
    ),
  )
  return {
    metrics: artifacts.flatMap(({ task, name, number_value: value }) =>
      value === undefined ? [] : [{ task, name, value }],
    ),
    artifacts: artifacts
      .filter(({ uri }) => uri !== '')
      .map(({ task, key, name, type, uri }) => ({ task, name: key || name, type: `system.${type}`, uri })),
    parameters: tasks.flatMap((task) =>
      task.outputs.parameters.map(({ parameter_key: name, value }) => ({
        task: nameOf(task),
        name,
        // protobuf.Value in JSON is any JSON.
        value: (value ?? null) as JsonValue,
      })),
    ),
  }
}

/** Tasks that ran something, as the workflow shows them in the older generation. */
export function timelineOf(tasks: readonly FullTask[]): readonly Task[] {
  return tasks
    .filter(({ type }) => type === '' || type === 'RUNTIME' || type === 'IMPORTER')
    .map((task) => ({
      name: nameOf(task),
      state: task.state,
      message: task.status_metadata.message,
      startedAt: timeOf(task.start_time) ?? timeOf(task.create_time),
      finishedAt: timeOf(task.end_time),
      pod: task.pods.find(({ type }) => type === 'EXECUTOR')?.name ?? task.pods[0]?.name ?? '',
    }))
}

function nameOf({ name, display_name }: FullTask): string {
  return name || display_name
}
