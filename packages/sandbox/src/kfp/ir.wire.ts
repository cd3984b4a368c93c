import { parseAllDocuments } from 'yaml'
import { at, isObject, type Json, type JsonObject, listAt, objectAt, textAt, toJson } from './json.wire.ts'

/** A compiled pipeline (api/v2alpha1/pipeline_spec.proto), as far as running it needs. */
export interface PipelineIr {
  /** As it was submitted: the IR, or `{pipeline_spec, platform_spec}`. */
  readonly raw: JsonObject
  readonly name: string
  readonly parameters: ReadonlyMap<string, ParameterSpec>
  readonly tasks: ReadonlyMap<string, TaskIr>
}

export interface ParameterSpec {
  /** NUMBER_DOUBLE, NUMBER_INTEGER, STRING, BOOLEAN, LIST, STRUCT, … */
  readonly type: string
  readonly optional: boolean
  /** Undefined when there is none: false, 0 and '' are defaults. */
  readonly defaultValue: Json | undefined
}

export interface TaskIr {
  readonly name: string
  readonly dependsOn: readonly string[]
  readonly parameters: ReadonlyMap<string, ParameterSource>
  readonly artifacts: ReadonlyMap<string, OutputOf>
  readonly component: ComponentIr
}

export interface OutputOf {
  readonly task: string
  readonly key: string
}

export type ParameterSource =
  | { readonly from: 'constant'; readonly value: Json }
  | { readonly from: 'pipeline'; readonly name: string }
  | { readonly from: 'task'; readonly output: OutputOf }

export interface ComponentIr {
  readonly parameters: ReadonlyMap<string, ParameterSpec>
  /** Output parameter -> its type. */
  readonly outputParameters: ReadonlyMap<string, string>
  /** Output artifact -> its schema title, e.g. `system.Model`. */
  readonly outputArtifacts: ReadonlyMap<string, string>
  readonly executor: ExecutorIr
}

export type ExecutorIr =
  | {
      readonly kind: 'container'
      readonly image: string
      readonly command: readonly string[]
      readonly args: readonly string[]
      readonly env: Readonly<Record<string, string>>
    }
  | {
      readonly kind: 'importer'
      readonly uri: string | { readonly parameter: string }
      readonly schema: string
    }
  /** Nested DAGs, loops, conditions, resolvers: the sandbox refuses to run them. */
  | { readonly kind: 'unsupported'; readonly why: string }

/** The text says what is wrong, in the API server's words (template/v2_template.go NewV2SpecTemplate). */
export class InvalidPipelineSpec extends Error {}

/** Reads an uploaded package: one YAML document is the pipeline, one may be its platform spec. */
export function parsePackage(text: string): PipelineIr {
  const documents = parseAllDocuments(text)
  const broken = documents.flatMap((document) => document.errors)[0]
  if (broken) throw new InvalidPipelineSpec(`unable to decode yaml document: ${broken.message}`)
  const values = documents.map((document) => toJson(document.toJS())).filter(isObject)
  const specs = values.filter((value) => isObject(value['pipelineInfo']) && isObject(value['root']))
  const [platform] = values.filter((value) => isObject(at(value, 'platforms', 'kubernetes')))
  if (specs.length > 1) throw new InvalidPipelineSpec('multiple pipeline specs provided')
  const [spec] = specs
  if (!spec) throw new InvalidPipelineSpec('no pipeline spec is provided')
  return parseIr(platform ? { pipeline_spec: spec, platform_spec: platform } : spec)
}

/** Reads the IR of a run's `pipeline_spec`, which may hold a platform spec beside it. */
export function parseIr(raw: JsonObject): PipelineIr {
  const nested = raw['pipeline_spec'] ?? raw['pipelineSpec']
  const spec = isObject(nested) ? nested : raw
  const version = textAt(spec, 'schemaVersion')
  if (version !== '2.1.0') {
    const sentence = 'KFP only supports schema version 2.1.0, but the pipeline spec has version'
    throw new InvalidPipelineSpec(`${sentence} ${version}`)
  }
  const name = textAt(spec, 'pipelineInfo', 'name')
  if (name === '') throw new InvalidPipelineSpec('invalid v2 pipeline spec: name is empty')
  if (!isObject(spec['root']))
    throw new InvalidPipelineSpec('invalid v2 pipeline spec: root component is empty')
  const tasks = Object.entries(objectAt(spec, 'root', 'dag', 'tasks'))
  return {
    raw,
    name,
    parameters: readParameters(objectAt(spec, 'root', 'inputDefinitions', 'parameters')),
    tasks: new Map(tasks.map(([key, task]) => [key, readTask(key, task, spec)])),
  }
}

