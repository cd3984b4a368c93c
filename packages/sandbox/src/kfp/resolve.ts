import type { OutputOf, ParameterSource, TaskIr } from './ir.wire.ts'
import type { Json, JsonObject } from './json.wire.ts'
import type { KfpRun } from './state.ts'
import type { OutputArtifact, Workflow } from './workflow.ts'

/** Input parameters of a task: given, produced upstream, or the component's default (driver.go resolveInputs). */
export function resolveParameters(task: TaskIr, run: KfpRun, workflow: Workflow): JsonObject {
  const given = [...task.parameters].flatMap(([name, source]): [string, Json][] => {
    const value = resolveSource(source, run, workflow)
    return value === undefined ? [] : [[name, value]]
  })
  const defaults = [...task.component.parameters].flatMap(([name, { defaultValue }]): [string, Json][] =>
    defaultValue === undefined ? [] : [[name, defaultValue]],
  )
  return { ...Object.fromEntries(defaults), ...Object.fromEntries(given) }
}

function resolveSource(source: ParameterSource, run: KfpRun, workflow: Workflow): Json | undefined {
  if (source.from === 'constant') return resolveConstant(source.value, run, workflow)
  if (source.from === 'task') return workflow.executions.get(source.output.task)?.outputs[source.output.key]
  return run.parameters[source.name] ?? run.ir.parameters.get(source.name)?.defaultValue
}

/** The placeholders of kfp.dsl (PIPELINE_JOB_ID_PLACEHOLDER and the like) reach the driver as constants. */
function resolveConstant(value: Json, run: KfpRun, workflow: Workflow): Json {
  if (value === '{{$.pipeline_job_uuid}}') return run.id
  if (value === '{{$.pipeline_job_name}}') return run.displayName
  if (value === '{{$.pipeline_job_resource_name}}') return workflow.name
  return value
}

export function resolveArtifacts(task: TaskIr, workflow: Workflow): ReadonlyMap<string, OutputArtifact> {
  const found = [...task.artifacts].flatMap(([name, link]): [string, OutputArtifact][] => {
    const artifact = findArtifact(link, workflow)
    return artifact ? [[name, artifact]] : []
  })
  return new Map(found)
}

function findArtifact({ task, key }: OutputOf, workflow: Workflow): OutputArtifact | undefined {
  return workflow.executions.get(task)?.artifacts.find((artifact) => artifact.key === key)
}

/** An image may be one input parameter, and nothing but it (driver/k8s.go, kubeflow/pipelines#11404). */
export function resolveImage(image: string, parameters: JsonObject): string {
  const name = /^\{\{\$\.inputs\.parameters\['(.+?)'\]\}\}$/.exec(image)?.[1]
  const value = name === undefined ? undefined : parameters[name]
  return typeof value === 'string' ? value : image
}
