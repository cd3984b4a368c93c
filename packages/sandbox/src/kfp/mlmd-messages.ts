import { isObject, type Json, type JsonObject } from './json.wire.ts'
import { doubleField, type Message, mapField, messageField, textField, varintField } from './protobuf.ts'
import type { OutputArtifact, TaskExecution, Workflow } from './workflow.ts'

// Field numbers: ml_metadata/proto/metadata_store.proto.

const LIVE = 2
const STATES: Readonly<Record<TaskExecution['state'], number>> = { RUNNING: 2, COMPLETE: 3, FAILED: 4 }
const OUTPUT_EVENT = 4

export function contextMessage(id: number, name: string): Message {
  return [varintField(1, id), varintField(2, 1), textField(3, name), textField(6, 'system.PipelineRun')]
}

/** Metadata of the artifact are its custom properties, beside `display_name`; numbers are doubles, bools are ints. */
export function artifactMessage(artifact: OutputArtifact): Message {
  const properties = Object.entries({ display_name: artifact.key, ...artifact.metadata })
  return [
    varintField(1, artifact.id),
    varintField(2, 2),
    textField(3, artifact.uri),
    ...properties.map(([key, value]) => mapField(5, key, valueMessage(value))),
    varintField(6, LIVE),
    textField(7, artifact.key),
    textField(8, artifact.type),
  ]
}

export function executionMessage(execution: TaskExecution, workflow: Workflow): Message {
  const properties: JsonObject = {
    task_name: execution.task,
    display_name: execution.task,
    pod_name: execution.podName,
    namespace: workflow.namespace,
    cached_execution_id: '',
    inputs: execution.inputs,
    outputs: execution.outputs,
  }
  return [
    varintField(1, execution.id),
    varintField(2, 3),
    varintField(3, STATES[execution.state]),
    ...Object.entries(properties).map(([key, value]) => mapField(5, key, valueMessage(value))),
    textField(7, 'system.ContainerExecution'),
  ]
}

export function eventMessage(artifact: OutputArtifact, execution: TaskExecution): Message {
  const step = messageField(1, [textField(2, artifact.key)])
  return [
    varintField(1, artifact.id),
    varintField(2, execution.id),
    messageField(3, [step]),
    varintField(4, OUTPUT_EVENT),
  ]
}

/** ml_metadata.Value (metadata/converter.go StructValueToMLMDValue). */
function valueMessage(value: Json): Message {
  if (typeof value === 'number') return [doubleField(2, value)]
  if (typeof value === 'boolean') return [varintField(1, value ? 1 : 0)]
  if (typeof value === 'string') return [textField(3, value)]
  if (isObject(value)) return [messageField(4, structMessage(value))]
  return [messageField(4, structMessage({ list: value }))]
}

/** google.protobuf.Struct. */
function structMessage(value: JsonObject): Message {
  return Object.entries(value).map(([key, item]) => mapField(1, key, structValue(item)))
}

/** google.protobuf.Value. */
function structValue(value: Json): Message {
  if (value === null) return [varintField(1, 0)]
  if (typeof value === 'number') return [doubleField(2, value)]
  if (typeof value === 'string') return [textField(3, value)]
  if (typeof value === 'boolean') return [varintField(4, value ? 1 : 0)]
  if (isObject(value)) return [messageField(5, structMessage(value))]
  return [
    messageField(
      6,
      [...value].map((item) => messageField(1, structValue(item))),
    ),
  ]
}
