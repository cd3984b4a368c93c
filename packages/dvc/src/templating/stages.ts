import { posix } from 'node:path'
import type { DeclaredOutput, PipelineDefinition, StageDefinition } from '../formats/dvc-yaml.wire.ts'
import type { TypedMap } from '../formats/typed-yaml.wire.ts'
import { isTemplate, resolveText } from './context.ts'
import { type Expansion, expandForeach, expandMatrix } from './expand.ts'
import { loadDefaults, loadVariables, NO_VARIABLES, type ReadText, type Variables } from './variables.ts'

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
 * need them (dvc/parsing). Files of variables are read only where something refers to them.
 * @throws Failure `config` that names file and stage
 */
export async function resolveStages(
  read: ReadText,
  file: string,
  { vars, stages }: PipelineDefinition,
): Promise<readonly ResolvedStage[]> {
  const folder = posix.dirname(file)
  let shared: Variables | undefined
  const resolved: ResolvedStage[] = []
  for (const stage of stages) {
    const on = `${file}:${stage.name}`
    if (usesVariables(stage))
      shared ??= await loadVariables(read, await loadDefaults(read, folder, file), vars, folder, file)
    const base = shared ?? NO_VARIABLES
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
  const wdir = posix.join(folder, resolveText(stage.wdir, before.values, on))
  const { values: all } = await loadVariables(read, before, stage.vars, wdir, on)
  const resolve = (text: string) => resolveText(text, all, on)
  return {
    name,
    wdir,
    deps: stage.deps.map(resolve),
    outs: stage.outs.map((out) => ({
      ...out,
      path: resolve(out.path),
      remote: out.remote === undefined ? undefined : resolve(out.remote).toLowerCase(),
    })),
  }
}
