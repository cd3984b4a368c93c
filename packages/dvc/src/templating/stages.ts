import { posix } from 'node:path'
import type { DeclaredOutput, PipelineDefinition, StageDefinition } from '../formats/dvc-yaml.wire.ts'
import {
  isPythonNumber,
  isTypedList,
  isTypedMap,
  pythonText,
  type TypedMap,
  type TypedValue,
} from '../formats/typed-value.ts'
import { invalidFile } from '../invalid.ts'
import { isTemplate, resolveScalar } from './context.ts'
import { type Expansion, expandForeach, expandMatrix } from './expand.ts'
import {
  isForDvcAlone,
  loadDefaults,
  loadVariables,
  NO_VARIABLES,
  type ReadText,
  type Variables,
} from './variables.ts'

/** A stage as DVC runs it: no template is left in it. */
export interface ResolvedStage {
  /** `train`, `train@eu`, `evaluate@0.1-small`. */
  readonly name: string
  /** Posix, relative to the root; may lie outside of it, which is for the reader of its paths to judge. */
  readonly wdir: string
  /** As written, relative to `wdir`. */
  readonly deps: readonly string[]
  readonly outs: readonly DeclaredOutput[]
}

const ONCE: readonly Expansion[] = [{ key: '', variables: new Map() }]

/**
 * The stages of a dvc.yaml with `vars`, `${…}`, `foreach` and `matrix` resolved, as far as outputs and dependencies
 * need them (dvc/parsing). Variables that only DVC can read matter only where something refers to them.
 * @throws Failure `config` that names file and stage
 */
export async function resolveStages(
  read: ReadText,
  file: string,
  { vars, stages }: PipelineDefinition,
): Promise<readonly ResolvedStage[]> {
  const folder = posix.dirname(file)
  const base =
    vars.some(isForDvcAlone) && !stages.some(usesVariables)
      ? NO_VARIABLES
      : await loadVariables(read, await loadDefaults(read, folder, file), vars, folder, file)
  const resolved: ResolvedStage[] = []
  for (const stage of stages) {
    const on = `${file}:${stage.name}`
    for (const expansion of expansionsOf(stage, base.values, on))
      resolved.push(await resolveStage(read, folder, stage, expansion, base))
  }
  return resolved
}

/** A matrix of plain values needs no variables of its own, but what it stands for does. */
function usesVariables({ wdir, deps, outs, vars, multiplied }: StageDefinition): boolean {
  const texts = [wdir, ...deps, ...outs.flatMap(({ path, remote }) => [path, remote ?? ''])]
  return vars.length > 0 || multiplied !== undefined || texts.some(isTemplate)
}

function expansionsOf({ multiplied }: StageDefinition, values: TypedMap, on: string): readonly Expansion[] {
  if (multiplied === undefined) return ONCE
  const expand = multiplied.by === 'foreach' ? expandForeach : expandMatrix
  return expand(multiplied.data, values, on)
}

async function resolveStage(
  read: ReadText,
  folder: string,
  stage: StageDefinition,
  { key, variables }: Expansion,
  { values, loaded }: Variables,
): Promise<ResolvedStage> {
  const name = stage.multiplied === undefined ? stage.name : `${stage.name}@${key}`
  const on = `${posix.join(folder, 'dvc.yaml')}:${name}`
  const before = { values: new Map([...values, ...variables]), loaded }
  const wdir = resolveScalar(stage.wdir, before.values, on)
  const { values: all } = await loadVariables(
    read,
    before,
    stage.vars,
    posix.join(folder, wdirText(wdir)),
    on,
  )
  const resolve = (text: string) => assertText(resolveScalar(text, all, on), text, on)
  return {
    name,
    wdir: posix.join(folder, isNothing(wdir) ? '.' : assertText(wdir, stage.wdir, on)),
    deps: stage.deps.map(resolve),
    outs: stage.outs.map((out) => ({
      ...out,
      path: resolve(out.path),
      remote: resolveRemoteName(out.remote, all, on),
    })),
  }
}

/** Where the files of variables are looked for, even where it is no folder to the stage. */
function wdirText(wdir: TypedValue): string {
  return isTypedList(wdir) || isTypedMap(wdir) ? '.' : pythonText(wdir)
}

/** Python takes all of them for no wdir. */
function isNothing(value: TypedValue): boolean {
  return (
    value === null || value === false || value === '' || (isPythonNumber(value) && Number(value.number) === 0)
  )
}

/** One that is nothing is the default. */
function resolveRemoteName(name: string | undefined, variables: TypedMap, on: string): string | undefined {
  if (name === undefined) return undefined
  const value = resolveScalar(name, variables, on)
  return value === null ? undefined : assertText(value, name, on).toLowerCase()
}

/** A path or name that is one template has to stand for text, or DVC takes it for none. @throws Failure `config` */
function assertText(value: TypedValue, template: string, on: string): string {
  if (typeof value === 'string' && value !== '') return value
  throw invalidFile(
    on,
    `"${template}" stands for ${value === '' ? 'nothing' : 'what is no text'}`,
    'Write the value in quotes, or text around the template',
    'DVC_TEMPLATE',
  )
}
