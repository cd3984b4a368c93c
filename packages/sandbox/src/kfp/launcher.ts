import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import type { ArtifactFiles, ArtifactStore } from './artifacts.ts'
import { type ExecutorInput, localPath } from './executor-input.ts'
import type { ComponentIr } from './ir.wire.ts'
import { isObject, type Json, type JsonObject, listAt, objectAt, parseJson } from './json.wire.ts'

/** What the launcher itself stumbles over; stands in the pod's log, the container exits with 1. */
export class LauncherError extends Error {}

export interface TaskOutputs {
  readonly parameters: JsonObject
  /** Output artifact -> what the component said about it. */
  readonly metadata: ReadonlyMap<string, JsonObject>
}

/** Downloads input artifacts to their local paths and makes the directories of outputs (launcher_v2.go execute). */
export async function prepareInputs(store: ArtifactStore, input: ExecutorInput): Promise<void> {
  for (const [name, { uri }] of input.artifacts) {
    const path = localPath(input.base, uri)
    if (path === undefined) continue
    const files = await readArtifact(store, name, uri)
    for (const [relativePath, content] of files) await write(join(path, relativePath), content)
  }
  const outputs = [...input.outputs.values()].map(({ uri }) => localPath(input.base, uri) ?? input.base)
  for (const file of [...input.outputFiles.values(), ...outputs, input.metadataFile]) {
    await mkdir(dirname(file), { recursive: true })
  }
}

async function readArtifact(store: ArtifactStore, name: string, uri: string): Promise<ArtifactFiles> {
  const complaint = `failed to download input artifact "${name}" from remote storage URI "${uri}"`
  const files = await store.read(uri).catch((error: unknown) => {
    throw new LauncherError(`${complaint}: ${error instanceof Error ? error.message : String(error)}`)
  })
  // A real prefix that matches nothing downloads nothing, and the component fails; the cause is named here all the same.
  if (files.size === 0) throw new LauncherError(`${complaint}: no such object`)
  return files
}

async function write(path: string, content: Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
}

/** Reads output parameters and the ExecutorOutput file, and uploads the artifacts that were written. */
export async function collectOutputs(
  store: ArtifactStore,
  component: ComponentIr,
  input: ExecutorInput,
): Promise<TaskOutputs> {
  const reported = await readReport(input.metadataFile)
  const parameters: Record<string, Json> = { ...objectAt(reported, 'parameterValues') }
  for (const [name, file] of input.outputFiles) {
    if (parameters[name] !== undefined) continue
    parameters[name] = await readParameter(name, file, component.outputParameters.get(name) ?? 'STRING')
  }
  const metadata = new Map<string, JsonObject>()
  for (const [name, { uri }] of input.outputs) {
    const [first] = listAt(reported, 'artifacts', name, 'artifacts')
    metadata.set(name, objectAt(first, 'metadata'))
    const path = localPath(input.base, uri)
    // Components need not write every output: there is then nothing to upload (launcher_v2.go uploadOutputArtifacts).
    if (path !== undefined) await store.write(uri, await readTree(path))
  }
  return { parameters, metadata }
}

async function readReport(file: string): Promise<JsonObject> {
  const text = await readFile(file, 'utf8').catch(() => '{}')
  try {
    const value = parseJson(text)
    if (isObject(value)) return value
  } catch {
    // Falls through: the complaint is the same.
  }
  throw new LauncherError(`failed to unmarshall ExecutorOutput in file "${file}"`)
}

async function readParameter(name: string, file: string, type: string): Promise<Json> {
  const complaint = `failed to read output parameter name="${name}" type="${type}" path="${file}"`
  const text = await readFile(file, 'utf8').catch(() => {
    throw new LauncherError(`${complaint}: open ${file}: no such file or directory`)
  })
  if (type === 'STRING') return text
  const value = type === 'NUMBER_DOUBLE' || type === 'NUMBER_INTEGER' ? toNumber(text) : toValue(text)
  if (value === undefined) throw new LauncherError(`${complaint}: parsing "${text}": invalid syntax`)
  return value
}

function toNumber(text: string): number | undefined {
  return text.trim() === '' || !Number.isFinite(Number(text)) ? undefined : Number(text)
}

function toValue(text: string): Json | undefined {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}

async function readTree(path: string): Promise<ArtifactFiles> {
  const kind = await stat(path).catch(() => undefined)
  if (!kind) return new Map()
  if (!kind.isDirectory()) return new Map([['', await readFile(path)]])
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const read = files.map(
    async (file): Promise<[string, Buffer]> => [relative(path, file), await readFile(file)],
  )
  return new Map(await Promise.all(read))
}