function readParameters(definitions: JsonObject): ReadonlyMap<string, ParameterSpec> {
  const entries = Object.entries(definitions).map(([name, spec]): [string, ParameterSpec] => [
    name,
    {
      type: textAt(spec, 'parameterType') || 'PARAMETER_TYPE_ENUM_UNSPECIFIED',
      optional: at(spec, 'isOptional') === true,
      defaultValue: at(spec, 'defaultValue'),
    },
  ])
  return new Map(entries)
}

function readTask(name: string, task: Json, spec: JsonObject): TaskIr {
  const parameters = Object.entries(objectAt(task, 'inputs', 'parameters'))
  const artifacts = Object.entries(objectAt(task, 'inputs', 'artifacts'))
  const links = new Map(artifacts.map(([key, source]) => [key, readOutput(source, 'Artifact')]))
  const sources = new Map(parameters.map(([key, source]) => [key, readSource(source)]))
  const produced = [...sources.values()].flatMap((source) =>
    source.from === 'task' ? [source.output.task] : [],
  )
  const declared = listAt(task, 'dependentTasks').map(String)
  return {
    name,
    dependsOn: [...new Set([...declared, ...produced, ...[...links.values()].map((link) => link.task)])],
    parameters: sources,
    artifacts: links,
    component: readComponent(task, spec),
  }
}

function readOutput(source: Json, kind: 'Artifact' | 'Parameter'): OutputOf {
  const link = objectAt(source, `taskOutput${kind}`)
  return { task: textAt(link, 'producerTask'), key: textAt(link, `output${kind}Key`) }
}

function readSource(source: Json): ParameterSource {
  if (at(source, 'taskOutputParameter') !== undefined)
    return { from: 'task', output: readOutput(source, 'Parameter') }
  const name = at(source, 'componentInputParameter')
  if (typeof name === 'string') return { from: 'pipeline', name }
  return { from: 'constant', value: at(source, 'runtimeValue', 'constant') ?? null }
}

function readComponent(task: Json, spec: JsonObject): ComponentIr {
  const component = objectAt(spec, 'components', textAt(task, 'componentRef', 'name'))
  const outputs = Object.entries(objectAt(component, 'outputDefinitions', 'parameters'))
  const artifacts = Object.entries(objectAt(component, 'outputDefinitions', 'artifacts'))
  return {
    parameters: readParameters(objectAt(component, 'inputDefinitions', 'parameters')),
    outputParameters: new Map(outputs.map(([key, output]) => [key, textAt(output, 'parameterType')])),
    outputArtifacts: new Map(
      artifacts.map(([key, output]) => [key, textAt(output, 'artifactType', 'schemaTitle')]),
    ),
    executor: readExecutor(task, component, spec),
  }
}

function readExecutor(task: Json, component: JsonObject, spec: JsonObject): ExecutorIr {
  const special = ['triggerPolicy', 'parameterIterator', 'artifactIterator', 'retryPolicy'].find((key) =>
    at(task, key),
  )
  if (special) return { kind: 'unsupported', why: `a task with ${special}` }
  if (isObject(component['dag'])) return { kind: 'unsupported', why: 'a nested DAG' }
  const executor = objectAt(spec, 'deploymentSpec', 'executors', textAt(component, 'executorLabel'))
  const { container, importer } = executor
  if (isObject(container)) return readContainer(container)
  if (!isObject(importer))
    return { kind: 'unsupported', why: 'an executor that is neither container nor importer' }
  const parameter = at(importer, 'artifactUri', 'runtimeParameter')
  const uri = typeof parameter === 'string' ? { parameter } : textAt(importer, 'artifactUri', 'constant')
  return { kind: 'importer', uri, schema: textAt(importer, 'typeSchema', 'schemaTitle') }
}

function readContainer(container: JsonObject): ExecutorIr {
  const env = listAt(container, 'env').map((pair): [string, string] => [
    textAt(pair, 'name'),
    textAt(pair, 'value'),
  ])
  return {
    kind: 'container',
    image: textAt(container, 'image'),
    command: listAt(container, 'command').map(String),
    args: listAt(container, 'args').map(String),
    env: Object.fromEntries(env),
  }
}
