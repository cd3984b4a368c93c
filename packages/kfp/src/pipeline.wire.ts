import type { JsonValue } from '@mlops-actions/diagnostics'
import {
  array,
  boolean,
  dictionary,
  optional,
  record,
  string,
  unknownValue,
  withDefault,
} from '@mlops-actions/http'

/** A compiled pipeline, IR of schema 2.1.0 (kubeflow/pipelines api/v2alpha1/pipeline_spec.proto). */
export interface Pipeline {
  readonly name: string
  /** What is submitted: the IR, or `{pipeline_spec, platform_spec}` when there is a platform document. */
  readonly spec: JsonValue
  readonly parameters: ReadonlyMap<string, ParameterSpec>
  /** Input artifacts that nothing can give: parameters are all that a run takes. */
  readonly requiredArtifacts: readonly string[]
}

export interface ParameterSpec {
  /** NUMBER_DOUBLE, NUMBER_INTEGER, STRING, BOOLEAN, LIST, STRUCT, or one that no root parameter may have. */
  readonly type: string
  /** Neither a default nor optional: the run cannot do without. A default may be '', false or 0. */
  readonly required: boolean
  /** The only values allowed, since 2.16; empty: any. */
  readonly literals: readonly JsonValue[]
}

const isParameter = record({
  parameterType: withDefault(string, 'PARAMETER_TYPE_ENUM_UNSPECIFIED'),
  isOptional: withDefault(boolean, false),
  literals: withDefault(array(unknownValue), []),
})
const isArtifact = record({ isOptional: withDefault(boolean, false) })
const isSpec = record({
  schemaVersion: withDefault(string, ''),
  pipelineInfo: record({ name: string }),
  root: record({
    inputDefinitions: optional(
      record({
        parameters: withDefault(dictionary(unknownValue), {}),
        artifacts: withDefault(dictionary(isArtifact), {}),
      }),
    ),
  }),
})

/**
 * Reads the IR out of JSON: bare, or beside its platform spec as versions and runs carry it.
 * @throws Error that says which path is wrong
 */
export function readPipeline(value: unknown): Pipeline & { readonly schemaVersion: string } {
  const nested = member(value, 'pipeline_spec') ?? member(value, 'pipelineSpec')
  const spec = isSpec(nested ?? value)
  const { parameters = {}, artifacts = {} } = spec.root.inputDefinitions ?? {}
  return {
    name: spec.pipelineInfo.name,
    // Parsed from JSON or YAML, so it is JSON; it goes to the server as it came.
    spec: value as JsonValue,
    schemaVersion: spec.schemaVersion,
    parameters: new Map(Object.entries(parameters).map(([name, raw]) => [name, readParameter(raw, name)])),
    requiredArtifacts: Object.entries(artifacts)
      .filter(([, { isOptional }]) => !isOptional)
      .map(([name]) => name),
  }
}

function readParameter(raw: unknown, name: string): ParameterSpec {
  const { parameterType, isOptional, literals } = isParameter(raw, `root.inputDefinitions.parameters.${name}`)
  const hasDefault = member(raw, 'defaultValue') !== undefined
  return {
    type: parameterType,
    required: !isOptional && !hasDefault,
    literals: literals as readonly JsonValue[],
  }
}

/** An own member of an object, else undefined. */
export function member(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.getOwnPropertyDescriptor(value, key)?.value
}
