import type { JsonValue } from '@mlops-actions/diagnostics'
import type { RunMetadata } from './metadata-store.ts'
import { doubleAt, type Message, mapAt, messageAt, messagesAt, numberAt, textAt } from './protobuf.ts'
import type { Produced } from './results.ts'

// Field numbers: ml_metadata/proto/metadata_store.proto and google/protobuf/struct.proto.

const OUTPUT_EVENT = 4
const METRICS_TYPE = 'system.Metrics'
/** Properties that the launcher adds and nobody measured. */
const NOT_METRICS = new Set(['display_name', 'store_session_info'])

/** What the tasks of a run have put out: metrics, artifacts, parameters; each with its task. */
export function producedIn({ artifacts, executions, events }: RunMetadata): Produced {
  const tasks = new Map(executions.map((execution) => [numberAt(execution, 1), taskOf(execution)]))
  const outputs = new Map(
    events
      .filter((event) => numberAt(event, 4) === OUTPUT_EVENT)
      .map((event) => [
        numberAt(event, 1),
        { task: tasks.get(numberAt(event, 2)) ?? '', name: outputName(event) },
      ]),
  )
  const all = artifacts.flatMap((artifact) => {
    const output = outputs.get(numberAt(artifact, 1))
    const name = output?.name || textAt(artifact, 7)
    return output === undefined ? [] : [{ artifact, task: output.task, name }]
  })
  return {
    metrics: all
      .filter(({ artifact }) => textAt(artifact, 8) === METRICS_TYPE)
      .flatMap(({ artifact, task }) =>
        [...metricsOf(artifact)].map(([name, value]) => ({ task, name, value })),
      ),
    artifacts: all
      .map(({ artifact, task, name }) => ({
        task,
        name,
        type: textAt(artifact, 8),
        uri: textAt(artifact, 3),
      }))
      .filter(({ uri }) => uri !== ''),
    parameters: executions.flatMap((execution) =>
      [...parametersOf(execution)].map(([name, value]) => ({ task: taskOf(execution), name, value })),
    ),
  }
}

function taskOf(execution: Message): string {
  const properties = mapAt(execution, 5)
  const of = (key: string) => textAt(properties.get(key) ?? new Map(), 3)
  return of('task_name') || of('display_name')
}

/** The step of the path with a key is the name of the output. */
function outputName(event: Message): string {
  const steps = messagesAt(messageAt(event, 3) ?? new Map(), 1)
  return steps.map((step) => textAt(step, 2)).find((key) => key !== '') ?? ''
}

function metricsOf(artifact: Message): ReadonlyMap<string, number> {
  const metrics = new Map<string, number>()
  for (const properties of [mapAt(artifact, 4), mapAt(artifact, 5)])
    for (const [key, value] of properties) {
      const number = doubleAt(value, 2) ?? numberAt(value, 1)
      if (number !== undefined && !NOT_METRICS.has(key)) metrics.set(key, number)
    }
  return metrics
}

/** Scalar outputs lie in the custom property `outputs`, a Struct. */
function parametersOf(execution: Message): ReadonlyMap<string, JsonValue> {
  const struct = messageAt(mapAt(execution, 5).get('outputs') ?? new Map(), 4)
  return struct === undefined ? new Map() : readStruct(struct)
}

function readStruct(struct: Message): ReadonlyMap<string, JsonValue> {
  return new Map([...mapAt(struct, 1)].map(([key, value]) => [key, readValue(value)]))
}

/** google.protobuf.Value: one of null 1, number 2, string 3, bool 4, struct 5, list 6. */
function readValue(value: Message): JsonValue {
  if (value.has(2)) return doubleAt(value, 2) ?? null
  if (value.has(3)) return textAt(value, 3)
  if (value.has(4)) return numberAt(value, 4) === 1
  const struct = messageAt(value, 5)
  if (struct !== undefined) return Object.fromEntries(readStruct(struct))
  const list = messageAt(value, 6)
  return list === undefined ? null : messagesAt(list, 1).map(readValue)
}
