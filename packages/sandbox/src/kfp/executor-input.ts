import { join } from 'node:path'
import type { ComponentIr } from './ir.wire.ts'
import type { Json, JsonObject } from './json.wire.ts'
import type { OutputArtifact } from './workflow.ts'

/** What the launcher tells a component: the ExecutorInput message, and the paths behind it. */
export interface ExecutorInput {
  readonly parameters: JsonObject
  readonly artifacts: ReadonlyMap<string, OutputArtifact>
  readonly outputFiles: ReadonlyMap<string, string>
  readonly outputs: ReadonlyMap<string, { readonly type: string; readonly uri: string }>
  /** Where a component may write an ExecutorOutput message. */
  readonly metadataFile: string
  /** Directory of the host that stands for the container's `/`. */
  readonly base: string
}

export function createExecutorInput(
  component: ComponentIr,
  parameters: JsonObject,
  artifacts: ReadonlyMap<string, OutputArtifact>,
  root: string,
  base: string,
): ExecutorInput {
  const files = [...component.outputParameters.keys()].map((key): [string, string] => [
    key,
    join(base, 'tmp/kfp/outputs', key),
  ])
  const outputs = [...component.outputArtifacts].map(
    ([key, type]) => [key, { type, uri: `${root}/${key}` }] as const,
  )
  return {
    parameters,
    artifacts,
    outputFiles: new Map(files),
    outputs: new Map(outputs),
    metadataFile: join(base, 'tmp/kfp_outputs/output_metadata.json'),
    base,
  }
}

/** `s3://b/k` -> `<base>/s3/b/k` (component/launcher_v2.go LocalPathForURI); undefined for another scheme. */
export function localPath(base: string, uri: string): string | undefined {
  const [, scheme, rest] = /^(gs|minio|s3):\/\/(.*)$/s.exec(uri) ?? []
  if (scheme === undefined || rest === undefined) return undefined
  return join(base, scheme === 'gs' ? 'gcs' : scheme, rest)
}

/** Replaces every placeholder that the launcher knows; others stay as they are (launcher_v2.go getPlaceholders). */
export function fillPlaceholders(text: string, input: ExecutorInput): string {
  return [...placeholders(input)].reduce((filled, [key, value]) => filled.replaceAll(key, () => value), text)
}

function* placeholders(input: ExecutorInput): Generator<readonly [string, string]> {
  yield ['{{$}}', JSON.stringify(executorInputMessage(input))]
  for (const [name, artifact] of input.artifacts) yield* paths('inputs', name, artifact.uri, input.base)
  for (const [name, output] of input.outputs) yield* paths('outputs', name, output.uri, input.base)
  for (const [name, value] of Object.entries(input.parameters)) {
    yield [`{{$.inputs.parameters['${name}']}}`, formatValue(value)]
  }
  for (const [name, file] of input.outputFiles)
    yield [`{{$.outputs.parameters['${name}'].output_file}}`, file]
}

function* paths(side: string, name: string, uri: string, base: string): Generator<readonly [string, string]> {
  yield [`{{$.${side}.artifacts['${name}'].uri}}`, uri]
  const path = localPath(base, uri)
  if (path !== undefined) yield [`{{$.${side}.artifacts['${name}'].path}}`, path]
}

/** Go's strconv.FormatFloat(v, 'f', -1, 64): never an exponent. */
function formatValue(value: Json): string {
  if (typeof value === 'string') return value
  if (typeof value !== 'number') return JSON.stringify(value)
  return String(value).includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : String(value)
}

function executorInputMessage(input: ExecutorInput): Json {
  const artifact = (name: string, type: string, uri: string, metadata: JsonObject): Json => ({
    artifacts: [{ name, type: { schemaTitle: type }, uri, metadata }],
  })
  const inputs = [...input.artifacts].map(([key, it]): [string, Json] => [
    key,
    artifact(key, it.type, it.uri, it.metadata),
  ])
  const outputs = [...input.outputs].map(([key, it]): [string, Json] => [
    key,
    artifact(key, it.type, it.uri, {}),
  ])
  const files = [...input.outputFiles].map(([key, outputFile]): [string, Json] => [key, { outputFile }])
  return {
    inputs: { parameterValues: input.parameters, artifacts: Object.fromEntries(inputs) },
    outputs: {
      parameters: Object.fromEntries(files),
      artifacts: Object.fromEntries(outputs),
      outputFile: input.metadataFile,
    },
  }
}
